"""The manual page, in each language of the interface, from the help and from `--help`."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from identity import COMMAND, NAME, ROOT, SUMMARY, VERSION

from editor.cli import stonehand
from editor.cli.language import follow_environment, in_language
from editor.cli.verbs import VERBS

PAGE = "6-command-line.md"

HEADINGS = {
    "en": {
        "NAME": "NAME",
        "SYNOPSIS": "SYNOPSIS",
        "DESCRIPTION": "DESCRIPTION",
        "VERBS": "VERBS",
        "OPTIONS": "OPTIONS OF THE VERBS",
        "NOTES": "NOTES",
        "FILES": "FILES",
    },
    "ar": {
        "NAME": "الاسم",
        "SYNOPSIS": "الصيغة",
        "DESCRIPTION": "الوصف",
        "VERBS": "الأوامر",
        "OPTIONS": "خيارات الأوامر",
        "NOTES": "ملاحظات",
        "FILES": "الملفات",
    },
}
FILES = {
    "en": {
        "~/.config/stonehand": "Settings of one person.",
        "~/.local/share/stonehand": "The sample desk, logs and what is remembered of desks.",
    },
    "ar": {
        "~/.config/stonehand": "إعدادات شخص واحد.",
        "~/.local/share/stonehand": "غرفة المثال والسجلات وما يُحفظ عن غرف الأخبار.",
    },
}


def write_man_pages(share: Path, moment: int) -> None:
    """Write the compressed pages into a `share` folder; `moment` is the date on them."""
    for language in HEADINGS:
        part = "man" if language == "en" else f"man/{language}"
        file = share / part / "man1" / f"{COMMAND}.1.gz"
        file.parent.mkdir(parents=True)
        page = man_page(language, moment).encode()
        file.write_bytes(gzip.compress(page, 9, mtime=0))


def man_page(language: str, moment: int) -> str:
    """Return the page in groff's language."""
    folder = ROOT / "resources" / "help" / ("" if language == "en" else language)
    text = (folder / PAGE).read_text(encoding="utf-8")
    _title, first, *rest = [part for part in text.split("\n\n") if part.strip()]
    [table] = [part for part in rest if part.startswith("|")]
    notes = [part for part in rest if part is not table]
    words = HEADINGS[language]
    date = datetime.fromtimestamp(moment, UTC).date().isoformat()
    lines = [
        f'.TH {COMMAND.upper()} 1 "{date}" "{NAME} {VERSION}" "{NAME}"',
        # Long options and paths stay whole, and lines that can't be filled are not stretched.
        ".nh\n.ad l",
        f".SH {words['NAME']}\n{COMMAND} \\- {_escaped(SUMMARY[language])}",
        f".SH {words['SYNOPSIS']}\n.B {COMMAND}\n[\\fIDESK\\fR] [\\fIFILE\\fR...]\n.br",
        f".B {COMMAND}\n\\fIVERB\\fR [\\fIOPTION\\fR...]",
        f".SH {words['DESCRIPTION']}\n{_roff(first)}",
        f".SH {words['VERBS']}",
        *(f".TP\n{_roff(usage)}\n{_roff(about)}" for usage, about in _rows(table)),
        f".SH {words['OPTIONS']}",
        *_options(language),
        f".SH {words['NOTES']}",
        *(f".PP\n{_roff(note)}" for note in notes),
        f".SH {words['FILES']}",
        *(f".TP\n.I {_escaped(path)}\n{_escaped(what)}" for path, what in FILES[language].items()),
    ]
    return "\n".join(lines) + "\n"


def _rows(table: str) -> Iterator[tuple[str, str]]:
    """Return the cells of a table of Markdown, without its two lines of heading."""
    for line in table.strip().splitlines()[2:]:
        usage, about = re.split(r"(?<!\\)\|", line.strip().strip("|"), maxsplit=1)
        yield usage.strip(), about.strip()


def _options(language: str) -> list[str]:
    """Return each verb's options as `--help` says them."""
    lines = []
    with _speaking(language):
        for name in VERBS:
            command = in_language(VERBS[name].load())
            context = click.Context(command, info_name=name, parent=click.Context(stonehand))
            lines.append(f".SS {_escaped(name)}")
            for parameter in command.get_params(context):
                if record := parameter.get_help_record(context):
                    lines.append(f".TP\n.B {_escaped(record[0])}\n{_escaped(record[1])}")
    return lines


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """Speak a language as in a terminal whose locale it is."""
    before = {name: os.environ.get(name) for name in ("LC_ALL", "LANGUAGE")}
    os.environ.update(LC_ALL=f"{language}.UTF-8", LANGUAGE="")
    follow_environment()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        follow_environment()


def _roff(markdown: str) -> str:
    """Return a paragraph of Markdown as one of groff: code in bold, links as their words."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", " ".join(markdown.split()))
    parts = re.split(r"`([^`]*)`", text.replace("**", ""))
    marked = [
        f"\\fB{_escaped(part, first=False)}\\fR" if index % 2 else _escaped(part, first=False)
        for index, part in enumerate(parts)
    ]
    return "".join(marked) or "\\&"


def _escaped(text: str, *, first: bool = True) -> str:
    """Return text that groff prints as it is: its own signs, and a line's first dot or quote."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("^", "\\(ha")
    return f"\\&{text}" if first and text[:1] in (".", "'") else text
