"""Where the review of a story is: since when it waits for an editor, and who returned it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from editor.core.events import VERSION_ACTIONS, WORKFLOW_ACTIONS, Event
from editor.core.workflow import Action
from editor.errors import BadInput
from editor.store.db.engine import plain
from editor.store.reading.rows import ReviewState

_RETURNED = Action.RETURN.past
_ACTIONS = json.dumps([*WORKFLOW_ACTIONS])
_EVENTS = """
    SELECT e.id, e.story, e.body, n.text FROM events e
    LEFT JOIN notes n ON n.event = e.event AND e.action = :returned
    WHERE e.story IN (SELECT value FROM json_each(:ids))
    AND e.action IN (SELECT value FROM json_each(:actions)) ORDER BY e.id
"""
_EDITED = frozenset({Action.SAVE.past, Action.RESTORE.past, Action.RECONCILE.past})
"""What leaves a story where it is; of an approved one it is how an editor's edit goes to review."""


def read_review_states(connection: Connection, ids: Sequence[str]) -> dict[str, ReviewState]:
    """Where the review of each of these stories is, by its id, from its events in order."""
    found: dict[str, ReviewState] = {}
    if not ids:
        return found
    asked = {"ids": json.dumps([*ids]), "actions": _ACTIONS, "returned": _RETURNED}
    for id, story, body, note in plain(connection).execute(_EVENTS, asked):
        for event in _read(body):
            found[story] = _after(found.get(story, ReviewState()), event, id, note or "")
    return found


def _after(state: ReviewState, event: Event, id: int, note: str) -> ReviewState:
    if event.action == _RETURNED:
        return ReviewState(returned_by=event.person, returned_at=event.at, note=note)
    if event.action in _EDITED:
        if state.waiting_since:
            return state
        return replace(state, waiting_since=event.at, waiting_from=id)
    if event.action in VERSION_ACTIONS or event.action == Action.SUBMIT.past:
        return ReviewState(event.at, id)
    return ReviewState()


def _read(body: str) -> Iterable[Event]:
    """The event of a row; nothing for one that was damaged, which the audit tells."""
    try:
        return (Event.from_body(body),)
    except (BadInput, TypeError):
        return ()
