"""Journeys through the service in a real browser, in the words of those who make them."""
