"""The page of decisions: every order by turn and agency, what its player noted, and whether it was carried out."""

from collections.abc import Callable, Sequence

from game.core import Order
from game.window.kit.controls import Button, Segments
from game.window.kit.node import Act, Column, Grid, Node, Pad, Row, Rule, Spacer
from game.window.kit.rows import glyph
from game.window.kit.words import Label
from game.window.readouts import signed
from game.window.screens.review_data import Findings
from game.window.screens.review_parts import Sheet, swatch, title
from game.words import say


def decisions_sheet(found: Findings, pair: int, side: int, filtered: Callable[[int], None], turn: Callable[[int], Act], *,
                    compact: bool) -> Sheet:  # fmt: skip
    """All orders. *side*: -1 for those of all sides, else the number of the one whose orders are shown."""
    sides = [agency.side for agency in found.game.agencies]
    shown = [number for number in range(len(found.game.sides)) if number in sides]
    choice = Segments("decisions/side", [say("All sides"), *(found.game.sides[number].name for number in shown)],
                      shown.index(side) + 1 if side in shown else 0,
                      lambda taken: filtered(shown[taken - 1] if taken else -1))  # fmt: skip
    notes = any(order.reason or order.expects for moment in found.history for order in moment.orders)
    double = not notes and not compact
    blocks: list[Node] = []
    for number, moment in enumerate(found.history, 1):
        own = [order for order in moment.orders if side < 0 or found.side_number(order.agency) == side]
        rows = _turn(found, number, pair, own, side, turn(number), notes=notes, compact=compact or double)
        blocks.append(Column([Rule(0, 12) if number > (2 if double else 1) else Spacer(), *rows, Spacer(8)]))
    body = Grid(blocks, 2, gap=32) if double else Column(blocks)
    about = Label(_summary(found), "sans", 14, "ink3")
    head = Row([Column([title(say("What was ordered")), about]), choice], [-1, -1 if compact else 520])
    return Sheet("decisions", [head, Rule(4, 0)], Pad(body, 0, 8, 0))


def _summary(found: Findings) -> str:
    orders = [order for moment in found.history for order in moment.orders]
    refused = sum(
        bool(found.refused(turn, order)) for turn, moment in enumerate(found.history, 1) for order in moment.orders
    )
    text = say("{count} orders in {turns} turns, all carried out.", count=len(orders), turns=len(found.history))
    if refused:
        text = say("{count} orders in {turns} turns, {refused} of them not carried out.", count=len(orders),
                   turns=len(found.history), refused=refused)  # fmt: skip
    noted = sum(bool(order.reason or order.expects) for order in orders)
    return text if noted else f"{text} {say('No player noted a reason.')}"


def _turn(found: Findings, number: int, pair: int, orders: Sequence[Order], side: int, act: Act, *, notes: bool,
          compact: bool) -> list[Node]:  # fmt: skip
    """The heading of a turn with what became of risk, and its orders."""
    moved = signed(found.change(number, pair), tenths=True)
    clock = found.game.turns[number - 1].clock
    heading = Row([
        Label(say("Turn {turn}", turn=number), "serif-semibold", 19), Label(clock, "sans", 14, "ink3"),
        Button(f"decided/{number}", say("Risk {change}", change=moved), act, kind="chip", icon="arrow-right",
               tip=(say("Turn {turn}", turn=number), found.happened(number, pair) or say("Open the turn, step by step."))),
    ], [0, -1, 0], gap=12)  # fmt: skip
    rows: list[Node] = [heading, Spacer(4)]
    rows += [_order(found, number, order, notes=notes, compact=compact) for order in orders]
    gave = {order.agency for order in orders}
    idle = [a.short or a.name for a in found.game.agencies if a.id not in gave and (side < 0 or a.side == side)]
    if idle:
        rows.append(Label(say("No orders: {names}", names=", ".join(idle)), "sans", 13, "ink3"))
    return rows


def _order(found: Findings, turn: int, order: Order, *, notes: bool, compact: bool) -> Node:
    """One order in a line: who, what, whether it was carried out, and what was noted."""
    game = found.game
    agency = game.agency(order.agency)
    why = found.refused(turn, order)
    done: Node = Row(
        [glyph("circle-check", 16, "lowers"), Label(say("Carried out"), "sans", 13, "ink3")], [18, -1], gap=6
    )
    if why:
        done = Row(
            [glyph("circle-x", 16, "raises"), Label(say("Not carried out"), "medium", 13, "raises")], [18, -1], gap=6
        )
    noted: list[Node] = []
    if order.reason:
        noted.append(Label(say("Reason: {text}", text=order.reason), "serif-italic", 15, "ink2"))
    if order.expects:
        noted.append(Label(say("Expected: {text}", text=order.expects), "serif-italic", 15, "accent"))
    what: list[Node] = [Label(found.in_words(order), "sans", 14)]
    what += [Label(why.partition(": ")[2].partition(". ")[2] or why, "sans", 13, "raises")] if why else []
    name = Label(agency.short or agency.name, "medium", 14)
    who = Row([swatch(game.sides[agency.side].id, agency.side), name], [15, -1], gap=6)
    parts: list[Node] = [who, Column([*what, *(noted if compact else [])]), done]
    widths: list[float] = [130 if compact else 170, -1, 140]
    if notes and not compact:
        parts.insert(2, Column(noted))
        widths.insert(2, -1)
    return Column([Row(parts, widths, gap=16, align="top"), Spacer(6)])
