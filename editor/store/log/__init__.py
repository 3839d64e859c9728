"""The log of what was done: its entries, and what this computer has seen of it."""
