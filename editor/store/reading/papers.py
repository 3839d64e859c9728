"""Reading the house, its style, the banner, the front and the targets, and who signed them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, Self, TypeAlias

from sqlalchemy import Connection, Row, Select, select

from editor.core.brief import Banner
from editor.core.delivery import Targets
from editor.core.events import BANNER, BANNER_APPROVED, HOUSE
from editor.core.front import Front
from editor.core.house import House
from editor.core.house_style import HouseStyle
from editor.errors import DeskDamaged, UntrustedSignature
from editor.i18n import N_, _
from editor.store.db.engine import plain
from editor.store.db.errors import damaged_if_unreadable
from editor.store.db.schema import approvals, events, papers
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import Seals
from editor.store.reading.evidence import AGAIN, Evidence, Recorded
from editor.store.reading.signed_states import (
    FrontState,
    HouseStyleState,
    SignedState,
    TargetsState,
)
from editor.store.reading.values import read_object, text_hash
from editor.trust.approval import ApprovalStatement, refusal
from editor.trust.masthead import MastheadChain

PaperKind: TypeAlias = Literal["house", "house style", "banner", "front", "targets"]

SignedKind: TypeAlias = Literal["house", "house style", "front", "targets"]
"""The kinds that whoever saves them signs at once."""

_LATEST = """
    SELECT p.content, p.hash, e.body FROM papers p LEFT JOIN events e ON e.event = p.event
    WHERE p.kind = ? ORDER BY p.number DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class BannerState:
    """The banner as it was saved last, and as it goes out.

    `event` saved the latest, `writers` wrote it since the approved one. `approved`
    is what an editor signed last, with `token` and `approval`; `doubt` says why
    something about it can't be trusted, and `unsigned` whose signature the latest needs.
    """

    latest: Banner
    event: str
    writers: frozenset[str]
    approved: Banner
    token: str = ""
    approval: ApprovalStatement | None = None
    doubt: str = ""
    unsigned: str = ""

    @property
    def needs_approval(self) -> bool:
        """Whether the latest banner is not the one that goes out."""
        return self.latest != self.approved or (self.approval is None and bool(self.event))

    def doubted(self, reason: str) -> Self:
        """The same with a reason against it, unless there is one or none is given."""
        return replace(self, doubt=self.doubt or reason)

    def require_sound(self) -> None:
        """Raise UntrustedSignature where something can't be trusted."""
        if self.doubt:
            raise UntrustedSignature(self.doubt, _(AGAIN))


def read_paper(connection: Connection, kind: PaperKind) -> str:
    """The latest paper of a kind as canonical JSON; empty when none was saved.

    Raises DeskDamaged for one that is not what its event says.
    """
    row = plain(connection).execute(_LATEST, (kind,)).fetchone()
    if row is None:
        return ""
    content, hash, body = row
    with damaged_if_unreadable(_NAMES[kind]):
        subject = read_object(body)["subject"]
    if not subject == hash == text_hash(content):
        sentence = _("{what} was changed outside Stonehand.").format(what=_(_NAMES[kind]))
        raise DeskDamaged(
            sentence, _("Look at `stonehand audit`, and restore a backup from before.")
        )
    return str(content)


def read_house(connection: Connection) -> House:
    """The paper's facts and style. Raises DeskDamaged."""
    with damaged_if_unreadable(_NAMES["house"]):
        return House.from_json(read_object(read_paper(connection, "house")))


def read_latest_banner(connection: Connection) -> Banner:
    """The banner as it was saved last. Raises DeskDamaged."""
    with damaged_if_unreadable(_NAMES["banner"]):
        return Banner.from_json(json.loads(read_paper(connection, "banner") or "[]"))


def read_latest_front(connection: Connection) -> Front:
    """The stories of the front as they were ordered last. Raises DeskDamaged."""
    with damaged_if_unreadable(_NAMES["front"]):
        return Front.from_json(json.loads(read_paper(connection, "front") or "[]"))


