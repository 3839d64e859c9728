"""The targets that a paper delivers to, and the record of what went there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Self

from editor.core.blanks import is_blank, plain_name
from editor.core.bundle_parts import checked_parts
from editor.core.canonical import Json, canonical_json, content_hash
from editor.core.target_address import PlaceKind, TargetAddress, read_address
from editor.errors import BadValue, NotFound
from editor.i18n import _, listed

MOST_TARGETS = 50
FORMATS = ("site", "api", "bundle")
"""The names of the export formats, the first is offered first."""
_HASH = re.compile("[0-9a-f]{64}")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Target:
    """A place that a paper delivers to, by its name: “Website”, “Partner”, “Stick”.

    `format` is the name of an exporter and `parts` are those of a bundle, empty for the usual
    ones and for other formats. `address` is read by `read_address`; it has no password.
    """

    name: str
    address: str
    format: str = "site"
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        name = plain_name(self.name)
        if is_blank(name):
            raise BadValue(_("A target needs a name."), _("Call it Website or Partner, say."))
        if len(name) > _LONGEST_NAME:
            raise BadValue(
                _("The name of the target has {n} characters; {limit} is the limit.").format(
                    n=len(name), limit=_LONGEST_NAME
                ),
                _("Choose a shorter one."),
            )
        object.__setattr__(self, "name", name)
        if self.place.kind is PlaceKind.GIT and self.place.is_zip:
            raise BadValue(
                _("A git repository is not called like a zip file."),
                _("Give the address of the repository."),
            )

    @property
    def place(self) -> TargetAddress:
        """The parts of the address."""
        return read_address(self.address)

    def require_format(self) -> None:
        """Raise BadValue for a format or for parts that there are not.

        A target that is read is not asked: a newer Stonehand may have made it.
        """
        if self.format not in FORMATS:
            raise BadValue(
                _("There is no export format “{name}”.").format(name=self.format[:60]),
                _("Choose one of {names}.").format(names=listed(FORMATS)),
            )
        if self.parts and self.format != "bundle":
            raise BadValue(_("Only a bundle has parts."), _("Choose a bundle, or no parts."))
        checked_parts(self.parts)

    def to_json(self) -> dict[str, Json]:
        """Return the target as plain values."""
        value: dict[str, Json] = {
            "name": self.name,
            "address": self.address,
            "format": self.format,
        }
        return {**value, "parts": list(self.parts)} if self.parts else value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises KeyError, TypeError, BadValue."""
        return cls(value["name"], value["address"], value["format"], tuple(value.get("parts", ())))


@dataclass(frozen=True, slots=True)
class Targets:
    """All targets of a paper, in the order in which they are offered.

    They are the paper's own business: no export has them.
    """

    targets: tuple[Target, ...] = ()

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes; a change names the hash it started from."""
        return content_hash(self.to_json())

    def canonical(self) -> bytes:
        """Return the targets as canonical JSON (RFC 8785)."""
        return canonical_json(self.to_json())

    def to_json(self) -> list[Json]:
        """Return the targets as plain values, in order."""
        return [target.to_json() for target in self.targets]

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read what `to_json` wrote. Raises TypeError for anything else."""
        if not isinstance(value, list):
            raise TypeError("not a list of targets")
        return cls(tuple(map(Target.from_json, value)))

    def find(self, name: str) -> Target:
        """Return a target by its name, in upper or lower case. Raises NotFound with all names."""
        for target in self.targets:
            if target.name.casefold() == name.strip().casefold():
                return target
        names = listed(target.name for target in self.targets)
        raise NotFound(
            _("There is no target “{name}”.").format(name=name[:_LONGEST_NAME]),
            _("Choose one of {names}.").format(names=names) if names else _("Add it first."),
        )

    def with_target(self, target: Target) -> Self:
        """Return the targets with one more, in place of the one of its name if there is one.

        That name stays as it was spelled: what was delivered is known by it.
        """
        same = [old.name.casefold() == target.name.casefold() for old in self.targets]
        if not any(same):
            return type(self)((*self.targets, target))
        pairs = zip(self.targets, same, strict=True)
        return type(self)(
            tuple(replace(target, name=old.name) if is_same else old for old, is_same in pairs)
        )

    def require_valid(self) -> None:
        """Raise BadValue for two targets of one name, and for too many."""
        names = [target.name.casefold() for target in self.targets]
        for target in self.targets:
            if names.count(target.name.casefold()) > 1:
                raise BadValue(
                    _("Two targets are called “{name}”.").format(name=target.name),
                    _("Give one of them another name."),
                )
        if len(self.targets) > MOST_TARGETS:
            raise BadValue(
                _("There are {n} targets; {limit} is the limit.").format(
                    n=len(self.targets), limit=MOST_TARGETS
                ),
                _("Remove some that nobody uses."),
            )


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one delivery brought to a target; whoever sent it signs this as an event.

    `edition` is the SHA-256 of the edition's SHA256SUMS, which names every file, and
    `generated_at` (RFC 3339) the edition's time. `sent` and `removed` count files, `sent_bytes`
    is what was sent. `stories` are the ids of the stories that came to the target or changed
    there, each with the SHA-256 of its version's content; `withdrawn` are the ids of those that
    are no longer there. So a delivery costs what it changes, and all of them together say what
    the target has.
    """

    target: str
    format: str
    parts: tuple[str, ...]
    edition: str
    generated_at: str
    sent: int
    removed: int
    sent_bytes: int
    stories: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes, which the event names."""
        return content_hash(self.to_json())

    def require_valid(self) -> None:
        """Raise BadValue for what no delivery can have brought: it could not be read later."""
        hashes = (self.edition, *(version for _story, version in self.stories))
        names = [*(story for story, _version in self.stories), *self.withdrawn]
        counts = (self.sent, self.removed, self.sent_bytes)
        if not all(map(_HASH.fullmatch, hashes)) or len(set(names)) < len(names) or min(counts) < 0:
            raise BadValue(
                _(
                    "The delivery to “{name}” can't be recorded: its list of stories is not one."
                ).format(name=self.target),
                _("Deliver it again."),
            )

    def canonical(self) -> bytes:
        """Return the delivery as canonical JSON (RFC 8785)."""
        return canonical_json(self.to_json())

    def to_json(self) -> dict[str, Json]:
        """Return the delivery as plain values."""
        return {
            "target": self.target,
            "format": self.format,
            "parts": list(self.parts),
            "edition": self.edition,
            "generated_at": self.generated_at,
            "sent": self.sent,
            "removed": self.removed,
            "sent_bytes": self.sent_bytes,
            "stories": dict(self.stories),
            "withdrawn": list(self.withdrawn),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises KeyError, TypeError."""
        return cls(
            value["target"],
            value["format"],
            tuple(value["parts"]),
            value["edition"],
            value["generated_at"],
            value["sent"],
            value["removed"],
            value["sent_bytes"],
            tuple(sorted(value["stories"].items())),
            tuple(value["withdrawn"]),
        )
