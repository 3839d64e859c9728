"""What the pictures show: a function for each drives the window and returns its part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from stage import CHIEF, DRAFT, EDITOR, WRITER, Scene, Stage, show_window
from window_scenes import contrast, filters, focus, note_marks, proof, search, start_page

from editor.core.commands import (
    OrderFront,
    SaveHouseStyle,
    SaveStory,
    SaveTargets,
    Submit,
)
from editor.core.delivery import Target, Targets
from editor.core.findings import Level
from editor.core.front import Front
from editor.core.house_style import HouseStyle, LoadedWord, RuleText
from editor.declared_setting import SettingsPage
from editor.gui.exporting.deliver_dialog import DeliverDialog
from editor.gui.exporting.dialog import ExportDialog
from editor.gui.front.dialog import FrontDialog
from editor.gui.incoming.dialog import PasteDialog
from editor.gui.library.chosen_bar import ChosenBar
from editor.gui.library.find_stories_dialog import FindStoriesDialog
from editor.gui.library.places import REVIEW
from editor.gui.preferences.house_style import HouseStyleDialog
from editor.gui.preferences.settings_window import SettingsWindow
from editor.gui.story.checks import ChecksPane
from editor.gui.story.crop_dialog import CropDialog
from editor.gui.story.finding_card import FindingCard
from editor.i18n import _
from editor.resources import resource

ARABIC_WRITER = "ليلى منصور"
RETURNED, ARABIC = "bridge-toll-first-year", "tyre-fishermen-school"

_RULE = """extends = "substitution"
message = "Write “%s” instead of “%s”"
right = ["The boat was late."]
wrong = ["The vessel was late."]

[swap]
vessel = "boat"
"vessels" = "boats"
"""


def window(stage: Stage) -> QRect:
    """The whole window: places, stories, the form, and the page as readers get it."""
    stage.open(DRAFT)
    return show_window(stage)


def marks(stage: Stage) -> QRect:
    """The Format menu beside a body with a crosshead, a list and a quotation."""
    stage.open(DRAFT)
    form = stage.window.centre.form
    form.body.setFocus()
    paragraphs = form.body.text().split("\n\n")
    paragraphs[1:3] = ["## What was agreed", "- A seat for one pilot\n- A **first** trip in May"]
    form.body.setPlainText("\n\n".join(paragraphs))
    stage.show_part(form.body, 116)
    stage.select(form.body, "first")
    stage.open_menu("F&ormat")
    return stage.mirrored(QRect(205, 0, 470, 440))


def paste(stage: Stage) -> QRect:
    """What was kept and left out of a paste, at the bottom of the form."""
    stage.open(DRAFT)
    stage.paste(
        "<h2>The workshop</h2><p>Visitors may <b>steer a tanker</b> there, says the "
        '<a href="https://port.example/?utm_source=letter">harbour’s letter</a>.'
        '<span style="display:none">No.</span><img src="https://port.example/a.png"></p>'
        "<ul><li>seven screens</li><li>one wheel</li></ul>",
        before="Dahl is visiting",
    )
    return stage.rect(stage.window.centre)


def find(stage: Stage) -> QRect:
    """The bar that finds and replaces in a story."""
    stage.open(DRAFT)
    stage.choose("replace")
    bar = stage.window.centre.search.bar
    bar.words.setText("pilot")
    bar.replacement.setText("harbour pilot")
    stage.settle()
    return stage.rect(stage.window.centre)


def find_in_stories(stage: Stage) -> QRect:
    """Every change in every story, before one is replaced."""
    stage.choose("find_in_stories")
    dialog = stage.dialog(FindStoriesDialog, (720, 400))
    dialog.where.setCurrentIndex(dialog.where.findText(_("All stories")))
    dialog.words.setText("north quay")
    dialog.replacement.setText("North Quay")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    stage.settle()
    dialog.list.setCurrentIndex(dialog.stories.index(1))
    stage.settle()
    return stage.place(dialog)


def spelling(stage: Stage) -> QRect:
    """The menu of a misspelled word."""
    stage.open(DRAFT)
    return _offer(stage, "possibility", "posibility", len("posibility"))


def _offer(stage: Stage, right: str, wrong: str, at: int) -> QRect:
    """Open the menu at a character of a misspelled word: at its right edge, beside the menu."""
    form = stage.window.centre.form
    form.body.setFocus()
    form.body.setPlainText(form.body.text().replace(right, wrong, 1))
    stage.wait_until(lambda: wrong in {word.word for word in form.spelling.found})
    at += stage.select(form.body, wrong)
    form.body.select(at, at)
    stage.show_part(form.body, 40)
    menu = stage.suggestions()
    return stage.rect(stage.window.centre).united(stage.place(menu))


def checks(stage: Stage) -> QRect:
    """The cards of the checks, where several of a kind can be fixed at once."""
    _style(stage)
    stage.open(DRAFT)
    form = stage.window.centre.form
    body = (
        form.body.text()
        .replace("Dahl said.", "Dahl claimed.")
        .replace("Brandt said,", "Brandt claimed,")
    )
    form.body.setPlainText(body)
    stage.settle()
    cards = stage.window.pane.findChildren(FindingCard)
    card = next(card for card in cards if card.finding.check == "loaded-words")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    stage.settle()
    pane = stage.window.findChild(ChecksPane)
    pane.verticalScrollBar().setValue(card.y() - 60)
    stage.show_caret(form.body)
    seen = stage.rect(stage.window.centre, stage.window.pane)
    return seen.intersected(QRect(0, 0, 1024, 450))


def house_style(stage: Stage) -> QRect:
    """The levels of the checks on this desk."""
    _style(stage)
    stage.choose("house_style")
    return stage.place(stage.dialog(HouseStyleDialog, (680, 400)))


def own_rules(stage: Stage) -> QRect:
    """A rule of the paper's own."""
    _style(stage)
    stage.choose("house_style")
    dialog = stage.dialog(HouseStyleDialog, (680, 400))
    dialog.choose_group("rules")
    return stage.place(dialog)


