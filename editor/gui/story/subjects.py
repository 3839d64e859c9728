"""What a story is about, by IPTC Media Topics."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from editor.core.fields import label
from editor.core.paths import with_value
from editor.errors import BadValue
from editor.gui.draft.draft import Draft
from editor.gui.widgets.pick_list import Pick, PickList
from editor.i18n import _
from editor.media_topics import Topic, broader_names, find_topics, parse_code, top_topics, topics

_MOST = 30


class Subjects(PickList):
    """Topics found by their names, in the language of the story where there are such names."""

    problem = Signal(object)
    """BadValue why what was written is no topic, or None when all is well again."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        search = _("Find a topic to add")
        super().__init__(label("subjects"), search, ordered=False, parent=parent)
        self._draft = draft
        self.changed.connect(self._edit)
        self.searched.connect(self._find)
        self.entered.connect(self._add_code)
        self.field.textEdited.connect(lambda _text: self.problem.emit(None))

    def show_value(self) -> None:
        """Show what the draft has; a code that is not known is shown as it is."""
        self.show_picks([self._pick(code) for code in self._draft.text.subjects])

    def _edit(self, values: tuple[str, ...]) -> None:
        self.problem.emit(None)
        self._draft.edit(with_value(self._draft.text, "subjects", values), "subjects")

    def _find(self, words: str) -> None:
        found = find_topics(words, _MOST) if words else top_topics()
        self.offer(words, [self._offered_pick(topic) for topic in found])

    def _add_code(self, text: str) -> None:
        try:
            self.add(parse_code(text))
        except BadValue as error:
            self.problem.emit(error)

    def _pick(self, code: str) -> Pick:
        topic = topics().get(code)
        if topic is None:
            return Pick(code, _("{code} (not a Media Topic)").format(code=code))
        language = self._draft.text.language
        name = topic.name(language)
        way = " › ".join((*broader_names(code, language), name))
        shown = _("{name} (retired)").format(name=name) if topic.retired else name
        return Pick(code, shown, f"{way} ({code})")

    def _offered_pick(self, topic: Topic) -> Pick:
        language = self._draft.text.language
        above = " › ".join(broader_names(topic.code, language))
        name = topic.name(language)
        return Pick(topic.code, f"{name} – {above}" if above else name)
