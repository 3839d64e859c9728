"""A web engine that only shows: it runs no script of the page, and reaches no network."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from editor.gui.page.scheme import HOST, SCHEME, register_scheme

_A = QWebEngineSettings.WebAttribute
_OFF = (
    _A.JavascriptEnabled,
    _A.JavascriptCanOpenWindows,
    _A.JavascriptCanAccessClipboard,
    _A.LocalStorageEnabled,
    _A.LocalContentCanAccessRemoteUrls,
    _A.LocalContentCanAccessFileUrls,
    _A.PluginsEnabled,
    _A.PdfViewerEnabled,
    _A.HyperlinkAuditingEnabled,
    _A.DnsPrefetchEnabled,
    _A.AutoLoadIconsForPage,
    _A.TouchIconsEnabled,
    _A.FullScreenSupportEnabled,
    _A.ScreenCaptureEnabled,
    _A.WebGLEnabled,
    _A.Accelerated2dCanvasEnabled,
    _A.NavigateOnDropEnabled,
    _A.AllowRunningInsecureContent,
    _A.ErrorPageEnabled,
    _A.BackForwardCacheEnabled,
    _A.FocusOnNavigationEnabled,
)

SHARED_MEMORY = "/dev/shm"  # noqa: S108  the name that Linux gives it
_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"

_OWN_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld


class Interceptor(QWebEngineUrlRequestInterceptor):
    """Blocks every request that is not for `stonehand://desk/…`, before it is made."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if url.scheme() != SCHEME.decode() or url.host() != HOST:
            info.block(True)


@cache
def prepare_web_engine() -> None:
    """Tell the engine what it must know before it first starts; a second call does nothing.

    Pages are drawn without OpenGL. With it the window has to be made again for the
    first page, and is gone from the screen for a moment.
    """
    do_without_shared_memory()
    do_without_sandbox_as_root()
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
    register_scheme()


def do_without_shared_memory() -> None:
    """Tell the engine where there is no shared memory, as in some containers: it would end."""
    if sys.platform == "linux" and not os.access(SHARED_MEMORY, os.W_OK):
        flags = f"{os.environ.get(_FLAGS, '')} --disable-dev-shm-usage"
        os.environ[_FLAGS] = flags.strip()


def do_without_sandbox_as_root() -> None:
    """Tell the engine where it would end the program: Chromium runs no sandbox for root."""
    if sys.platform == "linux" and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")


def make_profile(parent: QObject) -> QWebEngineProfile:
    """Make a profile that stores nothing: no cookie, no cache, no download, no permission."""
    prepare_web_engine()
    # Without a name a profile is off the record.
    profile = QWebEngineProfile(parent)
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(
        QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    profile.setPersistentPermissionsPolicy(
        QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime
    )
    profile.setSpellCheckEnabled(False)
    profile.cookieStore().setCookieFilter(lambda _request: False)
    profile.downloadRequested.connect(_refuse_download)
    profile.setUrlRequestInterceptor(Interceptor(profile))
    return profile


class LockedPage(QWebEnginePage):
    """A page that loads only what `load_page` names; a clicked link is reported, never followed."""

    link_clicked = Signal(QUrl, bool)
    """A link's address; True when a new window was asked for (Ctrl or middle button)."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self._allowed = QUrl()
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        self.settings().setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes
        )
        self.newWindowRequested.connect(self._new_window)
        self.permissionRequested.connect(lambda permission: permission.deny())
        self.fullScreenRequested.connect(lambda request: request.reject())
        self.registerProtocolHandlerRequested.connect(lambda request: request.reject())
        self.fileSystemAccessRequested.connect(lambda request: request.reject())
        self.certificateError.connect(lambda error: error.rejectCertificate())

    def load_page(self, url: QUrl) -> None:
        """Load a page of the desk's tree: the only navigation there is."""
        self._allowed = url
        self.load(url)

    def run_script(self, script: str, on_result: Callable[[object], None] | None = None) -> None:
        """Run a script of ours in its own world, unseen by the page; `on_result` gets its value."""
        if on_result is None:
            self.runJavaScript(script, _OWN_WORLD)
        else:
            self.runJavaScript(script, _OWN_WORLD, on_result)

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        url = QUrl(url)
        if kind is QWebEnginePage.NavigationType.NavigationTypeLinkClicked:
            self.link_clicked.emit(url, False)
            return False
        return is_main_frame and url == self._allowed

    def chooseFiles(
        self,
        mode: QWebEnginePage.FileSelectionMode,
        old: Sequence[str],
        kinds: Sequence[str],
    ) -> list[str]:
        return []  # no file, and no picker

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        source: str,
    ) -> None:
        """Log nothing: hostile text provokes messages without end."""

    def _new_window(self, request: QWebEngineNewWindowRequest) -> None:
        # The request is not answered, so no window opens.
        if request.isUserInitiated():
            self.link_clicked.emit(request.requestedUrl(), True)


def _refuse_download(download: QWebEngineDownloadRequest) -> None:
    download.cancel()
