"""A reader opens an exported site from the server, in a real browser; it is exported again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView

from tests.e2e.exporting import export
from tests.formats.site.edition import HOUSE, edition
from tests.proof.browser import Browser
from tests.serving.served import serving


def test_open_page_reloads_after_the_next_export_under_its_own_policy(
    tmp_path: Path, reader: Browser, view: QWebEngineView
) -> None:
    site = export(tmp_path / "site", edition())
    with serving(site) as served:
        reader.page.load(QUrl(f"http://127.0.0.1:{served.port}/"))
        reader.wait_for(f"document.title.includes({HOUSE.name!r}) && !!document.body")
        renamed = replace(edition(), house=replace(HOUSE, name="Another Post"))
        export(site, renamed)
        reader.wait_for("document.title.includes('Another Post')")
        reader.page.load(QUrl(f"http://127.0.0.1:{served.port}/none.html"))
        reader.wait_for("location.pathname == '/none.html' && document.readyState == 'complete'")
        export(site, edition())
        reader.wait_for(f"document.body.textContent.includes({HOUSE.name!r})")
        assert b"stonehand/reload" not in (site / "index.html").read_bytes()
        reader.page.load(QUrl("about:blank"))
        reader.wait_for("location.href == 'about:blank'")
    assert reader.page.messages == []
