"""The check of an edition, as jobs: verify it, and confirm whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from editor.formats.verify.before import VerifiedBefore
from editor.formats.verify.report import Conclusion, EditionReport, trust_conclusion
from editor.formats.verify.verifier import verify_edition
from editor.progress import Progress
from editor.trust.known_mastheads import KnownMastheads, Trust
from editor.trust.seen_editions import SeenEditions


@dataclass(frozen=True, slots=True)
class CheckedEdition:
    """An edition's report, and what this computer knows of its mastheads."""

    report: EditionReport
    trust: Trust

    @property
    def headline(self) -> Conclusion:
        """The outcome in one sentence."""
        return self.report.headline(self.trust)

    @property
    def trust_conclusion(self) -> Conclusion:
        """What is known of the mastheads, and what to do about it."""
        return trust_conclusion(self.report.facts, self.trust)

    @property
    def can_confirm(self) -> bool:
        """Whether a person may say that the words of the masthead are right."""
        facts = self.report.facts
        is_sound = self.report.is_whole and not facts.problems and bool(facts.mastheads)
        return is_sound and self.trust in (Trust.UNCONFIRMED, Trust.DIFFERENT)


def check_edition(path: Path, progress: Progress) -> CheckedEdition:
    """Verify a folder or a zip file. Raises BadInput, TrustError, Cancelled."""
    report = verify_edition(path, progress, VerifiedBefore())
    known = KnownMastheads()
    trust = known.trust(report.facts.desk, report.facts.mastheads)
    known.remember(report.facts.desk, report.facts.mastheads)
    return CheckedEdition(report.remembered(trust, SeenEditions()), trust)


def confirm_masthead(checked: CheckedEdition) -> CheckedEdition:
    """Keep that a person compared the words of the masthead. Raises TrustError."""
    known, facts = KnownMastheads(), checked.report.facts
    known.confirm(facts.desk, facts.mastheads)
    return CheckedEdition(checked.report, known.trust(facts.desk, facts.mastheads))
