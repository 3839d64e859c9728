"""The command line: one small file a verb, over the same desk as the window.

Exit codes: 0 success; 1 a known problem, printed as one sentence and a hint on
stderr; 2 wrong usage; 70 a bug; 128 and the signal's number where one ended it, so
130 after Ctrl+C and 143 after `kill`.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

import click

from editor import __version__
from editor.cli.language import follow_environment, in_language
from editor.cli.printing import one_line, output_problem, say
from editor.cli.verbs import VERBS
from editor.crash_reports import noted_refusal, save_crash_report
from editor.errors import Cancelled, EditorError, NotFound
from editor.i18n import _
from editor.log import start_log


class _Verbs(click.Group):
    """A click group that imports a verb when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            if cmd_name.endswith(".desk") or os.sep in cmd_name:
                raise NotFound(
                    _("There is no desk at {path}.").format(path=cmd_name),
                    _("`stonehand DESK` opens one in the window; `stonehand new DESK` makes one."),
                )
            return None
        return in_language(VERBS[cmd_name].load())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(verb.about)) for name, verb in VERBS.items()])


_HELP = ["-h", "--help"]

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

_SIGNALLED = 128
"""The exit code of a verb that a signal ended, less the signal's number, as in a shell."""


@click.group(
    cls=_Verbs,
    no_args_is_help=True,
    context_settings={"help_option_names": _HELP, "max_content_width": 100},
)
@click.version_option(__version__, message="Stonehand %(version)s")
def stonehand() -> None:
    """A desktop newsroom editor. Without a verb, or with only a DESK, the window opens."""


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; problems are printed on stderr."""
    code = 1
    with _ending_cleanly() as heard:
        code = _run(arguments, heard)
    if not heard:
        return code
    say(_("Stopped. What was not finished was left as it was."), err=True)
    return _SIGNALLED + heard[0]


@contextmanager
def _ending_cleanly() -> Iterator[list[int]]:
    """Let the first signal that ends the process unwind it, as Ctrl+C does; give its number.

    What is half written is removed on the way out, so a second signal does not
    cut that short.
    """
    heard: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if not heard:
            heard.append(number)
            # What it cuts off, as a ZIP file between two members, complains when it is collected.
            sys.unraisablehook = _say_nothing
            raise KeyboardInterrupt

    before = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, stop)
    try:
        with suppress(KeyboardInterrupt):  # what is left to do is to say so
            yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say_nothing(_cut_off: object) -> None:
    """Take no notice: the process is on its way out."""


def _remove_leftovers() -> None:
    from editor.janitor import clean_up  # noqa: PLC0415  brings the whole store
    from editor.settings import load_settings  # noqa: PLC0415

    clean_up(load_settings()[0])


def _run(arguments: Sequence[str], heard: Sequence[int]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    follow_environment()
    try:
        if arguments and arguments[0] in VERBS and arguments[-1] not in _HELP:
            start_log()
            _remove_leftovers()
        program = in_language(stonehand)
        outcome = program.main(args=list(arguments), prog_name="stonehand", standalone_mode=False)
    except EditorError as error:
        return _refuse(error)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt, Cancelled):
        if not heard:
            say(_("Cancelled; nothing was changed."), err=True)
        return 1
    except Exception as error:  # noqa: BLE001  anything else is a bug
        # Raised on the way out, as by a ZIP file that is closed half written: no bug.
        return 1 if heard else _report(error)
    return outcome if isinstance(outcome, int) else 0


def _refuse(error: EditorError) -> int:
    say(one_line(f"{error.sentence} {error.hint}".rstrip()), err=True)
    return 1


def _report(error: Exception) -> int:
    if (problem := noted_refusal(error)) is not None:
        return _refuse(problem)
    # Help and the version are printed by click.
    if isinstance(error, OSError) and error.errno in _NO_ROOM and error.filename is None:
        return _refuse(output_problem(error))
    path = save_crash_report(type(error), error, error.__traceback__)
    sentence = _("Stonehand has a bug here ({error}).").format(error=type(error).__name__)
    report = _(" A report without story text is in {path}.").format(path=path) if path else ""
    say(sentence + report, err=True)
    return 70
