"""Whether what is left of killed and expired stories, in documents for programs, has no words.

No approval covers them, so whoever signs an edition could write anything there. Pages of a site
are made by its theme, in the words of its language: those only the signature covers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from editor.formats.edition_document import EditionDocument
from editor.formats.verify.bundle import Bundle
from editor.formats.verify.report import Conclusion, Severity, printable
from editor.i18n import _

_API = {"api": "v1/", "bundle": "data/api/v1/"}
_TEXTS = {"bundle": "data/stories/"}
_LARGEST = 16 << 10
_NO_WORDS = re.compile(r"[^\s]{0,300}")
"""A name, an address or an instant."""
_FRONT_MATTER = re.compile(rb'---\n(?:[a-z_]+: "[^"\s]{0,300}"\n)+---\n')


def tombstone_conclusions(
    bundle: Bundle, document: EditionDocument, sums: Mapping[str, str]
) -> Iterator[Conclusion]:
    """Yield a problem for the first document of a story that is gone and says more than that.

    It is about the story that edition.json names, and every text in it is one without spaces:
    its id, its status, an instant, an address. So later versions can add such members.
    """
    api, texts = _API.get(document.format, ""), _TEXTS.get(document.format, "")
    gone = [(story.slug, story.id) for story in document.withdrawn]
    gone += [(story.slug, story.id) for story in document.expired]
    for slug, id in gone:
        documents = (f"{api}stories/{slug}.json", f"{api}stories/by-id/{id}.json")
        for path in filter(sums.__contains__, documents if api else ()):
            if not _is_silent(bundle.read(path, _LARGEST, sums[path]), id):
                yield _problem(path)
                return
        path = f"{texts}{slug}.md"
        if texts and path in sums:
            data = bundle.read(path, _LARGEST, sums[path]) or b""
            if not _FRONT_MATTER.fullmatch(data) or f'\nid: "{id}"\n'.encode() not in data:
                yield _problem(path)
                return


def _is_silent(data: bytes | None, id: str) -> bool:
    """Whether a document of the API says nothing but what is gone."""
    try:
        value = json.loads(data or b"")
        return bool(value["data"]["id"] == id) and all(map(_has_no_words, _texts(value)))
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value, the names of members as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield name
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def _has_no_words(text: str) -> bool:
    return _NO_WORDS.fullmatch(text) is not None


def _problem(path: str) -> Conclusion:
    sentence = _("{path} says more than that the story is gone.")
    return Conclusion(Severity.PROBLEM, printable(sentence.format(path=path)))
