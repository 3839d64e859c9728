"""Descriptions of pictures for people who can't see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.built_in.caption_style import FILE_NAME
from editor.checks.examples import right, wrong
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.story import Picture
from editor.i18n import N_, _
from editor.text.metrics import count_characters

_LONGEST = 250
_IMAGE_OF = re.compile(
    r"\s*(?:(?:an?|the) )?(?:image|picture|photo|photograph|graphic) (?:of|showing) (?=\w)"
    r"|\s*صورة (?:ل|تظهر )?(?=\w)",
    re.IGNORECASE,
)


class AltText:
    """Find descriptions that don't help those who hear them."""

    id = "alt-text"
    title = N_("Descriptions say what the picture shows")
    about = N_(
        "A picture’s description that is its caption again or a file name, that begins with "
        "“Image of”, which screen readers say already, or that is longer than 250 characters "
        "(W3C, Images Tutorial). The fix removes “Image of”."
    )
    level = Level.WARNING
    examples = (
        right(pictures=(Picture(file="a.jpg", alt="A white ferry.", caption="The ferry in May."),)),
        right(pictures=(Picture(file="a.jpg", alt="Photographs hang on a wall."),)),
        wrong(
            pictures=(Picture(file="a.jpg", alt="The ferry.", caption="The ferry"),),
            found="The ferry.",
        ),
        wrong(pictures=(Picture(file="a.jpg", alt="DSC_0042.jpg"),), found="DSC_0042.jpg"),
        wrong(
            pictures=(Picture(file="a.jpg", alt="Image of a white ferry"),),
            found="Image of ",
            fixed="A white ferry",
        ),
        wrong(pictures=(Picture(file="a.jpg", alt="A ferry. " * 28),), found="A ferry. " * 28),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each description that is written."""
        for index, picture in enumerate(subject.story.pictures):
            path, alt = f"pictures/{index}/alt", picture.alt
            whole = TextPlace(path, 0, len(alt))
            if not alt.strip() or picture.decorative:
                continue
            if FILE_NAME.fullmatch(alt.strip()):
                yield self._finding(
                    _("The description is the name of a file"),
                    _("Say what the picture shows."),
                    whole,
                )
            elif _plain(alt) == _plain(picture.caption):
                yield self._finding(
                    _("The description repeats the caption"),
                    _("Who hears the page hears it twice. Say what can be seen."),
                    whole,
                )
            elif found := _IMAGE_OF.match(alt):
                yield self._finding(
                    _("The description begins with “{words}”").format(words=found[0].strip()),
                    _("Screen readers say already that it is a picture."),
                    TextPlace(path, *found.span()),
                    Fix(
                        _("Remove “{words}”").format(words=found[0].strip()),
                        (Edit(path, 0, found.end() + 1, alt[found.end()].upper()),),
                    ),
                )
            elif (length := count_characters(alt)) > _LONGEST:
                yield self._finding(
                    _("The description has {n} characters").format(n=length),
                    _("Screen readers can’t pause in it. Say the rest in the body."),
                    whole,
                )

    def _finding(self, sentence: str, hint: str, place: TextPlace, *fixes: Fix) -> Finding:
        return Finding(self.id, self.level, sentence, hint, place, fixes)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
