"""The JSON API exporter: a tree of JSON files that any web host can serve."""
