"""Reads a rule file: TOML as Stonehand writes it, or the YAML of a Vale style."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any, TypeVar

from editor.checks.rules.rule_file import RuleFile, RuleKind, RuleScope
from editor.core.findings import Level
from editor.errors import RuleError, reason_of
from editor.files import open_file
from editor.i18n import _, listed

E = TypeVar("E")

LONGEST_RULE = 100_000
"""The most characters of a rule file. Vale's longest lists have about 20,000."""

_MOST_BYTES = 4 * LONGEST_RULE
_NAME = re.compile(r"[A-Za-z0-9][\w-]{0,59}", re.ASCII)
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_KEY = re.compile(r"^[ \t]*[\"']?(?P<key>[a-z_]+)[\"']?[ \t]*[=:]|^[ \t]*\[(?P<table>[a-z_]+)\]")
_VALE_LEVELS = {"suggestion": "hint", "error": "stops"}
_LEVELS = {"hint": Level.HINT, "warning": Level.WARNING, "stops": Level.STOPS}
_NEEDED = {
    RuleKind.EXISTENCE: ("tokens", "raw"),
    RuleKind.SUBSTITUTION: ("swap",),
    RuleKind.OCCURRENCE: ("token",),
    RuleKind.REPETITION: ("tokens",),
    RuleKind.CONSISTENCY: ("either",),
    RuleKind.CONDITIONAL: ("first",),
}
_OTHER_KINDS = frozenset(
    {"capitalization", "metric", "readability", "script", "sequence", "spelling"}
)
_VALE_ONLY = frozenset({"action", "code", "limit", "link", "name", "pos", "vocab"})
"""Keys of Vale that are read over: they change how it reports, not what it finds."""
_TEXTS = ("message", "about", "language", "token", "first", "second")
_LISTS = ("tokens", "raw", "exceptions", "replace", "right", "wrong")
_PAIRS = ("swap", "either")
_SWITCHES = ("ignorecase", "nonword", "alpha", "capitalize", "append")
_NUMBERS = ("min", "max")


def read_rule(file: str, text: str) -> RuleFile:
    """Read a rule file by its name, which ends in `.toml`, `.yml` or `.yaml`.

    Raises RuleError with the line for a text that is no rule, for keys and kinds that
    don't exist, and for Vale's kinds that Stonehand has not got.
    """
    path = PurePath(file)
    if not _NAME.fullmatch(path.stem):
        raise RuleError(_("This name can’t be a rule’s."), _("Use letters, digits, hyphens."), file)
    if len(text) > LONGEST_RULE:
        raise _too_long(file, f"{len(text):,}")
    match path.suffix.lower():
        case ".toml":
            value = _parse_toml(file, text)
        case ".yml" | ".yaml":
            value = _parse_yaml(file, text)
        case _:
            raise RuleError(
                _("A rule is a file that ends in .toml or .yml."), _("Rename it."), file
            )
    return _Fields(file, text, value).rule()


def load_rule(path: Path) -> str:
    """Return the text of a rule file; no more of it is read than a rule may have.

    Raises RuleError for a file that can't be read, is too long, or is not UTF-8.
    """
    try:
        with open_file(path) as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise RuleError(
            _("This file can’t be read: {why}.").format(why=reason_of(error)),
            _("Look whether it is still there."),
            path.name,
        ) from None
    if len(data) > _MOST_BYTES:
        raise _too_long(path.name, f"{LONGEST_RULE:,}+")
    return decode_rule(path.name, data)