def settings(stage: Stage) -> QRect:
    """One page of the personal settings."""
    stage.choose("settings")
    dialog = stage.dialog(SettingsWindow, (660, 440))
    dialog.choose_page(SettingsPage.TEXT)
    return stage.place(dialog)


def _style(stage: Stage) -> None:
    style = HouseStyle(
        levels=(("stray-spaces", Level.WARNING), ("repeated-word", Level.STOPS)),
        words=("Dahl", "Sandvik"),
        loaded=(LoadedWord("claimed", "said"),),
        rules=(RuleText("boats.toml", _RULE),),
    )
    stage.do(SaveHouseStyle(style, HouseStyle().hash), CHIEF)


def pictures(stage: Stage) -> QRect:
    """The pictures of a story and their words."""
    stage.open(DRAFT)
    stage.show_part(stage.window.centre.form.pictures)
    return stage.rect(stage.window.centre)


def text_picture(stage: Stage) -> QRect:
    """A picture in the text, in the body and on its page."""
    stage.open(DRAFT)
    stage.choose_tab("preview")
    form = stage.window.centre.form
    form.body.setFocus()
    at = stage.select(form.body, "If the plan is agreed")
    form.body.select(at, at)
    stage.choose("text_picture")
    stage.show_caret(form.body)
    return stage.rect(stage.window.centre, stage.window.pane)


def crop(stage: Stage) -> QRect:
    """A picture that is cut by hand to the shapes that readers see."""
    stage.open(DRAFT)
    stage.window.centre.form.pictures.rows[0].crop.click()
    stage.settle()
    return stage.place(stage.dialog(CropDialog, (700, 520)))


def wire(stage: Stage) -> QRect:
    """Which line of a wire text becomes which field."""
    stage.choose("paste_wire")
    dialog = stage.dialog(PasteDialog, (720, 460))
    dialog.text.setPlainText(resource("samples", "front-page.txt").read_text("utf-8"))
    stage.settle()
    return stage.place(dialog)


def review(stage: Stage) -> QRect:
    """What changed since the story was returned, and what was ignored for which reason."""
    with stage.desk.read() as snapshot:
        id = snapshot.find(RETURNED)
        stored = snapshot.stored(id)
    old = "A year after drivers began to pay for the old bridge"
    new = "A year after drivers began to pay for the old bridge, the city’s figures show"
    body = stored.story.body.replace(f"{old}, a third", f"{new}, a third")
    ignored = f"figures-in-body key_points/0: “half” – The city says so of bicycles — {WRITER}"
    story = replace(stored.story, body=body, ignored=(ignored,))
    stage.do(SaveStory(story, stored.version), WRITER)
    with stage.desk.read() as snapshot:
        latest = snapshot.stored(id).version
    stage.do(Submit(id, latest), WRITER)
    stage.work_as(EDITOR)
    stage.window.places.go(REVIEW)
    stage.settle()
    stage.window.parts.open_story(id)
    stage.settle()
    return stage.rect(stage.window.centre)


