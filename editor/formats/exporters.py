"""Every export format, and the lookup by name."""

from __future__ import annotations

from editor.errors import NotFound
from editor.formats.api.exporter import ApiExporter
from editor.formats.base import Exporter
from editor.formats.site.exporter import SiteExporter

EXPORTERS: tuple[Exporter, ...] = (SiteExporter(), ApiExporter())


def find_exporter(name: str) -> Exporter:
    """Return the exporter with a name. Raises NotFound."""
    for exporter in EXPORTERS:
        if exporter.name == name:
            return exporter
    raise NotFound(
        f"There is no export format “{name}”.",
        "Choose one of " + ", ".join(exporter.name for exporter in EXPORTERS) + ".",
    )
