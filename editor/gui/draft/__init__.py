"""The open story while it is edited: unsaved text, undo, saving, findings."""
