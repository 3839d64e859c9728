"""Spelling: dictionaries of this computer, names that the paper knows, and words that are in none.

Hunspell holds Python's lock while it loads a dictionary (up to seconds), so each
dictionary is in a process of its own; one that is broken harms nothing else.
"""
