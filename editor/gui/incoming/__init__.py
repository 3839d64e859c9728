"""Text from outside, shown field by field before it is taken in."""
