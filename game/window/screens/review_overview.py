"""The first page of the review: the curve, the moments that mattered, mechanisms, causes, objectives, questions."""

import re
from collections.abc import Callable

import pygame
from attrs import frozen

from game.window.kit import paint
from game.window.kit.controls import Button
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Grid, Look, Node, Picture, Row, Spacer
from game.window.kit.words import Label
from game.window.readouts import points, signed
from game.window.screens.curve import Curve, Flag, Stop
from game.window.screens.figures import began
from game.window.screens.review_data import Findings
from game.window.screens.review_matrix import Matrix, outcomes
from game.window.screens.review_parts import OUTCOMES, Flow, Sheet, legend_outcome, legend_side, title
from game.window.screens.review_rows import DriverRow, MomentRow, ObjectiveRow, QuestionRow
from game.words import say

SHOWN = 8
"""Causes of risk that stand on the first page."""


@frozen
class Doors:
    """What the first page opens."""

    turn: Callable[[int], Act]
    pair: Callable[[int], Act]
    driver: Callable[[str], Act]
    mechanism: Callable[[str], Act]
    objectives: Callable[[str], Act]
    noted: Callable[[int], Act]
    causes: Act
    questions: Act


def curve_sheet(kit: Kit, found: Findings, pair: int, doors: Doors, *, high: float = 0) -> Sheet:
    """The curve of one pair of sides. *high*: of the curve, 0 where it takes what height there is."""
    ended = found.session.ended
    subtitle = say("Risk of {pair} in points after each turn; below it the rung of the grey-zone ladder that each turn reached.",
                   pair=found.pair_title(pair))  # fmt: skip
    head: list[Node] = [Label(found.title(), "serif-semibold", 26)]
    head += [Label(ended.text, "serif", 16, "ink2")] if ended and ended.text else []
    head.append(Label(subtitle, "sans", 14, "ink3"))
    chips = [
        Button(f"pair/{one}", found.pair_title(one), doors.pair(one), kind="chip", on=one == pair)
        for one in found.pairs
    ]
    line = [_legend_line(), *([_legend_peak()] if any(stop.peak for stop in stops(found, pair)) else []),
            *([_legend_noted()] if any(found.noted(n) for n in range(1, len(found.history) + 1)) else [])]  # fmt: skip
    head.append(Flow([*(chips if len(chips) > 1 else []), *line], gap=12))
    if not found.history:
        return Sheet("curve", head, Label(say("No turn was played."), "serif", 16, "ink2"))
    body = Curve(stops(found, pair), flags(found, pair, doors), doors.turn, noted=doors.noted,
                 high=high or 380, grow=not high)  # fmt: skip
    return Sheet("curve", head, body)


def stops(found: Findings, pair: int) -> list[Stop]:
    """The readings of a pair of sides for the curve."""
    row = found.scores[pair]
    peak = row[-1].peak
    out = [Stop(0, say("Start"), row[0].risk)]
    for turn in range(1, len(row)):
        clock, here = found.game.turns[turn - 1].clock, row[turn]
        lines = [
            say("Risk {before} to {after} ({change})", before=points(row[turn - 1].risk), after=points(here.risk),
                change=signed(found.change(turn, pair), tenths=True)),
            found.happened(turn, pair) or say("Rung {rung}", rung=here.rung),
            say("A click opens the turn, step by step."),
        ]  # fmt: skip
        tip = (say("Turn {turn}: {clock}", turn=turn, clock=clock), *lines)
        marked = bool(peak) and here.rung == peak and turn > found.game.opening
        out.append(Stop(turn, clock, here.risk, here.rung, marked, tip, found.noted(turn)))
    return out


def flags(found: Findings, pair: int, doors: Doors) -> list[Flag]:
    """The moments of a pair of sides for the curve; several in one turn stand one after the other along it."""
    own = [(number, one) for number, one in enumerate(found.moments, 1) if one.pair == found.pair_ids(pair)]
    made = []
    for number, one in own:
        same = [k for k, other in own if other.turn == one.turn]
        place = (same.index(number) + 1) / len(same) if len(same) > 1 else 1.0
        headline = began(re.sub(r"^\w+ \d: ", "", one.headline).rstrip("."))
        label = "" if one.label.lower() == one.rule.lower() else one.label
        titles = ((headline, label if headline == one.rule else one.rule), (one.rule, label))
        tip = (began(one.headline), *([one.cause] if one.causes else []), say("A click opens the turn, step by step."))
        made.append(Flag(number, one.turn, titles, one.amount, place, tip, doors.turn(one.turn)))
    return made


