"""Pictures: words for those who can't see one, and a credit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.picture_names import picture_name
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.story import Picture
from editor.i18n import N_, _

_CREDIT_IN_CAPTION = re.compile(r"\(([^()]{2,60})\)$")


class PictureText:
    """Find pictures that lack a description or a credit."""

    id = "picture-text"
    title = N_("Pictures have a description and a credit")
    about = N_(
        "A picture without a description (alt text, WCAG 2.2, 1.1.1), unless it is marked "
        "decorative, or without a credit. If the caption ends with a name in brackets, the fix "
        "moves it to the credit."
    )
    level = Level.STOPS
    examples = (
        right(pictures=(Picture(file="ferry.jpg", alt="A white ferry", credit="AP"),)),
        right(pictures=(Picture(file="wave.jpg", decorative=True, credit="AP"),)),
        wrong(pictures=(Picture(file="ferry.jpg", credit="AP"),), found="pictures/0/alt"),
        wrong(
            pictures=(Picture(file="ferry.jpg", alt="A ferry", caption="Back again. (AP)"),),
            found="pictures/0/credit",
            fixed="AP",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each picture for alt text (WCAG 2.2, 1.1.1) and a credit."""
        pictures = subject.story.pictures
        for index, picture in enumerate(pictures):
            if picture == Picture():
                continue
            name = picture_name(subject, index)
            if not picture.decorative and not picture.alt.strip():
                yield Finding(
                    self.id,
                    self.level,
                    _("{picture} has no description").format(picture=name),
                    _("Readers who can’t see the picture miss it. Add alt text."),
                    TextPlace(f"pictures/{index}/alt"),
                )
            if not picture.credit.strip():
                yield Finding(
                    self.id,
                    self.level,
                    _("{picture} has no credit").format(picture=name),
                    _("Add who took it or the agency it comes from."),
                    TextPlace(f"pictures/{index}/credit"),
                    tuple(_move_credit(index, picture)),
                )


def _move_credit(index: int, picture: Picture) -> Iterator[Fix]:
    """Offer what is in brackets at the end of the caption, where agencies put the credit."""
    caption = picture.caption.rstrip()
    found = _CREDIT_IN_CAPTION.search(caption)
    credit = found[1].strip() if found else ""
    if found and credit:
        path = f"pictures/{index}/caption"
        yield Fix(
            _("Move “{credit}” to the credit").format(credit=credit),
            (
                Edit(path, len(caption[: found.start()].rstrip()), len(picture.caption), ""),
                Edit(f"pictures/{index}/credit", 0, len(picture.credit), credit),
            ),
        )
