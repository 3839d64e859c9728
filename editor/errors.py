"""Every known problem, as one tree.

EditorError                 one plain sentence, and a hint what to do
├── BadInput                something given from outside cannot be used
│   ├── UnreadableText      a text file is binary, empty, too long or wrongly encoded
│   ├── UnreadablePicture   a picture is broken, too large or of a kind not taken
│   └── BadValue            a value breaks a rule of its own (a slug, a date, a role)
├── NotFound                no such story, version, person or desk
├── NotAllowed              the workflow or the person's role forbids the action
├── TrustError              a key or a signature can't be used
│   ├── KeyUnavailable      a private key is not here, or nobody opened it
│   └── UntrustedSignature  a signature, a masthead or a chain does not verify
├── Stale                   the text changed since the caller last read it
├── DeskError               the desk on disk cannot be used
│   ├── DeskDamaged         a file of the desk does not read back
│   ├── DeskTooNew          a newer Stonehand made it
│   ├── DeskReadOnly        the folder refuses writes
│   ├── DeskInUse           another window holds it
│   └── DiskFull            the disk has no room left
└── OutputError             an export cannot be written where it was asked to
    └── NotApproved         a story that was chosen may not leave the desk

`Cancelled` is not an error: a person asked a job to stop, and it did.

Anything else that is raised is a bug: it is reported, never shown as advice.
"""

from __future__ import annotations


class EditorError(Exception):
    """Say what happened in one sentence, and what to do in another.

    `str(error)` is the sentence. `hint` may be empty, never the cause.
    """

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class BadInput(EditorError):
    """Something given from outside cannot be used."""


class UnreadableText(BadInput):
    """A text file is binary, empty, too long or wrongly encoded."""


class UnreadablePicture(BadInput):
    """A picture is broken, too large or of a kind not taken."""


class BadValue(BadInput):
    """A value breaks a rule of its own (a slug, a date, a role)."""


class NotFound(EditorError):
    """No such story, version, person or desk."""


class NotAllowed(EditorError):
    """The workflow or the person's role forbids the action."""


class TrustError(EditorError):
    """A key or a signature can't be used."""


class KeyUnavailable(TrustError):
    """A private key is not on this computer, or nobody opened it."""


class UntrustedSignature(TrustError):
    """A signature, a masthead or a chain of them does not verify."""


class Stale(EditorError):
    """The text changed since the caller last read it."""


class DeskError(EditorError):
    """The desk on disk cannot be used."""


class DeskDamaged(DeskError):
    """A file of the desk does not read back."""


class DeskTooNew(DeskError):
    """A newer Stonehand made the desk."""


class DeskReadOnly(DeskError):
    """The desk's folder refuses writes."""


class DeskInUse(DeskError):
    """Another window holds the desk."""


class DiskFull(DeskError):
    """The disk has no room left; nothing that was there is harmed."""


class OutputError(EditorError):
    """An export cannot be written where it was asked to."""


class NotApproved(OutputError):
    """A story that was chosen for an export may not leave the desk."""


class Cancelled(Exception):
    """A person asked a job to stop, and it did, leaving nothing half done."""
