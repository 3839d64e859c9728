"""Reading the house and the banner, and who signed that they go out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from sqlalchemy import Connection, Row, select

from editor.core.brief import Banner
from editor.core.events import BANNER, BANNER_APPROVED, HOUSE, Event
from editor.core.house import House
from editor.errors import DeskDamaged, UntrustedSignature
from editor.store.db.errors import damaged_if_unreadable
from editor.store.db.schema import approvals, events, papers
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import Seals
from editor.store.reading.evidence import AGAIN, check_evidence, is_written_into_the_past
from editor.store.reading.values import read_object, text_hash
from editor.trust.approval import ApprovalStatement, read_statement, refusal
from editor.trust.keys import PublicKey
from editor.trust.masthead import Masthead, MastheadChain

PaperKind: TypeAlias = Literal["house", "banner"]


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

    def require_sound(self) -> None:
        """Raise UntrustedSignature where something can't be trusted."""
        if self.doubt:
            raise UntrustedSignature(self.doubt, AGAIN)


def read_paper(connection: Connection, kind: PaperKind) -> str:
    """The latest house or banner as canonical JSON; empty when none was saved.

    Raises DeskDamaged for one that is not what its event says.
    """
    query = select(papers.c.content, papers.c.hash, papers.c.event, events.c.body)
    query = query.outerjoin(events, events.c.event == papers.c.event).where(papers.c.kind == kind)
    row = connection.execute(query.order_by(papers.c.number.desc()).limit(1)).first()
    if row is None:
        return ""
    with damaged_if_unreadable(_NAMES[kind]):
        subject = read_object(row.body)["subject"]
    if not subject == row.hash == text_hash(row.content):
        raise DeskDamaged(
            f"{_NAMES[kind]} was changed outside Stonehand.",
            "Look at `stonehand audit`, and restore a backup from before.",
        )
    return str(row.content)


def read_house(connection: Connection) -> House:
    """The paper's facts and style. Raises DeskDamaged."""
    with damaged_if_unreadable(_NAMES["house"]):
        return House.from_json(read_object(read_paper(connection, "house")))


def read_latest_banner(connection: Connection) -> Banner:
    """The banner as it was saved last. Raises DeskDamaged."""
    with damaged_if_unreadable(_NAMES["banner"]):
        return Banner.from_json(json.loads(read_paper(connection, "banner") or "[]"))


def read_house_token(connection: Connection, chain: MastheadChain) -> str:
    """The chief's signature on the house. Raises UntrustedSignature, DeskDamaged."""
    house = read_house(connection)
    row = connection.execute(_papers("house").limit(1)).first()
    entry = _entry(row) if row is not None else None
    event = entry.read() if entry else None
    if row is None or entry is None or event is None or entry.event != _last(connection, HOUSE):
        raise UntrustedSignature("The house was changed outside Stonehand.", AGAIN)
    statement = read_statement(row.token or "", chain)
    check_evidence(entry, event, statement, row.token, chain, Seals(connection))
    if (statement.kind, statement.hash) != ("house", house.hash):
        raise UntrustedSignature("The house is not the one that its chief signed.", AGAIN)
    return str(row.token)


def read_banner(connection: Connection, chain: MastheadChain) -> BannerState:
    """The banner and the approvals of it, verified. Raises DeskDamaged."""
    latest = read_latest_banner(connection)
    versions, doubt = _banner_versions(connection, chain)
    event = versions[0].event if versions else ""
    place = next((i for i, version in enumerate(versions) if version.approval), len(versions))
    proposed, approved = versions[:place], versions[place:]
    state = BannerState(
        latest,
        event,
        writers=frozenset(version.writer for version in proposed),
        approved=Banner(),
        doubt=next((version.refused for version in versions if version.refused), doubt),
        unsigned=next((version.unsigned for version in proposed if version.unsigned), ""),
    )
    if not approved or approved[0].approval is None:
        return state
    with damaged_if_unreadable(_NAMES["banner"]):
        banner = Banner.from_json(json.loads(approved[0].content))
    token, statement, masthead = approved[0].approval
    after = next((i for i, v in enumerate(approved) if v.approval and i), len(approved))
    wrote = approved[:after]
    unsigned = next((version.unsigned for version in wrote if version.unsigned), "")
    against = refusal(masthead, "banner", statement.by, writers={v.writer for v in wrote})
    return replace(
        state,
        approved=banner,
        token=token,
        approval=statement,
        doubt=state.doubt or unsigned or against,
    )


