"""The window: the only room that knows Qt. It knows every room below; none of them knows it."""
