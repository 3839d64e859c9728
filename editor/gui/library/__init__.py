"""The two columns that find things: places at the start, and the list of what is there."""
