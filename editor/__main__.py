"""The program's entry point: opens the window, or runs a verb of the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from editor.places import split_desks


def main() -> int:
    """Open the window on the desk and the files that are named; else run a verb."""
    arguments = sys.argv[1:]
    if getattr(sys, "frozen", False):
        from editor.frozen import CALL, prepare_environment  # noqa: PLC0415  of a built program

        prepare_environment(os.environ)
        if arguments[:1] == [CALL]:
            from editor.processes import run_call  # noqa: PLC0415  as above

            return run_call(arguments[1:])
    try:
        return _finish(_run(arguments))
    except Exception as error:
        from editor.cli.language import follow_environment  # noqa: PLC0415  of a start that fails
        from editor.errors import EditorError, refused_by_system  # noqa: PLC0415  as above

        follow_environment()
        problem = error if isinstance(error, EditorError) else refused_by_system(error)
        if problem is None:
            raise
        # There is no window yet that could show it.
        print(f"{problem.sentence} {problem.hint}", file=sys.stderr)
        return 1


def _run(arguments: list[str]) -> int:
    """Do what the arguments ask for. Raises EditorError where no window can show it."""
    link = _link_of(arguments)
    if not link:
        arguments = _without_addresses(arguments)
    paths = [] if link else _paths_to_open(arguments)
    if arguments and not paths and not link:
        from editor.garbage import while_importing  # noqa: PLC0415  as above

        with while_importing():
            from editor.cli import main as command_line  # noqa: PLC0415  the window does not need it

        return command_line(arguments)
    from editor.display import has_display, no_display  # noqa: PLC0415  as above

    if not has_display():
        from editor.cli.language import follow_environment  # noqa: PLC0415  as above

        follow_environment()
        raise no_display()
    from editor.gui.start import run  # noqa: PLC0415  verbs do not need Qt

    desks, files = split_desks(paths)
    return run(desks[0] if desks else None, files, link)


def _without_addresses(arguments: list[str]) -> list[str]:
    """Return the arguments with paths for addresses of files, which some file managers give.

    Raises BadInput for an address of another computer. What follows a verb is the verb's.
    """
    if not any(argument[:5].lower() == "file:" for argument in arguments):
        return arguments
    from editor.cli.language import follow_environment  # noqa: PLC0415  as above
    from editor.cli.verbs import VERBS  # noqa: PLC0415  as above
    from editor.file_address import is_file_address, read_file_address  # noqa: PLC0415  as above

    if arguments[0] in VERBS or arguments[0].startswith("-"):
        return arguments
    follow_environment()
    return [
        str(read_file_address(argument)) if is_file_address(argument) else argument
        for argument in arguments
    ]


def _paths_to_open(arguments: list[str]) -> list[Path]:
    """Return the desk and the files that the arguments are: as a file manager gives them.

    Nothing where they are a command: a verb, an option, or a path that is not there.
    """
    paths = [Path(argument).absolute() for argument in arguments]
    if not paths or arguments[0].startswith("-") or not all(map(_is_there, paths)):
        return []
    if not arguments[0].replace("-", "").isalpha():
        return paths
    from editor.cli.verbs import VERBS  # noqa: PLC0415  a desk may be called like a verb

    return [] if arguments[0] in VERBS else paths


def _link_of(arguments: list[str]) -> str:
    """Return the link that a browser or a mail program gives, alone; nothing where it is none."""
    if len(arguments) != 1 or ":" not in arguments[0]:
        return ""
    from editor.story_link import is_link  # noqa: PLC0415  hardly any start is by a link

    return arguments[0] if is_link(arguments[0]) else ""


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _finish(code: int) -> int:
    """Return the exit code, having written what is left to print.

    Where that fails Python would try again on its way out, and end with a code of its own.
    """
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code or 1
    return code


if __name__ == "__main__":
    sys.exit(main())
