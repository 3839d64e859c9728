"""Pictures: each has its file."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.picture_names import picture_name
from editor.core.findings import Finding, Level, TextPlace
from editor.core.story import Picture
from editor.i18n import N_, _


class PictureFile:
    """Find pictures that readers would not get."""

    id = "picture-file"
    title = N_("Pictures have their file")
    about = N_(
        "A picture without a file, or one whose file is missing from the desk or was damaged: "
        "readers would not get it. **Choose…** or **Replace…** beside the picture brings the file; "
        "adding the original again also repairs it."
    )
    level = Level.STOPS
    examples = (
        right(pictures=(Picture(file="ferry.jpg", caption="The ferry at the quay."),)),
        wrong(pictures=(Picture(caption="The ferry at the quay."),), found="pictures/0/file"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the file of each picture, as far as the caller knows about files."""
        for index, picture in enumerate(subject.story.pictures):
            name = picture_name(subject, index)
            problem = subject.facts.picture_problems.get(picture.file, "")
            if not picture.file and picture != Picture():
                sentence = _("{picture} has no file").format(picture=name)
                hint = _("Readers don’t get it. Choose the file, or remove the picture.")
            elif problem:
                sentence = _("{picture} can’t be shown").format(picture=name)
                hint = f"{problem} " + _("Replace it with the original.")
            else:
                continue
            yield Finding(self.id, self.level, sentence, hint, TextPlace(f"pictures/{index}/file"))
