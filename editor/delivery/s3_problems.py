"""What an object store answers, as sentences that name the target and the cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from editor.core.target_address import TargetAddress
from editor.core.times import parse_instant
from editor.delivery.network_problems import causes, network_problem, no_room, send_rest
from editor.errors import BadValue, Cancelled, CredentialsNeeded, DeliveryError
from editor.i18n import _

_WRONG_KEY = {
    "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken",
    "InvalidClientTokenId", "AuthFailure", "401",
}  # fmt: skip
_FORBIDDEN = {"AccessDenied", "AllAccessDisabled", "AccountProblem", "403"}
_FULL = {
    "QuotaExceeded", "QuotaExceededException", "InsufficientStorage", "XMinioStorageFull",
    "XMinioAdminBucketQuotaExceeded", "InsufficientCapacity", "507", "EntityTooLarge", "413",
}  # fmt: skip
_ELSEWHERE = {
    "PermanentRedirect",
    "AuthorizationHeaderMalformed",
    "IllegalLocationConstraintException",
    "301",
}
_CLOCK = {"RequestTimeTooSkewed", "RequestExpired"}
FILE_EXISTS = {"PreconditionFailed", "ConditionalRequestConflict", "412"}
"""What is answered where a file was to be made only if there is none, and there is one."""
CONDITION_UNKNOWN = {"NotImplemented", "501"}
"""What stores answer that can't make a file only if there is none."""
_BUSY = {"SlowDown", "ServiceUnavailable", "InternalError", "500", "502", "503", "504"}


def key_needed(title: str) -> CredentialsNeeded:
    """Return the error about a bucket for which nobody gave a key."""
    return CredentialsNeeded(
        _("{target} needs the id of an access key, and its secret.").format(target=title),
        _("Give both; whoever has the bucket makes them."),
    )


@contextmanager
def known_s3_problems(title: str, address: TargetAddress) -> Iterator[None]:
    """Turn what the store and the network say into a sentence; secrets are in none."""
    from botocore.exceptions import (  # noqa: PLC0415  only while delivering
        BotoCoreError,
        ClientError,
    )

    try:
        yield
    except (DeliveryError, Cancelled):
        raise
    except (OSError, BotoCoreError, ClientError, ValueError, KeyError, EOFError) as error:
        answer = next(
            (cause.response for cause in causes(error) if isinstance(cause, ClientError)), None
        )
        host = urlsplit(address.endpoint).hostname or address.host
        if answer is None and isinstance(error, PermissionError):
            raise _forbidden(title, address) from None
        if answer is None:
            raise network_problem(title, host, error) from None
        raise _answered(title, address, answer) from None


def answer_code(error: BaseException) -> str:
    """Return the code of what the store answered; empty where it did not."""
    from botocore.exceptions import ClientError  # noqa: PLC0415  only while delivering

    for cause in causes(error):
        if isinstance(cause, ClientError):
            return _code(cause.response)
    return ""


def _code(answer: Mapping[str, Any]) -> str:
    return str(answer.get("Error", {}).get("Code", ""))


def _answered(title: str, address: TargetAddress, answer: Mapping[str, Any]) -> DeliveryError:
    status = str(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    codes = {_code(answer), status}
    for known, problem in _PROBLEMS:
        if codes & known:
            return problem(title, address, answer)
    return DeliveryError(
        _("{target}: the store refused a request ({code}).").format(target=title, code=status),
        _("Check the address of the target. ") + send_rest(),
    )


def _no_bucket(title: str, address: TargetAddress, _answer: Mapping[str, Any]) -> DeliveryError:
    return DeliveryError(
        _("{target}: there is no bucket {bucket}.").format(target=title, bucket=address.host),
        _("Check the address of the target, or make the bucket."),
    )


def _wrong_key(title: str, _address: TargetAddress, _answer: Mapping[str, Any]) -> DeliveryError:
    return CredentialsNeeded(
        _("{target} refused the access key or its secret.").format(target=title),
        _("Give another one; whoever has the bucket makes them."),
    )


def _elsewhere(title: str, address: TargetAddress, _answer: Mapping[str, Any]) -> DeliveryError:
    return DeliveryError(
        _("{target}: the bucket {bucket} is in another region.").format(
            target=title, bucket=address.host
        ),
        _("Add the region to the address: ?region=…"),
    )


def _full(title: str, _address: TargetAddress, _answer: Mapping[str, Any]) -> DeliveryError:
    return no_room(title)


def _busy(title: str, _address: TargetAddress, answer: Mapping[str, Any]) -> DeliveryError:
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", "")
    return DeliveryError(
        _("{target}: the store is busy, or has a fault ({code}).").format(
            target=title, code=status
        ),
        _("Try again later. ") + send_rest(),
    )


def _forbidden(
    title: str, address: TargetAddress, _answer: Mapping[str, Any] | None = None
) -> DeliveryError:
    return DeliveryError(
        _("{target}: this key may not list, write and remove in {bucket}.").format(
            target=title, bucket=address.host
        ),
        _("Ask whoever has the bucket for these rights."),
    )


def _wrong_clock(title: str, _address: TargetAddress, answer: Mapping[str, Any]) -> DeliveryError:
    seconds = abs((datetime.now(UTC) - _time_there(answer)).total_seconds())
    sentence = _("{target} refused the time of this computer, which is wrong by {minutes} minutes.")
    return DeliveryError(
        sentence.format(target=title, minutes=round(seconds / 60)),
        _("Set the clock, then send again."),
    )


def _time_there(answer: Mapping[str, Any]) -> datetime:
    try:
        return parse_instant(str(answer["Error"]["ServerTime"]))
    except (KeyError, BadValue):
        headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        return parsedate_to_datetime(headers.get("date", "")).astimezone(UTC)
    except (ValueError, TypeError):
        return datetime.now(UTC)


_PROBLEMS = (
    ({"NoSuchBucket"}, _no_bucket),
    (_CLOCK, _wrong_clock),
    (_FULL, _full),
    (_WRONG_KEY, _wrong_key),
    (_ELSEWHERE, _elsewhere),
    (_BUSY, _busy),
    (_FORBIDDEN, _forbidden),
)
"""What codes of an answer mean; the first that is known counts."""
