"""The desk's own themes: a chief's to save; a site is made with what was signed, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.core.commands import RemoveTheme, SaveHouse, SaveTheme
from editor.core.theme import ThemeFiles
from editor.errors import (
    BadValue,
    EditorError,
    NotAllowed,
    NotApproved,
    NotFound,
    Stale,
    ThemeError,
)
from editor.formats.export import write_edition
from editor.formats.folder_output import FolderOutput
from editor.formats.site.exporter import SiteExporter
from editor.progress import Progress
from editor.proof.theme import copied, shipped_theme
from editor.store.backup import restore_backup
from editor.store.desk import Desk
from editor.store.themes import Themes
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, approved, edition_at

MINE = copied(shipped_theme("tabloid"), "mine", "Mine")


def use_mine(desk: Desk, theme: ThemeFiles = MINE) -> None:
    desk.do(SaveTheme(theme, ""), MARA)
    house = reading(desk).house()
    chosen = replace(house, theme="mine", theme_digest=theme.digest)
    desk.do(SaveHouse(chosen, house.hash), MARA)


def refused(
    desk: Desk, command: SaveTheme | RemoveTheme | SaveHouse, by: str, error: type[EditorError]
) -> None:
    before = reading(desk).house()
    with pytest.raises(error) as caught:
        desk.do(command, by)
    assert caught.value.hint
    assert reading(desk).house() == before


def export(desk: Desk, to: Path) -> None:
    edition = edition_at(desk, None, datetime(2031, 1, 1, tzinfo=UTC))
    with FolderOutput(to) as output:
        write_edition(edition, SiteExporter(), output, Progress(), None, MARA)


def files_of(site: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def test_only_the_chief_saves_a_theme(desk: Desk) -> None:
    for by in (TOM, LINA):
        refused(desk, SaveTheme(MINE, ""), by, NotAllowed)
    assert Themes(desk.path).names() == ()
    desk.do(SaveTheme(MINE, ""), MARA)
    assert Themes(desk.path).names() == ("mine",)
    assert Themes(desk.path).read("mine") == MINE


def test_a_shipped_theme_stays_as_it_is(desk: Desk) -> None:
    with pytest.raises(EditorError, match="stays as it is"):
        desk.do(SaveTheme(replace(MINE, name="tabloid"), ""), MARA)


def test_a_theme_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    desk.do(SaveTheme(MINE, ""), MARA)
    changed = MINE.with_file("site.css", b"a { color: inherit; }")
    refused(desk, SaveTheme(changed, ""), MARA, BadValue)
    desk.do(SaveTheme(changed, MINE.digest), MARA)
    desk.do(
        SaveTheme(
            ThemeFiles.of(
                MINE.name, {path: data for path, data in MINE.files if path != "site.css"}
            ),
            changed.digest,
        ),
        MARA,
    )
    assert "site.css" not in Themes(desk.path).read("mine").by_path


def test_only_the_chief_removes_a_theme_and_never_the_papers_own(desk: Desk) -> None:
    refused(desk, RemoveTheme("gone", ""), MARA, NotFound)
    refused(desk, RemoveTheme("tabloid", ""), MARA, BadValue)
    desk.do(SaveTheme(MINE, ""), MARA)
    (desk.path / "themes/mine/site.css~").write_text("what an editor left")
    refused(desk, RemoveTheme("mine", MINE.digest), TOM, NotAllowed)
    refused(desk, RemoveTheme("mine", "a" * 64), MARA, Stale)
    house = reading(desk).house()
    signed = replace(house, theme="mine", theme_digest=MINE.digest)
    desk.do(SaveHouse(signed, house.hash), MARA)
    refused(desk, RemoveTheme("mine", MINE.digest), MARA, NotAllowed)
    desk.do(SaveHouse(house, signed.hash), MARA)
    desk.do(RemoveTheme("mine", MINE.digest), MARA)
    assert Themes(desk.path).names() == ()
    assert list((desk.path / "themes").iterdir()) == []
    desk.do(SaveTheme(MINE, ""), MARA)  # the way back
    assert Themes(desk.path).read("mine") == MINE


def test_the_house_names_only_a_theme_as_it_is(desk: Desk) -> None:
    house = reading(desk).house()
    refused(desk, SaveHouse(replace(house, theme="gone"), house.hash), MARA, NotFound)
    desk.do(SaveTheme(MINE, ""), MARA)
    chosen = replace(house, theme="mine")
    refused(desk, SaveHouse(chosen, house.hash), MARA, NotApproved)
    refused(desk, SaveHouse(replace(chosen, theme_digest="a" * 64), house.hash), MARA, NotApproved)
    desk.do(SaveHouse(replace(house, theme="tabloid"), house.hash), MARA)


def test_saving_the_theme_of_the_paper_signs_it(desk: Desk, tmp_path: Path) -> None:
    approved(desk)
    use_mine(desk)
    changed = MINE.with_file("site.css", b".card { color: inherit; }\n")
    desk.do(SaveTheme(changed, MINE.digest), MARA)
    assert reading(desk).house().theme_digest == changed.digest
    export(desk, tmp_path / "site")
    assert (tmp_path / "site/assets/site.css").read_text().endswith(".card { color: inherit; }\n")
    refused(
        desk, SaveTheme(changed.with_file("site.css", b"a {"), changed.digest), MARA, ThemeError
    )
    assert Themes(desk.path).read("mine") == changed


def test_a_theme_changed_on_disk_stops_an_export_and_the_old_site_stays(
    desk: Desk, tmp_path: Path
) -> None:
    approved(desk)
    use_mine(desk)
    export(desk, tmp_path / "site")
    old = files_of(tmp_path / "site")
    (desk.path / "themes/mine/site.css").write_bytes(b"a { color: inherit; }")
    with pytest.raises(NotApproved, match="“mine” is not as the chief saved it") as caught:
        export(desk, tmp_path / "site")
    assert caught.value.hint
    assert files_of(tmp_path / "site") == old


BROKEN = pytest.mark.parametrize(
    ("path", "data", "line"),
    [
        ("templates/home.html", b"\n{% if %}", 2),
        ("templates/article.html", b"<article>\n{{ story.gone }}{{ body }}</article>", 2),
        ("templates/not_found.html", b"{% set main %}\n{{ 1 // 0 }}{% endset %}", 2),
        ("site.css", b"a {}\n}", 2),
        ("theme.toml", b"title = ", 1),
    ],
)


@BROKEN
def test_a_broken_theme_is_not_the_papers(path: str, data: bytes, line: int, desk: Desk) -> None:
    broken, house = MINE.with_file(path, data), reading(desk).house()
    Themes(desk.path).write(broken)
    chosen = replace(house, theme="mine", theme_digest=broken.digest)
    with pytest.raises(ThemeError) as caught:
        desk.do(SaveHouse(chosen, house.hash), MARA)
    assert (caught.value.file, caught.value.line) == (path, line)
    assert reading(desk).house() == house
    Themes(desk.path).remove("mine")
    use_mine(desk)
    with pytest.raises(ThemeError):
        desk.do(SaveTheme(broken, MINE.digest), MARA)
    assert Themes(desk.path).read("mine") == MINE


@BROKEN
def test_a_broken_theme_stops_an_export_and_the_old_site_stays(
    path: str,
    data: bytes,
    line: int,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    approved(desk)
    use_mine(desk)
    export(desk, tmp_path / "site")
    old = files_of(tmp_path / "site")
    broken = MINE.with_file(path, data)
    Themes(desk.path).write(broken)
    house = reading(desk).house()
    # A chief signed it with a version of Stonehand for which it was whole.
    for name in ("read_theme", "check_theme"):
        monkeypatch.setattr(f"editor.store.commands.paper.{name}", lambda _theme: None)
    desk.do(SaveHouse(replace(house, theme_digest=broken.digest), house.hash), MARA)
    with pytest.raises(ThemeError) as caught:
        export(desk, tmp_path / "site")
    assert (caught.value.file, caught.value.line) == (path, line)
    assert files_of(tmp_path / "site") == old


def test_links_and_other_files_are_not_read(desk: Desk, tmp_path: Path) -> None:
    desk.do(SaveTheme(MINE, ""), MARA)
    folder = desk.path / "themes/mine"
    (folder / ".site.css.swp").write_bytes(b"x")
    (folder / "site.css~").write_bytes(b"x")
    assert Themes(desk.path).read("mine") == MINE
    (folder / "site.css").unlink()
    (folder / "site.css").symlink_to("/etc/hostname")
    with pytest.raises(ThemeError, match=r"site\.css: It is a link"):
        Themes(desk.path).read("mine")
    (folder / "site.css").unlink()
    (folder / "photo.png").write_bytes(b"x")
    with pytest.raises(ThemeError, match=r"photo\.png: A theme has no such file"):
        Themes(desk.path).read("mine")
    (desk.path / "themes/away").symlink_to(tmp_path)
    assert Themes(desk.path).names() == ("mine",)


def test_themes_are_in_backups(desk: Desk, tmp_path: Path) -> None:
    approved(desk)
    use_mine(desk)
    (desk.path / "themes/mine/.hidden").write_bytes(b"x")
    (desk.path / "themes/stray.txt").write_bytes(b"x")
    desk.backup(tmp_path / "post.backup")
    restore_backup(tmp_path / "post.backup", tmp_path / "again.desk")
    assert Themes(tmp_path / "again.desk").read("mine") == MINE
    with Desk.open(tmp_path / "again.desk") as again:
        export(again, tmp_path / "site")
    assert not list((tmp_path / "again.desk/themes").rglob("*hidden*"))
