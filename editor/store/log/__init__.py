"""The logs: who did what, one chain of signed entries for each person and computer."""
