"""The `_headers` file of an export: what servers say beside its files, by patterns of paths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import unquote

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")  # of RFC 9110, section 5.5
_OF_THE_SERVER = frozenset(
    {
        *("connection", "content-encoding", "content-length", "content-range", "date", "etag"),
        *("keep-alive", "location", "trailer", "transfer-encoding", "upgrade", "vary"),
    }
)
"""What only who sends an answer can know."""


class HeaderRule(NamedTuple):
    """The headers of the paths that a pattern means, by their names in lower case."""

    pattern: str
    headers: dict[str, str]

    def means(self, path: str) -> bool:
        """Return whether the pattern means a path; `*` is for anything."""
        parts = map(re.escape, self.pattern.split("*"))
        return re.fullmatch(".*".join(parts), path, re.DOTALL) is not None


def parse_header_rules(text: str, has_folder: Callable[[str], bool]) -> tuple[HeaderRule, ...]:
    """Read `_headers`: a path on a line, and its headers on lines that are indented.

    What is no header is left out, and so is what is the server's to say. The paths of a site
    for a folder of a host begin with that folder; where the export has none of that name,
    `has_folder` says so, they begin after it.
    """
    rules: list[HeaderRule] = []
    for line in filter(str.strip, text.splitlines()):
        if not line[0].isspace():
            rules.append(HeaderRule(unquote(line.strip()), {}))
        elif rules:
            name, _, value = map(str.strip, line.partition(":"))
            if _is_header(name, value):
                rules[-1].headers[name.lower()] = value
    folder = _folder_of_host(rules)
    if not folder or has_folder(folder):
        return tuple(rules)
    return tuple(rule._replace(pattern=rule.pattern[len(folder) + 1 :]) for rule in rules)


def headers_of(path: str, rules: Iterable[HeaderRule]) -> dict[str, str]:
    """Return the headers of a path: those of every rule that means it, the last one counts."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.means(path):
            found |= rule.headers
    return found


def _is_header(name: str, value: str) -> bool:
    return bool(
        _NAME.fullmatch(name) and _VALUE.fullmatch(value) and name.lower() not in _OF_THE_SERVER
    )


def _folder_of_host(rules: list[HeaderRule]) -> str:
    """Return the folder in which all paths are, such as `news`, if the first means all in it."""
    if not (rules and rules[0].pattern.endswith("/*")):
        return ""
    folder = rules[0].pattern.removesuffix("*")
    is_folder_of_all = all(rule.pattern.startswith(folder) for rule in rules)
    return folder.strip("/") if is_folder_of_all else ""
