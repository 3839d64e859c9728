"""The paper as its pages, feeds and maps tell machines of it."""

from __future__ import annotations

from dataclasses import dataclass

from editor.core.house import House
from editor.core.times import in_zone, parse_instant
from editor.core.zones import zone
from editor.proof.authors import author_slug
from editor.proof.icons import IconFile, icon_files
from editor.proof.site import author_path
from editor.proof.trees import tree_prefix

HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Paper:
    """The facts of a house that machines are told, all of which follow from the house."""

    house: House

    @property
    def icons(self) -> tuple[IconFile, ...]:
        """The icons, from the narrowest to the widest; a drawing, for any size, is the first."""
        return icon_files(self.house)

    def address(self, path: str) -> str:
        """Return a file's whole address; empty while the paper's is not known.

        That of a folder's first page is the folder's.
        """
        if not self.house.url or not path:
            return ""
        folder, slash, name = path.rpartition("/")
        return self.house.url + (folder + slash if name == HOME else path)

    def author_address(self, name: str, language: str) -> str:
        """Return the address of the page with an author's stories in a language."""
        slug = author_slug(name)
        prefix = tree_prefix(language, self.house.language)
        return self.address(prefix + author_path(slug)) if slug else ""

    @property
    def logo(self) -> IconFile:
        """The widest icon that shows the logo to its edges."""
        return next(icon for icon in reversed(self.icons) if not icon.maskable)

    def year_of(self, published: str) -> int:
        """Return the year of an instant (RFC 3339) in the paper's time zone; 0 for none."""
        if not published:
            return 0
        return in_zone(parse_instant(published), zone(self.house.timezone)).year

    def rights_of(self, published: str) -> str:
        """Return the line of rights of what was published at an instant; empty for none."""
        year = self.year_of(published)
        return self.house.rights_of(year) if year else ""

    def is_others(self, agency: str) -> bool:
        """Whether a text is wire copy, by the agency in its dateline: it is not the paper's."""
        return agency not in ("", self.house.name)


def feed_folder(page: str) -> str:
    """Return the folder of the feeds of a list by its first page."""
    return page.removesuffix(HOME) if page.endswith(HOME) else page.removesuffix(".html") + "/"
