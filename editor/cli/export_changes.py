"""What an export changed at its target, as `stonehand export` prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from editor.cli.printing import say, say_table
from editor.i18n import _

if TYPE_CHECKING:
    from editor.formats.replaced_texts import ReplacedTexts
    from editor.formats.report import ExportDifference


def texts_of(paths: Sequence[str]) -> ReplacedTexts | None:
    """Return what keeps the texts of these files that an export replaces; None for no files."""
    from editor.formats.replaced_texts import ReplacedTexts  # noqa: PLC0415 - not for `--help`

    return ReplacedTexts(paths) if paths else None


def say_changes(
    difference: ExportDifference, texts: ReplacedTexts | None, *, as_list: bool
) -> None:
    """Print a list of the files that changed, and what changed in those somebody asked for."""
    if as_list:
        say_table(_rows(difference))
    if texts is not None:
        for path in texts.only:
            _say_diff(path, texts, difference)


def _rows(difference: ExportDifference) -> list[tuple[str, ...]]:
    """Return a row for each file: what happened, the bytes before and now, the path, the title."""
    found = difference
    before, now = {**found.former, **found.removed}, {**found.new, **found.changed}
    kinds = ((_("new"), found.new), (_("changed"), found.changed), (_("removed"), found.removed))
    rows = [
        (kind, _size(before, path), _size(now, path), path, found.titles.get(path, ""))
        for kind, paths in kinds
        for path in sorted(paths)
    ]
    head = ("", _("bytes before"), _("bytes now"), _("file"), _("page"))
    return [head, *rows] if rows else []


def _say_diff(path: str, texts: ReplacedTexts, difference: ExportDifference) -> None:
    """Print what readers see that changed in a file, else what changed line by line."""
    from editor.cli.history import describe_passage  # noqa: PLC0415 - not for `--help`
    from editor.formats.page_changes import file_changes  # noqa: PLC0415

    text = texts.get(path)
    if text is None:
        say(_why_not_shown(path, difference).format(path=path))
        return
    changes = file_changes(path, text)
    say(f"{path}:")
    for passage in changes.words or changes.lines:
        say(f"  {describe_passage(passage)}")


def _why_not_shown(path: str, difference: ExportDifference) -> str:
    """Return the sentence about a file that somebody asked for without a text before and now."""
    if path in difference.new:
        return _("{path} is new.")
    if path in difference.removed:
        return _("{path} was removed.")
    if path in difference.changed:
        return _("{path} changed; it is no text, or too long to compare.")
    return _("No file {path} changed.")


def changes_json(difference: ExportDifference) -> dict[str, object]:
    """Return what changed as JSON: the size of each file in bytes by its path, and before."""
    changed = {
        path: {"before": difference.former.get(path), "now": size}
        for path, size in sorted(difference.changed.items())
    }
    return {
        "new": dict(sorted(difference.new.items())),
        "changed": changed,
        "removed": dict(sorted(difference.removed.items())),
        "unchanged": difference.unchanged,
        "bytes": difference.written,
    }


def _size(sizes: Mapping[str, int], path: str) -> str:
    return f"{sizes[path]:,}" if path in sizes else "-"
