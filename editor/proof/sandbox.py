"""Templates that are made to do nothing but fill in a page, whoever wrote them.

A theme may come from anywhere. Its templates read what they are given for readers, and only
that; text of a story is always escaped; what they print and how often they repeat it is counted,
so that none runs for ever or fills the memory. Counts, not clocks: the same theme and the same
stories are stopped at the same place on every computer.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, Undefined, nodes
from jinja2.environment import TemplateModule
from jinja2.filters import FILTERS
from jinja2.loaders import BaseLoader
from jinja2.parser import Parser
from jinja2.runtime import Context, LoopContext, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from editor.core.edition import Item
from editor.core.fields import FIELDS, PICTURE
from editor.core.house import House
from editor.core.listing import Listing
from editor.core.story import Picture, Story
from editor.i18n import N_, _
from editor.proof.site import (
    ABOUT_PATH,
    SEARCH_PATH,
    archive_path,
    corrections_path,
    numbered,
    section_path,
    story_path,
)
from editor.text.xml import xml_text

MOST_CHARACTERS: Final = 4_000_000
"""How much the templates of one page may print, in characters; the longest page has a tenth."""

_TURNS: Final = tuple(64 << (2 * step) for step in range(7))
"""What one turn of a loop, a macro or a template may cost: the least that its own text fits in."""

_FILTERS: Final = (
    "abs", "capitalize", "count", "d", "default", "e", "escape", "first", "int", "last", "length",
    "list", "lower", "map", "reject", "rejectattr", "round", "select", "selectattr", "sort",
    "title", "tojson", "trim", "unique", "upper", "urlencode",
)  # fmt: skip
"""The filters there are: none makes markup of text, or much of little."""

_TEXT_METHODS: Final = frozenset({
    "capitalize", "endswith", "format", "isdigit", "lower", "lstrip", "partition", "removeprefix",
    "removesuffix", "rpartition", "rstrip", "split", "startswith", "strip", "title", "upper",
})  # fmt: skip
_METHODS: Final[Mapping[type, frozenset[str]]] = {
    Mapping: frozenset({"get", "items", "keys", "values"}),
    House: frozenset({"rights_of", "section_title", "tdm_fields"}),
}
_HIDDEN: Final[Mapping[type, frozenset[str]]] = {
    Story: frozenset(field.name for field in FIELDS if field.private),
    Picture: frozenset(field.name for field in PICTURE if field.private),
    Item: frozenset({"approval"}),
    Listing: frozenset({"approval"}),
}
"""What no page shows: it never leaves the desk, or has its place in edition.json."""

_REFUSED: Final[Mapping[type[nodes.Node], str]] = {
    nodes.EvalContextModifier: N_("Templates always escape text; autoescape can't be changed."),
    nodes.Mul: N_("Templates don't multiply."),
    nodes.Pow: N_("Templates don't multiply."),
}
_WIDTH: Final = re.compile(r"\{[^{}]*(?:\{|:[^{}]*\d{3})")
"""A field whose width is 100 or more, or is given by another field."""

_NOTHING: Final = object()


class _Counts(threading.local):
    """How many characters the page that a thread makes may still print."""

    left = MOST_CHARACTERS


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates of themes, without what could harm; see the module.

    Call `start` before each page. Safe in several threads: each counts for itself.
    """

    intercepted_binops = frozenset({"+", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=self._printable,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._counts = _Counts()
        self._safe: set[tuple[type, str, bool]] = set()
        self.filters = {name: FILTERS[name] for name in _FILTERS}
        self.filters |= {"join": self._join, "replace": self._replace}
        self.globals = {
            "range": self.globals["range"],
            "about_path": ABOUT_PATH,
            "archive_path": archive_path,
            "corrections_path": corrections_path,
            "numbered": numbered,
            "search_path": SEARCH_PATH,
            "section_path": section_path,
            "story_path": story_path,
        }

    def start(self) -> None:
        """Count from the start again."""
        self._counts.left = MOST_CHARACTERS

    def charge(self, size: int) -> None:
        """Count what is printed. Raises TemplateRuntimeError when it is too much."""
        self._counts.left -= size
        if self._counts.left < 0:
            raise TemplateRuntimeError(
                _(
                    "The page has no end: it is longer than {n:,} characters, or repeats "
                    "something for ever."
                ).format(n=MOST_CHARACTERS)
            )

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute that a template may read; else what raises SecurityError."""
        # Asked some hundred times a page, about a few dozen attributes.
        value = getattr(obj, attribute, _NOTHING)
        if (type(obj), attribute, callable(value)) in self._safe:
            return value
        if value is _NOTHING or isinstance(obj, str):
            return super().getattr(obj, attribute)
        if not self.is_safe_attribute(obj, attribute, value):
            return self.unsafe_undefined(obj, attribute)
        self._safe.add((type(obj), attribute, callable(value)))
        return value

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Say whether a template may read an attribute."""
        if attr.startswith("_") or attr in _HIDDEN.get(type(obj), ()):
            return False
        if not callable(value):
            return True
        if isinstance(obj, str):
            # A part of markup could be half a tag.
            return attr in _TEXT_METHODS and (attr == "format" or not isinstance(obj, Markup))
        for kind, methods in _METHODS.items():
            if isinstance(obj, kind):
                return attr in methods
        if isinstance(obj, LoopContext | TemplateModule):
            return True
        return type(obj).__module__.startswith("editor.proof.")

    slice = slice
    """What `[a:b]` makes, so that `getitem` sees it."""

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item; of text there are none, and no parts."""
        if isinstance(obj, str) and not isinstance(argument, str):
            return self.unsafe_undefined(obj, "[…]")
        return super().getitem(obj, argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Add numbers or texts; the rest of a division is of numbers."""
        sides = (left, right)
        if operator == "+" and all(isinstance(side, str) for side in sides):
            self.charge(len(left) + len(right))
        elif not all(isinstance(side, int | float) for side in sides):
            sentence = _("“{operator}” is for numbers, or adds text to text.")
            raise TemplateRuntimeError(sentence.format(operator=operator))
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return what fills in the fields of a text, none of them wide; None for other values."""
        fill = super().wrap_str_format(value)
        if fill is None:
            return None
        text = str(value.__self__)

        def fill_and_count(*args: Any, **kwargs: Any) -> str:
            if _WIDTH.search(text):
                raise TemplateRuntimeError(_("A text has a field of 100 characters or more."))
            longest = max((len(str(value)) for value in (*args, *kwargs.values())), default=0)
            self.charge(len(text) + text.count("{") * longest)
            return fill(*args, **kwargs)

        return fill_and_count

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = _Parser(self, source, name, filename).parse()
        _look_at_slices(tree)
        _restrict(tree, name, filename)
        _count_turns(tree)
        return tree

    def joined(self, *values: Any) -> str:
        """Join what `~` joins; markup stays markup, and then text is escaped."""
        self.charge(sum(len(str(value)) for value in values))
        return markup_join(values)

    def _printable(self, value: object) -> object:
        """Count what is printed; of text that is no markup yet, leave out control characters."""
        if isinstance(value, Markup):
            self.charge(len(value))
            return value
        if isinstance(value, str):
            self.charge(len(value))
            return xml_text(value)
        if isinstance(value, int | float | Undefined):
            return value
        kind = "function" if callable(value) else type(value).__name__
        sentence = _("A page prints text and numbers; this is neither: {kind}.")
        raise TemplateRuntimeError(sentence.format(kind=kind))

    def _join(self, values: Iterable[Any], between: str = "") -> Markup:
        """Join texts with another between them; markup stays markup, and text is escaped."""
        texts = [text if isinstance(text, str) else str(text) for text in values]
        self.charge(sum(map(len, texts)) + len(between) * len(texts))
        return escape(between).join(texts)

    def _replace(self, text: str, old: str, new: str) -> str:
        """Replace a part of a text, which may not be markup, wherever it is."""
        if isinstance(text, Markup) or not old:
            raise TemplateRuntimeError(
                _("“replace” is for text that is no markup, and needs a part.")
            )
        self.charge(len(text) + text.count(old) * len(new))
        return text.replace(old, new)


class _Parser(Parser):
    """Lets the sandbox join, so that it can count."""

    def parse_concat(self) -> nodes.Expr:
        found = super().parse_concat()
        if not isinstance(found, nodes.Concat):
            return found
        joined = nodes.EnvironmentAttribute("joined", lineno=found.lineno)
        return nodes.Call(joined, found.nodes, [], None, None, lineno=found.lineno)


def _restrict(tree: nodes.Template, name: str | None, filename: str | None) -> None:
    """Refuse what no template of a theme may do. Raises TemplateSyntaxError."""
    for kind, message in _REFUSED.items():
        for node in tree.find_all(kind):
            raise TemplateSyntaxError(_(message), node.lineno, name, filename)
    for loop in tree.find_all(nodes.For):
        if loop.recursive:
            raise TemplateSyntaxError(_("No loop is recursive."), loop.lineno, name, filename)


def _look_at_slices(tree: nodes.Template) -> None:
    """Let `getitem` see what is cut out of what: the engine itself would not ask."""
    for item in tree.find_all(nodes.Getitem):
        cut = item.arg
        if isinstance(cut, nodes.Slice):
            parts = [part or nodes.Const(None) for part in (cut.start, cut.stop, cut.step)]
            made = nodes.EnvironmentAttribute("slice", lineno=item.lineno)
            item.arg = nodes.Call(made, parts, [], None, None, lineno=item.lineno)


def _count_turns(tree: nodes.Template) -> None:
    """Count each turn of everything that can be repeated, with the text that it prints."""
    repeated: Any = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
    found: list[Any] = [tree, *tree.find_all(repeated)]
    for node in found:
        texts = (text for part in node.body for text in part.find_all(nodes.TemplateData))
        size = sum(len(text.data) for text in texts)
        cost = next(turn for turn in _TURNS if size < turn)
        # Reading the property counts: cheaper than a call, which the sandbox would look at.
        read = nodes.EnvironmentAttribute(f"turn_{cost}", lineno=node.lineno)
        node.body.insert(0, nodes.ExprStmt(read, lineno=node.lineno))


def _turn(cost: int) -> property:
    return property(lambda sandbox: sandbox.charge(cost))


for _cost in _TURNS:
    setattr(Sandbox, f"turn_{_cost}", _turn(_cost))
