"""The tree of known problems.

EditorError                 one plain sentence, and a hint what to do
├── BadInput                something given from outside cannot be used
│   ├── UnreadableText      a text file is binary, empty, too long or wrongly encoded
│   ├── UnreadablePicture   a picture is broken, too large or of an unsupported format
│   ├── BadValue            a value breaks a rule of its own (a slug, a date, a role)
│   └── FileFault           a text file has a mistake, in a line
│       ├── ThemeError      a theme of the site is broken
│       └── RuleError       a rule of the paper's own can't be read
├── NotFound                no such story, version, person or desk
├── NotAllowed              the workflow or the person's role forbids the action
├── TrustError              a key or a signature can't be used
│   ├── KeyUnavailable      a private key is not on this computer, or is locked
│   └── UntrustedSignature  a signature, a masthead or a chain does not verify
├── Stale                   the text changed since the caller last read it
├── DeskError               the desk on disk cannot be used
│   ├── DeskDamaged         a file of the desk can't be read
│   │   └── PictureDamaged  a picture is not the one that its name says
│   ├── DeskTooNew          a newer version of Stonehand made it
│   ├── DeskReadOnly        the folder can't be written to
│   ├── DeskInUse           another window has it open
│   ├── WouldUndo           an older copy would undo what was done since
│   ├── DeskMoved           it was moved, replaced or deleted while it was open
│   └── DiskFull            the disk is full
└── OutputError             an export cannot be written to its output
    ├── NotOurs             it would replace, or be among, what Stonehand did not write
    ├── NotApproved         a chosen story may not leave the desk
    ├── UnsignedPicture     the content credentials of a picture can't be signed
    └── DeliveryError       a target can't be reached, or refuses what is sent to it
        ├── CredentialsNeeded   a password or a key is missing, or was refused
        ├── HostKeyUnknown      nobody has said yet that this is the right server
        └── HostKeyChanged      the server shows another key than it did before

`Cancelled` is not an error: a person cancelled a job, and it stopped.

Any other exception is a bug: it is written to a crash report, not shown as advice.
"""

from __future__ import annotations

from editor.i18n import N_, _


