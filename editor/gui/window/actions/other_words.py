"""What people who come from elsewhere call a command: the search and the list of keys know it."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QAction

from editor.i18n import N_, _

_OTHER_WORDS: Final = {
    "new": N_("article, post, write, create"),
    "import": N_("upload, add files"),
    "paste_wire": N_("agency copy"),
    "save": N_("store, keep"),
    "export": N_("website, site, HTML, JSON, publish, generate"),
    "deliver": N_("upload, publish, server, SFTP, deploy"),
    "targets": N_("upload, server, hosting, SFTP"),
    "print": N_("paper, proof"),
    "save_proof": N_("print, paper"),
    "check_edition": N_("verify, signature"),
    "start": N_("welcome, sample, example, demo, tutorial, first steps"),
    "new_desk": N_("create a site, newspaper"),
    "open_desk": N_("folder, database"),
    "backup": N_("copy, archive"),
    "restore_backup": N_("recover, archive"),
    "paper": N_("site, name, web address, sections, categories, time zone, rights"),
    "theme": N_("design, template, style, colours, logo"),
    "front": N_("home page, homepage, lead story"),
    "house_style": N_("rules, checks, style guide"),
    "masthead": N_("users, people, members, staff, roles, permissions"),
    "own_key": N_("password, account"),
    "join": N_("password, account, invitation"),
    "settings": N_("preferences, options, language, font"),
    "shortcuts": N_("keys, hotkeys"),
    "help": N_("manual, documentation, support"),
    "quick_guide": N_("manual, tutorial, first steps, getting started"),
    "undo": N_("take back, revert"),
    "replace": N_("substitute, change all"),
    "larger": N_("zoom in, bigger, font size"),
    "smaller": N_("zoom out, font size"),
    "appearance_dark": N_("night mode"),
    "focus_mode": N_("distraction free, zen"),
    "link": N_("URL, web address"),
    "picture": N_("photo, image, photograph, upload"),
    "text_picture": N_("photo, image, photograph"),
    "crosshead": N_("subheading, heading, subtitle"),
    "primary": N_("send to the editor, submit, approve, approval"),
    "return": N_("reject, send back"),
    "withdraw": N_("recall, take back, unsubmit"),
    "publish": N_("go live, live"),
    "correct": N_("correction, mistake, erratum"),
    "kill": N_("delete, remove, take down, retract, unpublish"),
    "spike": N_("delete, discard, bin, remove, trash"),
    "unspike": N_("undelete, recover, trash, bin"),
    "note": N_("comment, message"),
    "note_passage": N_("comment, annotate"),
    "history": N_("versions, revisions, compare"),
    "checks": N_("errors, warnings, problems"),
    "duplicate": N_("copy, clone"),
}
"""By the name of the action. The words are for searching only, so there may be any number."""


def other_words(action: QAction) -> str:
    """Return what else an action is called, in the interface's language; often nothing."""
    words = _OTHER_WORDS.get(action.objectName())
    return _(words) if words else ""