def moments_sheet(found: Findings, doors: Doors) -> Sheet:
    """The moments that mattered, in the order in which they came."""
    rows: list[Node] = [
        MomentRow(f"listed/{number}", found.game, number, one, doors.turn(one.turn))
        for number, one in enumerate(found.moments, 1)
    ]
    about = Label(say("The largest movements of risk by one rule in one turn. “But for”: the turn was played again without it, "
                      "with the same draws."), "sans", 13, "ink3")  # fmt: skip
    empty = Label(say("Risk did not move."), "serif", 16, "ink2")
    return Sheet("moments", [title(say("Moments that mattered")), about], Column(rows) if rows else empty)


def matrix_sheet(found: Findings, doors: Doors) -> Sheet:
    """Which mechanisms were used, by whom and when; and those that nobody used."""
    game, used = found.game, {use.mechanism for use in found.used}
    sides = [(number, side) for number, side in enumerate(game.sides) if any(use.side == side.id for use in found.used)]
    legend = [legend_side(side.name, side.id, number) for number, side in sides]
    kinds = {kind for cell in outcomes(found.used).values() for kind in cell.values()}
    legend += [legend_outcome(kind) for kind in OUTCOMES if kind in kinds]
    idle = [name for one, name in zip(game.mechanisms, game.mechanism_names, strict=True) if one not in used]
    body: list[Node] = [Matrix(game, found.used, len(found.history), doors.mechanism)] if used else []
    if idle:
        body += [
            Spacer(6 if used else 0),
            Label(say("Never used: {names}.", names="; ".join(idle)), "sans", 13, "ink2"),
        ]
    return Sheet(
        "matrix", [title(say("Which mechanisms were used")), *([Flow(legend)] if legend else [])], Column(body)
    )


def drivers_sheet(found: Findings, pair: int, doors: Doors) -> Sheet:
    """What drove the risk of a pair of sides, the strongest causes."""
    own = [one for one in found.drivers if one.pair == found.pair_ids(pair) and one.amount]
    shown = sorted(own[:SHOWN], key=lambda one: -one.amount)
    least, most = min((one.amount for one in shown), default=0), max((one.amount for one in shown), default=0)
    rows: list[Node] = [DriverRow(f"driver/{one.label}", one, least, most, doors.driver(one.label)) for one in shown]
    rest = own[SHOWN:]
    foot: list[Node] = []
    if rest:
        sentence = "And a smaller cause, {sum}" if len(rest) == 1 else "And {count} smaller causes, together {sum}"
        words = say(sentence, count=len(rest), sum=signed(sum(one.amount for one in rest), tenths=True))
        foot = [Row([Button("causes", words, doors.causes, kind="quiet", tip=(say("All causes"),)), Spacer()], [0, -1])]
    empty = Label(say("Risk did not move."), "serif", 16, "ink2")
    return Sheet("drivers", [title(say("What drove risk"))], Column(rows or [empty]), foot)


def objectives_sheet(found: Findings, doors: Doors) -> Sheet:
    """Who met what; a click tells the objectives in words."""
    rows: list[Node] = [
        ObjectiveRow(f"objective/{agency}", found.game, judged, doors.objectives(agency))
        for agency, judged in found.objectives.items()
    ]
    return Sheet("objectives", [title(say("Objectives met"))], Column(rows))


def discuss_sheet(found: Findings, doors: Doors, columns: int = 1) -> Sheet:
    """The scenario's questions for the talk."""
    rows: list[Node] = [QuestionRow(f"question/{n}", text, doors.questions) for n, text in enumerate(found.questions)]
    empty = Label(say("This scenario has no such page."), "serif", 16, "ink2")
    body = Grid(rows, columns, gap=14) if rows and columns > 1 else Column(rows or [empty], gap=4)
    return Sheet("discuss", [title(say("To discuss"))], body)


# ---- legends
def _legend_line() -> Node:
    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        paint.stroke(surface, [(rect.x, rect.centery), (rect.right, rect.centery)], theme.ink, kit.px(3))
        paint.disc(surface, rect.center, kit.px(5), theme.panel, theme.ink, kit.px(2))

    return Row([Picture(18, draw, wide=26), Label(say("Risk"), "sans", 13, "ink2")], [26, 0], gap=6)


def _legend_peak() -> Node:
    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        box = pygame.Rect(0, 0, rect.w, kit.px(15))
        box.center = rect.center
        paint.box(surface, box, kit.px(4), theme.rungs[2], theme.ink, kit.px(2))

    return Row(
        [Picture(18, draw, wide=26), Label(say("Highest rung since the opening"), "sans", 13, "ink2")], [26, 0], gap=6
    )


def _legend_noted() -> Node:
    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        paint.icon(surface, "notebook-pen", rect.center, look.kit.px(15), look.kit.theme.accent)

    return Row([Picture(18, draw, wide=18), Label(say("What players expected"), "sans", 13, "ink2")], [18, 0], gap=6)
