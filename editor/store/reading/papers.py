"""Reading the house and the banner, and who signed that they go out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Connection, Row, select

from editor.core.brief import Banner
from editor.core.events import BANNER, BANNER_APPROVED, HOUSE, Event
from editor.core.house import House
from editor.errors import DeskDamaged, UntrustedSignature
from editor.store.db.errors import damaged_if_unreadable
from editor.store.db.schema import approvals, events, papers
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import Seals
from editor.store.reading.evidence import AGAIN, check_evidence
from editor.store.reading.values import read_object, text_hash
from editor.trust.approval import ApprovalStatement, read_statement
from editor.trust.masthead import MastheadChain

PaperKind: TypeAlias = Literal["house", "banner"]


@dataclass(frozen=True, slots=True)
class BannerState:
    """The banner as it was saved last, and as it goes out.

    `event` saved the latest, `writers` wrote it since the approved one. `approved`
    is what an editor signed last, with `token` and `approval`; `doubt` says why
    something about it can't be trusted.
    """

    latest: Banner
    event: str
    writers: frozenset[str]
    approved: Banner
    token: str = ""
    approval: ApprovalStatement | None = None
    doubt: str = ""

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
    entry = Entry(*row[: len(Entry._fields)]) if row is not None else None
    event = entry.read() if entry else None
    if row is None or entry is None or event is None or event.action != HOUSE:
        raise UntrustedSignature("The house was changed outside Stonehand.", AGAIN)
    statement = read_statement(row.token or "", chain)
    check_evidence(entry, event, statement, row.token, chain, Seals(connection))
    if (statement.kind, statement.hash) != ("house", house.hash):
        raise UntrustedSignature("The house is not the one that its chief signed.", AGAIN)
    return str(row.token)


def read_banner(connection: Connection, chain: MastheadChain) -> BannerState:
    """The banner and the approvals of it, verified. Raises DeskDamaged."""
    latest = read_latest_banner(connection)
    rows = connection.execute(_papers("banner")).all()
    event = rows[0].paper_event if rows else ""
    seals, writers, doubt = Seals(connection), set[str](), ""
    for row in rows:
        entry = Entry(*row[: len(Entry._fields)])
        saved = entry.read()
        if saved is None or saved.action != BANNER or saved.subject != row.paper_hash:
            doubt = doubt or "The banner was changed outside Stonehand."
            break
        statement, refused = _approval(connection, row, chain, seals)
        doubt = doubt or refused
        if statement is not None:
            with damaged_if_unreadable(_NAMES["banner"]):
                approved = Banner.from_json(json.loads(row.content))
            token, approval = statement
            return BannerState(latest, event, frozenset(writers), approved, token, approval, doubt)
        if not seals.is_sealed(entry):
            doubt = doubt or f"{saved.person} has not signed the banner."
        writers.add(saved.person)
    return BannerState(latest, event, frozenset(writers), Banner(), doubt=doubt)


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


def _approval(
    connection: Connection,
    row: Row[tuple[object, ...]],
    chain: MastheadChain,
    seals: Seals,
) -> tuple[tuple[str, ApprovalStatement] | None, str]:
    """The approval of one version of the banner, or the reason against the one there is."""
    found = connection.execute(
        select(*ENTRY_COLUMNS, approvals.c.token)
        .join(approvals, approvals.c.event == events.c.event)
        .where(approvals.c.text == row.paper_event, events.c.action == BANNER_APPROVED)
        .limit(1)
    ).first()
    if found is None:
        return None, ""
    entry = Entry(*found[: len(Entry._fields)])
    event: Event | None = entry.read()
    try:
        if event is None or event.version != row.paper_event:
            raise UntrustedSignature("The approval of the banner was changed.", AGAIN)
        statement = read_statement(found.token, chain)
        check_evidence(entry, event, statement, found.token, chain, seals)
        if (statement.kind, statement.hash) != ("banner", row.paper_hash):
            raise UntrustedSignature("The banner is not the one that was approved.", AGAIN)
    except UntrustedSignature as reason:
        return None, reason.sentence
    return (found.token, statement), ""
