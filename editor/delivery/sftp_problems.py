"""What a server for SFTP answers, as sentences that name the target and the cause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from editor.core.target_address import TargetAddress
from editor.delivery.network_problems import causes, network_problem, no_room, send_rest
from editor.errors import Cancelled, CredentialsNeeded, DeliveryError
from editor.i18n import _

_NO_ROOM = re.compile(r"space|quota|full", re.I)
_CLOSED = re.compile(r"closed|dropped|not active|EOF", re.I)


@contextmanager
def known_sftp_problems(title: str, address: TargetAddress, path: str) -> Iterator[None]:
    """Turn what paramiko, the network and the server say into a sentence; secrets are in none."""
    from paramiko.ssh_exception import (  # noqa: PLC0415  only while delivering
        AuthenticationException,
        NoValidConnectionsError,
        SSHException,
    )

    try:
        yield
    except (DeliveryError, Cancelled):
        raise
    except AuthenticationException:
        raise _refused_login(title, address) from None
    except FileNotFoundError:
        raise _no_folder(title, address) from None
    except PermissionError:
        raise _forbidden(title, address, path) from None
    except NoValidConnectionsError as error:
        raise network_problem(title, address.host, error) from None
    except (SSHException, EOFError) as error:
        raise _ssh_problem(title, address, error) from None
    except OSError as error:
        raise _failure(title, address, path, error) from None


def _ssh_problem(title: str, address: TargetAddress, error: BaseException) -> DeliveryError:
    if "authentication methods" in str(error):
        return _refused_login(title, address)
    if any(isinstance(cause, OSError) for cause in causes(error)) or _CLOSED.search(str(error)):
        return network_problem(title, address.host, error)
    if "banner" in str(error) or "protocol" in str(error):
        return DeliveryError(
            _("{target}: what answers at {host} is no server for SFTP.").format(
                target=title, host=address.host
            ),
            _("Check the address of the target, and its port."),
        )
    return network_problem(title, address.host, error)


def _failure(title: str, address: TargetAddress, path: str, error: OSError) -> DeliveryError:
    """Return the sentence for an error that has no number: a “failure” in SFTP's terms."""
    if error.errno is not None or isinstance(error, TimeoutError) or _CLOSED.search(str(error)):
        return network_problem(title, address.host, error)
    if _NO_ROOM.search(str(error)):
        return no_room(title)
    sentence = _("{target}: {host} could not write “{path}”; perhaps there is no room left.")
    return DeliveryError(
        sentence.format(target=title, host=address.host, path=path or address.path), send_rest()
    )


def _refused_login(title: str, address: TargetAddress) -> CredentialsNeeded:
    return CredentialsNeeded(
        _("{target}: {host} refused the user name, password or key.").format(
            target=title, host=address.host
        ),
        _("Give another password, or the file of a private key that the server knows."),
    )


def _no_folder(title: str, address: TargetAddress) -> DeliveryError:
    return DeliveryError(
        _("{target}: there is no folder {path} at {host}.").format(
            target=title, path=address.path, host=address.host
        ),
        _("Make it there, or check the address of the target."),
    )


def _forbidden(title: str, address: TargetAddress, path: str) -> DeliveryError:
    return DeliveryError(
        _("{target}: you may not read and write “{path}” at {host}.").format(
            target=title, path=path or address.path, host=address.host
        ),
        _("Ask whoever runs the server for the rights to the whole folder."),
    )
