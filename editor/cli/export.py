"""`stonehand export`: write the approved stories as a site, an API, or a bundle of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from editor.cli.base import (
    OutPath,
    desk_option,
    force_option,
    json_option,
    open_desk,
    run_command,
    with_key,
)
from editor.cli.export_changes import changes_json, say_changes, texts_of
from editor.cli.export_to import ExportTo, export_to
from editor.cli.printing import say, say_json, showing_progress
from editor.core.times import now, parse_instant
from editor.errors import EditorError
from editor.i18n import _, plural

if TYPE_CHECKING:
    from datetime import datetime

    from editor.core.commands import Publish
    from editor.formats.replaced_texts import ReplacedTexts
    from editor.formats.report import Report
    from editor.store.desk import Desk

FORMATS = "site|api|bundle"
"""What the help says of the formats: it does not import them, which a test compares with it."""

_CHOSEN = 0.2
"""The share of an export when its stories are read and verified; then it is written."""


@click.command("export")
@click.argument("format_name", metavar=FORMATS, required=False)
@desk_option
@click.option("--out", type=OutPath(), help="A folder, or a file ….zip.")
@click.option("--to", default=None, metavar="NAME", help="Deliver to a target of the paper.")
@click.option("--yes", is_flag=True, help="With --to: send without asking.")
@force_option
@click.option(
    "--parts",
    default="",
    metavar="PART,…",
    help="Of a bundle: site,api,pictures,stories,history; site,api,stories if left out.",
)
@click.option("--stories", multiple=True, metavar="SLUG…", help="Only these; else all approved.")
@click.argument("more_stories", nargs=-1, metavar="")
@click.option("--generated-at", default=None, metavar="ISO", help="The export's time; else now.")
@click.option("--what-if", is_flag=True, help="No edition: how one would be at --generated-at.")
@click.option("--release", is_flag=True, help="Publish the exported stories: readers get them.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Who signs the edition.")
@click.option("--unsigned", is_flag=True, help="Nobody signs it, and it says so.")
@click.option("--list", "as_list", is_flag=True, help="Print each file that changed.")
@click.option("--diff", "diffs", multiple=True, metavar="FILE", help="Print what changed in it.")
@json_option
def export(
    format_name: str | None,
    desk_path: Path,
    out: Path | None,
    to: str | None,
    yes: bool,
    force: bool,
    parts: str,
    stories: tuple[str, ...],
    more_stories: tuple[str, ...],
    generated_at: str | None,
    what_if: bool,
    release: bool,
    person: str | None,
    unsigned: bool,
    as_list: bool,
    diffs: tuple[str, ...],
    as_json: bool,
) -> None:
    """Export approved stories; one that is not approved is refused by name.

    The same desk, --generated-at and signer give the same bytes. An export stays as it is, with
    its time, where only the time would be another one.

    --to NAME shows what would change at a target of the paper, then sends it if you say so.
    """
    if to is not None:
        others = (format_name, out, parts, stories, more_stories, generated_at, what_if, release)
        _check_alone(others, person)
        how = (not unsigned, force, yes, as_list, diffs, as_json)
        return export_to(ExportTo(desk_path, to, person or "", *how))
    if format_name is None or out is None or yes:
        raise click.UsageError(_("An export has a FORMAT and --out PATH, or --to NAME."))
    chosen = _chosen(stories, more_stories)
    _check_signer(person, unsigned=unsigned, release=release)
    at = parse_instant(generated_at) if generated_at else now()
    part_names = _read_parts(format_name, parts)
    wanted = _Wanted(format_name, out, force, chosen, at, what_if, person or "", part_names)
    texts = texts_of(diffs)
    report = None if release else _unchanged(desk_path, wanted)
    done = _Done(report) if report else _export(desk_path, wanted, texts, release=release)
    if as_json:
        say_json(_as_json(wanted, done.report) | {"published": done.published})
    else:
        _print(out, done.report)
        say_changes(done.report.difference, texts, as_list=as_list)
        _say_published(done, release=release)
    if done.problem:
        raise done.problem


class _Wanted(NamedTuple):
    """What is to be exported, how, where to, and who signs it; nobody is empty.

    `parts` are those of a bundle; other formats have none.
    """

    format_name: str
    out: Path
    force: bool
    slugs: list[str] | None
    at: datetime
    what_if: bool
    by: str
    parts: tuple[str, ...]

    @property
    def remembered_as(self) -> str:
        """The name under which such exports are remembered (`Exporter.remembered_as`)."""
        from editor.core.bundle_parts import remembered_name  # noqa: PLC0415  for `--help`

        return remembered_name(self.parts) if self.parts else self.format_name


class _Done(NamedTuple):
    """What was exported, how many stories were to be published and are, and what ended that."""

    report: Report
    to_publish: int = 0
    published: int = 0
    problem: EditorError | None = None


def _unchanged(desk_path: Path, wanted: _Wanted) -> Report | None:
    """What is said of an export of all stories that has nothing to do; None for any other.

    The desk is not opened, and what makes pages is not imported.
    """
    if wanted.slugs is not None or wanted.what_if:
        return None
    from editor.formats.unchanged import unchanged_report  # noqa: PLC0415  for `--help`
    from editor.store.exports.memory import ExportMemory  # noqa: PLC0415

    with closing(ExportMemory(desk_path)) as exports:
        record = exports.editions.find(wanted.remembered_as, wanted.by, wanted.at, now())
        if record is None:
            return None
        return unchanged_report(record, wanted.by, wanted.out, exports.targets)


def _export(
    desk_path: Path, wanted: _Wanted, texts: ReplacedTexts | None, *, release: bool
) -> _Done:
    """Write what is wanted, and publish it for a release; `texts` keeps what is replaced."""
    # `--help` needs none of these, which bring the renderer.
    from editor.formats.export import write_edition  # noqa: PLC0415
    from editor.formats.exporters import find_exporter  # noqa: PLC0415
    from editor.formats.output import output_for  # noqa: PLC0415

    out, by, force = wanted.out, wanted.by, wanted.force
    exporter = find_exporter(wanted.format_name, wanted.parts)
    with open_desk(desk_path, writes=release) as desk:
        targets = desk.exports.targets
        # Before a passphrase is asked for, and before all stories are verified.
        output_for(out, force=force, targets=targets).check()
        signer = with_key(desk, lambda: desk.signing_key(by)) if by else None
        with showing_progress() as progress:
            reading, writing = progress.part(0, _CHOSEN), progress.part(_CHOSEN, 1)
            with desk.read() as snapshot:
                edition = snapshot.edition(
                    wanted.slugs, wanted.at, what_if=wanted.what_if, progress=reading
                )
                commands = snapshot.releases(edition, by) if release else ()
            with output_for(out, force=force, targets=targets, replaced=texts) as output:
                report = write_edition(edition, exporter, output, writing, signer, by)
        return _Done(report, len(commands), *_publish(desk, commands, by))


def _check_alone(others: Iterable[object], person: str | None) -> None:
    """Raise UsageError for what a target says itself, and without who sends."""
    if any(others):
        raise click.UsageError(
            _(
                "With --to the target says the format and its parts, and gets all approved "
                "stories: leave FORMAT and all but --as, --unsigned, --yes, --list, --diff, "
                "--force, --json out."
            )
        )
    if not person:
        raise click.UsageError(_("--to needs --as PERSON, who sends and records it."))


def _chosen(stories: tuple[str, ...], more: tuple[str, ...]) -> list[str] | None:
    """Return the stories that were named, None for all. Raises UsageError."""
    if more and not stories:
        sentence = _("Unexpected words: {words}. Use --stories.")
        raise click.UsageError(sentence.format(words=" ".join(more)))
    return [*stories, *more] or None


def _read_parts(format_name: str, text: str) -> tuple[str, ...]:
    """Return the parts of a bundle, none for another format. Raises BadValue, UsageError."""
    if format_name == "bundle":
        from editor.core.bundle_parts import read_parts  # noqa: PLC0415  for `--help`

        return read_parts(text)
    if text:
        raise click.UsageError(_("Only a bundle has --parts."))
    return ()


def _publish(desk: Desk, commands: Sequence[Publish], by: str) -> tuple[int, EditorError | None]:
    """Publish what was exported; return how many were, and what ended it."""
    for done, command in enumerate(commands):
        try:
            run_command(desk, command, by)
        except EditorError as problem:
            return done, problem
    return len(commands), None


def _say_published(done: _Done, *, release: bool) -> None:
    if not release:
        return
    if done.published == done.to_publish:
        say(plural("{n} story published.", "{n} stories published.", done.published))
    else:
        sentence = _("{n} of {all} stories published. The files have all.")
        say(sentence.format(n=done.published, all=done.to_publish))


def _check_signer(person: str | None, *, unsigned: bool, release: bool) -> None:
    """Raise UsageError unless exactly one says who signs, and a release is signed."""
    if release and not person:
        raise click.UsageError(_("--release needs --as PERSON, who publishes the stories."))
    if bool(person) == unsigned:
        raise click.UsageError(
            _(
                "An edition is signed, or it says that it is not: add --as PERSON, whose key signs "
                "it, or --unsigned."
            )
        )


def _as_json(wanted: _Wanted, report: Report) -> dict[str, object]:
    edition, difference = report.edition, report.difference
    return {
        "format": wanted.format_name,
        "out": str(wanted.out),
        "files": report.files,
        "start": edition.start,
        "generated_at": _standing_instant(wanted),
        "stories": list(edition.stories),
        "withdrawn": list(edition.withdrawn),
        "signed_by": report.signed_by or None,
        "what_if": wanted.what_if,
        "notices": list(edition.notices),
    } | changes_json(difference)


def _standing_instant(wanted: _Wanted) -> str:
    """Return when the edition at the target was made: that of an earlier one may stay."""
    from editor.formats.earlier_zip import EarlierZip  # noqa: PLC0415  for `--help`
    from editor.formats.edition_document import instant_of  # noqa: PLC0415
    from editor.formats.paths import EDITION, is_zip_name  # noqa: PLC0415

    if not is_zip_name(wanted.out):
        return instant_of((wanted.out / EDITION).read_bytes())
    with EarlierZip(wanted.out) as there:
        return instant_of(there.read(EDITION) or b"")


def _print(out: Path, report: Report) -> None:
    # `--help` does not need these.
    from editor.formats.paths import is_zip_name  # noqa: PLC0415
    from editor.formats.report import (  # noqa: PLC0415
        contents_text,
        difference_sentence,
        left_out_sentences,
        signature_sentence,
    )

    edition = report.edition
    files = plural("{n} file", "{n} files", report.files)
    stories = contents_text(edition)
    is_same = report.difference.is_nothing
    written = _("Wrote {files} with {stories} to {out}.")
    sentence = _("{out} has {files} with {stories}.") if is_same else written
    say(sentence.format(files=files, stories=stories, out=out))
    say(difference_sentence(report.difference))
    if edition.start:
        if is_zip_name(out):
            sentence = _("Unpack {zip} and open {page}")
            say(sentence.format(zip=out, page=edition.start))
        else:
            say(_("Open {page}").format(page=out / edition.start))
    say(signature_sentence(report))
    for notice in (*edition.notices, *left_out_sentences(edition.left_out)):
        say(notice)
