"""The templates of one theme, in the sandbox; what goes wrong names a file and a line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from jinja2 import (
    BaseLoader,
    Environment,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError

from editor.errors import ThemeError
from editor.i18n import _
from editor.proof.sandbox import Sandbox

_UNDEFINED = re.compile(
    r"(?:.* has no (?:attribute|element) )?'(?P<name>[^']*)'(?: is undefined)?", re.DOTALL
)
"""What Jinja2 says of a value that is not there."""

_RAISED = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can raise: its own errors, and Python's for values it is wrong about."""


class TemplateSource(NamedTuple):
    """The text of a template, and the file that it is in."""

    file: str
    text: str


class Templates:
    """The templates of one theme by name."""

    def __init__(self, sources: Mapping[str, TemplateSource]) -> None:
        self._sources = sources
        self._sandbox = Sandbox(_Loader(sources))

    def get_template(self, name: str) -> ThemeTemplate:
        """Return a template. Raises ThemeError where it is none, or there is none."""
        with self.errors(name):
            return ThemeTemplate(self, name, self._sandbox.get_template(name))

    def start(self) -> None:
        """Begin to count what a page's templates print."""
        self._sandbox.start()

    @contextmanager
    def errors(self, name: str) -> Iterator[None]:
        """Raise what a template raises as ThemeError, with the place in the theme."""
        try:
            yield
        except _RAISED as error:
            files = {source.file for source in self._sources.values()}
            raise _theme_error(error, self.file(name), files) from error

    def file(self, name: str) -> str:
        """The file that a template is in."""
        return self._sources[name].file if name in self._sources else name


class ThemeTemplate:
    """One template, ready to be filled in."""

    def __init__(self, templates: Templates, name: str, template: Template) -> None:
        self._templates, self._name, self._template = templates, name, template

    def render(self, **values: object) -> str:
        """Fill it in. Raises ThemeError."""
        self._templates.start()
        with self._templates.errors(self._name):
            return self._template.render(values)

    def make_module(self, values: dict[str, object]) -> TemplateModule:
        """Fill in each of the parts that it sets. Raises ThemeError."""
        self._templates.start()
        with self._templates.errors(self._name):
            return self._template.make_module(values)

    @property
    def module(self) -> TemplateModule:
        """What the template sets and its macros, without values. Raises ThemeError."""
        self._templates.start()
        with self._templates.errors(self._name):
            return self._template.module

    def misplaced(self, part: str) -> ThemeError:
        """Return the error for a part that the template must have exactly once."""
        return ThemeError(
            _("“{part}” must be in it exactly once.").format(part=part),
            _("Look how the theme that it was copied from does it."),
            self._templates.file(self._name),
        )


class _Loader(BaseLoader):
    """Loads from values, so that a template can name no file but these."""

    def __init__(self, sources: Mapping[str, TemplateSource]) -> None:
        self._sources = sources

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source = self._sources.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source.text, source.file, None

    def list_templates(self) -> list[str]:
        return sorted(self._sources)


def _theme_error(error: Exception, file: str, files: set[str]) -> ThemeError:
    """Say where in a theme something went wrong, and what."""
    line = 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    else:
        # The last place in a template: below it is what the template called.
        for frame, at in traceback.walk_tb(error.__traceback__):
            template = frame.f_globals.get("__jinja_template__")
            if template is not None:
                file, line = template.filename, template.get_corresponding_lineno(at)
            elif frame.f_code.co_filename in files:  # the engine itself has put it right
                file, line = frame.f_code.co_filename, at
    return ThemeError(*_sentence(error), file, line)


def _sentence(error: Exception) -> tuple[str, str]:
    """What went wrong, and what to do."""
    message = str(getattr(error, "message", None) or error)
    if isinstance(error, TemplateNotFound):
        return _("There is no template “{name}”.").format(name=error.name), _(
            "Templates may name those of the theme, and those that all themes share."
        )
    if isinstance(error, SecurityError):
        sentence = _("A template may not do this: {message}")
        return sentence.format(message=message), _("See Help › Themes for what it may read.")
    if isinstance(error, UndefinedError):
        hint = _("See Help › Themes for the values that each template gets.")
        if named := _UNDEFINED.fullmatch(message):
            return _("There is no value “{name}” here.").format(name=named["name"]), hint
        return _ended(message), hint
    if isinstance(error, RecursionError):
        return _("The template includes itself, or calls itself, without end."), _("Remove that.")
    return _ended(message), _("Compare it with the theme that it was copied from.")


def _ended(message: str) -> str:
    """A message of the template engine as a sentence."""
    message = message.strip()
    return message if message.endswith((".", "!", "?")) else f"{message}."
