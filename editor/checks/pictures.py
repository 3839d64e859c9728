"""Pictures: each has its file, words for those who can't see it, and a credit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.story import Picture
from editor.i18n import _

_CREDIT_IN_CAPTION = re.compile(r"\s*\(([^()]{2,60})\)\s*$")


class PictureFile:
    """Find pictures that readers would not get."""

    id = "picture-file"
    title = "Pictures have their file"
    about = "A picture without a file, or whose file is missing from the desk or damaged."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the file of each picture, as far as the caller knows about files."""
        for index, picture in enumerate(subject.story.pictures):
            name = _name(subject, index)
            problem = subject.facts.picture_problems.get(picture.file, "")
            if not picture.file and picture != Picture():
                sentence = _("{picture} has no file").format(picture=name)
                hint = _("Readers don’t get it. Choose the file, or remove the picture.")
            elif problem:
                sentence = _("{picture} can’t be shown").format(picture=name)
                hint = f"{problem} " + _("Replace it with the original.")
            else:
                continue
            yield Finding(self.id, Level.ERROR, sentence, hint, TextPlace(f"pictures/{index}/file"))


class PictureText:
    """Find pictures that lack a description or a credit."""

    id = "picture-text"
    title = "Pictures have a description and a credit"
    about = (
        "A picture without alt text, unless it is marked decorative, "
        "and a picture nobody is credited for."
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each picture for alt text (WCAG 2.2, 1.1.1) and a credit."""
        pictures = subject.story.pictures
        for index, picture in enumerate(pictures):
            if picture == Picture():
                continue
            name = _name(subject, index)
            if not picture.decorative and not picture.alt.strip():
                yield Finding(
                    self.id,
                    Level.ERROR,
                    _("{picture} has no description").format(picture=name),
                    _("Readers who can’t see the picture miss it. Add alt text."),
                    TextPlace(f"pictures/{index}/alt"),
                )
            if not picture.credit.strip():
                yield Finding(
                    self.id,
                    Level.ERROR,
                    _("{picture} has no credit").format(picture=name),
                    _("Add who took it or the agency it comes from."),
                    TextPlace(f"pictures/{index}/credit"),
                    tuple(_move_credit(index, picture)),
                )


def _name(subject: Subject, index: int) -> str:
    """What findings call a picture: by its number where there are several."""
    is_only = len(subject.story.pictures) == 1
    return _("Picture") if is_only else _("Picture {n}").format(n=index + 1)


def _move_credit(index: int, picture: Picture) -> Iterator[Fix]:
    """Offer what is in brackets at the end of the caption, where agencies put the credit."""
    found = _CREDIT_IN_CAPTION.search(picture.caption)
    credit = found[1].strip() if found else ""
    if found and credit:
        yield Fix(
            _("Move “{credit}” to the credit").format(credit=credit),
            (
                Edit(f"pictures/{index}/caption", found.start(), len(picture.caption), ""),
                Edit(f"pictures/{index}/credit", 0, len(picture.credit), credit),
            ),
        )
