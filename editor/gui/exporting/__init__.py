"""The export dialog: which stories, in which format, and where to."""
