"""The story being written: its draft, its form, and what the checks say about it."""