class _BannerVersion(NamedTuple):
    """One version of the banner: the event that saved it, and by whom.

    `approval` is the one that verifies, with the masthead that judges it; `refused` is
    against one that does not, and `unsigned` says what is wrong with its writer.
    """

    event: str
    writer: str
    content: str
    unsigned: str
    approval: tuple[str, ApprovalStatement, Masthead] | None
    refused: str


def _banner_versions(
    connection: Connection, chain: MastheadChain
) -> tuple[list[_BannerVersion], str]:
    """The versions of the banner, the last one first, to the approved one before the last.

    And a sentence where one of them was changed.
    """
    seals, given = Seals(connection), _banner_approvals(connection)
    found: list[_BannerVersion] = []
    expected = _last(connection, BANNER)
    for row in connection.execute(_papers("banner")):
        entry = _entry(row)
        saved = entry.read() if entry and entry.event == expected else None
        if not (entry and saved and saved.subject == row.paper_hash == text_hash(row.content)):
            return found, "The banner was changed outside Stonehand."
        expected = next(iter(saved.parents), "")
        unsigned = _doubt_about_writer(entry, saved, chain, seals)
        approval, refused = _approval(row, given.get(entry.event, ()), chain, seals)
        found.append(
            _BannerVersion(entry.event, saved.person, row.content, unsigned, approval, refused)
        )
        if sum(version.approval is not None for version in found) > 1:
            return found, ""
    return found, "The banner was changed outside Stonehand." if expected else ""


_NAMES = {"house": "What the desk knows of its paper", "banner": "The trends banner"}


def _papers(kind: PaperKind):  # type: ignore[no-untyped-def]
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


def _entry(row: Row[tuple[object, ...]]) -> Entry | None:
    """The entry that saved a version of a paper; None where there is none."""
    entry = Entry._make(row[: len(Entry._fields)])
    return entry if row.body is not None else None


def _last(connection: Connection, action: str) -> str:
    """The event of its kind that no other one follows; empty where there is no single one."""
    found = _recorded(connection, action)
    followed = {parent for _entry, event in found for parent in event.parents}
    last = [entry.event for entry, _event in found if entry.event not in followed]
    return last[0] if len(last) == 1 else ""


def _banner_approvals(connection: Connection) -> dict[str, list[tuple[Entry, Event, str]]]:
    """The approvals of the banner with their tokens, by the event that saved what was approved."""
    e, a = events.c, approvals.c
    query = select(e.event, a.token).join(approvals, a.event == e.event)
    query = query.where(e.story == "", e.action == BANNER_APPROVED)
    tokens = dict(connection.execute(query).all())
    found: dict[str, list[tuple[Entry, Event, str]]] = {}
    for entry, event in _recorded(connection, BANNER_APPROVED):
        given = (entry, event, tokens.get(entry.event, ""))
        found.setdefault(event.version, []).append(given)
    return found


def _recorded(connection: Connection, action: str) -> list[tuple[Entry, Event]]:
    """The entries of a kind that are about no story, with their events, in order of arrival."""
    query = select(*ENTRY_COLUMNS).where(events.c.story == "", events.c.action == action)
    entries = (Entry._make(row) for row in connection.execute(query.order_by(events.c.id)))
    return [(entry, event) for entry in entries if (event := entry.read())]


def _approval(
    row: Row[tuple[object, ...]],
    given: Sequence[tuple[Entry, Event, str]],
    chain: MastheadChain,
    seals: Seals,
) -> tuple[tuple[str, ApprovalStatement, Masthead] | None, str]:
    """The approval of one version of the banner, or the reason against those there are.

    With the masthead that judges it.
    """
    refused = ""
    for entry, event, token in given:
        try:
            statement = read_statement(token, chain)
            check_evidence(entry, event, statement, token, chain, seals)
            if (statement.kind, statement.hash) != ("banner", row.paper_hash):
                raise UntrustedSignature("The banner is not the one that was approved.", AGAIN)
        except UntrustedSignature as reason:
            refused = refused or reason.sentence
        else:
            return (token, statement, chain.in_force(entry.log, entry.seq)), ""
    return None, refused


def _doubt_about_writer(entry: Entry, saved: Event, chain: MastheadChain, seals: Seals) -> str:
    """Why a version of the banner is not what its writer signed; empty when it is."""
    owner = seals.owner(entry.log)
    if owner is None or not seals.is_sealed(entry):
        return f"{saved.person} has not signed the banner."
    role = chain.role(entry.log, entry.seq, saved.person, PublicKey(owner.key))
    if (
        role is None
        or owner.person != saved.person
        or is_written_into_the_past(entry, chain, seals)
    ):
        return f"{saved.person} was not on the masthead when the banner was saved."
    return ""
