"""Write escaped HTML exactly as a browser's `outerHTML` would give it back."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]*>)")
_NUMBERED = re.compile(r"&#(34|9|10|13);")


def as_serialised(html: str) -> str:
    """Turn Jinja2's safe escapes into those of the HTML standard's serialiser.

    Expects every `<`, `>`, `&` and quotation mark of a text to be escaped as
    MarkupSafe does, and tags written plainly with double quotes. In text only
    `&amp;` `&lt;` `&gt;` `&nbsp;` remain, in attributes `&quot;` too (HTML
    Living Standard §13.3 as of 2025: `<` and `>` are escaped in attributes).
    So what the preview reads out of its page equals what an export wrote.
    """
    parts = _TAG.split(html)
    # Odd parts are tags: a text has no bare angle bracket left.
    parts[0::2] = [part.replace("&#34;", '"').replace("&quot;", '"') for part in parts[0::2]]
    parts[1::2] = [_NUMBERED.sub(_as_named, part) for part in parts[1::2]]
    return "".join(parts).replace("&#39;", "'").replace("\u00a0", "&nbsp;")


def _as_named(reference: re.Match[str]) -> str:
    return "&quot;" if reference[1] == "34" else chr(int(reference[1]))
