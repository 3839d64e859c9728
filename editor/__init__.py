"""Stonehand: a desktop newsroom editor. `ls editor/` is the table of contents."""

__version__ = "0.1.0"
