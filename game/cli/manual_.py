"""kuroshio manual."""

import click

from game.cli.common import plainly


@click.command("manual")
@plainly
def command() -> None:
    """Print the rules reference, generated from the shelf.

    \b
    Examples:
      kuroshio manual
      kuroshio manual > manual.md
    """
    from game.scenario.manual import manual

    click.echo(manual(), nl=False)