def read_house_token(connection: Connection, chain: MastheadChain) -> str:
    """The chief's signature on the house. Raises UntrustedSignature, DeskDamaged."""
    token, _statement = _signed(connection, chain, "house", read_house(connection).hash)
    return token


def read_front(connection: Connection, chain: MastheadChain) -> FrontState:
    """The front and who ordered it, verified. Raises DeskDamaged."""
    front = read_latest_front(connection)
    signed = _signed_state(connection, chain, "front", front)
    return FrontState(front=front, token=signed.token, approval=signed.approval, doubt=signed.doubt)


def read_latest_targets(connection: Connection) -> Targets:
    """The targets as they were saved last. Raises DeskDamaged."""
    with damaged_if_unreadable(_NAMES["targets"]):
        return Targets.from_json(json.loads(read_paper(connection, "targets") or "[]"))


def read_targets(connection: Connection, chain: MastheadChain) -> TargetsState:
    """The targets and who saved them, verified. Raises DeskDamaged."""
    targets = read_latest_targets(connection)
    signed = _signed_state(connection, chain, "targets", targets)
    return TargetsState(
        targets=targets, token=signed.token, approval=signed.approval, doubt=signed.doubt
    )


def read_house_style(connection: Connection, chain: MastheadChain) -> HouseStyleState:
    """The house style and who saved it, verified; one that does not read back is doubted."""
    try:
        with damaged_if_unreadable(_NAMES["house style"]):
            style = HouseStyle.from_json(read_object(read_paper(connection, "house style") or "{}"))
    except DeskDamaged as reason:
        return HouseStyleState(doubt=reason.sentence)
    signed = _signed_state(connection, chain, "house style", style)
    return HouseStyleState(
        saved=style, token=signed.token, approval=signed.approval, doubt=signed.doubt
    )


def read_style_in_force(
    connection: Connection, trusted: Callable[[], MastheadChain]
) -> HouseStyleState:
    """The house style and who saved it; `trusted` gives the mastheads, or says why not.

    Most desks have none, and then no masthead is verified for it.
    """
    if not was_saved(connection, "house style"):
        return HouseStyleState()
    try:
        return read_house_style(connection, trusted())
    except UntrustedSignature as reason:
        return HouseStyleState(doubt=reason.sentence)


def was_saved(connection: Connection, kind: PaperKind) -> bool:
    """Whether a paper of a kind was ever saved, as far as any table says so."""
    rows = select(papers.c.number).where(papers.c.kind == kind).limit(1)
    return connection.scalar(rows) is not None or bool(_of_kind(connection, kind))


def _signed_state(
    connection: Connection,
    chain: MastheadChain,
    kind: SignedKind,
    paper: Front | Targets | HouseStyle,
) -> SignedState:
    """Who signed a paper as it is; nobody needs to while none was ever saved."""
    if paper == type(paper)() and not was_saved(connection, kind):
        return SignedState()
    try:
        token, statement = _signed(connection, chain, kind, paper.hash)
    except UntrustedSignature as reason:
        return SignedState(doubt=reason.sentence)
    return SignedState(token=token, approval=statement)


def _signed(
    connection: Connection, chain: MastheadChain, kind: SignedKind, hash: str
) -> tuple[str, ApprovalStatement]:
    """The signature of whoever saved the latest paper of a kind, which has this hash.

    Raises UntrustedSignature where it does not count, or where that is not the latest.
    """
    row = connection.execute(_papers(kind).limit(1)).first()
    recorded = _recorded(row) if row else None
    if row is None or recorded is None or recorded.entry.event != _last(connection, kind):
        sentence = _("The {kind} was changed outside Stonehand.").format(kind=kind)
        raise UntrustedSignature(sentence, _(AGAIN))
    statement = Evidence(chain, Seals(connection)).approval(recorded, row.token or "")
    if (statement.kind, statement.hash) != (kind, hash):
        signer = "chief" if kind == HOUSE else "editor"
        sentence = _("The {kind} is not the one that its {signer} signed.")
        raise UntrustedSignature(sentence.format(kind=kind, signer=signer), _(AGAIN))
    return str(row.token), statement


