"""The paper as its pages, feeds and maps tell machines of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.core.house import House
from editor.core.times import in_zone, parse_instant
from editor.core.zones import zone

HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Icon:
    """A square PNG of the paper's logo or name: its path from the top of the site, its width.

    A `maskable` one may be cut to a circle of 80 % of its width (Web App Manifest, purpose).
    """

    path: str
    width: int
    maskable: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """The house, the paths of the pages of authors by byline, and the icons, narrowest first."""

    house: House
    authors: Mapping[str, str] = field(default_factory=dict)
    icons: tuple[Icon, ...] = ()

    def address(self, path: str) -> str:
        """Return a file's whole address; empty while the paper's is not known.

        That of a folder's first page is the folder's.
        """
        if not self.house.url or not path:
            return ""
        folder, slash, name = path.rpartition("/")
        return self.house.url + (folder + slash if name == HOME else path)

    def author_address(self, name: str) -> str:
        """Return the address of an author's page; empty where there is none."""
        return self.address(self.authors.get(name, ""))

    @property
    def logo(self) -> Icon | None:
        """The widest icon that shows the logo to its edges; None without icons."""
        return next((icon for icon in reversed(self.icons) if not icon.maskable), None)

    def year_of(self, published: str) -> int:
        """Return the year of an instant (RFC 3339) in the paper's time zone."""
        return in_zone(parse_instant(published), zone(self.house.timezone)).year

    def rights_of(self, published: str) -> str:
        """Return the line of rights of what was published at an instant (RFC 3339)."""
        return self.house.rights_of(self.year_of(published))
