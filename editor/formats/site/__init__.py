"""A whole news site as plain files, for any web server or for a folder on a stick."""

from editor.formats.site.writer import SiteExporter

__all__ = ["SiteExporter"]
