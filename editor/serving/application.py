"""What the server answers: the files of one folder, read only, and errors in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import quote, unquote_to_bytes

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from editor.errors import OutputError
from editor.formats.bundle.bag import README
from editor.formats.paths import OutputPaths
from editor.i18n import _
from editor.serving.answers import answer_with
from editor.serving.header_rules import headers_of
from editor.serving.live_reload import SCRIPT, SCRIPT_PATH, STREAM_PATH, states
from editor.serving.media_types import media_type
from editor.serving.served_folder import ServedFiles

_API = re.compile(r"(data/api/)?v1(/|$)")
"""Where an API is: at the top of an export, or in a bundle."""
_SITE_OF_BUNDLE = "data/site/"
_INDEX, _NOT_FOUND = "index.html", "404.html"
_METHODS = ["GET", "HEAD"]
_SHARED = {"access-control-allow-origin": "*", "access-control-expose-headers": "ETag"}
_PREFLIGHT = {
    **_SHARED,
    "allow": "GET, HEAD, OPTIONS",
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "Accept, If-None-Match, If-Range, Range",
    "access-control-max-age": "600",
}
_COMMON = {"cache-control": "no-cache", "x-content-type-options": "nosniff"}
_NEVER_STORED = {**_COMMON, "cache-control": "no-store"}
# No file of an export has such an address, and no browser asks for one by itself.
_MALFORMED = re.compile(r"[\x00-\x1f\x7f\\]|(^|/)\.\.?(/|$)")


class _OwnHostOnly:
    """Refuses requests by another name than this computer's own.

    A page of a stranger whose name leads to this computer (DNS rebinding) would be of the same
    origin as the server, and could read what no other page can.
    """

    def __init__(self, application: ASGIApp, port: int) -> None:
        self._application = application
        names = ("127.0.0.1", "localhost", "[::1]")
        self._hosts = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            if request.headers.get("host", "").lower() not in self._hosts:
                detail = _("This server answers only by the name of this computer.")
                refusal = _answer_in_words(request, HTTPStatus.MISDIRECTED_REQUEST, detail)
                await refusal(scope, receive, send)
                return
        await self._application(scope, receive, send)


class _Site:
    """Answers from one folder."""

    def __init__(self, folder: ServedFiles, is_ending: Callable[[], bool]) -> None:
        self._folder = folder
        self._is_ending = is_ending

    def answer(self, request: Request) -> Response:
        """Answer with the file that is asked for. Raises HTTPException."""
        address = _address_of(request)
        path = f"{address}{_INDEX}" if address.endswith("/") or not address else address
        if not _is_possible(path):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        state = self._folder.state
        try:
            file = self._folder.open(path)
        except PermissionError as error:
            raise HTTPException(HTTPStatus.FORBIDDEN) from error
        if file is not None:
            return answer_with(request, file, self._headers(address, path), state=state)
        if path == address and self._folder.has(f"{path}/{_INDEX}"):
            headers = {**_COMMON, "location": quote(f"/{path}/")}
            return Response(None, HTTPStatus.PERMANENT_REDIRECT, headers)
        if not address and self._folder.has(README):  # a bundle has no other first page
            headers = {**_COMMON, "location": f"/{README}"}
            return Response(None, HTTPStatus.TEMPORARY_REDIRECT, headers)
        raise HTTPException(HTTPStatus.NOT_FOUND)

    def answer_problem(self, request: Request, error: Exception) -> Response:
        """Answer with the site's own page for what is not there, else in words."""
        status, detail, headers = HTTPStatus.INTERNAL_SERVER_ERROR, "", None
        if isinstance(error, HTTPException):
            status, headers = HTTPStatus(error.status_code), error.headers
            detail = "" if error.detail == status.phrase else error.detail
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers = {"allow": "GET, HEAD, OPTIONS" if _is_of_api(request) else "GET, HEAD"}
        if status == HTTPStatus.NOT_FOUND and not _is_of_api(request):
            state = self._folder.state
            address = request.scope["path"][1:]
            above = _SITE_OF_BUNDLE if address.startswith(_SITE_OF_BUNDLE) else ""
            if page := self._folder.open(f"{above}{_NOT_FOUND}"):
                page_headers = self._headers(address, _NOT_FOUND)
                return answer_with(request, page, page_headers, state=state, status=status)
        return _answer_in_words(request, status, detail or _sentence(status), headers)

    def answer_preflight(self, _request: Request) -> Response:
        """Say to a browser what scripts of any site may ask of the API (CORS)."""
        return Response(None, HTTPStatus.NO_CONTENT, _PREFLIGHT)

    def script(self, _request: Request) -> Response:
        """Answer with the script of live reload."""
        headers = {**_NEVER_STORED, "content-type": media_type(SCRIPT_PATH)}
        return Response(SCRIPT, headers=headers)

    def stream(self, request: Request) -> Response:
        """Tell the pages that listen whenever the export is another."""
        if request.method == "HEAD":
            return Response(None, headers=_NEVER_STORED, media_type="text/event-stream")
        events = states(lambda: self._folder.state, self._is_ending)
        return StreamingResponse(events, headers=_NEVER_STORED, media_type="text/event-stream")

    def _headers(self, address: str, path: str) -> dict[str, str]:
        headers = {**_COMMON, "content-type": media_type(path)}
        if _API.match(path):
            headers |= _SHARED
        return headers | headers_of(f"/{address}", self._folder.rules())


