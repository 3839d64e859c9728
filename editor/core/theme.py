"""The files of a theme, which says how the pages of a site look."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from editor.core.publisher import theme_name
from editor.errors import ThemeError
from editor.i18n import _

MANIFEST: Final = "theme.toml"
TOKENS: Final = "tokens.css"
STYLE: Final = "site.css"
TEMPLATES: Final = "templates/"

_TEMPLATE: Final = re.compile(r"templates/[a-z][a-z_]{0,40}\.html")
MOST_FILES: Final = 60
MOST_BYTES: Final = 128 * 1024
"""How large one file of a theme may be: a whole site's style sheet has a fifth of it."""


@dataclass(frozen=True)
class ThemeFiles:
    """A theme's own files by path: `theme.toml`, `tokens.css`, `site.css`, `templates/….html`.

    `name` is that of its folder. Raises ThemeError for other files, for too many or too large
    ones, and BadValue for a name that no theme has.
    """

    name: str
    files: tuple[tuple[str, bytes], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", theme_name(self.name))
        object.__setattr__(self, "files", tuple(sorted(self.files)))
        if len(self.files) > MOST_FILES:
            sentence = _("A theme has at most {n} files; this one has {m}.")
            raise ThemeError(
                sentence.format(n=MOST_FILES, m=len(self.files)),
                _("Remove those that it doesn't need."),
                self.name,
            )
        for path, data in self.files:
            check_file(path, len(data))

    @classmethod
    def of(cls, name: str, files: Mapping[str, bytes]) -> Self:
        """Return the theme with these files."""
        return cls(name, tuple(files.items()))

    @cached_property
    def by_path(self) -> Mapping[str, bytes]:
        """The files by path."""
        return dict(self.files)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all its files and their paths: what the chief's signature names."""
        whole = hashlib.sha256()
        for path, data in self.files:
            whole.update(f"{hashlib.sha256(data).hexdigest()}  {path}\n".encode())
        return whole.hexdigest()

    def with_file(self, path: str, data: bytes) -> Self:
        """Return the theme with one file as it is to be. Raises ThemeError."""
        return self.of(self.name, {**self.by_path, path: data})


def check_file(path: str, size: int) -> None:
    """Raise ThemeError for a path that no file of a theme has, and for one that is too large."""
    if path not in {MANIFEST, TOKENS, STYLE} and not _TEMPLATE.fullmatch(path):
        raise ThemeError(
            _("A theme has no such file."),
            _("It has theme.toml, tokens.css, site.css and templates/….html, and nothing else."),
            path,
        )
    if size > MOST_BYTES:
        raise ThemeError(
            _("The file is {n} KB; {m} KB is the limit.").format(
                n=size // 1024, m=MOST_BYTES // 1024
            ),
            _("Remove what the pages don't need."),
            path,
        )
