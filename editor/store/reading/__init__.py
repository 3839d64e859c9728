"""What can be read from a desk, as small frozen rows."""
