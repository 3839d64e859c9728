"""Approved stories on their way out: which, as what, and where to."""
