"""The catalogues of the interface: whole, true to their strings, and compiled alike."""

from __future__ import annotations

import ast
import gettext
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalogues import collect_strings, load_words

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "editor").rglob("*.py"))
MARKS = {"_": 1, "N_": 1, "plural": 2, "N_plural": 2}
FORMATTER = string.Formatter()


words = load_words()
CATALOGUES = words.catalogue_files()


def language(path: Path) -> str:
    return path.parent.parent.name


def fields(text: str) -> list[str]:
    return sorted({name for _before, name, _spec, _how in FORMATTER.parse(text) if name})


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_catalogue_has_the_strings_of_the_sources(path: Path) -> None:
    assert path.read_bytes() == words.updated(path, collect_strings()), (
        "The strings of the interface have changed: run python3 packaging/dev.py words"
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_translation_has_the_values_keys_and_tags_of_its_string(path: Path) -> None:
    wrong = []
    for entry in words.read_catalogue(path):
        if not entry.id or not words.is_translated(entry):
            continue
        ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        for form in words.forms_of(entry):
            # One and two may be said without a number.
            allowed = fields(ids[-1])
            if len(ids) > 1:
                is_right = set(fields(form)) <= set(allowed) | {"n"}
            else:
                is_right = fields(form) == allowed
            is_right &= re.findall(r"</?\w+", form) == re.findall(r"</?\w+", ids[-1])
            is_right &= access_keys(form) == access_keys(ids[-1])
            if not is_right:
                wrong.append((ids[0], form))
    assert wrong == []


def translations(name: str) -> list[tuple[str, str]]:
    """Return the confirmed translations of a language, each with the string that it stands for."""
    path = next(path for path in CATALOGUES if language(path) == name)
    return [
        (entry.id[-1] if isinstance(entry.id, tuple) else entry.id, form)
        for entry in words.read_catalogue(path)
        if entry.id and words.is_translated(entry)
        for form in words.forms_of(entry)
    ]


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_translation_has_the_spaces_and_the_pairs_of_marks_of_its_string(path: Path) -> None:
    wrong = []
    for text, form in translations(language(path)):
        ends = [(part[:1].isspace(), part[-1:].isspace()) for part in (text, form)]
        is_right = ends[0] == ends[1] and form.count("\n") == text.count("\n")
        is_right &= "  " in text.strip() or "  " not in form.strip()
        for opened, closed in ("«»", "“”", "()", "[]"):
            is_even = text.count(opened) == text.count(closed)
            is_right &= not is_even or form.count(opened) == form.count(closed)
        if not is_right:
            wrong.append((text, form))
    assert wrong == []


LAST_MARKS = re.compile(r"[.:…?!؟،؛,;]*$")
"""The marks that a string ends with. What follows a backslash is no mark: `\\?.`"""

ARABIC_FAULTS = {
    "a Latin comma, semicolon or question mark": r"[\u0621-\u0652»)]([,?]|;(?!;))",
    "a Latin quotation mark": r"[“”](?=[^\s])",
    "a particle apart from its word": r"(^|\s)[وفبلك] \S",
    "a space after a drawn-out letter": r"ـ\s[«{`]",
    "a space before a mark": r"[\u0621-\u0652»)] [،؛؟.:](\s|$)",
    "no space after a mark": r"[،؛؟](?=[^\s»])",
    "a tanwin on its bearer": r"اً",
    "a doubled letter with a tanwin on it": "\u0651\u064b|\u064b\u0651",
    "a dot that runs to the other side of its word": r"(^|[\s\u0621-\u0652])(\{\w+\})?\.[a-z]",
    "an access key that Arabic keyboards lack": r"&(?![\u0621-\u064a0-9])",
    "another word for one thing": r"حاسوب|كمبيوتر|حلقة (ال)?مفاتيح|مرشح|محرف|محارف|حروف"
    r"|تجربة طباعة|تمّ|مداخل|\bسطور|علامات التنصيص",
}
"""What no Arabic translation has, each with the expression that finds it.

The words in the last are written otherwise throughout: الجهاز, سلسلة المفاتيح, عوامل التصفية,
الأحرف, بروفة, تم, قيود, أسطر, علامات الاقتباس.
"""


def test_arabic_has_the_marks_and_words_of_arabic() -> None:
    found = [
        (fault, form)
        for _text, form in translations("ar")
        for fault, expression in ARABIC_FAULTS.items()
        if re.search(expression, form)
    ]
    assert found == []


def test_arabic_ends_as_its_string_does() -> None:
    """A sentence keeps its full stop, a command its ellipsis, and a question is one."""
    arabic = str.maketrans("?,;", "؟،؛")
    wrong = [
        (text, form)
        for text, form in translations("ar")
        if "\\" not in text
        if LAST_MARKS.search(text.rstrip())[0].translate(arabic)  # type: ignore[index]
        != LAST_MARKS.search(form.rstrip())[0]  # type: ignore[index]
    ]
    assert wrong == []


def test_only_names_and_signs_are_the_same_in_arabic() -> None:
    same = {text for text, form in translations("ar") if text == form}
    spoken = {text for text in same if re.search("[A-Za-z]{2}", re.sub(r"\{.*?\}", "", text))}
    assert spoken <= {"Stonehand", "Stonehand {version}"}


def test_arabic_help_names_commands_as_the_window_does() -> None:
    """A path such as **ملف › الصحيفة** has the words of the menus; what ends with … is a button."""
    shown = {form.replace("&", "") for _text, form in translations("ar")}
    unknown = []
    for page in sorted((ROOT / "resources" / "help" / "ar").glob("*.md")):
        named = re.findall(r"(\*{1,2})([^*\n]+)\1", page.read_text(encoding="utf-8"))
        paths = [name for _marks, name in named if "›" in name or name.endswith("…")]
        steps = [step.strip() for path in paths for step in path.split("›")]
        unknown += [f"{page.name}: {step}" for step in steps if step not in shown]
    assert unknown == []


def test_arabic_help_has_the_marks_and_words_of_arabic() -> None:
    found = []
    for page in sorted((ROOT / "resources" / "help" / "ar").glob("*.md")):
        prose = re.sub("^ {4}.*$|“…”", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [
            (page.name, fault, hit[0])
            for fault, expression in ARABIC_FAULTS.items()
            for hit in re.finditer(expression, prose)
        ]
    assert found == []


def test_no_query_is_for_translators() -> None:
    queries = [entry.id for entry in collect_strings() if re.search("SELECT|WHERE", str(entry.id))]
    assert queries == []


def access_keys(text: str) -> int:
    return len(re.findall(r"&(?![&\s])", text.replace("&&", ""))) if "&" in text else 0


def test_compiled_catalogue_is_the_same_each_time_and_has_no_string_that_is_not_confirmed() -> None:
    source = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : '
        'n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"\n'
        'msgid "Save"\nmsgstr "حفظ"\n'
        '#, fuzzy\nmsgid "Close"\nmsgstr "افتح"\n'
        'msgid "Open"\nmsgstr ""\n'
        'msgid "{n} word"\nmsgid_plural "{n} words"\n'
        'msgstr[0] "لا كلمات"\nmsgstr[1] "كلمة"\nmsgstr[2] "كلمتان"\n'
        'msgstr[3] "{n} كلمات"\nmsgstr[4] "{n} كلمةً"\nmsgstr[5] "{n} كلمة"\n'
        'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "لا أيام"\n'
    )

    def compiled() -> bytes:
        catalogue = words.read_po(io.BytesIO(source.encode()), locale="ar")
        catalogue.creation_date = catalogue.revision_date = words._NO_TIME
        return words.compiled(catalogue)  # type: ignore[no-any-return]

    assert compiled() == compiled()
    arabic = gettext.GNUTranslations(io.BytesIO(compiled()))
    assert arabic.gettext("Save") == "حفظ"
    assert arabic.gettext("Close") == "Close"
    assert arabic.gettext("Open") == "Open"
    counts = [arabic.ngettext("{n} word", "{n} words", n) for n in (0, 1, 2, 3, 11, 100)]
    assert counts == ["لا كلمات", "كلمة", "كلمتان", "{n} كلمات", "{n} كلمةً", "{n} كلمة"]
    assert arabic.ngettext("{n} day", "{n} days", 1) == "{n} day"


def test_changed_string_keeps_its_translation_for_somebody_to_confirm(tmp_path: Path) -> None:
    path = tmp_path / "ar" / "LC_MESSAGES" / "stonehand.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Save the story now"\nmsgstr "احفظ المقال الآن"\n\nmsgid "Gone"\nmsgstr "ذهب"\n',
        encoding="utf-8",
    )
    template = words.Catalog()
    template.add("Save this story now")
    text = words.updated(path, template).decode()
    assert '#, fuzzy\nmsgid "Save this story now"\nmsgstr "احفظ المقال الآن"' in text
    assert "Gone" not in text


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_strings_are_marked_whole_and_translated_when_they_are_shown() -> None:
    """A string with values in it is in no catalogue; one of the import is in no language."""
    wrong = []
    for path in MODULES:
        module = ast.parse(path.read_bytes())
        calls = [(call, call.func.id) for call in marks(module)]  # type: ignore[attr-defined]
        if not calls:
            continue
        early = {call for node in run_at_import(module) for call in marks(node, deep=False)}
        wrong += [
            f"{name(path)}, line {call.lineno}"
            for call, mark in calls
            if any(isinstance(text, ast.JoinedStr | ast.BinOp) for text in call.args[: MARKS[mark]])
            or (call in early and mark in ("_", "plural"))
        ]
    assert wrong == []


def marks(node: ast.AST, *, deep: bool = True) -> list[ast.Call]:
    """Return the calls in a node that mark a string, or the node itself if it is one."""
    return [
        found
        for found in (ast.walk(node) if deep else [node])
        if isinstance(found, ast.Call)
        and isinstance(found.func, ast.Name)
        and found.func.id in MARKS
    ]


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a module that run when it is imported: not what is in functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            defaults = [*child.args.defaults, *filter(None, child.args.kw_defaults)]
            for part in [*defaults, *getattr(child, "decorator_list", [])]:
                yield from [part, *run_at_import(part)]
        else:
            yield child
            yield from run_at_import(child)
