"""The dialogs that back a desk up, and make a desk from a backup."""
