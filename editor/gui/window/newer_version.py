"""The dialog that asks whether there is a newer version, once a person has seen what that sends."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from editor import __version__
from editor.dates import day_text
from editor.gui.jobs import Jobs
from editor.gui.widgets.job_dialog import JobDialog
from editor.gui.widgets.layout import button, column, label
from editor.gui.widgets.outside import open_address
from editor.i18n import _, isolated
from editor.releases import Release, how_to_update, newer_release, read_list, shown_address


class NewerVersionDialog(JobDialog):
    """Says what will be asked and where; asks when told to; says what there is, and no more."""

    def __init__(self, jobs: Jobs, address: str, parent: QWidget | None = None) -> None:
        """`address` is that of the list, or nothing where nobody has said one."""
        super().__init__(_("Newer version"), jobs, _("&Ask now"), parent)
        self.cancelled = _("Cancelled.")
        self.crashed = _("Stonehand had an error and stopped. Nothing was found out.")
        self._address = address
        self._page = ""
        self.about = label(_about(address), wrap=True)
        self.open_page = button(_("&Open its page"), self._open_page)
        self.start_button.clicked.connect(self.start)
        self.ended.connect(self.open_page.hide)
        title = label(_("Stonehand {version}").format(version=__version__), "title")
        self.lay_out_options(column(title, self.about, spacing=8), self.open_page)
        if not address:
            self.start_button.hide()
            self.close_button.setFocus()

    def start(self) -> None:
        """Ask once."""
        if self.job is None and self._address:
            self.run(partial(read_list, self._address), self._show, self.bar.show_error)

    def _show(self, releases: list[Release]) -> None:
        newer = newer_release(releases)
        if newer is None:
            sentence = _("There is no newer version in the list: you have {version}.")
            self.outcome.show_result(sentence.format(version=__version__), ())
            self.fit()
            return
        self._page = newer.page
        self.open_page.setVisible(bool(newer.page))
        notices = [how_to_update(newer.page)]
        if newer.page:
            notices.append(isolated(newer.page))
        self.outcome.show_result(announcement(newer), notices)
        self.fit()

    def _open_page(self) -> None:
        open_address(self._page, self)


def announcement(newer: Release) -> str:
    """Return the sentence about a newer version."""
    if newer.date is None:
        return _("There is a newer version: {version}.").format(version=newer.version)
    return _("There is a newer version: {version}, of {day}.").format(
        version=newer.version, day=day_text(newer.date)
    )


def _about(address: str) -> str:
    if not address:
        return _(
            "Nobody has told this Stonehand where its versions are listed, so it can’t ask. "
            "Whoever gave it to you may know. Settings › Updates takes the address."
        )
    return _(
        "Stonehand asks for the list of its versions at {address}, once. The request says nothing "
        "of you, your desks or this computer; whoever answers sees the network it comes from, as "
        "with any page of the web. Nothing is downloaded or installed."
    ).format(address=isolated(shown_address(address)))