def read_banner(connection: Connection, chain: MastheadChain) -> BannerState:
    """The banner and the approvals of it, verified. Raises DeskDamaged."""
    evidence = Evidence(chain, Seals(connection))
    versions, doubt = _banner_versions(connection, evidence)
    place = next((i for i, version in enumerate(versions) if version.approval), len(versions))
    unsigned = (_doubt_about_writer(version.recorded, evidence) for version in versions[:place])
    state = BannerState(
        read_latest_banner(connection),
        event=_last(connection, BANNER),
        writers=_writers(versions[:place]),
        approved=Banner(),
        doubt=doubt,
        unsigned=next(filter(None, unsigned), ""),
    )
    return _with_approved(state, versions[place:], evidence)


class _BannerVersion(NamedTuple):
    """One version of the banner, and its approval with the entry that recorded that."""

    recorded: Recorded
    content: str
    approval: tuple[Recorded, str, ApprovalStatement] | None


def _banner_versions(
    connection: Connection, evidence: Evidence
) -> tuple[list[_BannerVersion], str]:
    """The versions of the banner, the last one first, to the approved one before the last.

    With the first reason against one of them or its approval.
    """
    versions: list[_BannerVersion] = []
    expected, given = _last(connection, BANNER), _banner_approvals(connection)
    doubt = "" if _all_approvals_are_recorded(connection, given) else _(_BANNER_CHANGED)
    for row in connection.execute(_papers("banner").execution_options(yield_per=10)):
        recorded = _recorded(row)
        if recorded is None or not _is_unchanged(row, recorded, expected):
            return versions, doubt or _(_BANNER_CHANGED)
        expected = next(iter(recorded.event.parents), "")
        try:
            approval = _approval(row, given.get(recorded.entry.event, ()), evidence)
        except UntrustedSignature as reason:
            doubt, approval = doubt or reason.sentence, None
        versions.append(_BannerVersion(recorded, row.content, approval))
        if sum(version.approval is not None for version in versions) > 1:
            return versions, doubt
    return versions, doubt or (_(_BANNER_CHANGED) if expected else "")


def _with_approved(
    state: BannerState, versions: Sequence[_BannerVersion], evidence: Evidence
) -> BannerState:
    """The state with the first of these versions, which was approved, as what goes out."""
    if not versions or versions[0].approval is None:
        return state
    recorded, token, statement = versions[0].approval
    with damaged_if_unreadable(_NAMES["banner"]):
        approved = Banner.from_json(json.loads(versions[0].content))
    wrote = [version for version in versions[1:] if not version.approval]
    state = replace(state, approved=approved, token=token, approval=statement)
    for version in (versions[0], *wrote):
        state = state.doubted(_doubt_about_writer(version.recorded, evidence))
    masthead = evidence.chain.in_force(recorded.entry.log, recorded.entry.seq)
    writers = _writers((versions[0], *wrote))
    return state.doubted(refusal(masthead, "banner", statement.by, writers=writers))


def _writers(versions: Sequence[_BannerVersion]) -> frozenset[str]:
    return frozenset(version.recorded.event.person for version in versions)


_BANNER_CHANGED = N_("The banner was changed outside Stonehand.")
_NAMES = {
    "house": N_("What the desk knows of its paper"),
    "banner": N_("The trends banner"),
    "front": N_("The order of the front page"),
    "targets": N_("The list of targets"),
    "house style": N_("The house style"),
}


def _papers(kind: PaperKind) -> Select[Any]:
    """Every version of a paper with the entry that saved it, the last one first."""
    p = papers.c
    return (
        select(
            *ENTRY_COLUMNS,
            p.event.label("paper_event"),
            p.hash.label("paper_hash"),
            p.content,
            approvals.c.token,
        )
        .select_from(papers)
        .outerjoin(events, events.c.event == p.event)
        .outerjoin(approvals, approvals.c.event == p.event)
        .where(p.kind == kind)
        .order_by(p.number.desc())
    )


