"""Footnotes that no mark leads to."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.footnote_places import footnote_marks, footnote_texts
from editor.core.findings import Finding, Level
from editor.i18n import N_, _


class UnusedFootnote:
    """Find footnotes that nothing in the text leads to."""

    id = "unused-footnote"
    title = N_("Footnotes have a mark")
    about = N_("A footnote that no mark in the text leads to: its mark was removed, or has a slip.")
    level = Level.WARNING
    examples = (
        right("The quay cost $5m.[^1]\n\n[^1]: Port accounts, 2025."),
        wrong("The quay cost $5m.\n\n[^1]: Port accounts.", found="[^1]: Port accounts."),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the footnotes of the body with its marks; of two with one name, the first."""
        marks, seen = footnote_marks(subject.document), set[str]()
        for label, place in footnote_texts(subject.document):
            if label not in marks and label not in seen:
                name = f"[^{label}]"
                yield Finding(
                    self.id,
                    self.level,
                    _("Nothing in the text leads to the footnote {name}").format(name=name),
                    _("Put {name} where it belongs, or remove the footnote.").format(name=name),
                    place,
                    is_in_source=True,
                )
            seen.add(label)
