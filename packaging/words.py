"""Collect the strings of the interface, bring the catalogues up to date, and compile them.

    python3 packaging/dev.py words          collect, update and compile
    .venv/bin/python packaging/words.py compile   only compile, as set-up and the wheel do

A translator edits `resources/i18n/LANGUAGE/LC_MESSAGES/stonehand.po`, with Poedit or as text.
The `.mo` files beside them are what the program reads; they are made, not kept in git.
A new language is a new folder there. The same sources give the same bytes.
"""

import ast
import io
import sys
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "i18n"
CALLS = {"_": 1, "N_": 1, "plural": 2, "N_plural": 2}
"""The functions that mark a string, with the number of strings: one, or one and many."""

_CLICK_COMMANDS = {"click.command", "click.group"}

_ALIKE = 0.7
"""How alike two strings are, from 0 to 1, of which one may have been the other before."""

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def main(arguments):
    """Update and compile, or with `compile` only that; print how far the catalogues are."""
    if arguments not in ([], ["compile"]):
        print(__doc__)
        return 2
    template = None if arguments else collected()
    for path in catalogue_files():
        if template is not None:
            path.write_bytes(updated(path, template))
            print(summary(read_catalogue(path)))
        path.with_suffix(".mo").write_bytes(compiled(read_catalogue(path)))
    return 0


def catalogue_files():
    """Return the catalogues of all languages."""
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/stonehand.po"))


def collected(folder=ROOT / "editor"):
    """Return a catalogue of all marked strings below a folder, without translations."""
    template = Catalog(project="Stonehand")
    for path in sorted(folder.rglob("*.py")):
        # Without lines: else every change of a file would change every catalogue.
        place = [(path.relative_to(folder.parent).as_posix(), None)]
        for string in marked_strings(path):
            template.add(string, locations=place)
    return template


def marked_strings(path):
    """Yield the strings of a module that are for translators, in their order: text, or a pair."""
    nodes = list(ast.walk(ast.parse(path.read_bytes(), path)))
    yield from _marked_by_calls(nodes)
    yield from _help_texts(nodes)


def _marked_by_calls(nodes):
    calls = [
        node
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
    ]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        given = call.args[: CALLS[call.func.id]]
        texts = tuple(text.value for text in given if isinstance(text, ast.Constant))
        # `_(row.title)` shows what `N_` marked in a table.
        if texts and len(texts) == CALLS[call.func.id]:
            yield texts if len(texts) > 1 else texts[0]


def _help_texts(nodes):
    """Yield what `--help` says: the help of Click's options, and its commands' docstrings.

    A docstring is a string for each paragraph, on one line, as `in_language` looks them up.
    """
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and _CLICK_COMMANDS & set(_called(node)):
            for paragraph in (ast.get_docstring(node) or "").split("\n\n"):
                if paragraph:
                    yield " ".join(paragraph.split())
        elif isinstance(node, ast.Call) and _name(node) == "click.option":
            for keyword in node.keywords:
                if keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
                    yield keyword.value.value


def _called(function):
    """Return the names of the decorators of a function that are calls."""
    return [_name(call) for call in function.decorator_list if isinstance(call, ast.Call)]


def _name(call):
    """Return what is called, if it is of a module: `click.option`."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}"
    return ""


def read_catalogue(path):
    """Read a language's catalogue; its folder's name is the language."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name)
    # When it was made says nothing that git does not, and no two catalogues would be alike.
    catalogue.creation_date = catalogue.revision_date = _NO_TIME
    catalogue.project, catalogue.version = "Stonehand", "words"
    return catalogue


def updated(path, template):
    """Return a catalogue's bytes with the strings of the template.

    A changed string keeps its old translation, marked fuzzy: it is not compiled before
    a translator has confirmed it. A string that is gone is removed.
    """
    catalogue = read_catalogue(path)
    before = {string.id for string in catalogue}
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    gone = {_first(string.id): string for string in catalogue.obsolete.values()}
    for string in catalogue:
        if string.id not in before:
            _suggest(string, gone)
    catalogue.header_comment = f"# {catalogue.locale.english_name} for Stonehand."
    out = io.BytesIO()
    write_po(out, catalogue, width=96, ignore_obsolete=True, sort_by_file=True)
    return b"".join(line for line in out.getvalue().splitlines(True) if not _is_empty(line))


def _suggest(string, gone):
    """Give a new string the translation of the one that it may have been before."""
    for match in get_close_matches(_first(string.id), gone, 1, _ALIKE):
        old = gone[match]
        if type(old.id) is type(string.id) and any(forms_of(old)):
            string.string = old.string
            string.flags.add("fuzzy")


def _first(id):
    return id if isinstance(id, str) else id[0]


def compiled(catalogue):
    """Return what gettext reads: the strings that are translated, in all their forms."""
    for string in list(catalogue):
        if string.id and not is_translated(string):
            # Else Babel would put English forms where the language has others.
            catalogue.delete(string.id)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def summary(catalogue):
    """Return how much of a catalogue is translated: `Arabic: 2,600 of 2,635, 3 to confirm`."""
    done = [string for string in catalogue if string.id and is_translated(string)]
    fuzzy = sum(bool(string.id) and string.fuzzy for string in catalogue)
    text = f"{catalogue.locale.english_name}: {len(done)} of {len(catalogue)} strings"
    return text + (f", {fuzzy} to confirm" if fuzzy else "")


def is_translated(string):
    """Return whether a string has all its forms and is confirmed."""
    return not string.fuzzy and all(forms_of(string))


def forms_of(string):
    """Return a string's translations: one, or one for each plural form."""
    return string.string if isinstance(string.string, tuple | list) else (string.string,)


def _is_empty(line):
    """Return whether a line of a catalogue's head says nothing: dates and addresses."""
    return line.startswith(
        (b'"POT-Creation', b'"PO-Rev', b'"Generated', b'"Report', b'"Last-T', b'"Language-T')
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
