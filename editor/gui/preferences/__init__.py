"""What a desk is set up with: its masthead, what it asks for, and what was done on it."""
