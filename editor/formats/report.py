"""What an export did at its target, as values and in sentences.

It needs nothing of what makes pages, so it is said at once where there was nothing to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.core.export_memory import EditionSummary
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.i18n import N_plural, _, listed, plural


@dataclass(frozen=True, slots=True)
class ExportDifference:
    """What an export changes at its target: the sizes in bytes of files by their paths.

    `unchanged` counts the files that stay as they are. `former` has the sizes that changed
    files had, `titles` those of the pages that are written.
    """

    new: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    removed: Mapping[str, int] = field(default_factory=dict)
    unchanged: int = 0
    former: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether readers get what they had: only the export's own list may be another one."""
        changed = {*self.new, *self.changed, *self.removed}
        return changed <= {EDITION, SUMS, SIGNATURE}

    @property
    def written(self) -> int:
        """How many bytes are written."""
        return sum(self.new.values()) + sum(self.changed.values())


@dataclass(frozen=True, slots=True)
class Report:
    """What an export wrote: how many files, of which edition, and what changed at the target.

    `signed_by` is who signed the edition; empty where nobody did.
    """

    files: int
    edition: EditionSummary
    signed_by: str = ""
    difference: ExportDifference = ExportDifference()


def contents_text(edition: EditionSummary) -> str:
    """Say what an edition has: `3 stories, 1 withdrawn story`; killed ones are withdrawn."""
    stories, withdrawn = len(edition.stories), len(edition.withdrawn)
    parts = []
    if stories or not withdrawn:
        parts.append(plural("{n} story", "{n} stories", stories))
    if withdrawn:
        parts.append(plural("{n} withdrawn story", "{n} withdrawn stories", withdrawn))
    return listed(parts)


def signature_sentence(report: Report) -> str:
    """Say who signed an export, or that nobody did."""
    if report.signed_by:
        return _("Signed by {name}.").format(name=report.signed_by)
    return _("Unsigned: nobody vouches for these files.")


def difference_sentence(difference: ExportDifference) -> str:
    """Say what an export changed at its target: `12 new, 3 changed, 9,000 as before (0.4 MB)`."""
    if difference.is_nothing:
        return _("Nothing has changed for readers since the last export.")
    sentence = _("{new} new, {changed} changed, {removed} removed, {same} as before ({mb} MB).")
    return sentence.format(
        new=len(difference.new),
        changed=len(difference.changed),
        removed=len(difference.removed),
        same=difference.unchanged,
        mb=f"{difference.written / 1e6:.1f}",
    )


def left_out_sentences(left_out: Mapping[str, int]) -> tuple[str, ...]:
    """Say how many approved stories are not in an edition, for each reason."""
    sentences = {
        "embargo": N_plural(
            "{n} approved story is held until its embargo ends.",
            "{n} approved stories are held until their embargo ends.",
        ),
        "not_due": N_plural(
            "{n} approved story is held until the time it is to be published.",
            "{n} approved stories are held until the time they are to be published.",
        ),
        "expired": N_plural(
            "{n} approved story has expired.", "{n} approved stories have expired."
        ),
    }
    return tuple(
        plural(*sentences[reason], number)
        for reason, number in left_out.items()
        if reason in sentences
    )
