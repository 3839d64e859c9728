"""The rows of lists: a story in two lines, made once for all the lists that it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from editor.core.listing import Listing
from editor.proof.sections import section_of
from editor.proof.site import Site
from editor.proof.theme_templates import Templates
from editor.proof.views import published_day

# No text of a row contains NUL (text.xml), so it can mark where the root goes.
_ROOT = Markup("\0")


class Rows:
    """Makes the rows of one site, each once; only their links differ from page to page."""

    def __init__(self, templates: Templates, site: Site) -> None:
        self._templates = templates
        self._row: Callable[..., str] = vars(templates.get_template("rows.html").module)["row"]
        self._site = site
        self._made: dict[str, str] = {}

    def html(self, listings: Iterable[Listing], root: str) -> Markup:
        """Return the items of a list, for a page whose root leads to the top of the site."""
        self._templates.start()
        with self._templates.errors("rows.html"):
            rows = "".join(map(self._html, listings))
        return Markup(rows.replace(_ROOT, root))  # noqa: S704  made by a template

    def _html(self, listing: Listing) -> str:
        made = self._made.get(listing.id)
        if made is None:
            site = self._site
            language = site.tree(site.prefix(listing.language)).language
            made = self._made[listing.id] = str(
                self._row(
                    listing,
                    _ROOT,
                    section_of(listing, site.house),
                    published_day(listing, site.words(listing.language)),
                    "" if listing.language == language else listing.language,
                )
            )
        return made
