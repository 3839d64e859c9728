"""The window's actions: one row each, one module a menu; `table` makes the menus of them."""
