"""Every command and the handler that carries it out, once the write door has let it in.

A handler reads and writes through its Transaction and returns what it touched. It
decides nothing about roles or stages: the workflow table does (`outcome`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from editor.core.changes import Changes
from editor.core.commands import (
    AddNote,
    AddPerson,
    Approve,
    ApproveBanner,
    Correct,
    ImportItems,
    Kill,
    OrderFront,
    Publish,
    Reconcile,
    RecordDelivery,
    RemoveComputer,
    RemovePerson,
    RemoveTheme,
    ResolveNote,
    Restore,
    Return,
    SaveBanner,
    SaveHouse,
    SaveHouseStyle,
    SaveStory,
    SaveTargets,
    SaveTheme,
    SetPolicy,
    Spike,
    Submit,
    Unspike,
    Update,
    Withdraw,
)
from editor.store.commands import (
    banner,
    decisions,
    deliveries,
    front,
    house_style,
    masthead,
    notes,
    paper,
    publishing,
    stories,
)
from editor.store.commands.transaction import Transaction

HANDLERS: Mapping[type, Callable[[Transaction, Any], Changes]] = {
    SaveStory: stories.save_story,
    ImportItems: stories.import_items,
    Restore: stories.restore,
    Reconcile: stories.reconcile,
    Submit: decisions.submit,
    Withdraw: decisions.withdraw,
    Return: decisions.return_story,
    Approve: decisions.approve,
    Publish: publishing.publish,
    Correct: publishing.correct,
    Update: publishing.update_story,
    Kill: publishing.kill,
    Spike: decisions.spike,
    Unspike: decisions.unspike,
    AddNote: notes.add_note,
    ResolveNote: notes.resolve_note,
    SaveBanner: banner.save_banner,
    ApproveBanner: banner.approve_banner,
    OrderFront: front.order_front,
    SaveTargets: deliveries.save_targets,
    RecordDelivery: deliveries.record_delivery,
    SaveHouse: paper.save_house,
    SaveHouseStyle: house_style.save_house_style,
    SaveTheme: paper.save_theme,
    RemoveTheme: paper.remove_theme,
    AddPerson: masthead.add_person,
    RemovePerson: masthead.remove_person,
    RemoveComputer: masthead.remove_computer,
    SetPolicy: masthead.set_policy,
}
"""The handlers by command. A test proves that none is missing."""
