"""Pictures without a word on their rights."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.picture_names import picture_name
from editor.core.findings import Finding, Level, TextPlace
from editor.core.story import Picture
from editor.i18n import N_, _


class MissingRights:
    """Find pictures from outside of which nothing says what the paper may do with them."""

    id = "missing-rights"
    title = N_("Pictures say what their rights are")
    about = N_(
        "A picture whose rights field is empty, unless its credit is the paper itself or one of "
        "the story’s authors, or it is marked decorative."
    )
    level = Level.HINT
    examples = (
        right(pictures=(Picture(file="a.jpg", credit="AFP", rights="© AFP, one use"),)),
        right(pictures=(Picture(file="a.jpg", credit="Harbour Post"),)),
        right(bylines=("Nora Petrie",), pictures=(Picture(file="a.jpg", credit="Nora Petrie"),)),
        right(pictures=(Picture(file="a.jpg", decorative=True),)),
        wrong(pictures=(Picture(file="a.jpg", credit="AFP"),), found="pictures/0/rights"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each picture that has a file."""
        own = [subject.house.name, *subject.story.bylines]
        for index, picture in enumerate(subject.story.pictures):
            if not picture.file or picture.decorative or picture.rights.strip():
                continue
            credit = picture.bare_credit.casefold()
            if credit and any(name.strip() and name.casefold() in credit for name in own):
                continue
            yield Finding(
                self.id,
                self.level,
                _("{picture} has no rights").format(picture=picture_name(subject, index)),
                _("Say who owns it and what the paper may do with it."),
                TextPlace(f"pictures/{index}/rights"),
            )
