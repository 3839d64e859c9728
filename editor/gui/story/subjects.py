"""What a story is about, by IPTC Media Topics."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from editor.errors import BadValue
from editor.gui.draft.draft import Draft
from editor.gui.story.pick_field import PickField
from editor.gui.widgets.pick_rows import Pick
from editor.i18n import _
from editor.media_topics import Topic, broader_names, find_topics, parse_code, top_topics, topics

_LIMIT = 30


class Subjects(PickField):
    """Topics found by their names, in the language of the story where there are such names."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(draft, "subjects", _("Find a topic to add"), ordered=False, parent=parent)
        self.field.entered.connect(self._add_code)

    def search(self, words: str) -> None:
        """Offer the topics whose names fit some words, or without words the broadest."""
        language = self._draft.typed.language
        found = find_topics(words, _LIMIT, language) if words else top_topics()
        self.field.offer(words, [self._offered_pick(topic) for topic in found])

    def pick_of(self, code: str) -> Pick:
        """Return how a topic is shown; a code that is not known is shown as it is."""
        topic = topics().get(code)
        if topic is None:
            return Pick(code, _("{code} (not a Media Topic)").format(code=code))
        language = self._draft.typed.language
        name = topic.name(language)
        path = " › ".join((*broader_names(code, language), name))
        shown = _("{name} (retired)").format(name=name) if topic.retired else name
        return Pick(code, shown, f"{path} ({code})")

    def _offered_pick(self, topic: Topic) -> Pick:
        language = self._draft.typed.language
        broader = " › ".join(broader_names(topic.code, language))
        name = topic.name(language)
        return Pick(topic.code, f"{name} – {broader}" if broader else name)

    def _add_code(self, text: str) -> None:
        try:
            self.field.add(parse_code(text))
        except BadValue as error:
            self.show_problem(f"{error.sentence} {error.hint}".strip())