def decode_rule(file: str, data: bytes) -> str:
    """Return the text of a rule file. Raises RuleError for one that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RuleError(
            _("This is no text in UTF-8."), _("Save it as UTF-8."), file, line
        ) from None


def _too_long(file: str, count: str) -> RuleError:
    return RuleError(
        _("The file has {n} characters; {limit} is the limit.").format(
            n=count, limit=f"{LONGEST_RULE:,}"
        ),
        _("Split it into several rules."),
        file,
    )


def _parse_toml(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _TOML_PLACE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        why = _TOML_PLACE.sub("", str(error)).strip()
        raise RuleError(
            _("This is no TOML: {why}.").format(why=why), _toml_hint(), file, line
        ) from None


def _toml_hint() -> str:
    return _("Put words in quotation marks, and expressions in single ones: '\\bvery\\b'.")


def _parse_yaml(file: str, text: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - most papers have no such rule

    try:
        # Every scalar is a text: in a list of words “no” and “on” are words.
        value = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or _("it can’t be read")
        line = mark.line + 1 if mark is not None else 0
        raise RuleError(
            _("This is no YAML: {why}.").format(why=why),
            _("Look at the indents and the quotation marks."),
            file,
            line,
        ) from None
    if not isinstance(value, dict):
        raise RuleError(
            _("This is no rule."), _("It begins with a line such as “extends: existence”."), file, 1
        )
    return value


class _Fields:
    """The keys of a rule file, read one by one; a mistake names its line."""

    def __init__(self, file: str, text: str, value: Mapping[Any, Any]) -> None:
        self._file, self._value = file, value
        self._lines: dict[str, int] = {}
        for number, line in enumerate(text.split("\n"), start=1):
            if found := _KEY.match(line):
                self._lines.setdefault(found["key"] or found["table"], number)

    def rule(self) -> RuleFile:
        """Return the rule."""
        kind = self._kind()
        known = {"extends", "level", "scope", "description", *_TEXTS, *_LISTS, *_PAIRS}
        known |= {*_SWITCHES, *_NUMBERS, *_VALE_ONLY}
        for key in self._value:
            if key not in known:
                raise self._error(
                    str(key),
                    _("No rule has a key “{key}”.").format(key=str(key)[:40]),
                    _keys_hint(),
                )
        fields: dict[str, Any] = {key: self._text(key) for key in _TEXTS}
        fields |= {key: self._list(key) for key in _LISTS}
        fields |= {key: self._pairs(key) for key in _PAIRS}
        fields |= {key: self._switch(key) for key in _SWITCHES}
        fields |= {key: self._number(key) for key in _NUMBERS}
        fields["about"] = fields["about"] or self._text("description") or self._text("link")
        fields["replace"] = fields["replace"] or self._action()
        fields |= {"level": self._level(), "scope": self._scopes()}
        self._require(kind, fields)
        return RuleFile(file=self._file, extends=kind, lines=self._lines, **fields)

    def _kind(self) -> RuleKind:
        text = self._text("extends")
        if text in _OTHER_KINDS:
            raise self._error(
                "extends",
                _("Stonehand has no rules of the kind “{kind}”.").format(kind=text),
                _("It has these: {kinds}.").format(kinds=listed(RuleKind)),
            )
        return self._chosen("extends", text, {str(kind): kind for kind in RuleKind})

    def _level(self) -> Level:
        text = self._text("level") or "warning"
        return self._chosen("level", _VALE_LEVELS.get(text, text), _LEVELS)

    def _scopes(self) -> tuple[RuleScope, ...]:
        named = self._list("scope") or (RuleScope.TEXT,)
        scopes = {str(scope): scope for scope in RuleScope}
        return tuple(self._chosen("scope", name.strip(), scopes) for name in named)

    def _chosen(self, key: str, text: str, choices: Mapping[str, E]) -> E:
        if text not in choices:
            raise self._error(
                key,
                _("“{text}” can’t be its “{key}”.").format(text=text[:40], key=key)
                if text
                else _("It needs a key “{key}”.").format(key=key),
                _("Choose from {choices}.").format(choices=listed(choices)),
            )
        return choices[text]

    def _require(self, kind: RuleKind, fields: Mapping[str, Any]) -> None:
        if not fields["message"].strip():
            raise self._error(
                "message",
                _("It needs a message."),
                _("Say what is wrong; “%s” in it is where the words are shown."),
            )
        needed = _NEEDED[kind]
        if not any(fields[key] for key in needed):
            raise self._error(
                needed[0],
                _("A rule of the kind “{kind}” needs a key “{key}”.").format(
                    kind=kind, key=needed[0]
                ),
                _("Help › Checks has a rule of each kind."),
            )
        if kind is RuleKind.OCCURRENCE and not (fields["min"] or fields["max"]):
            raise self._error("max", _("It needs a “max” or a “min” above 0."), "")
        if kind is RuleKind.CONDITIONAL and not fields["second"]:
            raise self._error("second", _("It needs a key “second”."), "")

    def _text(self, key: str) -> str:
        value = self._value.get(key, "")
        if not isinstance(value, str):
            raise self._error(
                key, _("“{key}” is to be a text.").format(key=key), _("Put it in quotation marks.")
            )
        return value

    def _list(self, key: str) -> tuple[str, ...]:
        value = self._value.get(key) or []
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self._error(
                key,
                _("“{key}” is to be a list of texts.").format(key=key),
                _("Put each in quotation marks."),
            )
        return tuple(text for text in texts if text.strip() or key == "replace")

    def _pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        value = self._value.get(key) or {}
        if not isinstance(value, dict) or not all(
            isinstance(text, str) for pair in value.items() for text in pair
        ):
            raise self._error(
                key,
                _("“{key}” is to be a table from text to text.").format(key=key),
                _("Write one pair a line."),
            )
        return tuple(value.items())

    def _switch(self, key: str) -> bool:
        return self._read(key, False, _read_switch, _("true or false"))

    def _number(self, key: str) -> int:
        return self._read(key, 0, _read_number, _("a whole number"))

    def _read(self, key: str, default: E, read: Callable[[object], E | None], what: str) -> E:
        value = read(self._value.get(key, default))
        if value is None:
            raise self._error(key, _("“{key}” is to be {what}.").format(key=key, what=what), "")
        return value

    def _action(self) -> tuple[str, ...]:
        """Return what Vale's action writes instead of what is found."""
        action = self._value.get("action")
        if not isinstance(action, dict):
            return ()
        params = action.get("params")
        if action.get("name") == "remove":
            return ("",)
        if action.get("name") == "replace" and isinstance(params, list):
            return tuple(text for text in params if isinstance(text, str))
        return ()

    def _error(self, key: str, sentence: str, hint: str) -> RuleError:
        return RuleError(sentence, hint, self._file, self._lines.get(key, 1))


def _read_switch(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "yes": True, "false": False, "no": False, "": False}.get(
        value.strip().lower() if isinstance(value, str) else "?"
    )


def _read_number(value: object) -> int | None:
    text = value.strip() if isinstance(value, str) else str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _keys_hint() -> str:
    return _("Look for a slip, or compare with the rules in Help › Checks.")
