"""A reader opens an exported site from the server, in a real browser; it is exported again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView

from editor.core.story import Story
from tests.formats.proven import ProvenDesk
from tests.proof.browser import Browser
from tests.serving.served import serving

_ADDED = "A second ferry is bought"


def test_open_page_reloads_after_the_next_export_under_its_own_policy(
    tmp_path: Path, reader: Browser, view: QWebEngineView
) -> None:
    desk, site = ProvenDesk(), tmp_path / "site"
    before = desk.edition()
    after = desk.edition([Story(id="s20", slug="second-ferry", headline=_ADDED, body="It is.")])
    desk.export(site, before)
    with serving(site) as served:
        address = f"http://127.0.0.1:{served.port}/"
        reader.page.load(QUrl(address))
        reader.wait_for(f"location.href == '{address}' && document.readyState == 'complete'")
        assert not reader.ask(f"document.body.textContent.includes('{_ADDED}')")
        desk.export(site, after)
        reader.wait_for(f"document.body?.textContent.includes('{_ADDED}')")
        assert reader.page.messages == []
        missing = f"{address}stories/third-ferry.html"
        reader.page.load(QUrl(missing))
        reader.wait_for(f"location.href == '{missing}' && document.readyState == 'complete'")
        third = Story(id="s21", slug="third-ferry", headline="A third ferry", body="It is.")
        desk.export(site, desk.edition([third]))
        reader.wait_for("document.title.includes('A third ferry')")
        assert b"stonehand/reload" not in (site / "index.html").read_bytes()
        reader.page.load(QUrl("about:blank"))
        reader.wait_for("location.href == 'about:blank'")
