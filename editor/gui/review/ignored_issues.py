"""What the writers of a story left as it is, for whoever approves it: what, why, and who."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from editor.core.findings import Level
from editor.core.house_style import HouseStyle
from editor.core.story import Story
from editor.gui.theme import set_kind
from editor.gui.widgets.layout import column, label
from editor.i18n import _, plural

# Hardly any story has one, and the window starts without the checks.
# ruff: noqa: PLC0415

_MOST = 3
"""More lines than these would leave no room for the text; Checks has all of them."""


class IgnoredIssues(QFrame):
    """A list of the issues that somebody ignored; those that would stop an approval come first."""

    def __init__(self) -> None:
        super().__init__()
        set_kind(self, "problem")
        self.title = label(kind="strong", wrap=True)
        self.lines = label(wrap=True)
        column(self.title, self.lines, inside=self, spacing=2, margins=(10, 7))
        self.hide()

    def show_story(self, story: Story, style: HouseStyle) -> None:
        """List what a story says to ignore; hide where it is nothing."""
        lines = _describe(story, style) if story.ignored else []
        more = len(lines) - _MOST
        if more > 0:
            lines = [
                *lines[:_MOST],
                plural("And {n} more, in Checks.", "And {n} more, in Checks.", more),
            ]
        count = len(story.ignored)
        self.title.setText(plural("{n} issue was ignored", "{n} issues were ignored", count))
        self.lines.setText("\n".join(f"• {line}" for line in lines))
        self.setAccessibleName(" ".join((f"{self.title.text()}.", *lines)))
        self.setVisible(bool(lines))


def _describe(story: Story, style: HouseStyle) -> list[str]:
    from editor.checks.help import title_of
    from editor.checks.in_force import all_checks, level_in_force
    from editor.core.ignored import Ignored

    checks = {check.id: check for check in all_checks(style)}
    stopping, others = [], []
    for line in story.ignored:
        known = Ignored.parse(line)
        if known is None:
            others.append(line)
            continue
        check = checks.get(known.check)
        title = title_of(check) if check is not None else known.check
        text = _("{check}: {what}").format(check=title, what=known.describe())
        if check is not None and level_in_force(check, style) is Level.STOPS:
            stopping.append(_("Would stop the approval. {text}").format(text=text))
        else:
            others.append(text)
    return [*stopping, *others]
