"""`stonehand serve`: try an export in a browser before it goes out."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import OutPath
from editor.cli.printing import one_line, say
from editor.i18n import _

_API = "v1/index.json"


@click.command("serve")
@click.argument("path", metavar="PATH", type=OutPath())
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 takes any that is free.",
)
@click.option("--open", "in_browser", is_flag=True, help="Open the address in the browser.")
def serve(path: Path, port: int, in_browser: bool) -> None:
    """Serve the export PATH, a folder or a zip file, to this computer only, until Ctrl+C.

    Open pages reload when the export changes. Nothing is written, and a zip file not unpacked.
    """
    # The server and its libraries, which the help does not need.
    from editor.formats.bundle.bag import README  # noqa: PLC0415
    from editor.serving.served_zip import open_served  # noqa: PLC0415
    from editor.serving.server import address_of, make_server, take_port  # noqa: PLC0415

    files = open_served(path)
    with take_port(port) as taken:
        address = address_of(taken)
        say(address)
        if not files.is_export:
            say(
                _("{path} is not an export of Stonehand; it is served as it is.").format(
                    path=one_line(path)
                )
            )
        elif files.has(_API):
            say(_("The API begins at {address}.").format(address=address + _API))
        elif files.has(README):
            say(_("The bundle begins at {address}.").format(address=address + README))
        say(_("Only this computer reaches it. Ctrl+C ends it."))
        if in_browser:
            click.launch(address)
        make_server(files, taken.getsockname()[1]).run(sockets=[taken])
