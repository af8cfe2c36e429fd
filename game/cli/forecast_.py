"""kuroshio forecast."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import click

from game.cli.common import MISUSE, document, fail, plainly, talk
from game.cli.seat import admitted, named
from game.play.columns import lines_of
from game.words import say

SHARES = 0.0005
"""Rungs that fewer runs reach are left out of the table; the document has them all."""


@click.command("forecast")
@click.argument("played", metavar="JOURNAL|SCENARIO")
@click.option(
    "--runs", type=click.IntRange(2, 100_000), default=2000, show_default=True, help="How many continuations."
)
@click.option("--turns", type=click.IntRange(1, 200), default=6, show_default=True, help="How many turns ahead.")
@click.option(
    "--as", "agency", metavar="AGENCY", help="What this seat can forecast from what it knows; asks for its PIN."
)
@click.option("--order", "added", multiple=True, metavar="ACTION:CHOICE",
              help="An order to be given beside those drafted, as in files of orders; may be given often.")  # fmt: skip
@click.option(
    "--at", "turn", type=click.IntRange(1), help="From the beginning of this turn; the present one if left out."
)
@click.option(
    "--variant", "variants", multiple=True, metavar="NAME", help="A switch of the scenario; may be given often."
)
@click.option("--control", is_flag=True, help="From all that is so, before the end; asks for control's PIN.")
@click.option("--pin", help="The PIN, where one was set.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@plainly
def command(played: str, runs: int, turns: int, agency: str | None, added: tuple[str, ...], turn: int | None,
            variants: tuple[str, ...], control: bool, pin: str | None, as_json: bool) -> None:  # fmt: skip
    """What may come: many continuations, played by the computer from a moment on.

    With --as only what the seat knows is used; the rest is guessed by the scenario's priors. The first turn is played
    with the orders drafted, and for each order it is told what it changes.

    \b
    Examples:
      kuroshio forecast airspace-2024
      kuroshio forecast session.kuroshio --as jp_mod --order call:call
      kuroshio forecast trawler-2010 --as jp_kantei --turns 10 --json
    """
    from game.play.batch import Batch
    from game.play.forecast import Ahead
    from game.play.supposed import everything, known, rows_for, supposed

    session = opened(played, variants, agency, control, pin)
    moment = before(session, turn)
    state, history = moment
    game = session.game
    agencies = session.together(agency) if agency else tuple(person.id for person in game.agencies)
    orders = [*drafted(session, agencies, turn), *read(added, agency)]
    refused(session, state, orders)
    talk(say("{runs} continuations, played by doctrine ...", runs=runs))
    begun = time.perf_counter()
    batch = Batch(game, ("doctrine",) * len(game.agencies))
    compiled = time.perf_counter()
    rows = rows_for(batch, runs)
    ground = supposed(batch, known(game, history, state, agencies), rows) if agency else everything(state)
    giving = agencies if agency else tuple(dict.fromkeys(order.agency for order in orders))
    ahead = Ahead(batch, ground, giving, turns)
    found = ahead.forecast(orders, runs, orders)
    spent = {"seconds": round(time.perf_counter() - compiled, 4), "preparing": round(compiled - begun, 4)}
    if as_json:
        document({"schema": "kuroshio.forecast.1", "scenario": game.id, "variants": list(game.variants), "as": agency,
                  **told(found), **spent})  # fmt: skip
        return
    click.echo("\n".join(lines(game, found, agency)))


# ---- what is asked
def opened(played: str, variants: Sequence[str], agency: str | None, control: bool, pin: str | None) -> Any:
    """The session of a journal, or one of a scenario that has not begun."""
    from game.play.journal import Journal
    from game.play.session import Session, rebuilt
    from game.scenario.library import playable

    path = Path(played)
    if not path.is_file():
        session = Session.begin(playable(played, tuple(variants)), {}, seed=0)
        named(session, agency)
        return session
    if variants:
        fail(say("A journal keeps its own variants; leave out --variant."), MISUSE)
    session = rebuilt(Journal.read(path))
    otherwise = say("The session goes on. Forecast for one agency with --as, or as control with --control.")
    admitted(session, agency, control, pin, otherwise)
    return session


def before(session: Any, turn: int | None) -> tuple[Any, Sequence[Any]]:
    """The state at the beginning of a turn, and the turns before it."""
    played = len(session.history)
    if turn is None or turn == played + 1:
        if session.ended is not None:
            fail(say("The session has ended. Name the turn to look ahead from with --at, from 1 to {last}.", last=played),
                 MISUSE)  # fmt: skip
        return session.state, session.history
    if turn > played:
        fail(say("Turn {turn} has not begun; {count} turns have been played.", turn=turn, count=played), MISUSE)
    return session.history[turn - 1].before, session.history[: turn - 1]


def drafted(session: Any, agencies: Sequence[str], turn: int | None) -> list[Any]:
    """The orders that these agencies have drafted, or gave in a turn that was played."""
    if turn is not None and turn <= len(session.history):
        return [order for order in session.history[turn - 1].orders if order.agency in agencies]
    return [order for agency in agencies for order in session.drafts(agency)]


def read(added: Sequence[str], agency: str | None) -> list[Any]:
    """Orders from the command line."""
    from game.core.orders import order_of

    orders = []
    for text in added:
        order = order_of(text, agency or "")
        if order is None:
            fail(say("An order is written 'action:choice' with --as, else 'agency action:choice', not '{line}'.",
                     line=text), MISUSE)  # fmt: skip
        orders.append(order)
    return orders


def refused(session: Any, state: Any, orders: Sequence[Any]) -> None:
    """Stop at the first order that cannot be given."""
    from game.core import check

    for order, refusal in zip(orders, check(session.game, state, orders), strict=True):
        if refusal:
            fail(f"{order}: {refusal.message}", MISUSE)


# ---- what came of it
def told(found: Any) -> dict[str, Any]:
    """A forecast as plain tables: rungs and risk by pair of sides, written ``jp.cn``."""
    pairs = {".".join(pair.sides): pair for pair in found.pairs}
    numbered = {
        name: [{"rung": rung, **attrs.asdict(share)} for rung, share in enumerate(pair.rungs, 1)]
        for name, pair in pairs.items()
    }
    return {
        "begin": found.begin,
        "turns": found.turns,
        "rungs_counted_from": found.counted,
        "runs": found.runs,
        "rows": found.grounds,
        "machine_code": found.machine,
        "rungs": numbered,
        "risk": {name: [attrs.asdict(band) for band in pair.risk] for name, pair in pairs.items()},
        "mechanisms": {line.mechanism: attrs.asdict(line)["calls"] for line in found.mechanisms},
        "orders": [
            {
                "order": str(change.order),
                "rungs": {
                    name: [attrs.asdict(one) for one in of] for name, of in zip(pairs, change.rungs, strict=True)
                },
                "risk": {name: attrs.asdict(one) for name, one in zip(pairs, change.risk, strict=True)},
            }
            for change in found.changes
        ],
    }


def lines(game: Any, found: Any, agency: str | None) -> list[str]:
    """A forecast as lines of text."""
    last = found.begin + found.turns - 1
    text = [say("What may come in turns {first} to {last}: {runs} continuations.", first=found.begin, last=last,
                runs=found.runs)]  # fmt: skip
    names = {side.id: side.name for side in game.sides}
    if found.counted > found.begin:
        text.append(say("Rungs are counted after the opening, from turn {turn} on.", turn=found.counted))
    unit = game.tracks["risk"].unit
    for number, pair in enumerate(found.pairs):
        if pair.rungs[0].value or any(band.high for band in pair.risk):
            title = f"{names[pair.sides[0]]} - {names[pair.sides[1]]}"
            text += ["", title, *lines_of(of_rungs(pair, found.changes, number, game))]
            text += ["", *lines_of(of_risk(pair, unit))]
    if found.mechanisms:
        text += ["", *lines_of(of_calls(game, found))]
    return [*text, "", *notes(found, agency)]


def of_rungs(pair: Any, changes: Sequence[Any], number: int, game: Any) -> list[list[str]]:
    """The share of runs that reach each rung, and what each order changes of it, in points."""
    shown = [rung for rung, share in enumerate(pair.rungs) if share.value >= SHARES]
    rows = [[say("% of runs that reach rung"), *(f"{rung + 1}+" for rung in shown)]]
    rows.append([say("  as planned"), *(f"{100 * pair.rungs[rung].value:.1f}" for rung in shown)])
    rows.append([say("  95 % interval"), *(interval(pair.rungs[rung]) for rung in shown)])
    for change in changes:
        parts = (points(change.rungs[number][rung]) for rung in shown)
        rows.append([say("  points by {order}", order=change.order), *parts])
    return rows


def points(part: Any) -> str:
    """A difference of shares, in points."""
    return f"{100 * part.value:+.1f} ± {100 * part.half:.1f}{' *' if part.clear else ''}"


def interval(share: Any) -> str:
    """The ends of a share's interval, in percent."""
    return f"{100 * share.low:.1f}..{100 * share.high:.1f}"


