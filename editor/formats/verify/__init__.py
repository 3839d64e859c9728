"""Verification of an exported edition, by somebody who has nothing but its files."""
