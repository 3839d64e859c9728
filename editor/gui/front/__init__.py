"""The front page: the stories that come first on it, ordered by hand."""