def of_risk(pair: Any, unit: str) -> list[list[str]]:
    """The curve of risk: the middle run, and the range in which 80 % of the runs lie."""
    rows = [[say("risk after turn, {unit}", unit=unit), *(str(band.turn) for band in pair.risk)]]
    rows.append([say("  middle"), *(str(band.middle) for band in pair.risk)])
    rows.append([say("  80 % of runs"), *(f"{band.low}..{band.high}" for band in pair.risk)])
    return [*rows, [say("  mean"), *(f"{band.mean.value:.1f} ± {band.mean.half:.1f}" for band in pair.risk)]]


def of_calls(game: Any, found: Any) -> list[list[str]]:
    """How often each mechanism is used in a run."""
    from game.play.forecast import SELDOM
    from game.play.measures import CALLS

    names = dict(zip(game.mechanisms, game.mechanism_names, strict=True))
    rows = [[say("calls in a run"), say("asked"), say("answered"), say("refused"), say("unanswered")]]
    for line in found.mechanisms:
        calls = [line.calls[name] for name in CALLS]
        if max(call.value for call in calls) >= SELDOM:
            rows.append([f"  {names[line.mechanism]}", *(f"{call.value:.2f} ± {call.half:.2f}" for call in calls)])
    return rows


def notes(found: Any, agency: str | None) -> list[str]:
    """What the figures are, and what they are not."""
    text = [say("This says what the model does when doctrine plays on; it is no prediction of what states will do.")]
    if agency:
        text.append(say("From what {agency} knows: {rows} guesses of what it does not, by the scenario's priors and by what "
                        "it has seen.", agency=agency, rows=found.grounds))  # fmt: skip
    text.append(say("Intervals hold 95 %; * marks one that leaves out 0. What an order changes is with it less without it, "
                    "with the same draws."))  # fmt: skip
    if not found.machine:
        text.append(say("Played in Python; with the extra 'fast' it takes a fraction of the time."))
    return text
