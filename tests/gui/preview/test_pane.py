"""The preview shows what is typed, byte for byte as exported, and keeps its scroll."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core import times
from editor.core.brief import Banner, Brief
from editor.core.commands import Kill, Publish, SaveBanner, SaveHouse, SaveStory, SaveTheme
from editor.core.dateline import Dateline
from editor.core.findings import TextPlace
from editor.core.picture_reference import picture_reference
from editor.core.story import Picture
from editor.core.workflow import Stage
from editor.formats.export import write_files
from editor.formats.exporters import find_exporter
from editor.formats.output import MemoryOutput
from editor.gui.draft.draft import Draft
from editor.gui.page.page_picture import PagePicture
from editor.gui.preview.pane import PreviewPane
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.problem_bar import ProblemBar
from editor.progress import Progress
from editor.proof.theme import copied, shipped_theme
from editor.store.desk import Desk
from editor.store.log.logs import Logs
from tests.gui.conftest import CHIEF
from tests.gui.hands import Hands
from tests.reading import reading

Write = Callable[..., str]
Ask = Callable[..., object]

LONG = "\n\n".join(f"Paragraph {n} about the harbour and its boats." for n in range(60))
PIECES = (
    "A plain paragraph.",
    "One with *stress*, **weight** and `code`.",
    "> A quotation\n> of two lines",
    "- one\n- two\n\n  and more",
    "1. first\n2. second",
    "---",
    "## A heading & more",
    "A [story](harbour-two), a [site](https://example.org/?a=1&b=2).",
    "<b onclick='x()'>raw</b> & \u00a0 “quoted” 'single' \"double\"",
    "    code < > &\n\n    more",
    "| a | b |\n|---|:-:|\n| 1 | 2 |",
    "قال المتحدث إن الميناء فُتح.",
    "Line one  \nline two",
    "emoji 👩‍🚀 and \u202e tricks",
)


def article(pane: PreviewPane, ask: Ask) -> object:
    assert pane.view is not None
    return ask(pane.view.page, "document.querySelector('article').outerHTML")


def change(draft: Draft, path: str, **values: object) -> None:
    assert draft.open_story.is_open
    draft.edit(replace(draft.typed, **values), path)


def test_page_patched_by_many_edits_is_the_rendered_one_byte_for_byte(
    pane: PreviewPane, draft: Draft, write: Write, open_story: Callable[[str], None],
    follow: Callable[[], None], ask: Ask,
) -> None:  # fmt: skip
    write("harbour-two")
    open_story(write("harbour-opens"))
    chance = random.Random(7)
    loads: list[bool] = []
    assert pane.view is not None
    pane.view.page.loadFinished.connect(loads.append)
    blocks = list(PIECES[:5])
    for _ in range(40):
        match chance.randrange(7):
            case 0 | 1:
                blocks.insert(chance.randrange(len(blocks) + 1), chance.choice(PIECES))
            case 2 if blocks:
                del blocks[chance.randrange(len(blocks))]
            case 3 if blocks:
                blocks[chance.randrange(len(blocks))] += " more"
            case 4:
                blocks = blocks[:1]
            case 5:
                change(draft, "headline", headline=f'Headline <{chance.random()}> & "more"')
            case _:
                change(draft, "key_points", key_points=("One", f"Two {chance.random()}"))
        change(draft, "body", body="\n\n".join(blocks))
        if chance.random() < 0.4:
            follow()
    change(draft, "dateline", dateline=Dateline(city="Saint Orla", country="Norland"))
    change(draft, "language", language="ar")
    follow()
    rendered = pane.view.rendered
    assert rendered is not None
    assert rendered.article is not None
    assert article(pane, ask) == rendered.article.html
    assert ask(pane.view.page, "document.documentElement.dir") == "rtl"
    assert loads == [], "every change was patched in, nothing was loaded again"


def test_preview_that_is_first_chosen_late_shows_the_open_story(
    session: Session, draft: Draft, write: Write, hands: Hands, qtbot: QtBot, ask: Ask
) -> None:
    hands.open(write("harbour-opens", "The harbour opens"))
    late = PreviewPane(session, draft)
    qtbot.addWidget(late)
    with qtbot.waitSignal(late.shown, timeout=20_000):
        late.show()
    assert late.view is not None
    assert late.view.isVisible()
    assert "The harbour opens" in str(article(late, ask))
    late.release()


def test_article_of_approved_story_is_the_exported_one(
    pane: PreviewPane, desk: Desk, write: Write, open_story: Callable[[str], None], ask: Ask,
    follow: Callable[[], None],
) -> None:  # fmt: skip
    story = write("harbour-opens", stage=Stage.APPROVED, body="\n\n".join(PIECES))
    open_story(story)
    follow()
    output = MemoryOutput()
    write_files(reading(desk).edition(None, times.now()), find_exporter("site"), output, Progress())
    exported = output.files["stories/harbour-opens.html"].decode()
    assert f"\n{article(pane, ask)}\n" in exported


def test_dates_of_a_story_are_looked_up_without_verifying_the_logs(
    pane: PreviewPane, write: Write, open_story: Callable[[str], None], follow: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    story = write("harbour-opens", stage=Stage.APPROVED)
    verified: list[int] = []
    monkeypatch.setattr(Logs, "add", lambda _logs, entry, _desk: verified.append(entry.id))
    monkeypatch.setattr(Logs, "add_verified", lambda _logs, rows: verified.extend(rows))
    open_story(story)
    follow()
    assert pane._approved is not None
    assert pane._approved.story.id == story
    assert verified == []


def test_scroll_stays_while_typing_and_another_story_starts_at_its_top(
    pane: PreviewPane, draft: Draft, write: Write, open_story: Callable[[str], None],
    follow: Callable[[], None], ask: Ask, qtbot: QtBot,
) -> None:  # fmt: skip
    one, two = write("long-one", body=LONG), write("long-two", body=LONG)
    open_story(one)
    assert pane.view is not None
    page = pane.view.page
    ask(page, "scrollTo(0, 900)")
    qtbot.waitUntil(lambda: ask(page, "scrollY") == pytest.approx(900, abs=2))
    change(draft, "body", body=LONG.replace("Paragraph 30", "The thirtieth paragraph"))
    follow()
    change(draft, "headline", headline="Another headline")
    follow()
    assert ask(page, "scrollY") == pytest.approx(900, abs=80)
    open_story(two)
    assert ask(page, "scrollY") == 0


def test_page_is_never_without_its_style_while_that_of_its_look_is_loaded(
    pane: PreviewPane, write: Write, open_story: Callable[[str], None], ask: Ask, qtbot: QtBot
) -> None:
    open_story(write("harbour-opens"))
    view = pane.view
    assert view is not None
    styled = [ask(view.page, "document.styleSheets.length")]
    for _ in range(5):
        view.reload()
        qtbot.waitUntil(lambda: not view.loading, timeout=10_000)
        styled += [ask(view.page, "document.styleSheets.length") for _ in range(5)]
    assert all(styled)


def test_clicked_block_leads_to_its_line_and_caret_marks_its_block(
    pane: PreviewPane, draft: Draft, write: Write, open_story: Callable[[str], None],
    ask: Ask, qtbot: QtBot,
) -> None:  # fmt: skip
    open_story(write("long-one", body=LONG))
    assert pane.view is not None
    page = pane.view.page
    before = article(pane, ask)
    pane.show_place(TextPlace("body", LONG.index("Paragraph 40"), LONG.index("Paragraph 40")))
    block = "document.querySelector('article .body').children[40]"
    qtbot.waitUntil(lambda: bool(ask(page, f"{block}.getBoundingClientRect().top < innerHeight")))
    assert ask(page, f"getComputedStyle({block}).boxShadow") != "none"
    assert article(pane, ask) == before, "the mark is beside the document, not in it"

    box = f"{block}.getBoundingClientRect()"
    rect = [float(str(ask(page, f"{box}.left + 20"))), float(str(ask(page, f"{box}.top + 8")))]
    target = pane.view.findChild(type(pane.view._view)).focusProxy()
    at = QPoint(*(round(part * page.zoomFactor()) for part in rect))
    places: list[TextPlace] = []
    pane.place_clicked.connect(places.append)
    with qtbot.waitSignal(pane.view.block_clicked, timeout=10_000) as clicked:
        qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=at)
    assert clicked.args == [40]
    assert places == [TextPlace("body", LONG.index("Paragraph 40"), LONG.index("Paragraph 40"))]


def test_first_paragraph_is_marked_as_it_is_typed(
    pane: PreviewPane, draft: Draft, write: Write, open_story: Callable[[str], None],
    follow: Callable[[], None], ask: Ask,
) -> None:  # fmt: skip
    open_story(write("empty", body=""))
    assert pane.view is not None
    pane.show_place(TextPlace("body"))
    change(draft, "body", body="Now there is one.")
    follow()
    block = "document.querySelector('article .body').children[0]"
    assert ask(pane.view.page, f"getComputedStyle({block}).boxShadow") != "none"


def test_phone_page_is_390_pixels_wide(
    pane: PreviewPane, write: Write, open_story: Callable[[str], None], ask: Ask, qtbot: QtBot
) -> None:
    open_story(write("harbour-opens"))
    assert pane.view is not None
    page = pane.view.page
    pane.switch.choose("phone")
    qtbot.waitUntil(lambda: ask(page, "innerWidth") == 390)
    pane.resize(300, 700)
    qtbot.waitUntil(lambda: abs(float(str(ask(page, "innerWidth"))) - 390) <= 2)
    pane.switch.choose("desktop")
    pane.resize(1000, 700)
    qtbot.waitUntil(lambda: float(str(ask(page, "innerWidth"))) >= 990)


def test_new_banner_and_dark_mode_are_shown_without_loading_again(
    pane: PreviewPane, session: Session, write: Write, open_story: Callable[[str], None],
    ask: Ask, qtbot: QtBot, qapp: object,
) -> None:  # fmt: skip
    open_story(write("harbour-opens"))
    assert pane.view is not None
    page = pane.view.page
    loads: list[bool] = []
    page.loadFinished.connect(loads.append)
    light = ask(page, "getComputedStyle(document.body).backgroundColor")
    brief = Banner((Brief("b", "Ferry back", "It sails."),))
    session.run(SaveBanner(brief, session.banner.hash), owner=session)
    qtbot.waitUntil(lambda: "Ferry back" in str(ask(page, "document.body.innerText")))
    apply_theme(qapp, "dark")
    qtbot.waitUntil(lambda: ask(page, "getComputedStyle(document.body).backgroundColor") != light)
    assert loads == []


def test_missing_picture_is_replaced_by_a_drawing(
    pane: PreviewPane, draft: Draft, write: Write, open_story: Callable[[str], None],
    follow: Callable[[], None], ask: Ask, qtbot: QtBot,
) -> None:  # fmt: skip
    open_story(write("harbour-opens"))
    gone = Picture(file="ab" * 32 + ".jpg", caption="Gone", width=800, height=600)
    change(draft, "pictures", pictures=(gone,))
    follow()
    assert pane.view is not None
    page = pane.view.page
    width = "document.querySelector('figure img').naturalWidth"
    qtbot.waitUntil(lambda: float(str(ask(page, width))) > 0, timeout=10_000)


def test_crashed_engine_is_reported_and_loads_again(
    pane: PreviewPane, draft: Draft, write: Write, open_story: Callable[[str], None],
    follow: Callable[[], None], qtbot: QtBot,
) -> None:  # fmt: skip
    open_story(write("harbour-opens"))
    view = pane.view
    assert view is not None
    with qtbot.waitSignal(view.crashed, timeout=20_000):
        os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    assert "Your text is not affected" in pane._bar.text()
    change(draft, "headline", headline="Typed while it was gone")
    pane._reload()
    follow()


def test_hint_is_shown_before_a_story_is_open(pane: PreviewPane, draft: Draft) -> None:
    assert not draft.open_story.is_open
    assert pane._stack.currentWidget() is pane._empty


def test_new_story_has_a_page(
    pane: PreviewPane, draft: Draft, follow: Callable[[], None], ask: Ask
) -> None:
    draft.new()
    change(draft, "headline", headline="First words")
    follow()
    assert "First words" in str(article(pane, ask))


def test_address_of_a_link_is_hidden_when_the_pointer_leaves_the_page(
    pane: PreviewPane, qtbot: QtBot
) -> None:
    pane.view.link_hovered.emit("https://ferry.example/")
    tips = [tip for tip in pane.findChildren(ElidedLabel) if "ferry.example" in tip.text()]
    assert [tip.isVisible() for tip in tips] == [True]
    QApplication.sendEvent(pane, QEvent(QEvent.Type.Leave))
    assert [tip.isVisible() for tip in tips] == [False]


def test_a_killed_story_is_previewed_as_the_page_readers_get(
    pane: PreviewPane, draft: Draft, desk: Desk, write: Write,
    open_story: Callable[[str], None], ask: Ask, settle: Callable[[], None], qtbot: QtBot,
) -> None:  # fmt: skip
    story = write("harbour-opens", stage=Stage.APPROVED)
    desk.do(Publish(story, 1), "Mara Quill")
    open_story(story)
    assert "The harbour opened on Monday." in str(article(pane, ask))
    kill = Kill(story, 1, "It was never true.")
    draft.session.run(kill, owner=draft)
    settle()
    view = pane.view
    assert view is not None
    words = "document.querySelector('main').innerText"
    qtbot.waitUntil(lambda: "withdrawn" in str(ask(view.page, words)).lower(), timeout=20_000)
    assert "The harbour opened on Monday." not in str(ask(view.page, words))
    output = MemoryOutput()
    with desk.read() as snapshot:
        edition = snapshot.edition(None, times.now())
    write_files(edition, find_exporter("site"), output, Progress())
    exported = output.files["stories/harbour-opens.html"].decode("utf-8")
    assert view.rendered is not None
    # The head is for machines: an export has icons, which a preview does not show.
    assert view.rendered.html.partition("<body")[2] == exported.partition("<body")[2]


def test_picture_of_the_page_goes_when_somebody_saved_another_version(
    session: Session, draft: Draft, desk: Desk, write: Write, settle: Callable[[], None]
) -> None:
    story = write("harbour-opens")
    draft.open(story)
    settle()
    pane, stored = PreviewPane(session, draft), reading(desk).stored(story)
    picture = PagePicture(QImage(200, 300, QImage.Format.Format_RGB32), stored.hash, 0.0)
    pane.show_picture(picture)
    draft.state_changed.emit()
    assert pane.picture() is picture
    desk.do(SaveStory(replace(stored.story, headline="Harbour shut"), 1), CHIEF)
    session.check_for_changes()
    settle()
    assert draft.typed.headline == "Harbour shut"
    assert pane.picture() is None
    pane.release()
    pane.deleteLater()


def test_theme_that_is_not_as_the_chief_saved_it_is_named_above_the_page(
    pane: PreviewPane, draft: Draft, write: Write, open_story: Callable[[str], None],
    follow: Callable[[], None], desk: Desk, settle: Callable[[], None],
) -> None:  # fmt: skip
    theme = copied(shipped_theme("tabloid"), "evening", "Evening")
    desk.do(SaveTheme(theme, ""), CHIEF)
    house = reading(desk).house()
    chosen = replace(house, theme="evening", theme_digest=theme.digest)
    pane._session.run(SaveHouse(chosen, house.hash), owner=pane)
    settle()
    open_story(write("harbour-opens"))
    follow()
    bar = pane.findChild(ProblemBar)
    assert isinstance(bar, ProblemBar)
    assert bar.text() == ""
    (desk.path / "themes/evening/site.css").write_text("a { color: inherit; }")
    pane._themes._read = None  # as after a start
    change(draft, "headline", headline="Another")
    follow()
    assert bar.text() == "The theme “evening” is not as the chief saved it."
    assert "plain theme" in bar.accessibleName()
    bar.clear()
    change(draft, "headline", headline="Another one")
    follow()
    assert bar.text() == "", "who dismissed it knows it"
    chosen = replace(reading(desk).house(), theme="tabloid", theme_digest="")
    pane._session.run(SaveHouse(chosen, reading(desk).house().hash), owner=pane)
    settle()
    follow()
    assert pane._themes.problem is None


def test_picture_in_the_text_is_patched_in_where_it_is_named(
    pane: PreviewPane, draft: Draft, desk: Desk, jpeg: bytes, write: Write,
    open_story: Callable[[str], None], follow: Callable[[], None], ask: Ask,
) -> None:  # fmt: skip
    open_story(write("harbour-opens"))
    loads: list[bool] = []
    assert pane.view is not None
    pane.view.page.loadFinished.connect(loads.append)
    picture = replace(desk.pictures.add(jpeg), caption="The ferry.", alt="A ferry")
    body = f"One.\n\n{picture_reference(picture.file)}\n\nTwo."
    change(draft, "body", body=body)
    follow()
    hidden = "document.querySelector('.body > .text-picture').hidden"
    assert ask(pane.view.page, hidden) is True
    change(draft, "pictures", pictures=(picture,))
    follow()
    change(draft, "body", body=f"Zero.\n\n{body} More.")
    follow()
    rendered = pane.view.rendered
    assert rendered is not None
    assert rendered.article is not None
    assert article(pane, ask) == rendered.article.html
    count = "document.querySelectorAll('{}').length"
    assert ask(pane.view.page, count.format("article img")) == 1
    assert ask(pane.view.page, count.format(".body > div:nth-child(3) img")) == 1
    assert loads == []
