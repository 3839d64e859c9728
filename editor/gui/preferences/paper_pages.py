"""The fields of the paper dialog, in three groups, each with a sentence on what it is for."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from operator import attrgetter

from PySide6.QtWidgets import QLineEdit

from editor.core.fields import fields_with_limit
from editor.core.fields import label as field_label
from editor.core.house import READ, House
from editor.core.publisher import (
    AiUse,
    Digits,
    PolicyKind,
    PublishedPolicy,
    founding_year,
    page_addresses,
)
from editor.core.section_lines import parse_sections, section_lines
from editor.core.zones import UTC_NAME
from editor.errors import BadValue
from editor.gui.preferences.logo_field import LogoField
from editor.gui.preferences.paper_field import (
    PaperChoice,
    PaperField,
    PaperFlag,
    PaperText,
    Read,
    Write,
)
from editor.gui.session import Session
from editor.gui.widgets.few_lines import FewLines
from editor.gui.widgets.layout import plain_tip
from editor.gui.widgets.zone_box import ZoneBox
from editor.i18n import _

PaperFields = dict[str, PaperField]

DEFAULTS = {"language": "en", "timezone": UTC_NAME}
"""What an empty field means."""
LIMITS = tuple(field.name for field in fields_with_limit())


def paper_page(session: Session) -> PaperFields:
    """Make the fields of what the paper is called, where it is and how it writes."""
    return {
        "name": _line("name", _("&Name"), _("It is at the top of every page.")),
        "url": _line(
            "url",
            _("Web &address"),
            _("Where the site will live; feeds and the sitemap need it."),
            "https://paper.example/",
        ),
        "language": _line(
            "language", _("&Language"), _("Of the pages; a story may be in another one."), "en"
        ),
        "timezone": _timezone(),
        "digits": _digits(),
        "dateline_template": _line(
            "dateline_template",
            _("Datel&ine"),
            _("Fields in braces, optional parts in brackets, such as {example}.").format(
                example="{CITY}[, {date}]"
            ),
        ),
        "sections": PaperText(
            _("S&ections"),
            FewLines(7),
            parse_sections,
            lambda house: "\n".join(section_lines(house.sections)),
            _(
                "One section a line: its address, a colon and its title. "
                "A new one needs no address. Below it, a line that begins with a space has its "
                "title on pages in another language: “  ar: العالم”."
            ),
        ),
        "logo": LogoField(
            _("Logo"),
            session,
            _("The site's icons are made of it; a square picture suits them best."),
        ),
        **{name: _length(name) for name in LIMITS},
    }


def rights_page() -> PaperFields:
    """Make the fields of what others may do with what is published, and of who stands behind it."""
    return {
        "rights": _line(
            "rights",
            _("&Rights"),
            _("It is below every page; {year} in it becomes the year of publication."),
            _("© {year} The Paper. All rights reserved."),
        ),
        "licence": _line(
            "licence",
            _("&Licence"),
            _("The address of the terms under which others may use the texts, if there are any."),
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        "ai_use": PaperChoice(
            _("Use by &AI"),
            {
                AiUse.ALLOW: _("Allowed, training included"),
                AiUse.NO_TRAINING: _("No training; answers that link to the paper are fine"),
                AiUse.NONE: _("Neither training nor answers"),
            },
            attrgetter("ai_use"),
            _(
                "robots.txt, tdmrep.json, trust.txt and each picture say so to crawlers; "
                "it stops only those that obey."
            ),
        ),
        "contact": _line(
            "contact",
            _("&Contact"),
            _(
                "A mail address or page that everybody may see: in trust.txt, and in security.txt "
                "for whoever finds a security hole in the site."
            ),
            "desk@paper.example",
        ),
        **_relations(),
    }


def about_page() -> PaperFields:
    """Make the fields of the page about the paper."""
    return {
        "about": PaperText(
            _("&About"),
            FewLines(5),
            READ["about"],
            attrgetter("about"),
            _("Who you are, in Markdown: the first words of the page about the paper."),
        ),
        "founded": PaperText(
            _("&Founded in"), QLineEdit(), _read_year, _year, _("The year of the first issue.")
        ),
        "show_masthead": PaperFlag(
            _("&Name the people of the masthead there"),
            "show_masthead",
            _("Otherwise no page names anybody but the authors of its stories."),
        ),
        **{kind.value: _policy(kind, hint) for kind, hint in _policy_hints().items()},
    }


def _relations() -> PaperFields:
    return {
        "accounts": _addresses(
            "accounts",
            _("Acco&unts"),
            _("The paper's own pages on other sites, one a line, so that forgeries stand out."),
        ),
        "memberships": _addresses(
            "memberships",
            _("&Member of"),
            _("Sites of associations that the paper belongs to, one a line, for trust.txt."),
        ),
        "controlled_by": _line(
            "controlled_by",
            _("&Owner"),
            _("The site of whoever owns the paper, for trust.txt."),
            "https://owner.example/",
        ),
        "controls": _addresses(
            "controls",
            _("O&wns"),
            _("Other sites that the paper owns, one a line, for trust.txt."),
        ),
    }


def _policy_hints() -> dict[PolicyKind, str]:
    return {
        PolicyKind.PRINCIPLES: _("What the newsroom goes by. In Markdown, or a page's address."),
        PolicyKind.ETHICS: _("Gifts, conflicts of interest, privacy, plagiarism."),
        PolicyKind.CORRECTIONS: _("How mistakes are put right, and how to report one."),
        PolicyKind.FACT_CHECKING: _("How facts are checked before they are published."),
        PolicyKind.UNNAMED_SOURCES: _("When a source may stay unnamed, and who decides."),
        PolicyKind.COVERAGE: _("What the paper is for, and what comes first in it."),
        PolicyKind.DIVERSITY: _("How newsroom and sources come to be like the readers."),
        PolicyKind.OWNERSHIP: _("Who owns the paper, and who pays for it."),
    }


def _timezone() -> PaperText:
    zones = ZoneBox()
    field = PaperText(
        _("&Time zone"),
        zones.text_box(),
        partial(_read_text, "timezone"),
        attrgetter("timezone"),
        _("Every date that readers see is the day in this zone."),
    )
    field.outer = zones
    zones.setAccessibleName(field.title.replace("&", ""))
    return field


def _digits() -> PaperChoice:
    choices: dict[StrEnum, str] = {
        Digits.LATIN: _("0123456789"),
        Digits.NATIVE: _("Those of the page's language, such as ٠١٢٣٤٥٦٧٨٩"),
    }
    hint = _("In the dates and counts of the site.")
    return PaperChoice(_("&Digits"), choices, attrgetter("digits"), hint)


def _length(name: str) -> PaperText:
    return PaperText(
        _("{field} up to").format(field=field_label(name)),
        QLineEdit(),
        _read_limit,
        partial(_limit, name),
        _("Characters; a check reports longer ones."),
    )


def _line(name: str, title: str, hint: str, example: str = "") -> PaperText:
    box = QLineEdit()
    box.setPlaceholderText(example)
    box.setToolTip(plain_tip(example))
    return PaperText(title, box, partial(_read_text, name), attrgetter(name), hint)


def _addresses(name: str, title: str, hint: str) -> PaperText:
    read: Read = lambda text: page_addresses(text.splitlines())  # noqa: E731
    write: Write = lambda house: "\n".join(getattr(house, name))  # noqa: E731
    return PaperText(title, FewLines(2), read, write, hint)


def _policy(kind: PolicyKind, hint: str) -> PaperText:
    def write(house: House) -> str:
        policy = house.policy(kind)
        return policy.text if policy else ""

    return PaperText(kind.label, FewLines(3), partial(PublishedPolicy, kind), write, hint)


def _read_text(name: str, text: str) -> str:
    return READ[name](text if text.strip() else DEFAULTS.get(name, ""))


def _limit(name: str, house: House) -> str:
    return str(house.limit(name))


def _read_limit(text: str) -> int:
    digits = text.strip()
    if not digits.isdecimal() or not 20 <= int(digits[:6]) <= 500:
        raise BadValue(
            _("“{text}” is no length for a line.").format(text=digits[:80]),
            _("Write a number of characters from 20 to 500."),
        )
    return int(digits)


def _year(house: House) -> str:
    return str(house.founded or "")


def _read_year(text: str) -> int:
    digits = text.strip()
    if digits and not (digits.isdecimal() and len(digits) <= 4):
        raise BadValue(
            _("“{text}” is not a year.").format(text=digits[:80]), _("Write four digits.")
        )
    return founding_year(int(digits or 0))