def chosen(stage: Stage) -> QRect:
    """Several stories that are chosen in the list, and what can be done with them."""
    stage.window.places.go("approved")
    stage.settle()
    stories = stage.window.list.view
    stories.setFocus()
    stories.setCurrentIndex(stories.model().index(0, 0))
    for _story in range(3):
        QTest.keyClick(stories, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    stage.settle()
    menu = stage.open_button_menu(stage.window.list.findChild(ChosenBar).actions_button)
    seen = stage.rect(stage.window.list).united(stage.place(menu))
    return seen.intersected(QRect(0, 237, 1024, 363))


def history(stage: Stage) -> QRect:
    """The versions of a story, and whose approval it has."""
    stage.open("fjord-ferries-electric")
    stage.choose_tab("history")
    return stage.rect(stage.window.centre, stage.window.pane)


def notes(stage: Stage) -> QRect:
    """Notes of colleagues."""
    stage.open("crane-curfew")
    stage.choose_tab("notes")
    return stage.rect(stage.window.centre, stage.window.pane)


def export(stage: Stage) -> QRect:
    """An export: the format, the place and the stories."""
    stage.choose("export")
    dialog = stage.dialog(ExportDialog, (600, 480))
    # A person's folder, whoever makes the picture.
    dialog.target.edit.setText("/home/ingrid/harbour-post-site")
    return stage.place(dialog)


def deliver(stage: Stage) -> QRect:
    """A delivery, before anything is sent."""
    targets = (
        Target("Website", "sftp://post@harbourpost.example/site"),
        Target("Archive", "s3://harbour-post/archive", "bundle", ("stories", "pictures")),
    )
    stage.do(SaveTargets(Targets(targets), Targets().hash), CHIEF)
    stage.choose("deliver")
    return stage.place(stage.dialog(DeliverDialog, (600, 400)))


def front_page(stage: Stage) -> QRect:
    """The stories that come first on the home page."""
    slugs = ("fjord-ferries-electric", "harbour-dark-sky-park", "coastal-eights-final")
    with stage.desk.read() as snapshot:
        front = Front(tuple(snapshot.find(slug) for slug in slugs))
    stage.do(OrderFront(front, Front().hash), CHIEF)
    stage.choose("front")
    return stage.place(stage.dialog(FrontDialog, (600, 400)))


def arabic(stage: Stage) -> QRect:
    """An Arabic story with a paste in it."""
    _open_arabic(stage)
    stage.paste(
        "<h2>العدة</h2><p>تبرع بها <b>نجار</b> من المدينة، كما جاء في "
        '<a href="https://port.example/letter?utm_source=x">رسالة المرفأ</a>.</p>'
        "<ul><li>منشار</li><li>مطرقة</li></ul>",
        before="ودفعت تعاونية",
    )
    return stage.rect(stage.window.centre)


def arabic_spelling(stage: Stage) -> QRect:
    """The menu of a misspelled Arabic word."""
    _open_arabic(stage)
    return _offer(stage, "المرفأ", "المرفا", 0)


def arabic_window(stage: Stage) -> QRect:
    """An Arabic story and its page."""
    _open_arabic(stage)
    stage.choose_tab("preview")
    return stage.window.rect()


def _open_arabic(stage: Stage) -> None:
    stage.work_as(ARABIC_WRITER)
    stage.window.places.go(REVIEW)
    stage.settle()
    stage.open(ARABIC)
    stage.window.centre.show_text()
    stage.settle()


SCENES: Mapping[str, Scene] = {
    scene.__name__.replace("_", "-"): scene
    for scene in (
        window,
        marks,
        paste,
        find,
        find_in_stories,
        spelling,
        checks,
        house_style,
        own_rules,
        settings,
        pictures,
        text_picture,
        crop,
        wire,
        review,
        chosen,
        history,
        notes,
        export,
        deliver,
        front_page,
        search,
        start_page,
        filters,
        focus,
        contrast,
        note_marks,
        proof,
        arabic,
        arabic_spelling,
        arabic_window,
    )
}
