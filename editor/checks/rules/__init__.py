"""A paper's own rules: files in the manner of Vale, each of them one check."""
