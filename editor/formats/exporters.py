"""Every export format, and the lookup by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from editor.errors import BadValue, NotFound
from editor.formats.base import Exporter
from editor.i18n import _, listed


def _site() -> Exporter:
    from editor.formats.site.exporter import SiteExporter  # noqa: PLC0415  only the one in use

    return SiteExporter()


def _api() -> Exporter:
    from editor.formats.api.exporter import ApiExporter  # noqa: PLC0415  only the one in use

    return ApiExporter()


def _bundle(parts: Sequence[str] = ()) -> Exporter:
    from editor.core.bundle_parts import checked_parts  # noqa: PLC0415
    from editor.formats.bundle.exporter import BundleExporter  # noqa: PLC0415  only the one in use

    chosen, makers = checked_parts(parts), {"site": _site, "api": _api}
    return BundleExporter(chosen, {part: makers[part]() for part in chosen if part in makers})


_EXPORTERS: Mapping[str, Callable[[], Exporter]] = {"site": _site, "api": _api, "bundle": _bundle}


def all_exporters() -> tuple[Exporter, ...]:
    """Return every exporter, the first is offered first."""
    return tuple(make() for make in _EXPORTERS.values())


def find_exporter(name: str, parts: Sequence[str] = ()) -> Exporter:
    """Return the exporter with a name; `parts` are those of a bundle, none for the usual ones.

    Raises NotFound, BadValue for a part that there is not.
    """
    if name == "bundle":
        return _bundle(parts)
    if parts:
        raise BadValue(_("Only a bundle has parts."), _("Export a bundle, or leave them away."))
    if name in _EXPORTERS:
        return _EXPORTERS[name]()
    raise NotFound(
        _("There is no export format “{name}”.").format(name=name),
        _("Choose one of {names}.").format(names=listed(_EXPORTERS)),
    )
