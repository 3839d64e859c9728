"""What goes wrong with a git repository, as sentences that name the target and the cause."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from editor.core.target_address import TargetAddress
from editor.delivery.network_problems import causes, network_problem, no_room
from editor.errors import CredentialsNeeded, DeliveryError
from editor.i18n import _, quoted

if TYPE_CHECKING:
    from dulwich.refs import Ref

_STATUS = re.compile(r"unexpected http resp (\d{3})")
_RACE = re.compile(
    r"fetch first|stale|lock|unable to set|incorrect old value|failed to update", re.I
)
_DENIED = re.compile(
    r"non-fast-forward|deny|denied|protected|hook declined|prohibited|shallow", re.I
)
_NO_REPOSITORY = re.compile(rb"not appear to be a git repository|not found|denied", re.I)
_NO_ROOM = re.compile(r"no space left|quota|disk full|too large|exceeds|size limit", re.I)


@dataclass(frozen=True, slots=True)
class GitPlace:
    """A branch as sentences name it: `target` is the name of the target."""

    target: str
    address: TargetAddress

    @property
    def title(self) -> str:
        """The target's name with quotes."""
        return quoted(self.target)

    @property
    def path(self) -> str:
        """The path of the repository at its server, or on this computer."""
        return self.address.path

    @property
    def ref(self) -> Ref:
        """The branch as git names it."""
        from dulwich.refs import Ref  # noqa: PLC0415  only while delivering

        return Ref(f"refs/heads/{self.address.branch}".encode())

    def check_status(self, status: str | None) -> None:
        """Raise DeliveryError for what a server says of a branch that it did not move."""
        if status is None:
            return
        if _DENIED.search(status):
            sentence = _(
                "The repository of {target} does not let its branch “{branch}” be replaced."
            )
            raise DeliveryError(
                sentence.format(target=self.title, branch=self.address.branch),
                _("Allow force pushes to this branch there, or choose a branch of its own."),
            )
        if _RACE.search(status):
            raise self.changed_meanwhile()
        sentence = _("The repository of {target} refused the edition: {reason}")
        raise DeliveryError(sentence.format(target=self.title, reason=_plain(status)), _old_stays())

    def changed_meanwhile(self) -> DeliveryError:
        """Return the error about a branch that somebody else changed since it was looked at."""
        sentence = _("Somebody else changed the branch “{branch}” of {target} in the meantime.")
        return DeliveryError(
            sentence.format(branch=self.address.branch, target=self.title),
            _("Nothing was sent. Look at what would change now, then send again."),
        )


@contextmanager
def known_git_problems(place: GitPlace) -> Iterator[None]:
    """Turn what dulwich, the network and the server say into a sentence; secrets are in none."""
    from dulwich.client import HTTPProxyUnauthorized, HTTPUnauthorized  # noqa: PLC0415
    from dulwich.errors import (  # noqa: PLC0415  only while delivering
        GitProtocolError,
        HangupException,
        NotGitRepository,
        SendPackError,
    )
    from dulwich.file import FileLocked  # noqa: PLC0415
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    try:
        yield
    except (HTTPUnauthorized, HTTPProxyUnauthorized):
        raise _refused_login(place) from None
    except NotGitRepository:
        raise _no_repository(place) from None
    except FileLocked as error:
        sentence = _("{target}: somebody writes to the repository, or was killed while doing so.")
        raise DeliveryError(
            sentence.format(target=place.title),
            _("Send again in ten minutes, or remove {lock}.").format(
                lock=os.fsdecode(error.lockfilename)
            ),
        ) from None
    except SendPackError as error:
        raise _pack_refused(place, str(error)) from None
    except HangupException as error:
        if any(_NO_REPOSITORY.search(line) for line in error.stderr_lines or ()):
            raise _no_repository(place) from None
        raise network_problem(place.title, place.address.host or place.path, error) from None
    except GitProtocolError as error:
        raise _protocol_problem(place, error) from None
    except (HTTPError, OSError, AssertionError, ValueError, EOFError, KeyError) as error:
        # dulwich asserts and unpacks what a server says: half an answer gives any of these.
        raise _other_problem(place, error) from None


def _protocol_problem(place: GitPlace, error: Exception) -> DeliveryError:
    status = _STATUS.search(str(error))
    if status is None:
        return _other_problem(place, error)
    number = int(status[1])
    if number in {401, 403}:
        return _refused_login(place)
    if number in {413, 507}:
        return no_room(place.title)
    sentence = _("The server of {target} answered with an error ({number}).")
    return DeliveryError(
        sentence.format(target=place.title, number=number), _("Try again later. ") + _old_stays()
    )


def _no_repository(place: GitPlace) -> DeliveryError:
    sentence = _("{target}: there is no repository {path}, or you may not see it.")
    return DeliveryError(
        sentence.format(target=place.title, path=place.path),
        _("Check the address of the target, and the rights of its user."),
    )


def _other_problem(place: GitPlace, error: BaseException) -> DeliveryError:
    if any(isinstance(cause, PermissionError) for cause in causes(error)):
        sentence = _("{target}: you may not write to the repository {path}.")
        return DeliveryError(
            sentence.format(target=place.title, path=place.path),
            _("Ask for the rights, or choose another place."),
        )
    return network_problem(place.title, place.address.host or place.path, error)


def _pack_refused(place: GitPlace, reason: str) -> DeliveryError:
    if _NO_ROOM.search(reason):
        return no_room(place.title)
    sentence = _("The repository of {target} could not read what was sent.")
    return DeliveryError(sentence.format(target=place.title), _("Send again. ") + _old_stays())


def _refused_login(place: GitPlace) -> CredentialsNeeded:
    return CredentialsNeeded(
        _("{target}: {host} refused the user name, password or token.").format(
            target=place.title, host=place.address.host
        ),
        _("Give a token that may write to the repository. A host may have none for passwords."),
    )


def _old_stays() -> str:
    return _("Readers still have the old edition.")


def _plain(status: str) -> str:
    return "".join(letter for letter in status[:200] if letter.isprintable())
