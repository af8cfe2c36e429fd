"""The command line: each command in a module of its own, loaded only when it is called."""

import importlib
import sys

import click

from game import __version__
from game.words import say

COMMANDS = {
    "play": "Play a scenario with people: in a window, or in the terminal.",
    "list": "List the scenarios: id, title, seats, turns, variants.",
    "check": "Check scenario folders and report every mistake.",
    "run": "Play a scenario without people.",
    "compare": "Play variants of a scenario with paired seeds and print what they change.",
    "forecast": "Play ahead from a moment many times and print what may come.",
    "replay": "Recompute a journal and compare each turn with the record.",
    "why": "Explain why a number moved in a turn of a journal.",
    "manual": "Print the rules reference, generated from the shelf.",
}
"""Command -> its one line of help. The module of the same name in this package holds it."""

EXIT_CODES = "Exit codes: 0 fine, 1 the thing checked has problems, 2 wrong use, 3 cannot read or write."


class Commands(click.Group):
    """A group that loads a command's module when the command is called, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command with this name, or None."""
        if name not in COMMANDS:
            return None
        found = importlib.import_module(f"game.cli.{name}_").command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, naming the nearest command for a misspelt one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, 1)
            hint = say(" Did you mean '{close}'?", close=close[0]) if close else ""
            raise click.UsageError(say("There is no command '{name}'.{hint}", name=args[0], hint=hint), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without loading any."""
        with formatter.section(say("Commands")):
            formatter.write_dl([(name, say(line)) for name, line in COMMANDS.items()])


@click.command(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]},
               epilog=EXIT_CODES)  # fmt: skip
@click.version_option(__version__, "-V", "--version", prog_name="kuroshio")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Kuroshio: a crisis-management wargame for the East China Sea. Without a command it plays.

    \b
    Examples:
      kuroshio play airspace-2024
      kuroshio run airspace-2024 --seed 7 --policy doctrine --json
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if ctx.invoked_subcommand is None:
        play = main.get_command(ctx, "play")
        assert play is not None
        ctx.invoke(play)
