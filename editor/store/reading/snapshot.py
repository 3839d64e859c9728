"""A snapshot of the desk: every query, over one unchanging state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, select

from editor.core.canonical import normal
from editor.core.commands import Publish
from editor.core.edition import Edition, Item, Proof, item_of
from editor.core.newer import reads_newer
from editor.core.people import Person
from editor.core.times import clock_doubt, parse_instant
from editor.core.workflow import Action, Publication, Stage, outcome
from editor.errors import DeskDamaged, NotAllowed, UntrustedSignature
from editor.i18n import _
from editor.progress import Progress
from editor.store.db.engine import plain
from editor.store.db.newer import require_known
from editor.store.db.schema import versions
from editor.store.exports.editions import DeskFiles, EditionRecords
from editor.store.exports.memory import ExportMemory
from editor.store.log import pins
from editor.store.log.logs import Logs, last_entries, read_logs
from editor.store.pictures import Pictures
from editor.store.reading import faults, notes, search, verification
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.edition_choice import EditionChoice, EditionChooser, Moment
from editor.store.reading.edition_texts import EditionTexts
from editor.store.reading.editions import Chooser, Chosen, Instants
from editor.store.reading.export_list import ExportPage, PageStart, read_export_page
from editor.store.reading.history import DeskHistory
from editor.store.reading.known_texts import KnownTexts
from editor.store.reading.mastheads import (
    database_state,
    find_person,
    forget_pages,
    people_of,
    read_chain,
)
from editor.store.reading.papers import (
    BannerState,
    read_banner,
    read_front,
    read_house_token,
    read_style_in_force,
    read_targets,
)
from editor.store.reading.queries import Queries
from editor.store.reading.rows import AuditReport, NoteRow, StoredVersion, StoryRow, VersionRow
from editor.store.reading.signed_states import FrontState, HouseStyleState, TargetsState
from editor.store.reading.story_faults import find_in_story
from editor.store.reading.used_pictures import PictureProblem, find_problems, used_pictures
from editor.store.reading.values import read_parents
from editor.store.themes import Themes
from editor.trust.masthead import MastheadChain
from editor.trust.picture_keys import KeyringPictureKeys

_MEMO = "stonehand logs"
_TEXTS = "stonehand texts"


class Snapshot(Queries):
    """The queries of a desk over one open transaction, approvals verified.

    `Desk.read` gives it. Every method may raise DeskDamaged.
    """

    def __init__(
        self,
        connection: Connection,
        path: Path,
        clock: Callable[[], datetime],
        exports: Callable[[], ExportMemory],
        files: DeskFiles | None = None,
    ) -> None:
        super().__init__(connection)
        self._files = files
        self._path = path
        self._clock = clock
        self._exports = exports
        self._newest = ""

    def people(self) -> tuple[Person, ...]:
        """Everyone on the desk, by name. Raises UntrustedSignature."""
        return people_of(read_chain(self.connection))

    def person(self, name: str) -> Person:
        """Someone by name. Raises NotFound with the names there are."""
        return find_person(self.people(), name)

    def stored(self, story_id: str, version: int | None = None) -> StoredVersion:
        """One version of a story, the latest without a number. Raises NotFound.

        It comes with its approval if that verifies, or with the reason why not.
        """
        row = self.row(story_id)
        stored = self.stored_of(row, version)
        try:
            found = self._verifier.standing_of(row.id)
            if found.standing.publication is Publication.KILLED:
                # Killing ended its approvals, as it should: nothing is wrong with that.
                found.require_sound()
                return stored
            is_due = stored.state.stage is Stage.APPROVED and stored.version == stored.latest
            if is_due or stored.id in {found.standing.live, *found.standing.approvals}:
                approval = self._verifier.approval_of(row.id, stored.version)
                return replace(stored, approval=approval)
            found.require_sound()
        except UntrustedSignature as reason:
            if not reads_newer():  # what was approved there, only a newer Stonehand can judge
                return replace(stored, refusal=f"{reason.sentence} {reason.hint}")
        return stored

    def versions(self, story_id: str) -> list[VersionRow]:
        """A story's history, the latest version first; who approved one only if it verifies."""
        story = normal(story_id)
        v = versions.c
        found = self.connection.execute(
            select(v.id, v.number, v.hash, v.parents, v.author, v.at, v.cause, v.headline, v.words)
            .where(v.story == story)
            .order_by(v.number.desc())
        ).all()
        approvers = self._approvers(story) if found else {}
        return [
            VersionRow(
                row.number,
                row.hash,
                read_parents(row.parents),
                row.author,
                row.at,
                row.cause,
                row.headline,
                row.words,
                approvers.get(row.id, ""),
            )
            for row in found
        ]

    def notes(self, story_id: str) -> list[NoteRow]:
        """The notes about a story in the order of writing, placed where their passages are now."""
        return notes.notes_of(self, story_id)

    def search(self, words: str, limit: int = 50) -> list[StoryRow]:
        """The stories that hold all the words, newest text first; any string may be given."""
        return search.find_words(self.connection, words, limit)

    def banner_state(self) -> BannerState:
        """The banner as it was saved last, and as an editor approved it.

        Raises UntrustedSignature for a masthead that can't be trusted.
        """
        return read_banner(self.connection, self._verifier.trusted())

    def front_state(self) -> FrontState:
        """The stories that come first on the home page, and who ordered them, verified.

        Raises UntrustedSignature for a masthead that can't be trusted.
        """
        return read_front(self.connection, self._verifier.trusted())

    def targets_state(self) -> TargetsState:
        """Where the paper delivers to, and who saved that, verified.

        Raises UntrustedSignature for a masthead that can't be trusted.
        """
        return read_targets(self.connection, self._verifier.trusted())

    def house_style_state(self) -> HouseStyleState:
        """What the checks go by, and who saved that; the plain style where that is in doubt."""
        return read_style_in_force(self.connection, self._verifier.trusted)

    def edition(
        self,
        slugs: Sequence[str] | None,
        generated_at: datetime,
        *,
        without: Collection[str] = (),
        what_if: bool = False,
        progress: Progress | None = None,
    ) -> Edition:
        """What an exporter gets: the stories named, or all that may go out at that instant.

        Of all, those whose ids are in `without` stay; a name is a slug or an id. All
        logs are verified first. `what_if` allows an instant that is not now. Raises
        NotFound, BadValue for an instant to come, UntrustedSignature, DeskTooNew, Cancelled, and
        NotApproved with the reason for every story that may not leave.
        """
        require_known(self._path)
        ids = None if slugs is None else self.find_all(slugs)
        self._texts()  # opening the database is a change to its files, for some systems
        moment = Moment(generated_at, self._clock(), what_if)
        moment.require_past()
        progress = progress or Progress()
        chooser = EditionChooser(
            self.connection, self._path, self._verifier, self._exports(), self._verified_logs
        )
        choice = (
            chooser.all(moment, without, progress)
            if ids is None
            else chooser.named(ids, moment, progress)
        )
        return self._edition(choice, moment)

    def _edition(self, choice: EditionChoice, moment: Moment) -> Edition:
        self._newest = choice.logs.newest
        chain, chosen = self._verifier.trusted(), choice.chosen
        banner, front = read_banner(self.connection, chain), read_front(self.connection, chain)
        banner.require_sound()
        front.require_sound()
        return Edition(
            house=self.house(),
            listings=chosen.listings,
            banner=banner.approved.without_expired(choice.instants.expiry),
            texts=self._texts(),
            pictures=Pictures(self._path / "pictures"),
            generated_at=moment.at,
            withdrawn=chosen.withdrawn,
            expired=chosen.expired,
            left_out=chosen.left_out,
            proof=self._proof(chain, banner, front),
            what_if=moment.what_if,
            former_slugs=chosen.former_slugs,
            parts=self._exports().parts,
            front=front.front.among(chosen.listings),
            themes=Themes(self._path),
            records=self._records(choice.until_change(banner.approved), chain),
            history=DeskHistory(self._texts(), choice.logs.tips),
            picture_keys=KeyringPictureKeys(),
        )

    def _records(self, choice: EditionChoice, chain: MastheadChain) -> EditionRecords | None:
        """What remembers an edition's exports; None where something could change unseen."""
        if self._files is None or not choice.is_certain:
            return None
        return EditionRecords(self._exports().editions, choice.read_state(self._files, chain))

    def items(self, ids: Sequence[str]) -> tuple[Item, ...]:
        """Some stories by their ids as they would go out now, in the order of an edition.

        Only they are verified, so it is no export. Raises UntrustedSignature, and
        NotApproved for one that may not leave.
        """
        outcomes = self._chooser().choose(list(dict.fromkeys(ids)), Progress(), ids)
        texts = self._texts()
        return tuple(item_of(listing, texts) for listing in Chosen.of(outcomes).listings)

    def reasons_against(self, ids: Sequence[str]) -> dict[str, str]:
        """Why each of a few stories would not go out now, as remarks; those that would have none.

        Raises UntrustedSignature for a masthead that can't be trusted.
        """
        return self._chooser().reasons_against(ids)

    def export_page(self, words: str, place: PageStart, limit: int) -> ExportPage:
        """Some of the stories to choose from for an export; see `read_export_page`."""
        return read_export_page(self.connection, words, place, limit)

    def releases(self, edition: Edition, by: str) -> tuple[Publish, ...]:
        """The commands that publish an edition: one for each version that readers don't have.

        Ask before the export is written, of the snapshot that gave the edition: its logs are
        verified already. Raises NotFound for an unknown person and
        NotAllowed for one who may not publish, for what is no edition, and for a clock
        that is behind the newest event; nothing is done yet.
        """
        person = self.person(by)
        if edition.what_if:
            raise NotAllowed(_("What would be is not published."), _("Export without --what-if."))
        newest = self._newest or self._verified_logs().newest
        if doubt := clock_doubt(self._clock(), parse_instant(newest)):
            raise NotAllowed(doubt, _("Set this computer's clock, then publish."))
        rows = self.rows_of([listing.id for listing in edition.listings])
        found = []
        for listing in edition.listings:
            row = rows[listing.id]
            if listing.version != row.live_version:
                outcome(Action.PUBLISH, row.state, person.role)
                found.append(Publish(row.id, listing.version))
        return tuple(found)

    def masthead(self) -> MastheadChain:
        """The signed mastheads of the desk.

        Raises UntrustedSignature when they and what this computer has seen before
        don't agree.
        """
        chain = self._verifier.trusted()
        pins.remember(self._path, chain, last_entries(self.connection))
        return chain

    def snippets(self, words: str, rows: Sequence[StoryRow]) -> list[str]:
        """What each story that a search found says around the words, marked with \\x02 and \\x03.

        Raises DeskDamaged where the search shows what is not so: each row is what its latest
        version and its last event say, and the words are in that text. That nothing is
        missing from the index, `verify_audit` says.
        """
        faults.check_rows(plain(self.connection), rows)
        found = [self.stored_of(row).story for row in rows]
        for row, story in zip(rows, found, strict=True):
            if not search.holds_words(story, words):
                raise DeskDamaged(
                    _("The words of {slug} in the search were changed outside Stonehand.").format(
                        slug=row.slug
                    ),
                    _("Look at `stonehand audit`, and restore a backup from before."),
                )
        return search.snippets(found, words)

    def check_story(self, story_id: str) -> None:
        """Raise UntrustedSignature or DeskDamaged for what can't be trusted about a story.

        Its events, all its versions as the history shows them, and its notes.
        """
        if reads_newer():
            return
        found = self._verifier.standing_of(normal(story_id))
        for reason in find_in_story(self.connection, found):
            raise UntrustedSignature(reason, _("Look at `stonehand audit`."))

    def verify_audit(self, progress: Progress | None = None) -> AuditReport:
        """Verify all logs, and that every table and the search say what the events come to.

        What was verified before is verified again. Raises Cancelled, DeskTooNew.
        """
        require_known(self._path)
        try:
            return verification.verify_desk(
                self.connection, self._path, self._clock(), progress=progress, words=True
            )
        except DeskDamaged as problem:
            return AuditReport(0, 1, problem.sentence)

    def picture_problems(self) -> list[PictureProblem]:
        """Read every picture of every version; those that are missing or damaged."""
        used = used_pictures(self.connection)
        return find_problems(Pictures(self._path / "pictures"), used)

    @cached_property
    def _verifier(self) -> ApprovalVerifier:
        return ApprovalVerifier(self.connection, self._path)

    def _verified_logs(self, progress: Progress | None = None) -> Logs:
        """The logs, all of them verified, which is remembered.

        What this connection has found sound is not read again until something changes.
        Raises UntrustedSignature, Cancelled.
        """
        chain, state = self._verifier.trusted(), database_state(self.connection, self._path)
        known: tuple[object, Logs] | None = self.connection.info.get(_MEMO)
        if known and known[0] == state:
            self._verifier.trust_logs(known[1].signed)
            return known[1]
        forget_pages(self.connection)
        before = pins.known(chain.desk).verified
        logs = read_logs(self.connection, chain, before, progress)
        if logs.broken_at:
            raise UntrustedSignature(
                _("The audit of this desk is broken. {reason}").format(reason=logs.reason),
                _("Look at `stonehand audit`, and restore a backup from before."),
            )
        self.connection.info[_MEMO] = (state, logs)
        self._verifier.trust_logs(logs.signed)
        pins.remember(self._path, chain, logs.tips, verified=logs.verified())
        self._exports().outcomes.follow_pins(before, logs.verified())
        return logs

    def _texts(self) -> EditionTexts:
        """What reads the texts of editions: one for as long as this connection is there."""
        texts: EditionTexts | None = self.connection.info.get(_TEXTS)
        if texts is None:
            texts = self.connection.info[_TEXTS] = EditionTexts(self._path)
            texts.open()
        return texts

    def _chooser(self) -> Chooser:
        now, known = self._clock(), KnownTexts(self._exports().parts)
        return Chooser(self.connection, self._verifier, Instants(now, now), known)

    def _proof(self, chain: MastheadChain, banner: BannerState, front: FrontState) -> Proof:
        house = read_house_token(self.connection, chain)
        return Proof(chain.desk, chain.tokens, house, banner.token, front.token)

    def _approvers(self, story: str) -> dict[str, str]:
        """Who approved the versions of a story, by the events that made them."""
        try:
            found = self._verifier.standing_of(story)
            found.require_sound()
        except UntrustedSignature:
            return {}
        approvals = found.standing.approvals
        return {version: found.events[event].person for version, event in approvals.items()}
