"""Bylines: names, each in its own field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.i18n import N_, _

_BY = re.compile(
    r"\s*(?:(?:by|von|par|por|door|av|af|di)(?=[ \u00a0:])|بقلم(?=[ :])|كتب(?=:))[ \u00a0:]*",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r" (?:and|und|et|y|och|og|en|&) |[;/]| و(?=\w{2,}\s\w)")
_NO_PERSON = re.compile(
    r"\b(?:staff|agenc(?:y|ies)|newsroom|correspondents|wires?)\b", re.IGNORECASE
)
"""Staff and agencies: nobody by name."""
_MAILBOX = re.compile(r"[^\s@]{1,64}@[^\s@]{2,}")
_ENGLISH_BY = re.compile(r"\s*by[ \u00a0:]+", re.IGNORECASE)


class BylineForm:
    """Find bylines that are not one name."""

    id = "byline-form"
    title = N_("Bylines are names")
    about = N_(
        "A byline that begins with “By”, which the page writes, that has two names or a mail "
        "address, is in capitals throughout, or is there twice. The fix removes “By”."
    )
    level = Level.WARNING
    examples = (
        right(
            bylines=(
                "Nora Petrie",
                "ليلى منصور",
                "AFP",
                "Anderson Byrd",
                "Harbour Post staff",
                "Staff and agencies",
            )
        ),
        wrong(bylines=("By Nora Petrie",), found="By ", fixed="Nora Petrie"),
        wrong(bylines=("Nora Petrie and Samir Haddad",), found="Nora Petrie and Samir Haddad"),
        wrong(bylines=("nora@harbourpost.example",), found="nora@harbourpost.example"),
        wrong(bylines=("Nora Petrie", "nora petrie"), found="nora petrie"),
        wrong(bylines=("NORA PETRIE",), found="NORA PETRIE"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each byline."""
        seen = set[str]()
        for index, name in enumerate(subject.story.bylines):
            path = f"bylines/{index}"
            whole = TextPlace(path, 0, len(name))
            if not name.strip():
                continue
            if (found := _ENGLISH_BY.match(name)) and name[found.end() :].strip():
                yield self._finding(
                    _("The byline begins with “{word}”").format(word=found[0].strip()),
                    _("The page writes it before the names."),
                    TextPlace(path, *found.span()),
                    Fix(_("Remove it"), (Edit(path, *found.span(), ""),)),
                )
            elif _MAILBOX.search(name):
                yield self._finding(
                    _("The byline has a mail address"), _("Write the name readers know."), whole
                )
            elif _SEVERAL.search(name) and not _NO_PERSON.search(name):
                yield self._finding(
                    _("The byline has more than one name"),
                    _("Give each author a byline, so that pages and feeds know both."),
                    whole,
                )
            elif name.casefold() in seen:
                yield self._finding(
                    _("“{name}” is there twice").format(name=name), _("Remove one."), whole
                )
            elif " " in name.strip() and name.isupper() and len(name) > 4:
                yield self._finding(
                    _("The byline is in capitals"),
                    _("Write the name as usual; the page’s theme has the capitals."),
                    whole,
                )
            seen.add(name.casefold())

    def _finding(self, sentence: str, hint: str, place: TextPlace, *fixes: Fix) -> Finding:
        return Finding(self.id, self.level, sentence, hint, place, fixes)
