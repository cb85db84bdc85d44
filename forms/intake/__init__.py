"""What a client is asked before a time is booked, one module a page."""
