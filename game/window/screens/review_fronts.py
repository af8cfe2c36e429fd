"""What the review opens in front of its pages: a cause with its turns, all causes, objectives in words, what was written."""

from collections.abc import Callable, Sequence
from pathlib import Path

from game.play.export import NotWritten, export
from game.window.app import App
from game.window.front import front
from game.window.kit.controls import Button
from game.window.kit.node import Act, Column, Node, Row, Spacer
from game.window.kit.pane import Pane
from game.window.kit.rows import Item, glyph
from game.window.kit.words import Label
from game.window.readouts import signed
from game.window.screens.figures import began
from game.window.screens.review_data import Findings
from game.window.screens.review_rows import DriverRow
from game.window.table import Table
from game.words import say


def driver_pane(app: App, found: Findings, pair: int, label: str, turn: Callable[[int], Act], close: Act) -> Pane:
    """One cause of risk: the turns in which it moved it, by which rule, and by how much."""
    moved = found.moved(found.pair_ids(pair), label)
    whole = signed(sum(amount for _turn, amount, _rule in moved), tenths=True)
    about = say("{pair}: {sum} points over the game, in {count} of {turns} turns. A click opens the turn.",
                pair=found.pair_title(pair), sum=whole, count=len(moved), turns=len(found.history))  # fmt: skip
    body: list[Node] = [
        Item(f"moved/{number}", say("Turn {turn}: {clock}", turn=number, clock=found.game.turns[number - 1].clock),
             turn(number), about=say("Rule: {rule}", rule=rule), right=signed(amount, tenths=True),
             right_colour="raises" if amount > 0 else "lowers", icon="chevron-right")
        for number, amount, rule in moved
    ]  # fmt: skip
    return front(app, "driver", began(label), body, close, wide=560, about=about)


def causes_pane(app: App, found: Findings, pair: int, driver: Callable[[str], Act], close: Act) -> Pane:
    """All causes of risk of a pair of sides."""
    own = [one for one in found.drivers if one.pair == found.pair_ids(pair) and one.amount]
    own.sort(key=lambda one: -one.amount)
    least, most = min(one.amount for one in own), max(one.amount for one in own)
    body: list[Node] = [DriverRow(f"cause/{one.label}", one, least, most, driver(one.label)) for one in own]
    row = found.scores[pair]
    about = say("{pair}: the amounts add up to {sum}, from the opening to the end.", pair=found.pair_title(pair),
                sum=signed(row[-1].risk - row[0].risk, tenths=True))  # fmt: skip
    return front(app, "causes", say("What drove risk"), body, close, wide=680, about=about)


def objectives_pane(app: App, found: Findings, agency: str, close: Act) -> Pane:
    """The objectives of an agency in words, and whether they were met."""
    judged = found.objectives[agency]
    body: list[Node] = []
    for one in judged:
        icon, words = ("circle-check", say("Met")) if one.met else ("circle", say("Not met"))
        body += [Row([glyph(icon, 20, "lowers" if one.met else "ink3"),
                      Column([Label(one.name, "serif", 16), Label(words, "medium", 13, "lowers" if one.met else "ink3")])],
                     [24, -1], gap=12, align="top"), Spacer(10)]  # fmt: skip
    name = found.game.agency(agency).name
    return front(
        app, "objectives", name, body, close, wide=620, about=say("Judged on the state in which the game ended.")
    )


def written(table: Table, close: Act) -> Callable[[], Pane]:
    """Write chronicle and orders beside the journal; what makes the pane that says where they stand."""
    files: Sequence[Path] = ()
    problem = ""
    try:
        files = export(table.session, table.journal.entries, table.path)
    except NotWritten as error:
        problem = str(error)
    return lambda: written_pane(table.app, files, problem, close)


def written_pane(app: App, files: Sequence[Path], problem: str, close: Act) -> Pane:
    """What was written and where, or why not."""
    body: list[Node] = [Label(problem, "serif", 16, "raises")] if problem else []
    about = (say("The chronicle, with everything that happened and why"), say("The orders, which can be played again"))
    for path, words in zip(files, about, strict=False):
        body += [Label(words, "sans", 14, "ink2"), Label(path.name, "semibold", 15), Spacer(10)]
    if files:
        folder = str(files[0].resolve().parent)
        body += [Label(say("In the folder of the journal:"), "sans", 14, "ink2"), Label(folder, "medium", 14)]
    title = say("Not written") if problem else say("Written")
    return front(app, "written", title, body, close, wide=620,
                 buttons=[Button("written/done", say("Done"), close, kind="primary")])  # fmt: skip
