"""What decides: pure values and functions over plain minutes, with no clock, database or network of their own."""
