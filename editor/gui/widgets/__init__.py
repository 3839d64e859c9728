"""Small widgets that more than one room of the window uses, one to a file."""
