"""The signed log of what was done: entries, verification, and what this computer has seen."""
