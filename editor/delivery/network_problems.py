"""What goes wrong on the way to a server, as sentences that name the target and the cause."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

from editor.errors import DeliveryError
from editor.i18n import _

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what led to it, nested as libraries do."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        found = waiting.pop(0)
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [found.__cause__, found.__context__]
        inner = (*found.args, *getattr(found, "kwargs", {}).values(), *_errors_of(found))
        waiting += [part for part in inner if isinstance(part, BaseException)]


def network_problem(title: str, host: str, error: BaseException) -> DeliveryError:
    """Return the sentence for the first cause that is known; else that the connection was cut."""
    found = list(causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in found):
        return DeliveryError(
            _("{target}: the certificate of {host} is not valid.").format(target=title, host=host),
            _("Somebody may listen in, or the clock of this computer is wrong. Nothing was sent."),
        )
    if any(isinstance(cause, socket.gaierror) for cause in found):
        return DeliveryError(
            _("{target}: there is no server {host}, or no network.").format(
                target=title, host=host
            ),
            _("Check the network and the address of the target."),
        )
    if any(isinstance(cause, ConnectionRefusedError) for cause in found) or any(
        isinstance(cause, OSError) and cause.errno in _UNREACHABLE for cause in found
    ):
        return DeliveryError(
            _("{target}: {host} can't be reached.").format(target=title, host=host),
            _("Check the network and the address of the target, or try again later."),
        )
    if any(isinstance(cause, OSError) and cause.errno in _NO_ROOM for cause in found):
        return no_room(title)
    if any(isinstance(cause, TimeoutError) for cause in found):
        return DeliveryError(
            _("{target}: {host} does not answer.").format(target=title, host=host), send_rest()
        )
    return DeliveryError(
        _("{target}: the connection to {host} was cut.").format(target=title, host=host),
        send_rest(),
    )


def no_room(title: str) -> DeliveryError:
    """Return the error about a place that is full."""
    return DeliveryError(
        _("There is no room for the edition at {target}.").format(target=title),
        _("Make room there. ") + send_rest(),
    )


def too_long(title: str, path: str) -> DeliveryError:
    """Return the error about a list that Stonehand can't have written."""
    return DeliveryError(
        _("“{path}” at {target} is too long.").format(path=path, target=title),
        _("It does not come from Stonehand. Choose another place."),
    )


def changed_here(path: str) -> DeliveryError:
    """Return the error about a file of the edition that is no longer what it was."""
    return DeliveryError(
        _("“{path}” changed on this computer while it was sent.").format(path=path),
        _("Export again, then send again."),
    )


def send_rest() -> str:
    """Return the hint that nothing is lost."""
    return _("Sending again sends only the rest.")


def _errors_of(error: BaseException) -> tuple[object, ...]:
    """Return the errors in one that stands for several tries, as paramiko has it."""
    tries = getattr(error, "errors", None)
    return tuple(tries.values()) if isinstance(tries, dict) else ()
