"""Answers with a file (RFC 9110): unchanged, a range of it, compressed, or whole."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import IO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from editor.i18n import _
from editor.serving.live_reload import with_script
from editor.serving.media_types import is_html, is_text
from editor.serving.served_folder import ServedFile

_LARGEST_TEXT = 32 << 20  # bytes; larger ones are sent as they are
_SMALLEST_COMPRESSED = 512  # bytes; smaller ones don't become smaller
_CHUNK = 1 << 16
_BYTES = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)
_GZIP = re.compile(r"(?:x-)?gzip\s*(?:;\s*q=([01](?:\.\d{0,3})?))?", re.ASCII | re.IGNORECASE)
_TYPE = "content-type"


class _FileResponse(StreamingResponse):
    """Sends a part of a file, and closes the file also where the reader goes away."""

    def __init__(
        self, file: IO[bytes], part: range, status_code: int, headers: Mapping[str, str]
    ) -> None:
        length = {"content-length": str(len(part))}
        super().__init__(_chunks(file, part), status_code, {**headers, **length})
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


def answer_with(
    request: Request,
    file: ServedFile,
    headers: Mapping[str, str],
    *,
    state: str,
    status: int = HTTPStatus.OK,
) -> Response:
    """Answer a request for a file, which is closed after it.

    `headers` have the media type; pages get the script that reloads them when the `state`
    of the export is another. Raises HTTPException for a range outside the file.
    """
    kind = headers[_TYPE]
    if not is_text(kind) or file.size > _LARGEST_TEXT:
        return _answer_with_file(request, file, headers, status)
    with file.data:
        data, tag = file.data.read(), file.tag
    if is_html(kind):
        data, tag = with_script(data, state), f"{tag}-{state[:16]}"
    return _answer_with_text(request, data, {**headers, "etag": f'"{tag}"'}, status)


def _answer_with_text(
    request: Request, data: bytes, headers: dict[str, str], status: int
) -> Response:
    headers |= {"vary": "Accept-Encoding", "accept-ranges": "bytes"}
    plain = headers["etag"]
    compressed = f'{plain[:-1]}-gzip"'
    if status == HTTPStatus.OK:
        if _is_known(request, plain, compressed):
            return _unchanged(request, headers, plain, compressed)
        if part := _range(request, len(data), plain):
            headers["content-range"] = _content_range(part, len(data))
            return Response(data[part.start : part.stop], HTTPStatus.PARTIAL_CONTENT, headers)
    if len(data) >= _SMALLEST_COMPRESSED and _accepts_gzip(request):
        data = gzip.compress(data, 6, mtime=0)
        headers |= {"etag": compressed, "content-encoding": "gzip"}
    return Response(data, status, headers)


def _answer_with_file(
    request: Request, file: ServedFile, given: Mapping[str, str], status: int
) -> Response:
    tag = f'"{file.tag}"'
    headers = {**given, "etag": tag, "accept-ranges": "bytes"}
    part = range(file.size)
    try:
        if status == HTTPStatus.OK:
            if _is_known(request, tag):
                file.data.close()
                return _unchanged(request, headers, tag)
            if asked := _range(request, file.size, tag):
                part, status = asked, HTTPStatus.PARTIAL_CONTENT
                headers["content-range"] = _content_range(part, file.size)
    except HTTPException:
        file.data.close()
        raise
    if request.method == "HEAD":
        file.data.close()
        return Response(None, status, {**headers, "content-length": str(len(part))})
    return _FileResponse(file.data, part, status, headers)


def _chunks(file: IO[bytes], part: range) -> Iterator[bytes]:
    file.seek(part.start)
    left = len(part)
    while left and (chunk := file.read(min(left, _CHUNK))):
        left -= len(chunk)
        yield chunk


def _is_known(request: Request, *tags: str) -> bool:
    """Return whether the reader has the file (section 13.1.2): one of its tags, or any."""
    asked = _list(request, "if-none-match").strip()
    return asked == "*" or any(tag in tags for tag in _tags(asked))


def _unchanged(request: Request, headers: Mapping[str, str], *tags: str) -> Response:
    """Answer that the file is as the reader knows it, by the tag that the reader sent."""
    asked = _tags(_list(request, "if-none-match"))
    tag = next((tag for tag in tags if tag in asked), tags[0])
    kept = {name: value for name, value in headers.items() if name != _TYPE}
    return Response(None, HTTPStatus.NOT_MODIFIED, {**kept, "etag": tag})


def _list(request: Request, name: str) -> str:
    """Return a header whose value is a list: several of one name are one (section 5.3)."""
    return ",".join(request.headers.getlist(name))


def _tags(text: str) -> list[str]:
    """Return the tags of a list; a weak one is compared as the strong one (section 8.8.3.2)."""
    return re.findall(r'(?:W/)?("[^"]*")', text)


def _range(request: Request, size: int, tag: str) -> range | None:
    """Return the bytes that are asked for, None for all: also for what is no single range.

    Raises HTTPException where none of them is in the file.
    """
    found = _BYTES.fullmatch(request.headers.get("range", ""))
    if found is None or request.method != "GET" or found.groups() == ("", ""):
        return None
    if request.headers.get("if-range", tag).strip() != tag:  # another content, or a date
        return None
    first, last = found.groups()
    if first and last and int(last) < int(first):
        return None
    if first:
        part = range(int(first), min(int(last) + 1, size) if last else size)
    else:
        part = range(max(0, size - int(last)), size)
    if not part:
        raise HTTPException(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            _("The file has only {n} bytes.").format(n=size),
            {"content-range": f"bytes */{size}"},
        )
    return part


def _content_range(part: range, size: int) -> str:
    return f"bytes {part.start}-{part.stop - 1}/{size}"


def _accepts_gzip(request: Request) -> bool:
    for coding in _list(request, "accept-encoding").split(","):
        if found := _GZIP.fullmatch(coding.strip()):
            return float(found[1] or 1) > 0
    return False
