"""The files of the site's tree, served from this process to the preview's engine."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)
from shiboken6 import isValid

from editor.gui.jobs import Jobs
from editor.gui.page.missing_picture import missing_picture
from editor.gui.page.rendered_page import Media, RenderedPage
from editor.gui.page.scheme import HOST
from editor.progress import Progress

_POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'none'"
SHEET = "assets/site.css"
_KINDS = {
    "html": b"text/html; charset=utf-8",
    "css": b"text/css; charset=utf-8",
    "png": b"image/png",
    "jpg": b"image/jpeg",
}
_CACHE_BYTES = 48 * 1024 * 1024


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Serves the page that is shown, the site's style sheet and the page's pictures; nothing else.

    Pictures are rendered on a worker thread; the latest 48 MB of them are cached,
    so that a page shown again shows at once.
    """

    def __init__(self, jobs: Jobs, render: Callable[[Media], bytes], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._render = render
        self.page = RenderedPage("", "")
        """The page that is served."""
        self.look = "light"
        """The colour scheme of a style sheet whose address names none."""
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._waiting: dict[str, list[QWebEngineUrlRequestJob]] = {}

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        path = unquote(url.path()).lstrip("/")
        if bytes(job.requestMethod().data()) != b"GET" or url.host() != HOST:
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif path == self.page.path:
            _reply(job, _KINDS["html"], self.page.html.encode("utf-8"))
        elif path in self.page.media:
            self._answer_picture(job, path, self.page.media[path])
        elif path == SHEET:
            # After the look is what tells one state of the sheet from another.
            look = url.query().partition("&")[0] or self.look
            css = with_color_scheme(self.page.css.encode("utf-8"), look)
            _reply(job, _KINDS["css"], css)
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _answer_picture(self, job: QWebEngineUrlRequestJob, path: str, media: Media) -> None:
        if path in self._pictures:
            self._pictures.move_to_end(path)
            _reply(job, _KINDS["jpg"], self._pictures[path])
            return
        waiting = self._waiting.setdefault(path, [])
        waiting.append(job)
        if len(waiting) > 1:
            return

        def work(_progress: Progress) -> bytes:
            return self._render(media)

        self._jobs.run(
            work,
            owner=self,
            done=partial(self._rendered, path),
            failed=lambda _error: self._show_missing(path, media),
            # A crash was reported; the page is not to wait for its picture for ever.
            ended=lambda: self._show_missing(path, media),
        )

    def _rendered(self, path: str, data: bytes) -> None:
        self._pictures[path] = data
        while sum(map(len, self._pictures.values())) > _CACHE_BYTES and len(self._pictures) > 1:
            self._pictures.popitem(last=False)
        self._reply_all(path, _KINDS["jpg"], data)

    def _show_missing(self, path: str, media: Media) -> None:
        """Answer whoever waits still. Not cached: it may be replaced while the page is open."""
        if path in self._waiting:
            self._reply_all(path, _KINDS["png"], missing_picture(media))

    def _reply_all(self, path: str, kind: bytes, data: bytes) -> None:
        for job in self._waiting.pop(path, []):
            # The engine deletes its requests when it leaves the page.
            if isValid(job):
                _reply(job, kind, data)


def with_color_scheme(css: bytes, look: str) -> bytes:
    """Return a style sheet whose media queries for `light` and `dark` are answered already.

    Qt's engine does not follow the application's own look (on plain X11 it always
    reports "light"). Any other look leaves the style sheet as it is.
    """
    if look not in ("light", "dark"):
        return css
    other = b"light" if look == "dark" else b"dark"
    css = css.replace(b"(prefers-color-scheme: %b)" % look.encode(), b"(min-width: 0px)")
    return css.replace(b"(prefers-color-scheme: %b)" % other, b"(max-width: 0px)")


def _reply(job: QWebEngineUrlRequestJob, kind: bytes, data: bytes) -> None:
    headers = {
        QByteArray(b"Content-Security-Policy"): [QByteArray(_POLICY.encode())],
        QByteArray(b"X-Content-Type-Options"): [QByteArray(b"nosniff")],
    }
    # The stubs say one value each; Qt's multimap wants a list.
    job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]
    # The buffer is the request's child, so it is deleted with it.
    buffer = QBuffer(job)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(kind), buffer)