def make_application(
    folder: ServedFiles, port: int, is_ending: Callable[[], bool] = lambda: False
) -> Starlette:
    """Make the application for a server on a port of loopback."""
    site = _Site(folder, is_ending)
    return Starlette(
        routes=[
            Route(SCRIPT_PATH, site.script, methods=_METHODS),
            Route(STREAM_PATH, site.stream, methods=["GET"]),
            Route("/{path:path}", site.answer, methods=_METHODS),
            Route("/v1/{path:path}", site.answer_preflight, methods=["OPTIONS"]),
            Route("/data/api/v1/{path:path}", site.answer_preflight, methods=["OPTIONS"]),
        ],
        middleware=[Middleware(_OwnHostOnly, port=port)],
        exception_handlers={HTTPException: site.answer_problem, Exception: site.answer_problem},
    )


def _address_of(request: Request) -> str:
    """Return the decoded address after the first slash. Raises HTTPException."""
    try:
        address = unquote_to_bytes(request.scope["raw_path"]).decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from error
    if _MALFORMED.search(address):
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    return address[1:]


def _is_possible(path: str) -> bool:
    """Return whether a file of an export may be called so: on any system, inside its folder."""
    try:
        OutputPaths().add(path)
    except OutputError:
        return False
    return True


def _is_of_api(request: Request) -> bool:
    return bool(_API.match(request.scope["path"][1:]))


def _answer_in_words(
    request: Request, status: HTTPStatus, detail: str, more: Mapping[str, str] | None = None
) -> Response:
    """Answer with a problem: as JSON (JSON:API 1.1, errors) below `v1/`, else as a sentence."""
    headers = {**_NEVER_STORED, **(more or {})}
    if not _is_of_api(request):
        return PlainTextResponse(f"{status} {status.phrase}: {detail}\n", status, headers)
    error = {"status": str(int(status)), "title": status.phrase, "detail": detail}
    return JSONResponse({"errors": [error]}, status, {**headers, **_SHARED})


def _sentence(status: HTTPStatus) -> str:
    sentences = {
        HTTPStatus.BAD_REQUEST: _("The address is not well formed."),
        HTTPStatus.FORBIDDEN: _("The file can't be read here."),
        HTTPStatus.NOT_FOUND: _("There is no file at this address."),
        HTTPStatus.METHOD_NOT_ALLOWED: _("Files can only be read here: with GET or HEAD."),
    }
    return sentences.get(status, _("The server could not answer; its log says why."))
