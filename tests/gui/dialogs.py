"""Every dialog of the window, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget

from editor.core.story import Picture, Story
from editor.formats.replaced_texts import ReplacedTexts
from editor.formats.report import ExportDifference
from editor.gui.backups.backup_dialog import BackupDialog
from editor.gui.backups.restore_dialog import RestoreDialog
from editor.gui.draft.draft import Draft
from editor.gui.exporting.changed_rows import ExportChanges
from editor.gui.exporting.changes_dialog import ChangesDialog
from editor.gui.exporting.check_dialog import CheckDialog
from editor.gui.exporting.deliver_dialog import DeliverDialog
from editor.gui.exporting.deliveries_dialog import DeliveriesDialog
from editor.gui.exporting.dialog import ExportDialog
from editor.gui.exporting.targets_dialog import TargetsDialog
from editor.gui.front.dialog import FrontDialog
from editor.gui.incoming.dialog import PasteDialog
from editor.gui.library.find_stories_dialog import FindStoriesDialog
from editor.gui.library.places import Place
from editor.gui.library.story_replacer import StoryReplacer
from editor.gui.preferences.credentials import CredentialsDialog
from editor.gui.preferences.house_style import HouseStyleDialog
from editor.gui.preferences.join import JoinDialog
from editor.gui.preferences.keys import KeysDialog
from editor.gui.preferences.log import LogDialog
from editor.gui.preferences.masthead import MastheadDialog
from editor.gui.preferences.paper import PaperDialog
from editor.gui.preferences.settings_window import SettingsWindow
from editor.gui.preferences.theme import ThemeDialog
from editor.gui.printing.pdf_dialog import PdfDialog
from editor.gui.printing.print_dialog import PrintDialog
from editor.gui.review.story_beside import StoryBeside
from editor.gui.session import Session
from editor.gui.story.crop_dialog import CropDialog
from editor.gui.story.replace_dialog import ReplaceDialog
from editor.gui.story.story_link_dialog import StoryLinkDialog
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.outside import NotOpened
from editor.gui.window.about import AboutDialog
from editor.gui.window.help import HelpWindow
from editor.gui.window.licences_dialog import LicencesDialog
from editor.gui.window.messages import MessageLog, MessagesDialog
from editor.gui.window.new_desk import NewDeskDialog
from editor.gui.window.newer_version import NewerVersionDialog
from editor.gui.window.problem_reports import ProblemReportsDialog
from editor.gui.window.shortcut_sheet import ShortcutSheet
from editor.gui.window.shortcuts import Shortcuts
from editor.i18n import _
from editor.store.reading.rows import Filter
from editor.text.replace import TextChange
from tests.reading import every_slug

_CHANGES = ExportChanges(
    ExportDifference({"b.html": 40}, {"a.html": 30}, {"c.html": 20}, 4, {"a.html": 10}),
    ReplacedTexts(),
    "Harbour Post",
)

_PICTURE = Picture("0123456789abcdef" + "0" * 48 + ".jpg", width=1200, height=800)
_BOAT = [TextChange("headline", 0, "Boat", "Ferry")]


def _grey() -> QImage:
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    return image


def _shortcut_sheet(session: Session) -> ShortcutSheet:
    actions = {name: QAction(f"&{name.title()}", session) for name in ("save", "export")}
    actions["save"].setShortcut("Ctrl+S")
    return ShortcutSheet(actions, Shortcuts(actions, session))


def _not_opened(_session: Session) -> NotOpened:
    over = QWidget()
    dialog = NotOpened(
        _("No program of this computer opened this."),
        _("Copy the path and paste it into a browser or a file manager."),
        "/home/mara/.local/share/stonehand/logs/2026-11-27T16-30-00Z-crash.txt",
        over,
    )
    dialog.setParent(None, dialog.windowFlags())
    return dialog


DIALOGS: dict[str, Callable[[Session], Dialog]] = {
    "about": AboutDialog,
    "back up": BackupDialog,
    "beside": lambda session: StoryBeside(session, next(iter(every_slug(session.desk)), "")),
    "changes": lambda session: ChangesDialog(session.jobs, _CHANGES),
    "check": lambda session: CheckDialog(session.jobs),
    "credentials": CredentialsDialog,
    "crop": lambda _session: CropDialog(_PICTURE, _grey(), lambda _picture: None),
    "deliver": DeliverDialog,
    "deliveries": DeliveriesDialog,
    "export": ExportDialog,
    "find in stories": lambda session: FindStoriesDialog(
        session, StoryReplacer(session, session), [Place("every", "All stories", Filter())]
    ),
    "front": FrontDialog,
    "help": lambda _session: HelpWindow(),
    "house style": HouseStyleDialog,
    "join": JoinDialog,
    "keys": KeysDialog,
    "licences": lambda session: LicencesDialog(session.jobs),
    "log": LogDialog,
    "masthead": MastheadDialog,
    "messages": lambda session: MessagesDialog(MessageLog(session, session)),
    "newer version": lambda session: NewerVersionDialog(
        session.jobs, "https://releases.example/stonehand/versions.json"
    ),
    "new desk": lambda _session: NewDeskDialog(),
    "not opened": _not_opened,
    "paper": PaperDialog,
    "paste": PasteDialog,
    "pdf": lambda session: PdfDialog(session, Draft(session, session)),
    "problem reports": ProblemReportsDialog,
    "print": lambda session: PrintDialog(session, Draft(session, session)),
    "replace": lambda _session: ReplaceDialog(Story(headline="Boat"), _BOAT),
    "restore": lambda session: RestoreDialog(session.jobs),
    "targets": TargetsDialog,
    "theme": ThemeDialog,
    "story link": lambda session: StoryLinkDialog(session, ""),
    "settings": SettingsWindow,
    "shortcuts": _shortcut_sheet,
}


def show_every_dialog(session: Session, settle: Callable[[], None]) -> Iterator[tuple[str, Dialog]]:
    """Show one dialog after the other, each with its name, when all its work is done."""
    for name, make in DIALOGS.items():
        dialog = make(session)
        dialog.show()
        settle()
        yield name, dialog
        dialog.close()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
