"""The form of a story, and what the checks found in it."""
