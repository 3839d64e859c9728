"""The page as readers will get it, live beside the form, with nothing able to run or call out."""
