"""The page of the open story as readers will get it, live beside the form."""
