"""Footnotes: every mark has its text, once."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.footnote_places import footnote_marks, footnote_texts
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _


class Footnotes:
    """Find marks without a footnote, and footnotes that are written twice."""

    id = "footnotes"
    title = N_("Footnotes have a text")
    about = N_(
        "A mark such as `[^1]` without its footnote (readers see the mark as you typed it), "
        "or a footnote written twice."
    )
    level = Level.STOPS
    examples = (
        right("The quay cost $5m.[^1] It was late.[^1]\n\n[^1]: Port accounts, 2025."),
        wrong("The quay cost $5m.[^1]", found="[^1]"),
        wrong("It cost $5m.[^1]\n\n[^1]: One.\n\n[^1]: Two.", found="[^1]: Two."),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the marks of the body with its footnotes."""
        notes: set[str] = set()
        for label, place in footnote_texts(subject.document):
            if label in notes:
                yield self._finding(
                    _("The footnote [^{label}] is written twice").format(label=label),
                    _("Remove one, or give it and its mark another name."),
                    place,
                )
            notes.add(label)
        for label, place in footnote_marks(subject.document).items():
            if label not in notes:
                yield self._finding(
                    _("The footnote [^{label}] has no text").format(label=label),
                    _("Write it in a paragraph of its own: [^{label}]: …").format(label=label),
                    place,
                )

    def _finding(self, sentence: str, hint: str, place: TextPlace) -> Finding:
        return Finding(self.id, self.level, sentence, hint, place, is_in_source=True)
