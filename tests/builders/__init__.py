"""Words for tests: what is needed, built for real."""
