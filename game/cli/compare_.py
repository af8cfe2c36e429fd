"""kuroshio compare."""

import attrs
import click

from game.cli.common import document, plainly, talk
from game.words import say


@click.command("compare")
@click.argument("scenario")
@click.option(
    "--variant", "variants", multiple=True, metavar="NAME", help="A variant to compare; all of them when none is given."
)
@click.option(
    "--runs", type=click.IntRange(2, 1_000_000), default=1000, show_default=True, help="Runs of each variant."
)
@click.option(
    "--policy", type=click.Choice(["doctrine", "random"]), default="doctrine", show_default=True, help="Who plays."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@plainly
def command(scenario: str, variants: tuple[str, ...], runs: int, policy: str, as_json: bool) -> None:
    """Play variants of a scenario with paired seeds and print what each changes, with 95 % intervals.

    \b
    Examples:
      kuroshio compare airspace-2024
      kuroshio compare airspace-2024 --variant authority --variant no_gate --runs 2000
    """
    from game.play.compare import MEASURES, compared
    from game.scenario.library import load, playable

    names = variants or load(scenario).variants
    games = [(say("as it is"), playable(scenario)), *((name, playable(scenario, (name,))) for name in names)]
    talk(
        say(
            "{runs} runs of each of {count} variants, paired by seed, played by '{policy}' ...",
            runs=runs,
            count=len(games),
            policy=policy,
        )
    )
    arms = compared(games, policy, runs)
    if as_json:
        told = {"schema": "kuroshio.compare.1", "scenario": scenario, "runs": runs, "policy": policy}
        document({**told, "measures": list(MEASURES), "arms": [attrs.asdict(arm) for arm in arms]})
        return
    width = max(len(arm.name) for arm in arms)
    click.echo("  ".join([" " * width, *(f"{measure:>24}" for measure in MEASURES)]))
    for number, arm in enumerate(arms):
        cells = [f"{v.mean:10.2f} \u00b1 {v.half:5.2f}" for v in arm.values]
        click.echo("  ".join([f"{arm.name:<{width}}", *(f"{cell:>24}" for cell in cells)]))
        if number:
            cells = [f"{d.mean:+10.2f} \u00b1 {d.half:5.2f}{' *' if d.clear else '  '}" for d in arm.differences]
            click.echo("  ".join([f"{say('  difference'):<{width}}", *(f"{cell:>24}" for cell in cells)]))
    click.echo(
        say(
            "Risk in tenths of a point, first pair of sides. The difference is to the first line, run by run; "
            "* marks an interval that leaves out 0."
        )
    )
