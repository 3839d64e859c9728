"""edition.json: what is in an edition, who approved it, and by which mastheads.

It is for people and programs that have nothing but the bundle: JSON with one story
a line. Nothing in it is believed for itself: approvals and mastheads are signed
documents (compact JWS), and the hash of this file is in SHA256SUMS.

Readers get this file, so it may not say what they may not know. An approved story
under embargo is only counted: its slug alone would break the embargo, and so would
the hour at which it ends. A killed story is named, because its address already
tells readers so, as is one that has expired, in a format where its address does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, Self, TypeVar

import msgspec

_VERSION = 1
_LONGEST = 4000
_encode = msgspec.json.Encoder().encode
_START = 4096
"""Bytes in which an edition.json of ours says what it is."""
_ORIGIN = re.compile(rb'^ "(format|desk)": "([\x20-\x7e]*)",$', re.MULTILINE)
_INSTANT = re.compile(rb'^ "generated_at": "([\x20-\x7e]*)",$', re.MULTILINE)
_TOKENS = frozenset({"approval"})

Entry = TypeVar("Entry")


class Origin(NamedTuple):
    """What an export is: its format, and the id of its desk, empty where nothing is proved."""

    format: str
    desk: str


class StoryEntry(msgspec.Struct, frozen=True):
    """A story of an edition: `path` is its page, `hash` its text's, `approval` signed for it."""

    id: str
    slug: str
    path: str
    version: int
    hash: str
    published: str
    updated: str
    approval: str


class WithdrawnEntry(msgspec.Struct, frozen=True):
    """A killed story: its page tells readers so."""

    id: str
    slug: str
    path: str
    language: str
    at: str


class ExpiredEntry(msgspec.Struct, frozen=True):
    """A story that readers had and that has expired: the file at its address says so."""

    id: str
    slug: str
    path: str
    at: str


class MovedEntry(msgspec.Struct, frozen=True):
    """An address that a story had: its page leads to where the story is."""

    id: str
    slug: str
    path: str


class ApprovedText(msgspec.Struct, frozen=True):
    """The house, the banner or the front: the hash of it and its approval, empty for none."""

    hash: str
    approval: str


class ChosenTheme(msgspec.Struct, frozen=True):
    """The theme that the house names: the digest of its files, empty for one of Stonehand's."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class EditionDocument:
    """The values of edition.json.

    `signed_by` is empty where nobody signed. `pictures` has, by the name of the
    original (its SHA-256), the paths of its renditions. `withheld` counts what was
    approved and left out, by reason.
    """

    format: str
    generated_at: str
    what_if: bool
    signed_by: str
    desk: str
    mastheads: tuple[str, ...]
    house: ApprovedText
    theme: ChosenTheme
    banner: ApprovedText
    front: ApprovedText
    stories: tuple[StoryEntry, ...]
    withdrawn: tuple[WithdrawnEntry, ...]
    expired: tuple[ExpiredEntry, ...]
    moved: tuple[MovedEntry, ...]
    pictures: Mapping[str, tuple[str, ...]]
    withheld: Mapping[str, int]

    def data(self) -> bytes:
        """Write edition.json: a line for each story, so that two can be compared."""
        value: dict[str, Any] = {
            "stonehand": _VERSION,
            "format": self.format,
            "generated_at": self.generated_at,
            "what_if": self.what_if,
            "signed_by": self.signed_by or None,
            "desk": self.desk,
            "mastheads": list(self.mastheads),
            "house": msgspec.to_builtins(self.house),
            "theme": msgspec.to_builtins(self.theme),
            "banner": msgspec.to_builtins(self.banner),
            "front": msgspec.to_builtins(self.front),
            "stories": self.stories,
            "withdrawn": self.withdrawn,
            "expired": self.expired,
            "moved": self.moved,
            "pictures": [
                {"original": name, "renditions": list(paths)}
                for name, paths in self.pictures.items()
            ],
            "withheld": dict(self.withheld),
        }
        return _layout(value)

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read what `data` wrote. Raises ValueError for anything else, however it is built."""
        try:
            value = msgspec.json.decode(data)
            if value["stonehand"] != _VERSION or not isinstance(value["what_if"], bool):
                raise ValueError("not an edition of this version")
            return cls(
                _text(value["format"]),
                _text(value["generated_at"]),
                value["what_if"],
                _text(value["signed_by"] or ""),
                _text(value["desk"]),
                tuple(_token(token) for token in _items(value["mastheads"])),
                _entry(ApprovedText, value["house"]),
                _entry(ChosenTheme, value["theme"]),
                _entry(ApprovedText, value["banner"]),
                _entry(ApprovedText, value["front"]),
                tuple(_entry(StoryEntry, story) for story in _items(value["stories"])),
                tuple(_entry(WithdrawnEntry, story) for story in _items(value["withdrawn"])),
                tuple(_entry(ExpiredEntry, story) for story in _items(value["expired"])),
                tuple(_entry(MovedEntry, story) for story in _items(value["moved"])),
                {
                    _text(picture["original"]): tuple(map(_text, _items(picture["renditions"])))
                    for picture in _items(value["pictures"])
                },
                {_text(why): _count(number) for why, number in value["withheld"].items()},
            )
        except (KeyError, TypeError, AttributeError, RecursionError, msgspec.MsgspecError) as error:
            raise ValueError("not an edition") from error


def origin_of(data: bytes) -> Origin | None:
    """Return what an export is by the start of its edition.json; None for other bytes."""
    found = dict(_ORIGIN.findall(data[:_START]))
    if found.keys() != {b"format", b"desk"}:
        return None
    return Origin(found[b"format"].decode(), found[b"desk"].decode())


def instant_of(data: bytes) -> str:
    """Return when an edition was made by the start of its edition.json; empty for other bytes."""
    found = _INSTANT.search(data[:_START])
    return found[1].decode() if found else ""


def _layout(value: Mapping[str, Any]) -> bytes:
    members = []
    for name, member in value.items():
        if isinstance(member, Sequence) and not isinstance(member, str) and member:
            rows = b",\n  ".join(map(_encode, member))
            text = b"[\n  %s\n ]" % rows
        else:
            text = json.dumps(member, ensure_ascii=False).encode()
        members.append(b" %s: %s" % (json.dumps(name).encode(), text))
    return b"{\n%s\n}\n" % b",\n".join(members)


def _entry(kind: Callable[..., Entry], value: Any) -> Entry:
    """Read an entry: members with these names, whole numbers and printable texts."""
    spec = _shape(kind)
    if not isinstance(value, dict) or value.keys() != spec.keys():
        raise ValueError("not the members of an entry")
    return kind(*[read(value[name]) for name, read in spec.items()])


@cache
def _shape(kind: Any) -> dict[str, Callable[[Any], Any]]:
    readers: dict[type, Callable[[Any], Any]] = {str: _text, int: _count}
    return {
        field.name: _token if field.name in _TOKENS else readers[field.type]
        for field in msgspec.structs.fields(kind)
    }


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _text(value: Any) -> str:
    # What is printed on a terminal may not steer it.
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        raise ValueError("not a text")
    return value


def _token(value: Any) -> str:
    if not isinstance(value, str) or not value.isascii():
        raise ValueError("not a signed document")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 31:
        raise ValueError("not a count")
    return value
