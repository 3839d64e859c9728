"""Finds Hunspell dictionaries on this computer, by language."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from editor.core.languages import script
from editor.places import dictionaries_folder
from editor.resources import resource
from editor.system_locale import computer_region

DESK_FOLDER = "dictionaries"
"""The folder of a desk's own dictionaries, inside the desk's."""

_SYSTEM = (
    "/usr/share/hunspell",
    "/usr/local/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
)
_MAC = ("~/Library/Spelling", "/Library/Spelling")
_OFFICE = {
    "linux": ("/usr/lib/libreoffice/share/extensions", "/opt"),
    "darwin": ("/Applications/LibreOffice.app/Contents/Resources/extensions",),
    "win32": tuple(
        f"{os.environ[name]}\\LibreOffice\\share\\extensions"
        for name in ("ProgramFiles", "ProgramFiles(x86)")
        if name in os.environ
    ),
}
_OFFICE_FOLDERS = ("dict-*", "libreoffice*/share/extensions/dict-*")
_NO_WORDS = ("hyph", "th_")
"""How the names of hyphenation patterns and thesauri begin, which also end in `.dic`."""
_WORDS, _RULES = ".dic", ".aff"


@dataclass(frozen=True, slots=True)
class DictionaryFile:
    """A dictionary's two files, `en_GB.aff` and `en_GB.dic`; `name` is without the endings."""

    folder: Path
    name: str

    @property
    def words(self) -> Path:
        """The file of its words."""
        return self.folder / f"{self.name}{_WORDS}"

    @property
    def rules(self) -> Path:
        """The file of the rules by which words take endings."""
        return self.folder / f"{self.name}{_RULES}"

    @property
    def tag(self) -> str:
        """Its language (BCP 47), with whatever else its name has."""
        return self.name.replace("_", "-")


def dictionary_folders(desk: Path | None = None) -> list[Path]:
    """Return where dictionaries are looked for: the desk's, one's own, the system's, ours."""
    package = find_spec("hunspell")
    places = package.submodule_search_locations if package else None
    return [
        *([desk / DESK_FOLDER] if desk else []),
        dictionaries_folder(),
        *_system_folders(),
        resource("dictionaries"),
        *(Path(place) / "dictionaries" for place in places or ()),
    ]


def find_dictionary(
    language: str, folders: Iterable[Path], regions: Sequence[str] = ()
) -> DictionaryFile | None:
    """Return the dictionary of a BCP 47 language; None where there is none.

    That of its region comes first, then that of the language without one, then that of
    another region: of `regions`, of the region where the language is at home, of any.
    """
    found = [
        (rank, number, file)
        for number, file in enumerate(_files(folders))
        if (rank := _rank(language, file, regions)) is not None
    ]
    return min(found, key=lambda row: row[:2])[2] if found else None


def equal_languages(language: str, regions: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the languages whose spellings are all right in a language, mostly just itself.

    English of no region, in a paper of none (`regions`), may be British or American.
    """
    return ("en-GB", "en-US") if language.lower() == "en" and not regions else (language,)


def computer_regions() -> tuple[str, ...]:
    """Return the region that this computer is set to, `GB`, if it is set to one."""
    region = computer_region()
    return (region,) if region else ()


def _system_folders() -> Iterator[Path]:
    for name in _OFFICE.get(sys.platform, ()):
        for pattern in _OFFICE_FOLDERS:
            yield from sorted(Path(name).glob(pattern))
    for name in _MAC if sys.platform == "darwin" else ():
        yield Path(name).expanduser()
    if sys.platform != "win32":
        yield from map(Path, _SYSTEM)


def _files(folders: Iterable[Path]) -> Iterator[DictionaryFile]:
    for folder in folders:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue  # most of them are not on this computer
        present = set(names)
        for name in names:
            stem = name.removesuffix(_WORDS)
            if stem == name or name.startswith(_NO_WORDS) or stem + _RULES not in present:
                continue
            file = DictionaryFile(folder, stem)
            # A pipe would be waited for. Path raises where the folder may be listed and no more.
            if os.path.isfile(file.words) and os.path.isfile(file.rules):
                yield file


def _rank(
    language: str, file: DictionaryFile, regions: Sequence[str]
) -> tuple[int, int, str] | None:
    """Return how well a dictionary suits a language, the least best; None for another language."""
    wanted, parts = language.lower().split("-"), file.tag.lower().split("-")
    if parts[0] != wanted[0]:
        return None
    if parts == wanted:
        return (0, 0, "")
    if script("-".join(parts[:2])) != script(language):
        return None
    if parts[: len(wanted)] == wanted and len(wanted) > 1:
        return (1, 0, file.tag)
    if parts == wanted[:1]:
        return (2, 0, "")
    british = ["gb"] if len(wanted) > 1 else []
    nearest = [*(region.lower() for region in regions), wanted[0], *british, "us"]
    region = parts[1] if len(parts) > 1 else ""
    return (3, nearest.index(region) if region in nearest else len(nearest), file.tag)
