"""The command line. Heavy libraries are imported by the command that needs them, so that ``--help`` answers at once.

The commands stand in ``flows.commands``, a file a subject; what each exit status means stands in ``flows.exits``.
"""

from __future__ import annotations

import os
import traceback
from typing import Any

import click

from flows.commands.asking import report, sql, status
from flows.commands.loading import forget, run, serve, watch
from flows.commands.quarantine import quarantine
from flows.commands.reading import evaluate, explain, extract
from flows.commands.resolving import resolve
from flows.exits import INTERRUPTED, MEANINGS, OURS, REFUSED, TERMINATED, WRONG_USE, Failure, Terminated

NUMBERS = ("PLEDGEBOOK_PARSE_SECONDS", "PLEDGEBOOK_PARSE_MEMORY_MB", "PLEDGEBOOK_PARSE_INPUT_MB")
"""Settings of the environment that are numbers (docs/quarantine.md): better said here than with a traceback later."""
REFUSALS = {"SuiteFailed", "SourceRefused"}
"""Errors that mean: a check refused to publish."""


class Commands(click.Group):
    """Commands whose errors end in one clear line instead of a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; an error that a person can mend becomes a message and an exit status."""
        try:
            return super().invoke(context)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except KeyboardInterrupt as error:
            raise Failure("Stopped by Ctrl-C; what was loaded stays, the next run goes on", INTERRUPTED) from error
        except Terminated as error:
            raise Failure("Stopped by SIGTERM; what was loaded stays, the next run goes on", TERMINATED) from error
        except _ours() as error:
            raise Failure(str(error), REFUSED if type(error).__name__ in REFUSALS else WRONG_USE) from error
        except Exception as error:  # the flow's edge: a person gets a line, and what we need to mend it
            traceback.print_exc()
            said = f"{type(error).__name__}: {error}. This is a mistake of ours: please report it with the lines above"
            raise Failure(said, OURS) from error

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Say at the end of ``--help`` what the exit statuses mean."""
        with formatter.section("Exit status"):
            formatter.write_dl([(str(number), meaning) for number, meaning in MEANINGS.items()])


def _ours() -> type[Exception]:
    """Give our root error; only asked for once something went wrong, because schemas take most of a second."""
    from schemas.errors import PledgebookError

    return PledgebookError


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pledgebook")
def main() -> None:
    """Read documents into agreements, funding, actors and commitments, each row with the words that prove it."""
    for name in NUMBERS:
        told = os.environ.get(name, "1")
        if not told.replace(".", "", 1).isdigit():
            raise Failure(f"{name} is {told!r}, which is no number. Set it to one, or unset it", WRONG_USE)


for command in (evaluate, explain, extract, forget, quarantine, report, resolve, run, serve, sql, status, watch):
    main.add_command(command)
