"""The language of the command line: the environment's, as with GNU programs; JSON in English."""

from __future__ import annotations

import gettext
import os
import re
from copy import copy

import click

from editor.i18n import (
    DOMAIN,
    ENGLISH,
    N_,
    N_plural,
    _,
    has_catalogue,
    is_english,
    language_in_use,
    use_language,
)
from editor.resources import resource
from editor.system_locale import display_languages

_NO_LANGUAGE = ("C", "POSIX")


def environment_language() -> str:
    """Return the BCP 47 tag of the language that the environment asks for; English if none.

    The first that is set of LC_ALL, LC_MESSAGES and LANG names it. LANGUAGE may list
    others before it, and does not count in the locale C (GNU gettext manual, section 2.3).
    On Windows, which sets none of them, it is the display language.
    """
    names = map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))
    own = _tag(next(filter(None, names), ""))
    if not own:
        return next(filter(has_catalogue, display_languages()), ENGLISH)
    if own in _NO_LANGUAGE:
        return ENGLISH
    listed = [_tag(name) for name in os.environ.get("LANGUAGE", "").split(":") if name]
    return next(filter(has_catalogue, (*listed, own)), ENGLISH)


def follow_environment() -> None:
    """Speak the environment's language from now on."""
    _speak(environment_language())


def _speak(tag: str) -> None:
    if tag != language_in_use():
        use_language(tag, isolates=False)
    if is_english(tag):
        gettext.textdomain("messages")
    else:
        # What Click says of options and wrong usage is in our catalogue: see CLICK_STRINGS.
        gettext.bindtextdomain(DOMAIN, str(resource("i18n")))
        gettext.textdomain(DOMAIN)


def _tag(name: str) -> str:
    """Return the tag of a locale's name: `ar-EG` for `ar_EG.UTF-8`, `sr` for `sr@latin`."""
    return re.split("[.@]", name, maxsplit=1)[0].replace("_", "-")


def _speak_english(_context: click.Context, _option: click.Parameter, as_json: bool) -> bool:
    if as_json:
        _speak(ENGLISH)
    return as_json


json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    callback=_speak_english,
    help="Print JSON, in English whatever the language.",
)
"""What programs read is the same in every language, and so is all that goes with it."""


def in_language(command: click.Command) -> click.Command:
    """Return a copy of a command whose help is in the language of the interface."""
    shown = copy(command)
    if command.help:
        shown.help = "\n\n".join(map(_, paragraphs(command.help)))
    shown.params = list(map(_option_in_language, command.params))
    return shown


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a docstring, each on one line, as they are in the catalogue."""
    return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]


def _option_in_language(option: click.Parameter) -> click.Parameter:
    if not (isinstance(option, click.Option) and option.help):
        return option
    shown = copy(option)
    shown.help = _(option.help)
    return shown


CLICK_STRINGS = (
    N_("Usage:"),
    N_("Options"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("Argument {name!r} takes {nargs} values."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("Choose from:\n\t{choices}"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("File"),
    N_("Repeat for confirmation"),
    N_("Error: The two entered values do not match."),
    N_("Error: invalid input"),
    N_plural("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    N_plural("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    N_plural(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."
    ),
    N_plural("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""What Click says by itself; it looks it up in the catalogue of the domain that is chosen."""
