"""Plain text in: a newspaper's page, or an agency's copy."""

from editor.formats.wire.reader import WireImporter, read_text

__all__ = ["WireImporter", "read_text"]