class EditorError(Exception):
    """A known problem: what happened in one sentence, and what to do in another.

    `str(error)` is the sentence. `hint` may be empty; it never repeats the cause.
    `path` names the field of the story that it is about, such as `embargo`, if it is about one.
    """

    def __init__(self, sentence: str, hint: str = "", path: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.path = path


class BadInput(EditorError):
    """Something given from outside cannot be used."""


class UnreadableText(BadInput):
    """A text file is binary, empty, too long or wrongly encoded."""


class UnreadablePicture(BadInput):
    """A picture is broken, too large or of an unsupported format."""


class BadValue(BadInput):
    """A value breaks a rule of its own (a slug, a date, a role)."""


class FileFault(BadInput):
    """A text file has a mistake: `line` counts from 1, 0 for the whole file."""

    def __init__(self, sentence: str, hint: str, file: str, line: int = 0) -> None:
        place = _("{file}, line {n}").format(file=file, n=line) if line else file
        super().__init__(f"{place}: {sentence}", hint)
        self.file = file
        self.line = line


class ThemeError(FileFault):
    """A theme is broken: `file` is one of its files."""


class RuleError(FileFault):
    """A rule of the paper's own can't be read: `file` is its name."""


class NotFound(EditorError):
    """No such story, version, person or desk."""


class NotAllowed(EditorError):
    """The workflow or the person's role forbids the action."""


class TrustError(EditorError):
    """A key or a signature can't be used."""


class KeyUnavailable(TrustError):
    """A private key is not on this computer, or is locked."""


class UntrustedSignature(TrustError):
    """A signature, a masthead or a chain of them does not verify."""


class Stale(EditorError):
    """The text changed since the caller last read it."""


class DeskError(EditorError):
    """The desk on disk cannot be used."""


class DeskDamaged(DeskError):
    """A file of the desk can't be read: `what` says what is wrong, where it is said of a folder."""

    def __init__(self, sentence: str, hint: str = "", path: str = "", what: str = "") -> None:
        super().__init__(sentence, hint, path)
        self.what = what


class PictureDamaged(DeskDamaged):
    """A picture of the desk is not the one that its name says."""


class DeskTooNew(DeskError):
    """A newer version of Stonehand made the desk; `is_readable` where this one can read it."""

    def __init__(
        self, sentence: str, hint: str = "", path: str = "", *, is_readable: bool = False
    ) -> None:
        super().__init__(sentence, hint, path)
        self.is_readable = is_readable


class DeskReadOnly(DeskError):
    """The desk's folder can't be written to."""


class WouldUndo(DeskError):
    """An older copy of a desk would undo what was done since: `undone` says what, in sentences."""

    def __init__(self, sentence: str, hint: str, undone: tuple[str, ...]) -> None:
        super().__init__(sentence, hint)
        self.undone = undone


class DeskInUse(DeskError):
    """Another window has the desk open."""


class DeskMoved(DeskError):
    """The desk was moved, replaced or deleted while it was open; nothing goes to the wrong file."""


class DiskFull(DeskError):
    """The disk is full; no existing file was changed."""


class OutputError(EditorError):
    """An export cannot be written to its output."""


class NotOurs(OutputError):
    """It would replace, or be among, what Stonehand did not write; somebody may say so."""


class UnsignedPicture(OutputError):
    """The content credentials of a picture can't be signed."""


class NotApproved(OutputError):
    """A story chosen for an export may not leave the desk."""


class DeliveryError(OutputError):
    """A target can't be reached, or refuses what is sent to it."""


class CredentialsNeeded(DeliveryError):
    """A password or a key is missing, or was refused: somebody can give another one."""


class HostKeyUnknown(DeliveryError):
    """Nobody has said yet that this is the right server: `fingerprint` is its key's."""

    def __init__(self, sentence: str, hint: str, fingerprint: str) -> None:
        super().__init__(sentence, hint)
        self.fingerprint = fingerprint


class HostKeyChanged(DeliveryError):
    """The server shows another key than it did before: `fingerprint` is that of the new one."""

    def __init__(self, sentence: str, hint: str, fingerprint: str) -> None:
        super().__init__(sentence, hint)
        self.fingerprint = fingerprint


class Cancelled(Exception):
    """A person cancelled a job, and it stopped without leaving anything half written."""


def reason_of(error: Exception) -> str:
    """Return why the system refused something, for a sentence, in the interface's language.

    What it does not say in one of its usual ways stays as it is.
    """
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return _(reason) if reason in _REASONS else str(reason)


def refused_by_system(error: BaseException) -> EditorError | None:
    """Return the known problem in an error that nobody expected; None for a bug.

    Any path that a person names may lead through a folder of somebody else's: even to ask what
    is there is refused then. And Linux may lack a library that a part of Qt is linked with.
    """
    library, is_missing, _reason = str(error).partition(": cannot open shared object file")
    if isinstance(error, ImportError) and is_missing:
        return EditorError(
            _("A library that Stonehand needs is missing: {library}.").format(library=library),
            _("Install the package that has it, then start Stonehand again."),
        )
    if not isinstance(error, PermissionError) or error.filename is None:
        return None
    if getattr(error, "winerror", None) in _IN_USE:
        return None  # by whom, is for a report to say: it may be this program
    sentence = _("{file} can't be used: {reason}.")
    return EditorError(
        sentence.format(file=error.filename, reason=reason_of(error)), _("Check its permissions.")
    )


_IN_USE = (32, 33)
"""What Windows calls a file that is open elsewhere, or a part of it that is locked."""

NO_FILE = N_("Is a device or a pipe, not a file")
"""Why a file that is none was not read: an end of it may never come."""

_REASONS = frozenset({
    NO_FILE,
    N_("Address already in use"),
    N_("Broken pipe"),
    N_("Connection refused"),
    N_("Connection reset by peer"),
    N_("Connection timed out"),
    N_("Device or resource busy"),
    N_("Directory not empty"),
    N_("Disk quota exceeded"),
    N_("File exists"),
    N_("File name too long"),
    N_("File too large"),
    N_("Input/output error"),
    N_("Invalid argument"),
    N_("Is a directory"),
    N_("Network is unreachable"),
    N_("No route to host"),
    N_("No space left on device"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Operation not permitted"),
    N_("Permission denied"),
    N_("Read-only file system"),
    N_("Stale file handle"),
    N_("Too many levels of symbolic links"),
    N_("Too many open files"),
})  # fmt: skip
"""What Linux and macOS say, which Python asks in English."""
