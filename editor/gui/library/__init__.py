"""The first two columns: the places of a desk, and the stories of one place."""
