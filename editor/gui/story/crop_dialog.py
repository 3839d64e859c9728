"""The dialog in which a picture is cropped to each shape, and turned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut, QTransform
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from editor.core.crops import CUT_BY_HAND, LEAD, PORTRAIT, SQUARE, Part, Shape, box_part, part_box
from editor.core.story import Picture
from editor.gui.story.crop_frame import CropFrame
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.segments import Segments
from editor.i18n import _
from editor.proof.renditions import crop_box

_PREVIEW = QSize(128, 96)


class CropDialog(Dialog):
    """Works on a picture of its own; `on_done` gets that once, if somebody is done with it."""

    def __init__(
        self,
        picture: Picture,
        image: QImage,
        on_done: Callable[[Picture], object],
        parent: QWidget | None = None,
    ) -> None:
        """`image` shows the picture's file, not turned; its size in pixels does not matter."""
        super().__init__(_("Crop and rotate"), parent, size=(820, 600))
        self.picture, self._upright, self._on_done = picture, image, on_done
        self._image = image
        self.shapes = Segments()
        for shape in CUT_BY_HAND:
            self.shapes.add_choice(shape.name, _title(shape))
        self.shapes.chosen.connect(lambda _name: self._show())
        self.frame = CropFrame()
        self.frame.moved.connect(self._moved)
        self.turn_left = self._turn(_("Turn &left"), -1, "Ctrl+Left")
        self.turn_right = self._turn(_("Turn &right"), 1, "Ctrl+Right")
        self.reset = button(_("Use the &focal point"), self._reset)
        self.reset.setToolTip(_("Crop this shape around the focal point again"))
        self._previews = {shape: _preview(shape) for shape in CUT_BY_HAND}
        self._hint = label(kind="hint", wrap=True)
        self.done_button = button(_("Crop &picture"), self.accept, "primary")
        cancel = button(_("&Cancel"), self.reject)
        side = column(
            *(
                part
                for shape, preview in self._previews.items()
                for part in (label(_title(shape), kind="hint"), preview, 6)
            ),
            STRETCH,
            spacing=4,
        )
        tools = row(self.turn_left, self.turn_right, self.reset, STRETCH, spacing=8)
        content = column(
            row(self.shapes, STRETCH),
            (row((self.frame, 1), side, spacing=14), 1),
            tools,
            self._hint,
            spacing=10,
        )
        self.lay_out(content, row(STRETCH, cancel, self.done_button, spacing=8))
        self._show_turned()
        self.frame.setFocus()

    def accept(self) -> None:
        """Hand over the picture as it is now, and close."""
        self._on_done(self.picture)
        super().accept()

    def preview(self, shape: Shape) -> QPixmap:
        """Return what a shape's preview shows."""
        return self._previews[shape].pixmap()

    @property
    def shape(self) -> Shape:
        """The shape that is being cropped."""
        return next(shape for shape in CUT_BY_HAND if shape.name == self.shapes.current())

    def _turn(self, text: str, quarters: int, key: str) -> QPushButton:
        made = button(text, lambda: self._turn_by(quarters))
        QShortcut(QKeySequence(key), self, lambda: self._turn_by(quarters))
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip(_("By a quarter ({key})").format(key=shown))
        return made

    def _turn_by(self, quarters: int) -> None:
        self.picture = self.picture.turned(quarters)
        self._show_turned()

    def _moved(self, part: Part) -> None:
        self.picture = self.picture.cropped(self.shape, part)
        self._show_words()

    def _reset(self) -> None:
        self.picture = self.picture.cropped(self.shape, ())
        self._show()

    def _show_turned(self) -> None:
        self._image = self._upright.transformed(QTransform().rotate(self.picture.rotation))
        self.frame.show_image(self._image)
        self._show()

    def _show(self) -> None:
        shape, size = self.shape, self.picture.size
        part = getattr(self.picture, shape.part) or box_part(crop_box(self.picture, shape), size)
        self.frame.show_frame(_title(shape), shape.ratio, part)
        self._show_words()

    def _show_words(self) -> None:
        """Show what follows from the frames: previews, and what can be undone."""
        by_hand = self.picture.hand_crops
        self.reset.setEnabled(self.shape in by_hand)
        self._hint.setText(_hint(self.shape, is_by_hand=self.shape in by_hand))
        for shape, preview in self._previews.items():
            part = box_part(crop_box(self.picture, shape), self.picture.size)
            left, top, right, bottom = part_box(part, (self._image.width(), self._image.height()))
            cut = self._image.copy(QRect(left, top, right - left, bottom - top))
            ratio = self.devicePixelRatioF()
            shown = cut.scaled(
                _PREVIEW * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(ratio)
            preview.setPixmap(QPixmap.fromImage(shown))
            state = _("by hand") if shape in by_hand else _("by the focal point")
            preview.setAccessibleName(f"{_title(shape)}, {state}")


def _title(shape: Shape) -> str:
    names = {LEAD: _("Lead"), SQUARE: _("Square"), PORTRAIT: _("Portrait")}
    return f"{names[shape]} {shape.across}:{shape.down}"


def _hint(shape: Shape, *, is_by_hand: bool) -> str:
    """Say where readers see a shape, and how it came about."""
    places = {
        LEAD: _("Above the story, on cards, and where the story is shared."),
        SQUARE: _("For search engines and whoever reads the API."),
        PORTRAIT: _("For search engines and whoever reads the API, once you have cropped it."),
    }
    how = (
        _("Cropped by hand.")
        if is_by_hand
        else _("Around the focal point; move the frame to crop it by hand.")
    )
    return f"{how} {places[shape]}"


def _preview(shape: Shape) -> QLabel:
    made = label()
    made.setFixedSize(_PREVIEW)
    made.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    made.setObjectName(shape.name)
    return made
