"""HTML from outside, such as a clipboard's, read into the document of a body."""
