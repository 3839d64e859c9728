"""The API: an edition as a tree of JSON files that any web host can serve."""
