"""What the commands on the body do to its Markdown: pure functions of a text and a range."""
