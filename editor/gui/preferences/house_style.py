"""The house style dialog: how much each check matters, and the paper's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from editor.core.changes import Changes
from editor.core.commands import SaveHouseStyle
from editor.core.findings import Level
from editor.core.house_style import HouseStyle, RuleText
from editor.core.people import Role
from editor.core.style_lines import loaded_lines, parse_loaded, parse_words, word_lines
from editor.errors import EditorError, RuleError, Stale
from editor.gui.kept.journal_writer import Entry
from editor.gui.kept.kept_form import KeptForm
from editor.gui.preferences.check_levels import CheckLevels
from editor.gui.preferences.own_rules import OwnRules
from editor.gui.session import Session
from editor.gui.theme import set_read_only
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.offsets import source
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.segments import Segments
from editor.gui.widgets.unsaved_dialog import UnsavedDialog
from editor.i18n import _, isolated
from editor.store.reading.signed_states import HouseStyleState


class HouseStyleDialog(UnsavedDialog):
    """What the checks look for on this desk. Editors and chiefs may change it; others see it."""

    edited = Signal()
    """Something typed or chosen is another one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("House style"), parent, size=(860, 560))
        self._session = session
        self._state = session.facts.style_state
        self._base = HouseStyle()
        self.passphrase = PassphraseBar(session)
        self.who = label(kind="hint", wrap=True)
        self.checks, self.rules = CheckLevels(), OwnRules()
        self.words, self.loaded = QPlainTextEdit(), QPlainTextEdit()
        self.groups = Segments()
        self.save = button(_("&Save"), self._save, "primary")
        self._pages = {
            "checks": self.checks,
            "words": _page(
                self.words,
                _(
                    "Names, places and other words that are spelled right, one per line. "
                    "The spelling knows them on every computer of this desk."
                ),
            ),
            "loaded": _page(
                self.loaded,
                _(
                    "Words and phrases that the paper doesn’t want, one per line, each with what "
                    "to write instead if there is something: claimed → said."
                ),
            ),
            "rules": self.rules,
        }
        self._lay_out()
        self._show_style(self._state.saved)
        self._show_state()
        for part in (self.checks, self.rules):
            part.changed.connect(self.edited)
        for box in (self.words, self.loaded):
            box.textChanged.connect(self.edited)
        self.edited.connect(self._show_state)
        session.changed.connect(self._desk_changed)
        session.person_changed.connect(self._show_state)
        session.keys.changed.connect(self._show_state)
        self._keep_what_is_typed()
        self._read()

    def _keep_what_is_typed(self) -> None:
        """Write to the journal what is typed, so that a crash loses nothing."""
        kept = KeptForm(
            self._session,
            "house-style",
            read=self._entry,
            restore=self._restore,
            changes=(self.edited,),
            on_refused=self.bar.show_error,
            parent=self,
        )
        self.finished.connect(kept.forget)

    def has_unsaved(self) -> bool:
        return self._typed() != self._texts_of(self._base)

    def choose_group(self, name: str) -> None:
        """Show one page: `checks`, `words`, `loaded` or `rules`."""
        if name == "checks":
            self.checks.show_rules(self.rules.rules())
        self.groups.choose(name)
        for group, page in self._pages.items():
            page.setVisible(group == name)

    def style_typed(self) -> HouseStyle:
        """Return the style that is typed. Raises BadValue, RuleError with what is wrong."""
        if problem := self.rules.first_problem():
            raise problem
        loaded = parse_loaded(source(self.loaded.document()))
        words = parse_words(source(self.words.document()))
        typed = HouseStyle((), words, loaded, self.rules.rules())
        return self.checks.style_with_levels(typed)

    def _lay_out(self) -> None:
        titles = {
            "checks": _("Checks"),
            "words": _("Spelled right"),
            "loaded": _("Loaded words"),
            "rules": _("Own rules"),
        }
        for name, title in titles.items():
            self.groups.add_choice(name, title)
        self.groups.setAccessibleName(_("Pages of the house style"))
        self.groups.chosen.connect(self.choose_group)
        for box, name in ((self.words, titles["words"]), (self.loaded, titles["loaded"])):
            box.setAccessibleName(name)
            box.setTabChangesFocus(True)
        buttons = row(STRETCH, button(_("Close"), self.reject), self.save, spacing=8)
        content = column(self.who, *((page, 1) for page in self._pages.values()), spacing=8)
        above = (self.bar, self.passphrase, self.groups)
        self.lay_out(content, buttons, above=above)
        self.choose_group("checks")

    # -- what the desk has ------------------------------------------------------------

    def _read(self) -> None:
        self._session.ask(
            lambda snapshot: snapshot.house_style_state(),
            owner=self,
            done=self._show_read,
            failed=self.bar.show_error,
        )

    def _show_read(self, state: HouseStyleState) -> None:
        was_unsaved, self._state = self.has_unsaved(), state
        if state.doubt:
            hint = _("The checks go by none. Save it again, or look at the log of the desk.")
            self.bar.show_text(state.doubt, hint, severe=True)
        if not was_unsaved:
            self._use_theirs()
        elif state.saved != self._base:
            self.bar.show_text(
                _("Someone else changed the house style in the meantime."),
                _("What you changed is still here."),
                (_("Use theirs"), self._use_theirs),
                (_("Keep mine"), self._keep_mine),
            )
        self._show_state()

    def _use_theirs(self) -> None:
        if self._state.saved != self._base:
            self._show_style(self._state.saved)
        self._show_state()

    def _keep_mine(self) -> None:
        """Keep what is typed where the desk has another style now: a save replaces that."""
        self._base = self._state.saved
        self._show_state()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches_any("house style", "people"):
            self._read()

    # -- what is typed ----------------------------------------------------------------

    def _show_style(self, style: HouseStyle) -> None:
        self._base = style
        self.checks.show_style(style)
        self.rules.show_rules(style.rules)
        texts = self._texts_of(style)
        self.words.setPlainText(texts["words"])
        self.loaded.setPlainText(texts["loaded"])

    def _texts_of(self, style: HouseStyle) -> dict[str, str]:
        levels = {f"level {check}": str(level) for check, level in style.levels}
        texts = {"words": word_lines(style.words), "loaded": loaded_lines(style.loaded)}
        return texts | levels | _rule_texts(style.rules)

    def _typed(self) -> Mapping[str, str]:
        levels = {f"level {check}": level for check, level in self.checks.levels().items()}
        texts = {"words": source(self.words.document()), "loaded": source(self.loaded.document())}
        return texts | levels | _rule_texts(self.rules.rules())

    def _entry(self) -> Entry:
        """Return what is typed, as the journal stores it, with what it was typed over."""
        return {"base": self._base.to_json(), "typed": dict(self._typed())}

    def _restore(self, entry: Entry) -> None:
        base, typed = entry["base"], entry["typed"]
        if not isinstance(base, dict) or not isinstance(typed, dict):
            raise TypeError("no house style")
        self._base = HouseStyle.from_json(base)
        levels = tuple(
            (name.removeprefix("level "), Level(level))
            for name, level in typed.items()
            if name.startswith("level ")
        )
        rules = tuple(
            RuleText(name.removeprefix("rule "), str(text))
            for name, text in typed.items()
            if name.startswith("rule ")
        )
        self.rules.show_rules(rules)
        self.checks.show_style(HouseStyle(levels, rules=rules))
        self.words.setPlainText(str(typed["words"]))
        self.loaded.setPlainText(str(typed["loaded"]))
        self._read()

    def _may_change(self) -> bool:
        return self._session.can_decide and self._session.person.role is not Role.JOURNALIST

    def _show_state(self) -> None:
        may_change = self._may_change()
        self.checks.set_read_only(not may_change)
        self.rules.set_read_only(not may_change)
        for box in (self.words, self.loaded):
            set_read_only(box, not may_change)
        self.save.setEnabled(may_change and (self.has_unsaved() or bool(self._state.doubt)))
        self.who.setText(self._describe(may_change))

    def _describe(self, may_change: bool) -> str:
        """Say who signed it, and who may change it."""
        parts = []
        if self.has_unsaved():
            parts.append(_("Not saved yet."))
        elif self._state.approval is not None:
            by = isolated(self._state.approval.by)
            parts.append(_("Saved by {name} · signature verified.").format(name=by))
        else:
            parts.append(_("Every check has the level that it comes with."))
        if not may_change:
            parts.append(_("Only editors and chiefs may change the house style."))
        return " ".join(parts)

    # -- saving -----------------------------------------------------------------------

    def _save(self) -> None:
        self.bar.clear()
        try:
            style = self.style_typed()
        except RuleError as error:
            self.choose_group("rules")
            self.rules.first_problem()
            self.bar.show_error(error)
            return
        except EditorError as error:
            self.choose_group("loaded")
            self.loaded.setFocus()
            self.bar.show_error(error)
            return
        self._session.run(
            SaveHouseStyle(style, self._base.hash),
            owner=self,
            done=self._saved,
            failed=self._show_refusal,
        )

    def _saved(self, _changes: Changes) -> None:
        self._session.message.emit(_("Saved the house style; the checks go by it now."), None)
        self.accept()

    def _show_refusal(self, error: EditorError) -> None:
        if isinstance(error, Stale):
            self._read()
        else:
            self.bar.show_error(error)


def _page(box: QPlainTextEdit, hint: str) -> QWidget:
    page = QWidget()
    box.setAccessibleDescription(hint)
    column(label(hint, "hint", wrap=True), (box, 1), inside=page, spacing=6)
    return page


def _rule_texts(rules: Iterable[RuleText]) -> dict[str, str]:
    return {f"rule {rule.name}": rule.text for rule in rules}
