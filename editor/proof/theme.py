"""Themes as pages use them: one style sheet, templates, and what a theme says of itself.

A file that a theme has not is its parent's, else the one that all themes share: `base.css`, and
the templates in `resources/templates`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from editor.core.edition import Edition
from editor.core.publisher import PLAIN_THEME
from editor.core.theme import MANIFEST, STYLE, TEMPLATES, TOKENS, ThemeFiles
from editor.errors import NotFound, ThemeError
from editor.i18n import _
from editor.proof.style_sheet import (
    Colours,
    Sheet,
    check_sheet,
    check_variables,
    colours,
    contrast,
    line_at,
)
from editor.proof.theme_templates import Templates, TemplateSource
from editor.resources import resource

_TEXT, _SHAPE = 4.5, 3.0
"""What text and edges need (WCAG 2.2, 1.4.3 and 1.4.11)."""
_CONTRASTS: Final = (
    *((text, ground, _TEXT) for ground in ("paper", "tint") for text in ("ink", "soft", "accent")),
    *((shape, ground, _SHAPE) for ground in ("paper", "tint") for shape in ("edge", "focus")),
    ("on-accent", "accent", _TEXT),
)
_KEYS: Final = ("title", "version", "parent", "licence")


class About(NamedTuple):
    """What a theme's manifest says."""

    title: str
    version: str
    parent: str
    licence: str


@dataclass(frozen=True)
class Theme:
    """How the pages of a site look. Equal digests, equal pages.

    `files` are the theme's own, `css` is the sheet of the site, `sources` are the templates.
    """

    files: ThemeFiles
    about: About
    css: str
    sources: Mapping[str, TemplateSource]
    colours: Colours

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.files.name

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all that goes into pages from here, with what all themes share."""
        whole = hashlib.sha256(self.css.encode())
        for name, source in sorted(self.sources.items()):
            whole.update(f"\0{name}\0{source.text}".encode())
        return whole.hexdigest()

    @cached_property
    def templates(self) -> Templates:
        """The templates, each read when a page first needs it."""
        return Templates(self.sources)

    def check(self) -> None:
        """Read every template. Raises ThemeError."""
        for name in sorted(self.sources):
            self.templates.get_template(name)

    def weak_contrasts(self) -> tuple[str, ...]:
        """Say of every pair of colours that is too hard to read what is wrong (WCAG 2.2)."""
        modes = ((_("light"), self.colours.light), (_("dark"), self.colours.dark))
        sentence = _(
            "In {mode} mode --{shape} on --{ground} has a contrast of {n}; {least} is needed."
        )
        return tuple(
            sentence.format(
                mode=mode, shape=shape, ground=ground, n=f"{found:.1f}", least=f"{least:g}"
            )
            for mode, tokens in modes
            for shape, ground, least in _CONTRASTS
            if shape in tokens and ground in tokens
            if (found := contrast(tokens[shape], tokens[ground])) < least
        )


@lru_cache(maxsize=8)
def read_theme(files: ThemeFiles) -> Theme:
    """Make a theme of its files. Raises ThemeError with the file and the line that is wrong."""
    about = _about(files)
    parent = _parent(files, about)
    sheets = (
        _sheet(files, parent, TOKENS),
        Sheet("base.css", _shared_sheet()),
        _sheet(files, parent, STYLE),
    )
    for sheet in sheets:
        check_sheet(sheet)
    check_variables(sheets)
    sources = dict(_shared_templates())
    for theme in filter(None, (parent, files)):
        prefix = "" if theme is files else f"{theme.name}/"
        for path in theme.by_path:
            if path.startswith(TEMPLATES):
                text = _text(theme, path)
                sources[path.removeprefix(TEMPLATES)] = TemplateSource(prefix + path, text)
    css = "\n".join(sheet.text.strip() + "\n" for sheet in sheets)
    return Theme(files, about, css, sources, colours(sheets[0].text))


def shipped_names() -> tuple[str, ...]:
    """Return the names of the themes that come with Stonehand, the plain one first."""
    names = (path.name for path in resource("site", "themes").iterdir() if path.is_dir())
    return tuple(sorted(names, key=lambda name: (name != PLAIN_THEME, name)))


@lru_cache(maxsize=8)
def shipped_files(name: str) -> ThemeFiles:
    """Return the files of a theme that comes with Stonehand. Raises NotFound."""
    if name not in shipped_names():
        raise NotFound(
            _("There is no theme “{name}”.").format(name=name),
            _("These come with Stonehand: {names}.").format(names=", ".join(shipped_names())),
        )
    folder = resource("site", "themes", name)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return ThemeFiles.of(name, files)


def shipped_theme(name: str = PLAIN_THEME) -> Theme:
    """Return a theme that comes with Stonehand. Raises NotFound."""
    return read_theme(shipped_files(name))


def theme_of(edition: Edition) -> Theme:
    """Return the theme of an edition, all of it read. Raises what `ThemeSource.of` raises."""
    if edition.themes is None or edition.house.theme in shipped_names():
        return shipped_theme(edition.house.theme)
    theme = read_theme(edition.themes.of(edition.house))
    theme.check()
    return theme


def signed_digest(theme: ThemeFiles) -> str:
    """Return what a paper's chief signs of a theme: nothing where it comes with Stonehand."""
    return "" if theme.name in shipped_names() else theme.digest


