"""kuroshio run."""

from pathlib import Path
from typing import Any

import click

from game.cli.common import MISUSE, document, fail, plainly, talk
from game.words import say


@click.command("run")
@click.argument("scenario")
@click.option(
    "--variant", "variants", multiple=True, metavar="NAME", help="A switch of the scenario; may be given several times."
)
@click.option("--seed", type=click.IntRange(0, 2**64 - 1), required=True, help="The seed of all chance.")
@click.option(
    "--policy",
    default="doctrine",
    show_default=True,
    metavar="random|doctrine|lookahead|script:FILE",
    help="Who plays the agencies.",
)
@click.option("--journal", type=click.Path(path_type=Path), help="Write the run as a journal to this new file.")
@click.option("--orders", type=click.Path(path_type=Path), help="Write the orders given to this file, for script:FILE.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document in place of the chronicle.")
@plainly
def command(scenario: str, variants: tuple[str, ...], seed: int, policy: str, journal: Path | None, orders: Path | None,
            as_json: bool) -> None:  # fmt: skip
    """Play a scenario without people and tell what came of it.

    \b
    Examples:
      kuroshio run airspace-2024 --seed 7
      kuroshio run airspace-2024 --variant authority --seed 7 --policy random --json
    """
    from game.play.allowed import computers
    from game.play.playout import Player, policies_for, read_script, report, written_script
    from game.scenario.library import playable

    game = playable(scenario, variants)
    script = None
    if policy.startswith("script:"):
        script = read_script(read_text(Path(policy.removeprefix("script:"))), policy.removeprefix("script:"))
        policy = script.others
    elif policy not in computers(game):
        fail(say("'{policy}' is no policy. Choose random, doctrine, lookahead or script:FILE.", policy=policy), MISUSE)
    run = Player(game, policies_for(game, policy, script)).run(seed, script)
    if run.refused:
        talk(say("Orders of the script that could not be given, and were left out:"))
        for sentence in run.refused:
            talk(f"  {sentence}")
    if journal is not None:
        keep(run, journal)
        talk(say("Journal written: {path}", path=journal))
    if orders is not None:
        with orders.open("x", encoding="utf-8", newline="\n") as file:
            file.write(written_script(game, given(run)))
        talk(say("Orders written: {path}", path=orders))
    if as_json:
        document(report(run))
    else:
        from game.play.chronicle import of_run

        click.echo(of_run(run))


def read_text(path: Path) -> str:
    """The text of a file of orders. Raises *ScriptProblem* when it is not UTF-8."""
    from game.play.playout import ScriptProblem

    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScriptProblem(say("{path} is not UTF-8 text.", path=path)) from error


def given(run: Any) -> list[tuple[Any, ...]]:
    """The orders of each turn of a run."""
    from game.core.orders import given_orders

    return [given_orders(run.game, state.row) for state in run.states[1:]]


def keep(run: Any, path: Path) -> None:
    """Write a run as the journal of a session in which every seat was a computer's."""
    from game.play.journal import Journal
    from game.play.session import Session

    with Journal.create(path) as journal:
        session = Session.begin(run.game, {a.id: "doctrine" for a in run.game.agencies}, seed=run.seed, journal=journal)
        for orders in given(run):
            session.record(orders)
