"""Datelines: their parts in their fields, and not typed into the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.dateline import Dateline
from editor.core.fields import noun
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.picture_reference import picture_reference
from editor.i18n import N_, _

_IN_BODY = re.compile(
    r"\s*(?P<dateline>[^\W\d_a-zß-öø-ÿ][\w .'’-]{1,40}(?:, [\w .'’]{2,30}){0,3}"
    r"(?: ?\([A-Z][\w ]{1,20}\))?[ \u00a0]?(?:—|–|--|- )[ \u00a0]?)(?=[\"“‘«]?[^\W_])"
)
_SHORT = 4
_CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿ]{3,}")
_AGENCY = re.compile(r"\((?:AP|AFP|Reuters|UPI|dpa|DPA|EFE|ANSA|Xinhua|TASS|IPS|BNO|PA)\)")
_STRAY_END = re.compile(r"(?:^[\s,;:–—-]+)|(?:[\s,;:–—-]+$)")
_BRACKETED = re.compile(r"^\((?P<inside>[^()]*)\)$")

_SHOWN = picture_reference(f"{'4f' * 32}.jpg")


class DatelineForm:
    """Find datelines that would be shown twice or with marks that the template has already."""

    id = "dateline-form"
    title = N_("The dateline is in its fields")
    about = N_(
        "A dateline typed at the start of the body (“MOSCOW, March 3 (AP) —”), a city in capitals, "
        "a comma, dash or bracket around a part, or a country without a city. The paper’s "
        "template writes capitals, commas, brackets and dashes. Fixes remove the marks."
    )
    level = Level.WARNING
    examples = (
        right("The ferry sails.", dateline=Dateline(city="Bergen", country="Norway")),
        right("The ferry, which sails - or swims - is old.", dateline=Dateline(city="USA Town")),
        right("BBC – the broadcaster – sails."),
        wrong("BERGEN, Norway (AP) — The ferry sails.", found="BERGEN, Norway (AP) — ",
              fixed="The ferry sails.", dateline=Dateline(city="Bergen", agency="AP")),
        wrong("BERGEN, Norway (AP) — The ferry sails.", found="BERGEN, Norway (AP) — "),
        wrong(f"{_SHOWN}\n\nBERGEN, Norway (AP) — It sails.", found="BERGEN, Norway (AP) — "),
        wrong(dateline=Dateline(city="BERGEN"), found="BERGEN", fixed="Bergen"),
        wrong(dateline=Dateline(city="Bergen,"), found="Bergen,", fixed="Bergen"),
        wrong(dateline=Dateline(city="Bergen", agency="(AP)"), found="(AP)", fixed="AP"),
        wrong(dateline=Dateline(country="Norway"), found="dateline/city"),
    )  # fmt: skip

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the parts of the dateline, then at the start of the body."""
        dateline = subject.story.dateline
        yield from self._parts(subject)
        if (dateline.country or dateline.state) and not dateline.city:
            yield Finding(
                self.id,
                self.level,
                _("The dateline has a country and no city"),
                _("Add the place where the story was written, or leave the dateline empty."),
                TextPlace("dateline/city"),
            )
        yield from self._in_body(subject)

    def _parts(self, subject: Subject) -> Iterator[Finding]:
        dateline = subject.story.dateline
        for name in ("city", "state", "country", "agency"):
            text = getattr(dateline, name)
            plain = _STRAY_END.sub("", text)
            if (found := _BRACKETED.match(plain)) and found["inside"].strip():
                plain = found["inside"].strip()
            is_shouted = len(plain) > _SHORT and _CAPITALS.search(plain) and plain.isupper()
            if name == "city" and is_shouted and "{CITY}" not in subject.house.dateline_template:
                plain = plain.title()
            if plain and plain != text:
                path = f"dateline/{name}"
                yield Finding(
                    self.id,
                    self.level,
                    _("The {part} “{text}” is not written as its name").format(
                        part=noun(path), text=text
                    ),
                    _("The paper’s template has the marks and capitals. Write “{plain}”.").format(
                        plain=plain
                    ),
                    TextPlace(path, 0, len(text)),
                    (
                        Fix(
                            _("Write “{plain}”").format(plain=plain),
                            (Edit(path, 0, len(text), plain),),
                        ),
                    ),
                )

    def _in_body(self, subject: Subject) -> Iterator[Finding]:
        if subject.body.first_words is None:
            return
        block, at = subject.body.first_words
        found = _IN_BODY.match(block.text[:200])
        if found is None or not _is_dateline(found["dateline"], subject.story.dateline):
            return
        start, end = found.span("dateline")
        edit = Edit("body", at + start, at + end, "")
        yield Finding(
            self.id,
            self.level,
            _("The body begins with a dateline: “{dateline}”").format(
                dateline=found["dateline"].strip()
            ),
            _("Write it into the dateline’s fields. The page puts it before the body."),
            TextPlace("body", at + start, at + end),
            (Fix(_("Remove it from the body"), (edit,)),)
            if not subject.story.dateline.is_empty
            else (),
        )


def _is_dateline(text: str, dateline: Dateline) -> bool:
    """Whether words before a dash are a place: with an agency, in capitals with more, or known."""
    city, _comma, more = text.partition(",")
    if _AGENCY.search(text):
        return True
    if dateline.city and city.strip(" –—-").casefold() == dateline.city.casefold():
        return True
    first = city.strip(" –—-")
    return bool(more) and len(first) > 3 and first.isupper()
