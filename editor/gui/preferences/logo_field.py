"""The paper's logo: a picture of the desk, chosen from a file and shown as it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from editor.core.house import READ, House
from editor.core.story import Picture
from editor.errors import EditorError
from editor.gui.coalescer import LastAnswer
from editor.gui.preferences.paper_field import PaperField
from editor.gui.session import Session
from editor.gui.widgets.layout import STRETCH, button, label, row
from editor.gui.widgets.picture_files import ask_for_pictures, why_not_shown
from editor.i18n import _
from editor.progress import Progress

_SHOWN = QSize(132, 48)


class LogoBox(QWidget):
    """The logo, and buttons that choose another or none."""

    changed = Signal()
    """Another file is the logo, or none is."""
    refused = Signal(EditorError)
    """A file can't be the logo, and why."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self.file = session, ""
        self._last_choice = LastAnswer()
        self.picture = label(kind="hint")
        self.choose = button(_("C&hoose…"), self._ask)
        self.choose.setAccessibleName(_("Choose the logo"))
        self.remove = button(_("Remove"), self._remove)
        self.remove.setAccessibleName(_("Remove the logo"))
        row(self.picture, self.choose, self.remove, STRETCH, inside=self, spacing=8)
        self.setFocusProxy(self.choose)
        self._show_words(_("None"))

    def set_file(self, file: str) -> None:
        """Make a picture of the desk the logo; an empty name is none."""
        self.remove.setVisible(bool(file))
        if file == self.file:
            return
        self.file = file
        self._show_words("" if file else _("None"))
        self.changed.emit()
        if file:
            self._load(file)

    def add(self, source: Path | bytes) -> None:
        """Have the desk store a file, and make it the logo."""
        session = self._session

        def work(_progress: Progress) -> Picture:
            return session.desk.pictures.add(source)

        session.jobs.run(
            work,
            owner=self,
            done=self._last_choice.only(lambda added: self.set_file(added.file)),
            failed=self.refused.emit,
        )

    def _remove(self) -> None:
        self._last_choice.drop()
        self.set_file("")

    def _ask(self) -> None:
        ask_for_pictures(
            self._session, self, _("Choose the logo"), lambda files: self.add(files[0])
        )

    def _load(self, file: str) -> None:
        session = self._session

        def work(_progress: Progress) -> QImage:
            pictures = session.desk.pictures
            return QImage.fromData(pictures.thumbnail(pictures.measured(file)))

        def show(image: QImage) -> None:
            if file == self.file:
                self._show_image(image)

        def show_missing(error: EditorError) -> None:
            if file == self.file:
                self._show_words(why_not_shown(error))

        session.jobs.run(work, owner=self, done=show, failed=show_missing)

    def _show_words(self, text: str) -> None:
        self.picture.setPixmap(QPixmap())
        self.picture.setText(text)
        self.picture.setAccessibleName(text)

    def _show_image(self, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        shown = image.scaled(
            _SHOWN * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(shown))
        self.picture.setAccessibleName(_("The logo"))


class LogoField(PaperField):
    """The logo among the paper's fields; its text is the name of the picture's file."""

    def __init__(self, title: str, session: Session, hint: str) -> None:
        box = LogoBox(session)
        super().__init__(title, hint, box)
        self.box: LogoBox = box
        box.refused.connect(self._refuse)
        box.changed.connect(self.check)

    @property
    def changed(self) -> SignalInstance:
        return self.box.changed

    def text(self) -> str:
        return self.box.file

    def set_text(self, text: str) -> None:
        self.box.set_file(text)

    def show(self, house: House) -> None:
        self.box.set_file(house.logo)

    def read(self) -> object:
        return READ["logo"](self.text())

    def _refuse(self, error: EditorError) -> None:
        self.problem.setText(f"{error.sentence} {error.hint}")
        self.problem.show()
