"""Every export format, and the lookup by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from editor.errors import NotFound
from editor.formats.base import Exporter


def _site() -> Exporter:
    from editor.formats.site.exporter import SiteExporter  # noqa: PLC0415  only the one in use

    return SiteExporter()


def _api() -> Exporter:
    from editor.formats.api.exporter import ApiExporter  # noqa: PLC0415  only the one in use

    return ApiExporter()


_EXPORTERS: Mapping[str, Callable[[], Exporter]] = {"site": _site, "api": _api}


def all_exporters() -> tuple[Exporter, ...]:
    """Return every exporter, the first is offered first."""
    return tuple(make() for make in _EXPORTERS.values())


def find_exporter(name: str) -> Exporter:
    """Return the exporter with a name. Raises NotFound."""
    if name in _EXPORTERS:
        return _EXPORTERS[name]()
    raise NotFound(
        f"There is no export format “{name}”.",
        "Choose one of " + ", ".join(_EXPORTERS) + ".",
    )
