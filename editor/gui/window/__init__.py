"""The main window: its columns, menus, actions, and the dialogs it opens."""
