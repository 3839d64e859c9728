"""What is said of a target, of what would change there, and of what was sent."""

from __future__ import annotations

from editor.core.delivery import Target
from editor.delivery.prepared import PreparedDelivery
from editor.errors import EditorError
from editor.formats.exporters import find_exporter
from editor.gui.widgets.layout import isolated
from editor.i18n import _, plural

_MEGA = 1e6


def target_text(target: Target) -> str:
    """Say what is delivered to which address: `Static site, to s3://bucket/site`."""
    try:
        title = _(find_exporter(target.format, target.parts).title)
    except EditorError:  # a newer Stonehand may know it
        title = isolated(target.format)
    return _("{format}, to {address}").format(format=title, address=isolated(target.address))


def plan_sentence(prepared: PreparedDelivery) -> str:
    """Say what would change at the target, in files and megabytes."""
    found, target = prepared.plan.difference, prepared.order.target
    if prepared.is_nothing:
        sentence = _("“{target}” has all of it: nothing would change.")
        return sentence.format(target=target.name)
    sentence = _("“{target}” would get {new} new and {changed} changed files, {mb} MB; {removed}.")
    return sentence.format(
        target=target.name,
        new=len(found.new),
        changed=len(found.changed),
        mb=f"{prepared.plan.size / _MEGA:.1f}",
        removed=plural("{n} would be removed", "{n} would be removed", len(prepared.plan.removed)),
    )


def order_text(target: Target) -> str:
    """Say what readers see while it is sent."""
    if target.place.has_atomic_switch:
        return _("Readers have the old edition until all of the new one is there.")
    return _("Pages come before the lists that link them, so no link leads nowhere meanwhile.")


def sent_sentence(prepared: PreparedDelivery) -> str:
    """Say what was sent: `✓ 12 files sent to Website`."""
    files = plural("{n} file", "{n} files", prepared.delivery.sent)
    return _("✓ {files} sent to “{target}”").format(files=files, target=prepared.delivery.target)


def bytes_text(done: int, total: int, path: str) -> str:
    """Say how much is sent, and what comes now: `1.2 of 3.4 MB: index.html`."""
    sentence = _("{done} of {total} MB: {item}")
    return sentence.format(done=f"{done / _MEGA:.1f}", total=f"{total / _MEGA:.1f}", item=path)
