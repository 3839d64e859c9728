"""What is said of a target, of what would change there, and of what was sent."""

from __future__ import annotations

from editor.core.delivery import Target
from editor.delivery.prepared import PreparedDelivery
from editor.delivery.send import Sent
from editor.errors import EditorError
from editor.formats.exporters import find_exporter
from editor.i18n import _, isolated, plural, size_text


def target_text(target: Target) -> str:
    """Say what is delivered to which address: `Static site, to s3://bucket/site`."""
    try:
        title = _(find_exporter(target.format, target.parts).title)
    except EditorError:  # a newer Stonehand may know it
        title = isolated(target.format)
    return _("{format}, to {address}").format(format=title, address=isolated(target.address))


def plan_sentence(prepared: PreparedDelivery) -> str:
    """Say what would change at the target, in files and bytes."""
    found, target = prepared.plan.difference, prepared.order.target
    if prepared.is_nothing:
        sentence = _("“{target}” has all of it: nothing would change.")
        return sentence.format(target=target.name)
    sentence = _("“{target}” would get {new} new and {changed} changed files, {size}; {removed}.")
    return sentence.format(
        target=target.name,
        new=len(found.new),
        changed=len(found.changed),
        size=size_text(prepared.plan.size),
        removed=plural("{n} would be removed", "{n} would be removed", len(prepared.plan.removed)),
    )


def order_text(target: Target) -> str:
    """Say what readers see while it is sent."""
    if target.place.has_atomic_switch:
        return _("Readers have the old edition until all of the new one is there.")
    return _("Pages come before the lists that link them, so no link leads nowhere meanwhile.")


def sent_sentence(target: Target, sent: Sent) -> str:
    """Say what was sent: `✓ 12 files (3.4 MB) sent to “Website”`."""
    files = plural("{n} file", "{n} files", sent.files)
    sentence = _("✓ {files} ({size}) sent to “{target}”")
    return sentence.format(files=files, size=size_text(sent.size), target=target.name)
