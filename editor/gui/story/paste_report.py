"""What was kept and what was left out of a paste, in one sentence."""

from __future__ import annotations

from collections.abc import Callable

from editor.formats.html.reader import Kept
from editor.formats.html.tree import Dropped
from editor.formats.pasted import Pasted
from editor.i18n import _, listed, plural

_KEPT: dict[Kept, Callable[[int], str]] = {
    Kept.HEADING: lambda n: plural("{n} crosshead", "{n} crossheads", n),
    Kept.LIST: lambda n: plural("{n} list", "{n} lists", n),
    Kept.TABLE: lambda n: plural("{n} table", "{n} tables", n),
    Kept.QUOTE: lambda n: plural("{n} quotation", "{n} quotations", n),
    Kept.LINK: lambda n: plural("{n} link", "{n} links", n),
    Kept.BOLD: lambda _n: _("bold"),
    Kept.ITALIC: lambda _n: _("italic"),
    Kept.NOTE: lambda n: plural("{n} footnote", "{n} footnotes", n),
    Kept.CODE: lambda _n: _("code"),
}
_DROPPED: dict[Dropped, Callable[[int], str]] = {
    Dropped.PICTURE: lambda n: plural(
        "{n} picture that is only on the web", "{n} pictures that are only on the web", n
    ),
    Dropped.LINK: lambda n: plural("{n} unsafe link", "{n} unsafe links", n),
    Dropped.TRACKING: lambda n: plural("tracking in {n} link", "tracking in {n} links", n),
    Dropped.HIDDEN: lambda _n: _("hidden text"),
    Dropped.COMMENT: lambda n: plural("{n} comment", "{n} comments", n),
    Dropped.CHARACTER: lambda n: plural("{n} hidden character", "{n} hidden characters", n),
    Dropped.SCRIPT: lambda _n: _("scripts"),
    Dropped.FRAME: lambda _n: _("what is embedded"),
    Dropped.FORM: lambda _n: _("fields and buttons"),
    Dropped.FORMATTING: lambda _n: _("all formatting, which is too much"),
}


def describe_paste(pasted: Pasted, pictures: int = 0, refused: int = 0) -> str:
    """Return what is worth knowing of a paste; empty when its words are all there was.

    `pictures` were taken; `refused` can't be used.
    """
    kept = [_KEPT[kind](count) for kind, count in _in_order(pasted.kept, _KEPT)]
    if pictures:
        kept.append(plural("{n} picture", "{n} pictures", pictures))
    dropped = [_DROPPED[kind](count) for kind, count in _in_order(pasted.dropped, _DROPPED)]
    if refused:
        dropped.append(
            plural("{n} picture that can’t be read", "{n} pictures that can’t be read", refused)
        )
    sentences = [
        *([_("Kept: {what}.").format(what=listed(kept))] if kept else ()),
        *([_("Left out: {what}.").format(what=listed(dropped))] if dropped else ()),
        *([_("Broken lines were joined.")] if pasted.is_joined else ()),
    ]
    return " ".join(sentences)


def _in_order(counts: dict, table: dict) -> list[tuple]:  # type: ignore[type-arg]
    return [(kind, counts[kind]) for kind in table if counts[kind]]
