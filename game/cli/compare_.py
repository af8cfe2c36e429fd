"""kuroshio compare."""

from collections.abc import Sequence
from typing import Any

import attrs
import click

from game.cli.common import document, plainly, talk
from game.play.columns import lines_of
from game.words import say


@click.command("compare")
@click.argument("scenario")
@click.option(
    "--arm",
    "--variant",
    "arms",
    multiple=True,
    metavar="NAME[+NAME]",
    help="A variant to compare, or several at once; each variant alone when none is given.",
)
@click.option("--runs", type=click.IntRange(2, 1_000_000), default=1000, show_default=True, help="Runs of each arm.")
@click.option(
    "--policy", type=click.Choice(["doctrine", "random"]), default="doctrine", show_default=True, help="Who plays."
)
@click.option("--pair", default="", metavar="SIDE.SIDE", help="The sides whose rungs and risk are measured.")
@click.option(
    "--measure",
    "names",
    multiple=True,
    metavar="NAME",
    help="A track or one of its cells, such as climate or climate.jp.cn: its value at the end. May be given often.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@plainly
def command(scenario: str, arms: tuple[str, ...], runs: int, policy: str, pair: str, names: tuple[str, ...],
            as_json: bool) -> None:  # fmt: skip
    """Play variants of a scenario with paired seeds and print what each changes, with 95 % intervals.

    \b
    Examples:
      kuroshio compare airspace-2024
      kuroshio compare airspace-2024 --arm authority --arm authority+no_gate --runs 2000
      kuroshio compare airspace-2024 --arm no_hotline --pair jp.cn --measure climate --measure crossings.jp
    """
    from game.play.compare import compared
    from game.scenario.library import load, playable

    chosen = arms or load(scenario).variants
    games = [(say("as it is"), playable(scenario)), *((name, playable(scenario, name.split("+"))) for name in chosen)]
    talk(
        say(
            "{runs} runs of each of {count} arms, paired by seed, played by '{policy}' ...",
            runs=runs,
            count=len(games),
            policy=policy,
        )
    )
    found = compared(games, policy, runs, pair, names)
    if as_json:
        told = {"schema": "kuroshio.compare.2", "scenario": scenario, "runs": runs, "policy": policy}
        document({**told, **attrs.asdict(found)})
        return
    click.echo("\n".join(told_of(found, games[0][1])))


def told_of(found: Any, game: Any) -> list[str]:
    """A comparison as lines of text."""
    head = say("Sides: {one} and {other} ({pair}). Peak rung and cumulated risk are counted after the opening, from turn "
               "{first} of {turns} on.", one=found.sides[0], other=found.sides[1], pair=found.pair,
               first=found.opening + 1, turns=len(game.turns))  # fmt: skip
    unit = game.tracks["risk"].unit
    titles = {
        "peak_rung": say("Peak rung"),
        "cumulated_risk": say("Cumulated risk, {unit}", unit=unit),
        "final_risk": say("Risk at the end, {unit}", unit=unit),
    }
    names = dict(zip(game.mechanisms, game.mechanism_names, strict=True))
    tables = [of_measure(found.arms, measure, title) for measure, title in titles.items()]
    tables += [of_rungs(found.arms), of_calls(found.arms, names)]
    tables += [of_ends(arm, found.arms[0]) for arm in found.arms if arm.ends]
    lines = [head]
    for rows in tables:
        lines += ["", *lines_of(rows)]
    return [*lines, "", *notes()]


def of_measure(arms: Sequence[Any], measure: str, title: str) -> list[list[str]]:
    """Mean and median of a measure in each arm, and how they differ from the first."""
    rows = [[title, say("mean"), say("median"), say("runs lower / same / higher")]]
    for number, arm in enumerate(arms):
        value = arm.values[measure]
        rows.append([arm.name, mean_text(value.mean), median_text(value.median), ""])
        if number:
            apart = arm.differences[measure]
            runs = f"{apart.lower} / {apart.same} / {apart.higher}"
            rows.append([say("  difference"), mean_text(apart.mean, "+"), median_text(apart.median, "+"), runs])
    return rows


def of_rungs(arms: Sequence[Any]) -> list[list[str]]:
    """How many runs reached each rung that any run reached."""
    rungs = [rung for rung in range(1, len(arms[0].reached) + 1) if any(arm.reached[rung - 1] for arm in arms)]
    rows = [[say("% of runs that reached rung"), *(f"{rung}+" for rung in rungs), say("peak in first counted turn")]]
    for arm in arms:
        shares = (*(arm.reached[rung - 1] for rung in rungs), arm.at_once)
        rows.append([arm.name, *(f"{100 * share:.1f}" for share in shares)])
    return rows


def of_calls(arms: Sequence[Any], names: dict[str, str]) -> list[list[str]]:
    """How often each mechanism that was used at all was asked for, answered, refused, left unanswered."""
    rows = [[say("Calls in a run"), say("asked"), say("answered"), say("refused"), say("unanswered")]]
    for mechanism, name in names.items():
        if any(sum(arm.calls[mechanism].values()) for arm in arms if mechanism in arm.calls):
            rows.append([name])
            rows += [
                [f"  {arm.name}", *(f"{mean:.2f}" for mean in arm.calls.get(mechanism, {}).values())] for arm in arms
            ]
    return rows


def of_ends(arm: Any, first: Any) -> list[list[str]]:
    """The values at the end of one arm, a row for each cell, and of a mark for each word."""
    rows = [[say("At the end: {arm}", arm=arm.name), "", say("mean"), *([] if arm is first else [say("difference")])]]
    for end in arm.ends:
        name = f"  {end.name} = {end.word}" if end.word else f"  {end.name}"
        rows.append([name, end.unit, mean_text(end.value), *([] if arm is first else [mean_text(end.difference, "+")])])
    return rows


def notes() -> tuple[str, ...]:
    """What the signs of the tables mean."""
    return (
        say("Intervals hold 95 %: of means by 1.96 standard errors, of medians by the sign test (Conover 1999, 3.2)."),
        say("A difference is to the first arm, run by run; its median need not be the difference of the two medians."),
        say("* marks an interval that leaves out 0."),
    )


def mean_text(value: Any, sign: str = "") -> str:
    """A mean with its interval; a difference with its sign and its star."""
    return f"{value.value:{sign}.2f} \u00b1 {value.half:.2f}{star(value, sign)}"


def median_text(value: Any, sign: str = "") -> str:
    """A median with its interval."""
    ends = "-" if value.low is None else f"{plain(value.low, sign)} .. {plain(value.high, sign)}"
    return f"{plain(value.value, sign)} [{ends}]{star(value, sign)}"


def plain(number: float, sign: str) -> str:
    """A median, which is a whole number or half of one; 0 has no sign."""
    return f"{number:{sign}.1f}".removesuffix(".0") if number else "0"


def star(value: Any, sign: str) -> str:
    """The mark of a difference whose interval leaves out 0."""
    return (" *" if value.clear else "  ") if sign else ""