def _recorded(row: Sequence[Any]) -> Recorded | None:
    """The entry at the start of a row; None where it is gone or was changed."""
    entry = Entry._make(row[: len(Entry._fields)])
    event = entry.read() if entry.body is not None else None
    return Recorded(entry, event) if event else None


def _is_unchanged(row: Row[Any], recorded: Recorded, expected: str) -> bool:
    """Whether a version of the banner is what its event says, and that event the expected one."""
    subject = recorded.event.subject
    return recorded.entry.event == expected and subject == row.paper_hash == text_hash(row.content)


def _of_kind(connection: Connection, action: str) -> list[Recorded]:
    """The entries of a kind that are about no story, in order of arrival."""
    query = select(*ENTRY_COLUMNS).where(events.c.story == "", events.c.action == action)
    rows = connection.execute(query.order_by(events.c.id))
    return [recorded for row in rows if (recorded := _recorded(row))]


def _last(connection: Connection, action: str) -> str:
    """The event of its kind that no other one follows; empty where there is no single one."""
    found = _of_kind(connection, action)
    followed = {parent for recorded in found for parent in recorded.event.parents}
    last = [recorded.entry.event for recorded in found if recorded.entry.event not in followed]
    return last[0] if len(last) == 1 else ""


def _banner_approvals(connection: Connection) -> dict[str, list[tuple[Recorded, str]]]:
    """The approvals of the banner with their tokens, by the event that saved what was approved."""
    e, a = events.c, approvals.c
    query = select(e.event, a.token).join(approvals, a.event == e.event)
    query = query.where(e.story == "", e.action == BANNER_APPROVED)
    tokens = dict(connection.execute(query).all())
    found: dict[str, list[tuple[Recorded, str]]] = {}
    for recorded in _of_kind(connection, BANNER_APPROVED):
        given = (recorded, tokens.get(recorded.entry.event, ""))
        found.setdefault(recorded.event.version, []).append(given)
    return found


def _all_approvals_are_recorded(
    connection: Connection, given: Mapping[str, Sequence[tuple[Recorded, str]]]
) -> bool:
    """Whether an entry that reads back recorded every signed statement about a banner."""
    a, p = approvals.c, papers.c
    query = select(a.event).join(papers, p.event == a.text).where(p.kind == "banner")
    recorded = {approval.entry.event for some in given.values() for approval, _token in some}
    return set(connection.scalars(query)) <= recorded


def _approval(
    row: Row[Any], given: Sequence[tuple[Recorded, str]], evidence: Evidence
) -> tuple[Recorded, str, ApprovalStatement] | None:
    """The approval of one version of the banner, with its entry, where there is one.

    Raises UntrustedSignature with the reason against the first of those there are,
    where none verifies.
    """
    refused: UntrustedSignature | None = None
    for recorded, token in given:
        try:
            statement = evidence.approval(recorded, token)
            if (statement.kind, statement.hash) != ("banner", row.paper_hash):
                sentence = _("The banner is not the one that was approved.")
                raise UntrustedSignature(sentence, _(AGAIN))
        except UntrustedSignature as reason:
            refused = refused or reason
        else:
            return recorded, token, statement
    if refused:
        raise refused
    return None


def _doubt_about_writer(recorded: Recorded, evidence: Evidence) -> str:
    """Why a version of the banner is not what its writer signed; empty when it is."""
    person = recorded.event.person
    if not evidence.is_sealed(recorded.entry):
        return _("{person} has not signed the banner.").format(person=person)
    if evidence.rights(recorded).role is None:
        sentence = _("{person} was not on the masthead when the banner was saved.")
        return sentence.format(person=person)
    return evidence.refusal(recorded)
