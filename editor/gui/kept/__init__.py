"""Unsaved text in boxes and dialogs, kept on disk through a crash."""
