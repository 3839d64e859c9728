"""Dialogs about the desk itself: the paper, the masthead and its policy, the log."""
