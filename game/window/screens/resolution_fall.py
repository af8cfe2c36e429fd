"""Why risk moved in a turn: the waterfall below the map, and where letters are large a line that opens it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.play.telling import Waterfall as Fall
from game.window.front import front
from game.window.kit.controls import Button
from game.window.kit.node import Act, Column, Node, Row, Spacer
from game.window.kit.pane import Pane
from game.window.kit.rows import Item
from game.window.kit.words import Label
from game.window.readouts import points, signed
from game.window.screens.figures import curve
from game.window.screens.waterfall import Waterfall, room_for
from game.window.screens.why import tips_of
from game.words import say

if TYPE_CHECKING:
    from game.window.screens.resolution import Resolution

WIDE, HIGH = 900, 250
"""Width and height of the waterfall where it stands in front of everything, in design pixels."""


def taken(screen: "Resolution") -> Fall | None:
    """How the risk of the pair that is shown moved; None where none did."""
    falls = screen.story.moved()
    return falls[min(screen.pair, len(falls) - 1)] if falls else None


def below(screen: "Resolution", width: int) -> Node:
    """Why risk moved, or that it did not, with the last turns. *width* in pixels of the window."""
    fall, small = taken(screen), screen.app.compact
    size = 17 if small else 20
    if fall is None:
        return Column([Label(_stood(), "serif-semibold", size), *_turns(screen, 130 if small else 210)])
    chips = _chips(screen)
    if not chips and not small:
        chips = [Label(say("A bar tells its rule; a click tells all."), "sans", 14, "ink3")]
    title = Label(_title(fall), "serif-semibold", size, most=1)
    return Column([Row([title, *chips], [-1, *[0] * len(chips)]), Spacer(6), _waterfall(screen, fall, width)])


def line(screen: "Resolution") -> Node:
    """By how much risk moved; a click shows why."""
    fall = taken(screen)
    by = signed(fall.after - fall.before, tenths=True) if fall else ""
    return Item("fall/open", _title(fall) if fall else _stood(), screen.open_fall, icon="chevron-up", right=by, most=2)


def in_front(screen: "Resolution") -> Pane:
    """The waterfall in front of everything."""
    kit, fall = screen.kit, taken(screen)
    width = min(kit.px(WIDE), screen.app.size[0] - kit.px(48)) - kit.px(60)
    if fall is None:
        return front(screen.app, "fall", _stood(), _turns(screen, HIGH), screen.close, wide=WIDE)
    chips = _chips(screen)
    body = [
        *([Row([*chips, Spacer()], [*[0] * len(chips), -1])] if chips else []),
        _waterfall(screen, fall, width, HIGH),
    ]
    return front(screen.app, "fall", _title(fall), body, screen.close, wide=WIDE)


def _title(fall: Fall) -> str:
    moved = "Why risk moved from {before} to {after}: {pair}"
    stayed = "Why risk is back at {after}: {pair}"
    return say(moved if fall.before != fall.after else stayed, before=points(fall.before), after=points(fall.after),
               pair=fall.title)  # fmt: skip


def _stood() -> str:
    return say("Risk did not move in this turn")


def _waterfall(screen: "Resolution", fall: Fall, width: int, high: float = 150) -> Node:
    name = f"risk.{'.'.join(fall.pair)}"
    bars = screen.story.bars(fall, room_for(screen.kit, width))
    tips = [tips_of(screen.game, one) for one in bars]
    return Waterfall(bars, screen.number, lambda: screen.why(name), tips, high=high)


def _chips(screen: "Resolution") -> list[Node]:
    """The pairs whose risk moved, where there are several."""

    def taker(number: int) -> Act:
        def take() -> None:
            screen.pair = number
            screen.changed()

        return take

    falls: Sequence[Fall] = screen.story.moved()
    if len(falls) < 2:
        return []
    return [Button(f"pair/{number}", "–".join(side.upper() for side in one.pair), taker(number), kind="chip",
                   on=number == screen.pair, tip=(one.title,)) for number, one in enumerate(falls[:5])]  # fmt: skip


def _turns(screen: "Resolution", high: float) -> list[Node]:
    """How risk went in the turns before."""
    far = max(screen.story.falls, key=lambda one: one.after, default=None)
    if far is None:
        return []
    cell = screen.game.cells_named(f"risk.{'.'.join(far.pair)}")[0]
    history = screen.session.history[: screen.turn]
    values = [history[0].before.row[cell], *(moment.after.row[cell] for moment in history)]
    first = max(0, len(values) - 12)
    about = Label(far.title, "sans", 14, "ink2")
    return [about, Spacer(6), curve(values[first:], len(values) - 1 - first, high, points, first)]
