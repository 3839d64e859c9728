"""Importers and exporters. Both are pure: values in, values or files out."""
