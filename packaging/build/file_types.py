"""The kinds of files that a double click opens in Stonehand; one table for every platform."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from identity import APP_ID


@dataclass(frozen=True)
class FileType:
    """One kind of file: its media type, its names, and what else it is.

    `suffix` is what Windows and macOS know it by, without the dot; nothing where they can't,
    as both look at the last part of a name only.
    """

    media_type: str
    patterns: tuple[str, ...]
    suffix: str
    parent: str
    names: dict[str, str]
    first_bytes: str = ""


FILE_TYPES = (
    # A desk is a folder, and a double click on a folder opens the folder. In it this file opens
    # the desk. Asking for all folders would make Stonehand the file manager of some desktops.
    FileType(
        "application/x-stonehand-desk",
        ("desk.sqlite3",),
        "",
        "application/vnd.sqlite3",
        {"en": "Stonehand desk", "ar": "غرفة أخبار في Stonehand"},
    ),
    FileType(
        "application/x-stonehand-bundle",
        ("*.stonehand.zip",),
        "",
        "application/zip",
        {"en": "Stonehand bundle", "ar": "حزمة من Stonehand"},
    ),
    # What somebody who joins a desk sends to its chief.
    FileType(
        "text/x-stonehand-key",
        ("*.stonehand-key", "*.stonehand-key.txt"),
        "stonehand-key",
        "text/plain",
        {"en": "Stonehand key line", "ar": "سطر مفتاح Stonehand"},
        "stonehand-key ",
    ),
)

OFFERED = ("application/zip",)
"""Kinds of other programs that Stonehand is offered for: an edition in a zip file.

Only where that can be said without asking for them: under “Open with” on Windows, and as an
alternative on macOS. On Linux an entry that lists a kind opens it where nothing says what else
does (MIME applications specification, “Default application”), and so would all zip files.
"""

_NAMESPACE = "http://www.freedesktop.org/standards/shared-mime-info"


def media_types() -> list[str]:
    """Return what the desktop entry lists: our own kinds alone."""
    return [kind.media_type for kind in FILE_TYPES]


def mime_package() -> bytes:
    """Return the kinds as a package of the shared MIME-info database, an XML document."""
    root = ElementTree.Element("mime-info", xmlns=_NAMESPACE)
    for kind in FILE_TYPES:
        element = ElementTree.SubElement(root, "mime-type", type=kind.media_type)
        for language, name in kind.names.items():
            comment = ElementTree.SubElement(element, "comment")
            comment.text = name
            if language != "en":
                comment.set("xml:lang", language)
        ElementTree.SubElement(element, "sub-class-of", type=kind.parent)
        ElementTree.SubElement(element, "icon", name=APP_ID)
        if kind.first_bytes:
            magic = ElementTree.SubElement(element, "magic", priority="60")
            ElementTree.SubElement(
                magic, "match", type="string", offset="0", value=kind.first_bytes
            )
        for pattern in kind.patterns:
            ElementTree.SubElement(element, "glob", pattern=pattern, weight="60")
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"
