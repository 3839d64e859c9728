"""The verbs of the command line, with what `--help` says of each.

A table, so that one verb is run without importing the others, which need most of the program. A
test compares it with them.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

import click

from editor.garbage import while_importing
from editor.i18n import N_


class Verb(NamedTuple):
    """Where a verb's command is, in a module of this package, and its first sentence."""

    module: str
    command: str
    about: str

    def load(self) -> click.Command:
        """Import the command."""
        with while_importing():
            module = import_module(f"editor.cli.{self.module}")
        command: click.Command = getattr(module, self.command)
        return command


VERBS = {
    "new": Verb(
        "new", "new", N_("Create a new desk in the folder DESK, signed with your key as its chief.")
    ),
    "import": Verb(
        "import_", "import_", N_("Import wire text files as drafts and briefs, and list them.")
    ),
    "list": Verb("list_", "list_", N_("List stories, the newest first.")),
    "show": Verb(
        "show",
        "show",
        N_("Show a story by its slug or id: the latest version, unless another is given."),
    ),
    "check": Verb(
        "check",
        "check",
        N_("Check the named stories, or all that are not spiked, and the trends banner once."),
    ),
    "replace": Verb(
        "replace",
        "replace",
        N_(
            "Show what replacing FIND would change in the named stories, or in all; "
            "--write does it."
        ),
    ),
    "submit": Verb("workflow", "submit", N_("Submit stories for approval.")),
    "withdraw": Verb(
        "workflow", "withdraw", N_("Take back from review stories that you wrote or submitted.")
    ),
    "return": Verb("workflow", "return_", N_("Return a story to its writer.")),
    "approve": Verb("workflow", "approve", N_("Approve exactly the latest version of a story.")),
    "publish": Verb(
        "workflow", "publish", N_("Publish the approved versions of stories: readers get them.")
    ),
    "correct": Verb("workflow", "correct", N_("Open a live story for a correction.")),
    "update": Verb(
        "workflow",
        "update",
        N_("Open a live story for new facts; readers keep the live version meanwhile."),
    ),
    "kill": Verb(
        "workflow",
        "kill",
        N_("Withdraw a live story: the next export has only a page that says so."),
    ),
    "spike": Verb("workflow", "spike", N_("Spike stories that readers never had.")),
    "unspike": Verb("workflow", "unspike", N_("Make spiked stories drafts again.")),
    "section": Verb(
        "section", "section", N_("Put stories into the section SECTION of the paper, by its slug.")
    ),
    "note": Verb("notes", "note", N_("Add a note to a story; readers never see it.")),
    "notes": Verb(
        "notes", "notes", N_("List the notes on a story, each with its answers; or resolve one.")
    ),
    "proof": Verb(
        "proof", "proof", N_("Write proofs of stories for reading on paper, as one PDF file.")
    ),
    "history": Verb("history", "history", N_("List the versions of a story, the newest first.")),
    "diff": Verb(
        "history",
        "diff",
        N_("Show what changed from version A to version B, field by field, in words."),
    ),
    "restore": Verb(
        "history",
        "restore",
        N_("Make version N's text the latest version; the versions after it stay in the history."),
    ),
    "export": Verb(
        "export",
        "export",
        N_("Export approved stories; one that is not approved is refused by name."),
    ),
    "verify": Verb(
        "verify",
        "verify",
        N_("Check the edition in PATH, a folder or a zip file: whole or altered, and whose it is."),
    ),
    "serve": Verb(
        "serve",
        "serve",
        N_("Serve the export PATH, a folder or a zip file, to this computer only, until Ctrl+C."),
    ),
    "search": Verb(
        "search", "search", N_("Find the stories that contain all the words, the newest first.")
    ),
    "trends": Verb(
        "trends",
        "trends",
        N_("Print the briefs of the trends banner, in their order, or approve it."),
    ),
    "front": Verb(
        "front",
        "front",
        N_("Print the stories that come first on the home page, in their order, or order them."),
    ),
    "style": Verb(
        "style",
        "style",
        N_("Print the house style: the level of each check, the paper's words and its own rules."),
    ),
    "target": Verb(
        "target",
        "target",
        N_("Print the targets that the paper delivers to, or add, change or remove one."),
    ),
    "deliveries": Verb(
        "deliveries",
        "deliveries",
        N_("Print what was delivered to which target, when, by whom, and with which edition."),
    ),
    "key": Verb(
        "key", "key", N_("Print your public key as one line; it is created at the first use.")
    ),
    "masthead": Verb(
        "masthead", "masthead", N_("Show the masthead and the policy of DESK, or change them.")
    ),
    "paper": Verb(
        "paper",
        "paper",
        N_("Show the paper's facts and style, or change them; the chief signs each change."),
    ),
    "credentials": Verb(
        "credentials",
        "credentials",
        N_("Show by which certificates the paper signs its pictures (C2PA), or change that."),
    ),
    "theme": Verb(
        "theme",
        "theme",
        N_("List the themes of DESK, or choose, copy, remove or check one; the chief signs."),
    ),
    "audit": Verb(
        "audit", "audit", N_("Verify the log of DESK, and print it, the oldest row first.")
    ),
    "backup": Verb(
        "backup",
        "backup",
        N_("Back DESK up into a file or a folder; the desk may be in use meanwhile."),
    ),
    "restore-desk": Verb(
        "backup", "restore", N_("Make the folder DESK from a backup FILE, which is verified first.")
    ),
}
