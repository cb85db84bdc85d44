"""Ways out and in: they know letters and bytes, not us."""
