"""`stonehand key`: a person's public key, for a chief to add to the masthead."""

from __future__ import annotations

from pathlib import Path

import click

from editor.core.people import Person, Role
from editor.errors import BadInput
from editor.files import write_file
from editor.i18n import _
from editor.trust.keyring import choose_key_store, ensure_key


@click.command("key")
@click.option("--person", "name", required=True, metavar="NAME", help="Your name.")
@click.option("--out", default=None, type=click.Path(path_type=Path), help="A file to send.")
def key(name: str, out: Path | None) -> None:
    """Print your public key as one line; it is created at the first use."""
    person = Person(name, Role.JOURNALIST).name
    store = choose_key_store()
    line = ensure_key(store, person).public.line(person)
    if out is None:
        click.echo(line)
    else:
        _write(out, line)
        sentence = _("Wrote the public key of {person} to {file}. Send it to the chief.")
        click.echo(sentence.format(person=person, file=out))
    click.echo(_("The private key stays {place}.").format(place=store.about), err=True)


def _write(out: Path, line: str) -> None:
    try:
        write_file(out, f"{line}\n".encode())
    except OSError as error:
        sentence = _("{file} can't be written: {reason}.")
        raise BadInput(
            sentence.format(file=out, reason=error.strerror), _("Choose another file.")
        ) from None