def copied(theme: Theme, name: str, title: str) -> ThemeFiles:
    """Return a theme's own files under another name; what they lack is that of the same parent."""
    is_shipped = theme.name in shipped_names()
    parent = theme.name if is_shipped else theme.about.parent
    manifest = "".join(
        f"{key} = {_quoted(value)}\n"
        for key, value in (
            ("title", title),
            ("version", "1"),
            ("parent", parent),
            ("licence", theme.about.licence),
        )
    )
    return ThemeFiles.of(name, {**theme.files.by_path, MANIFEST: manifest.encode()})


def _quoted(text: str) -> str:
    """Write a text as a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(files: ThemeFiles, path: str) -> str:
    data = files.by_path[path]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence, hint = _("The file is not UTF-8."), _("Save it as UTF-8 in your editor.")
        raise ThemeError(sentence, hint, path, line) from None
    if "\0" in text:
        at = line_at(text, text.index("\0"))
        raise ThemeError(_("There is a control character."), _("Remove it."), path, at)
    return text.replace("\r\n", "\n")


def _about(files: ThemeFiles) -> About:
    if MANIFEST not in files.by_path:
        raise ThemeError(
            _("The theme has no such file."),
            _("Write one with a title: {example}").format(example='title = "Evening"'),
            MANIFEST,
        )
    text = _text(files, MANIFEST)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+), column \d+\)$", str(error))
        sentence = str(error)[: found.start()] if found else str(error).split(" (at ")[0]
        line = int(found[1]) if found else line_at(text, len(text))
        hint = _("Each line is a key, “=” and a text in quotation marks.")
        raise ThemeError(f"{sentence}.", hint, MANIFEST, line) from None
    for key, content in value.items():
        if key not in _KEYS or not isinstance(content, str):
            found = re.search(rf"^[ \t\[]*{re.escape(key)}\b", text, re.MULTILINE)
            known = _("A theme has texts for {keys}.").format(keys=", ".join(_KEYS))
            raise ThemeError(
                _("“{key}” is not something that a theme says.").format(key=key),
                known,
                MANIFEST,
                line_at(text, found.start()) if found else 0,
            )
    about = About(*(" ".join(value.get(key, "").split()) for key in _KEYS))
    return about._replace(title=about.title or files.name)


def _parent(files: ThemeFiles, about: About) -> ThemeFiles | None:
    if not about.parent or about.parent == files.name:
        return None
    try:
        return shipped_files(about.parent)
    except NotFound as error:
        text = _text(files, MANIFEST)
        line = line_at(text, text.index("parent"))
        raise ThemeError(error.sentence, error.hint, MANIFEST, line) from None


def _sheet(files: ThemeFiles, parent: ThemeFiles | None, path: str) -> Sheet:
    for theme in (files, parent or shipped_files(PLAIN_THEME)):
        if path in theme.by_path:
            return Sheet(path if theme is files else f"{theme.name}/{path}", _text(theme, path))
    return Sheet(path, "")


@lru_cache(maxsize=1)
def _shared_sheet() -> str:
    return resource("site", "base.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _shared_templates() -> Mapping[str, TemplateSource]:
    return {
        path.name: TemplateSource(f"shared/{path.name}", path.read_text(encoding="utf-8"))
        for path in sorted(resource("templates").glob("*.html"))
    }
