"""The scheme of `stonehand://desk/…`, and the addresses in it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlScheme

SCHEME = b"stonehand"
HOST = "desk"


def register_scheme() -> None:
    """Make `stonehand:` known to the engine. Must run before the engine starts."""
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


def address(path: str) -> QUrl:
    """Return the address of a page of the site's tree by its relative path."""
    url = QUrl()
    url.setScheme(SCHEME.decode())
    url.setHost(HOST)
    url.setPath("/" + path)
    return url
