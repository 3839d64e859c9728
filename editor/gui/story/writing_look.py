"""The letters and lines of what is written, as a person chose them for the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.declared_setting import SettingsPage
from editor.gui.widgets.layout import laid_out_once
from editor.gui.widgets.text_field import TextField
from editor.settings import settings_on

if TYPE_CHECKING:
    from editor.gui.story.form import StoryForm


class WritingLook(QObject):
    """Gives the fields of a form their font, and the body its lines; follows the settings."""

    def __init__(self, form: StoryForm) -> None:
        super().__init__(form)
        self._form = form
        self._session = form.session
        self._shown = self._chosen()
        self._session.settings_changed.connect(self._settings_changed)

    def dress(self, field: TextField) -> None:
        """Give a field that is new the font of the others."""
        settings = self._session.settings
        field.set_writing(settings.writing_font, settings.writing_size)

    def _chosen(self) -> list[object]:
        settings = self._session.settings
        return [getattr(settings, setting.name) for setting in settings_on(SettingsPage.TEXT)]

    def _settings_changed(self) -> None:
        chosen = self._chosen()
        if chosen == self._shown:
            return
        self._shown = chosen
        settings, form = self._session.settings, self._form
        with laid_out_once():
            for _path, field in form.text_fields():
                self.dress(field)
            form.body.set_lines(settings.line_width, settings.line_height)
            form.fit_column()
