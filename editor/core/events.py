"""Events: what somebody did, as canonical JSON that is named by its SHA-256.

An event holds names and hashes, no prose: texts are stored beside it and are
named by their own hash. Each is one entry of its person's log on one computer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any, Self

from editor.core.canonical import Json, canonical_json
from editor.core.newer import reads_newer
from editor.core.workflow import Action
from editor.errors import BadInput
from editor.i18n import N_, _

OPENED, FOUNDED, MASTHEAD = "opened", "founded", "masthead"
IMPORTED = N_("imported")
NOTED, RESOLVED, REOPENED = N_("noted"), N_("resolved"), N_("reopened")
HOUSE, BANNER, BANNER_APPROVED, FRONT = "house", "banner", "banner approved", "front"
TARGETS, DELIVERED = "targets", "delivered"
HOUSE_STYLE = "house style"

VERSION_ACTIONS = {
    Action.SAVE.past: Action.SAVE,
    IMPORTED: Action.SAVE,
    Action.RECONCILE.past: Action.RECONCILE,
    Action.RESTORE.past: Action.RESTORE,
    Action.CORRECT.past: Action.CORRECT,
}
"""The events that make a version, with the action that the workflow table knows."""

DECISION_ACTIONS = {
    action.past: action for action in Action if action not in VERSION_ACTIONS.values()
}
"""The events that decide on a version, with the action that the workflow table knows."""

WORKFLOW_ACTIONS = VERSION_ACTIONS | DECISION_ACTIONS
"""Every event that may change a story's state."""

NOTE_ACTIONS = frozenset({NOTED, RESOLVED, REOPENED})

WAITING_ACTIONS = frozenset({OPENED, *VERSION_ACTIONS}) - {
    Action.CORRECT.past,
    Action.RESTORE.past,
}
"""The events that may wait for a signature until their person next signs something."""

ACTIONS = frozenset(
    {
        *(OPENED, FOUNDED, MASTHEAD, HOUSE, HOUSE_STYLE, BANNER, BANNER_APPROVED),
        *(FRONT, TARGETS, DELIVERED),
        *WORKFLOW_ACTIONS,
        *NOTE_ACTIONS,
    }
)


_TEXT = {str}


@dataclass(frozen=True, slots=True)
class Event:
    """What one person did on a desk. `at` is RFC 3339, `desk` the desk's id.

    `after` names the events of the story that the writer had seen last. `version`
    names the event that made the version it is about, `parents` those of the
    versions that a new one grew from. `subject` is the SHA-256 of the text it is
    about (a story's version, a note, the house, the house style, the banner, the front, the
    targets, the masthead, the record of a delivery), `token` that of a signed statement.
    `detail` is a name, such as an imported file's or a target's; for `opened` it is the
    log's public key. `nonce` keeps two equal acts apart.
    """

    action: str
    person: str
    at: str
    desk: str
    story: str = ""
    version: str = ""
    parents: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    subject: str = ""
    token: str = ""
    detail: str = ""
    nonce: str = ""

    def to_json(self) -> dict[str, Json]:
        """The event as plain values, by field name; what is empty is left out."""
        value = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        return {
            name: list(item) if isinstance(item, tuple) else item
            for name, item in value.items()
            if item
        }

    def body(self) -> str:
        """The event's canonical JSON (RFC 8785)."""
        return canonical_json(self.to_json()).decode("utf-8")

    @classmethod
    def from_body(cls, body: str) -> Self:
        """Read what `body` wrote. Raises BadInput for anything else.

        What a newer Stonehand says besides is left out while its desk is read.
        """
        try:
            value: dict[str, Any] = json.loads(body)
            if reads_newer():
                value = {name: item for name, item in value.items() if name in cls.__slots__}
            parents, after = value.pop("parents", ()), value.pop("after", ())
            texts = (*value.values(), *parents, *after)
            if not _TEXT.issuperset(map(type, texts)):
                raise TypeError
            return cls(**value, parents=tuple(parents), after=tuple(after))
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise BadInput(
                _("An event does not read back."),
                _("It was altered, or a newer Stonehand wrote it."),
            ) from None


def event_id(body: str) -> str:
    """The name of an event: the SHA-256 of its canonical JSON, in hexadecimal."""
    return sha256(body.encode("utf-8")).hexdigest()


def entry_hash(log: str, seq: int, previous: str, event: str, skip: str = "") -> str:
    """The hash of entry `seq` of a log, which names the entry before it and an event.

    `skip` is the hash of the entry `skip_of(seq)`, where there is one.
    """
    links = f"{log}\n{seq}\n{previous}\n{event}"
    return sha256(f"{links}\n{skip}".encode() if skip else links.encode()).hexdigest()


def skip_of(seq: int) -> int:
    """The number of the earlier entry that every fourth one names as well; 0 for none.

    It is `seq` without its lowest bit. So a few entries prove that one of a million leads
    to another (`steps`), as in a skip list.
    """
    return seq & (seq - 1) if seq % 4 == 0 else 0


def steps(start: int, end: int) -> list[int]:
    """The numbers of the entries that lead from a later one to an earlier one, with both."""
    path = [start]
    while path[-1] > end:
        skip = skip_of(path[-1])
        path.append(skip if skip >= end else path[-1] - 1)
    return path


def signed_bytes(hash: str) -> bytes:
    """What a log's owner signs of an entry, by its hash: it covers every entry before."""
    return f"stonehand entry 1\n{hash}".encode()
