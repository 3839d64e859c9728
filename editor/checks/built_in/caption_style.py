"""Captions: a sentence about the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.picture_names import picture_name
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.story import Picture
from editor.i18n import N_, _

FILE_NAME = re.compile(
    r"(?:\S{1,80}\.(?:jpe?g|png|webp|tiff?|heic|gif|raw)"
    r"|(?:IMG|DSC|DSCF|DSCN|PXL|MVIMG|P|_MG)[_-]?\d{3,}\S{0,40}"
    r"|(?:Screenshot|Screen Shot|WhatsApp Image)\b.{0,40}"
    r"|(?:Untitled|image|photo|picture|scan)[ _-]?\d{0,4})",
    re.IGNORECASE,
)
"""What cameras, telephones and programs call a picture."""
_ENDED = re.compile(
    r"[.!?…。！？؟۔।][\"”’»›)\]]*$|[)\]]$"
    # A credit after the sentence: REUTERS/Nora Petrie, Photograph: Nora Petrie.
    r"|[.!?…][\"”’»)]* (?:[^.!?/]{1,60}/[^.!?/]{1,60}"
    r"|(?:Photo(?:graph)?|Picture|Image)(?: by|:) [^.!?]{1,60})$"
)
_SENTENCE = 5


class CaptionStyle:
    """Find captions that say nothing, or that are not written as a sentence."""

    id = "caption-style"
    title = N_("Captions are sentences about the picture")
    about = N_(
        "A picture without a caption, unless it is marked decorative; a caption that is a file "
        "name, or the headline or the standfirst again; one of five words or more that ends "
        "without a full stop, or that begins with a small letter. The fixes add the full stop "
        "and the capital."
    )
    level = Level.WARNING
    examples = (
        right(pictures=(Picture(file="a.jpg", caption="The ferry at the east quay on Monday."),)),
        right(
            pictures=(Picture(file="a.jpg", caption="The ferry sails at dawn. REUTERS/Ola Aas"),)
        ),
        right(pictures=(Picture(file="a.jpg", caption="Ragnhild Aas"),)),
        right(pictures=(Picture(file="a.jpg", caption="“It sails,” she says (left)."),)),
        right(pictures=(Picture(file="a.jpg", decorative=True),)),
        right(pictures=(Picture(file="a.jpg", caption="iPhone"),)),
        wrong(pictures=(Picture(file="a.jpg"),), found="pictures/0/caption"),
        wrong(pictures=(Picture(file="a.jpg", caption="IMG_2041.JPG"),), found="IMG_2041.JPG"),
        wrong(
            headline="Ferry resumes",
            pictures=(Picture(file="a.jpg", caption="Ferry resumes."),),
            found="Ferry resumes.",
        ),
        wrong(
            pictures=(Picture(file="a.jpg", caption="The ferry at the east quay"),),
            found="quay",
            fixed="The ferry at the east quay.",
        ),
        wrong(
            pictures=(Picture(file="a.jpg", caption="the ferry sails at dawn."),),
            found="the",
            fixed="The ferry sails at dawn.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each picture that has a file or a caption."""
        above = {
            _plain(subject.story.headline): _("headline"),
            _plain(subject.story.standfirst): _("standfirst"),
        }
        for index, picture in enumerate(subject.story.pictures):
            path, caption = f"pictures/{index}/caption", picture.caption
            whole = TextPlace(path, 0, len(caption))
            name = picture_name(subject, index)
            again = above.get(_plain(caption), "")
            if not caption.strip():
                if picture.file and not picture.decorative:
                    yield self._finding(
                        _("{picture} has no caption").format(picture=name),
                        _("Say who or what it shows, where and when."),
                        TextPlace(path),
                    )
            elif FILE_NAME.fullmatch(caption.strip()):
                yield self._finding(
                    _("The caption is the name of a file"),
                    _("Say who or what the picture shows, where and when."),
                    whole,
                )
            elif again:
                yield self._finding(
                    _("The caption repeats the {field}").format(field=again),
                    _("Say what the picture adds: who or what it shows, where and when."),
                    whole,
                )
            else:
                yield from self._sentence(path, caption)

    def _sentence(self, path: str, caption: str) -> Iterator[Finding]:
        text = caption.rstrip()
        if len(text.split()) < _SENTENCE:
            return
        first, last = text.split()[0], text.split()[-1]
        if not _ENDED.search(text) and last[-1].isalnum():
            start = len(text) - len(last)
            yield self._finding(
                _("The caption ends without a full stop"),
                _("A caption is a sentence."),
                TextPlace(path, start, len(text)),
                Fix(_("Add a full stop"), (Edit(path, len(text), len(text), _stop(text)),)),
            )
        if first.isalpha() and first.islower() and first[0].upper() != first[0]:
            start = caption.index(first)
            yield self._finding(
                _("The caption begins with a small letter"),
                _("A caption is a sentence."),
                TextPlace(path, start, start + len(first)),
                Fix(_("Begin with a capital"), (Edit(path, start, start + 1, first[0].upper()),)),
            )

    def _finding(self, sentence: str, hint: str, place: TextPlace, *fixes: Fix) -> Finding:
        return Finding(self.id, self.level, sentence, hint, place, fixes)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold() or "\0"


def _stop(text: str) -> str:
    """Return the full stop of a text's script."""
    last = text[-1]
    if "\u0900" <= last <= "\u097f":
        return "।"
    if "\u3040" <= last <= "\u9fff":
        return "。"
    return "."
