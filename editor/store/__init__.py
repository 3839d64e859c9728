"""The desk on disk: the only SQL, and the one write door."""
