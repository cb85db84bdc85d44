"""What is asked, of whom: it declares, it decides nothing, queries nothing and reads no clock."""
