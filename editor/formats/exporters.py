"""Every format that goes out, by the name people type."""

from __future__ import annotations

from editor.errors import NotFound
from editor.formats.api.writer import ApiExporter
from editor.formats.base import Exporter
from editor.formats.site import SiteExporter

EXPORTERS: tuple[Exporter, ...] = (SiteExporter(), ApiExporter())


def exporter(name: str) -> Exporter:
    """The exporter of a name. Raises NotFound."""
    for each in EXPORTERS:
        if each.name == name:
            return each
    raise NotFound(
        f"There is no export format “{name}”.",
        "Choose one of " + ", ".join(each.name for each in EXPORTERS) + ".",
    )
