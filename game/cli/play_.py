"""kuroshio play."""

from collections.abc import Mapping
from pathlib import Path

import click

from game.cli.common import MISUSE, fail, plainly
from game.words import say


@click.command("play")
@click.argument("scenario", required=False)
@click.option(
    "--variant", "variants", multiple=True, metavar="NAME", help="A switch of the scenario; may be given several times."
)
@click.option(
    "--journal",
    type=click.Path(path_type=Path),
    help="The file that keeps the session. If it exists, play goes on there.",
)
@click.option("--seed", type=click.IntRange(0, 2**64 - 1), help="The seed of all chance; drawn when left out.")
@click.option(
    "--seat",
    "seats",
    multiple=True,
    metavar="AGENCY[+AGENCY]=PLAYER",
    help="Who plays an agency: person, doctrine, lookahead or random. One person holds those joined by a plus.",
)
@click.option(
    "--orders",
    type=click.Path(path_type=Path),
    help="Write the orders given to this file, for 'run --policy script:FILE'; in the terminal.",
)
@click.option("--terminal", is_flag=True, help="Play in the terminal; without a display that is what happens anyway.")
@plainly
def command(scenario: str | None = None, variants: tuple[str, ...] = (), journal: Path | None = None, seed: int | None = None,
            seats: tuple[str, ...] = (), orders: Path | None = None, terminal: bool = False) -> None:  # fmt: skip
    """Play a scenario with people: hot-seat, in a window or in the terminal.

    \b
    Examples:
      kuroshio play airspace-2024
      kuroshio play airspace-2024 --terminal
      kuroshio play airspace-2024 --variant no_gate --seat jp_mofa=person --seat cn_mfa=person
      kuroshio play airspace-2024 --seat jp_mofa+jp_mod=person
      kuroshio play --journal session.kuroshio
    """
    chosen = {}
    for one in seats:
        agency, _, player = one.partition("=")
        if not player:
            fail(say("--seat is written AGENCY=PLAYER, such as jp_mofa=person; '{one}' is not.", one=one), MISUSE)
        chosen[agency] = player
    if not terminal and orders is None:
        code = in_window(scenario, variants, journal, seed, chosen)
        if code is not None:
            raise SystemExit(code)
    from game.terminal.play import play

    raise SystemExit(play(scenario, variants, journal=journal, seed=seed, seats=chosen or None, orders_out=orders))


def in_window(scenario: str | None, variants: tuple[str, ...], journal: Path | None, seed: int | None,
              seats: Mapping[str, str]) -> int | None:  # fmt: skip
    """Play in a window; the exit code, or None after saying in a line that there is no display."""
    from game.window.display import NoDisplay, ask

    try:
        # Asked first: without a display neither pygame nor the scenario need be read here.
        ask()
        from game.window.play import play

        return play(scenario, variants, journal=journal, seed=seed, seats=seats or None)
    except NoDisplay as reason:
        click.echo(say("No window can be opened ({reason}); going on in the terminal.", reason=reason), err=True)
        return None
