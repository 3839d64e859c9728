"""The Harbour Post's edition with its mastheads and approvals, by keys made for the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from editor.core.edition import Edition, Expired, Item, LeftOut, Proof, Withdrawn
from editor.core.listing import Approval
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.output import output_for
from editor.formats.report import Report
from editor.progress import Progress
from editor.trust.approval import ApprovalStatement, ApprovedKind
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import token_hash
from editor.trust.masthead import Masthead, Member
from tests.editions import with_items
from tests.formats.site.edition import MemoryPictures, edition

CHIEF, EDITOR, WRITER = "Mara Quill", "Theo Marsh", "Ines Vale"
_ROLES = {CHIEF: Role.CHIEF, EDITOR: Role.EDITOR, WRITER: Role.JOURNALIST}
AT = "2026-03-03T12:00:00Z"
ALONE = Policy(FourEyes.NEVER)


@dataclass
class ProvenDesk:
    """A desk that signs: its keys, its mastheads, and what it approves."""

    desk: str = "desk-harbour"
    keys: dict[str, PrivateKey] = field(
        default_factory=lambda: {name: PrivateKey.generate() for name in _ROLES}
    )
    mastheads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.issue()

    def issue(
        self, policy: Policy = ALONE, without: str = "", roles: Mapping[str, Role] | None = None
    ) -> None:
        """Sign the next masthead."""
        members = tuple(
            Member(Person(name, (roles or {}).get(name, role)), (self.keys[name].public,))
            for name, role in _ROLES.items()
            if name != without
        )
        previous = token_hash(self.mastheads[-1]) if self.mastheads else ""
        number = len(self.mastheads) + 1
        masthead = Masthead(self.desk, number, members, policy, previous, AT)
        self.mastheads.append(masthead.signed(self.keys[CHIEF]))

    def approve(
        self,
        kind: ApprovedKind,
        hash: str,
        story: str = "",
        by: str = EDITOR,
        writers: Sequence[str] = (WRITER,),
    ) -> str:
        """Sign an approval."""
        statement = ApprovalStatement(
            desk=self.desk,
            kind=kind,
            hash=hash,
            version="e" * 64,
            masthead=token_hash(self.mastheads[-1]),
            by=by,
            writers=tuple(writers),
            at=AT,
            story=story,
            section="world" if story else "",
            log="log-1",
            previous="f" * 64,
        )
        return statement.signed(self.keys[by])

    def approved(self, item: Item, by: str = EDITOR, writers: Sequence[str] = (WRITER,)) -> Item:
        """Return an item with its approval."""
        token = self.approve("story", item.hash, item.story.id, by, writers)
        approval = Approval(item.story.id, item.hash, by, AT, by in writers, token)
        return replace(item, approval=approval)

    def edition(self, extra: Sequence[Story] = (), source: MemoryPictures | None = None) -> Edition:
        """Return an edition with four stories, and one killed, one expired, one under embargo."""
        made = edition(extra, source)
        items = [self.approved(item) for item in made.items]
        items[-1] = self.approved(made.items[-1], CHIEF, [CHIEF])
        return replace(
            with_items(made, items),
            withdrawn=(Withdrawn("s9", "sunk-ship", "en", AT),),
            expired=(Expired("s10", "old-regatta", "en", AT),),
            left_out=(LeftOut("s8", "secret-merger", "under embargo until 2026-03-09T06:00:00Z"),),
            proof=self.proof(made),
        )

    def proof(self, made: Edition) -> Proof:
        """Return the signed documents of an edition's house and banner."""
        house = self.approve("house", made.house.hash, by=CHIEF, writers=[])
        banner = self.approve("banner", made.banner.hash)
        return Proof(self.desk, tuple(self.mastheads), house, banner)

    def export(
        self, path: Path, made: Edition | None = None, by: str = EDITOR, *, name: str = "site"
    ) -> Report:
        """Export to a folder or a zip file, signed by somebody, or by nobody for an empty name."""
        signer = self.keys[by] if by else None
        with output_for(path) as output:
            return write_edition(
                made or self.edition(), find_exporter(name), output, Progress(), signer, by
            )
