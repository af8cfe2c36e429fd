"""The bar on top of desk and resolution: turn, time, the readings of risk kept apart, climate, and the tools."""

from collections.abc import Callable, Sequence

import pygame
from attrs import frozen

from game.core import Game
from game.core.view import Reading
from game.play.wording import lasting
from game.window.app import App
from game.window.emblem import emblem
from game.window.kit import paint
from game.window.kit.controls import Button
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Look, Node, Picture, Row
from game.window.kit.pane import Pane
from game.window.kit.words import Label
from game.window.readouts import Gauge, climate_word, gauges, points, signed
from game.window.rungs import pitch, rungs
from game.words import say

HIGH = 72
"""Height of the bar in design pixels."""


@frozen
class Come:
    """What may come, for the bar: a share, of what, and the lines of its card."""

    value: str
    what: str
    lines: tuple[str, ...]


@frozen
class Tool:
    """A button at the right of the bar."""

    key: str
    icon: str
    act: Act
    tip: Sequence[str]
    off: bool = False


def high(kit: Kit) -> int:
    """The height of the bar in pixels."""
    return kit.px(HIGH)


def bar(
    app: App,
    game: Game,
    readings: Sequence[Reading],
    before: Sequence[Reading],
    *,
    turn: int,
    side: str,
    phase: str,
    clock: str,
    tools: Sequence[Tool],
    why: Callable[[str], None],
    come: tuple[Come, Act] | None = None,
) -> Pane:
    """The bar as a pane. *turn* from 0; *before*: the readings a turn ago, for changes; *why* opens an explanation;
    *come*: what may come, and what opens its page.
    """
    kit = app.kit
    wide = app.size[0] / kit.u
    now, then = gauges(game, readings, side), gauges(game, before, side)
    main = now[0]
    earlier = next((one for one in then if one.pair == main.pair), main)
    parts: list[Node] = [
        _mark(game, app.compact),
        _line(),
        _turn(game, turn, wide < 1500),
        _line(),
        *_risk(now, earlier, why, wide, come),
    ]
    widths: list[float] = [0 if not app.compact else 40, 1, 0, 1, 0, -1, 0, *([0] if wide >= 1500 else [])]
    climates = [] if app.tiny else _climates(now, why, 4 if wide >= 1750 else 2)
    parts += [
        _line(),
        *climates,
        *([_line()] if climates else []),
        _clock("" if app.tiny else phase, clock),
        _tools(tools),
    ]
    widths += [1, *(0 for _ in climates), *([1] if climates else []), 0, 0]
    row = Row(parts, widths, gap=14 if app.compact else 20)
    rect = pygame.Rect(0, 0, app.size[0], high(kit))
    return Bar("top", rect, _Sides(row))


class Bar(Pane):
    """A pane over the whole width, without corners, with a hairline below."""

    def put(self, surface: pygame.Surface, kit: Kit, margin: int) -> None:
        """The picture as it is, and the hairline."""
        assert self._picture is not None
        surface.blit(self._picture, self.rect, (margin, margin, self.rect.w, self.rect.h))
        surface.fill(kit.theme.line, (0, self.rect.bottom - kit.px(1), self.rect.w, kit.px(1)))


class _Sides(Column):
    """The row in the middle of the bar, with room at both ends."""

    def __init__(self, row: Row) -> None:
        super().__init__([row])
        self.row = row

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """In the middle."""
        self.rect = pygame.Rect(rect)
        inner = rect.inflate(-kit.px(32), -kit.px(8))
        self.row.place(kit, inner)


def _line() -> Node:
    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        surface.fill(look.kit.theme.line, (rect.centerx, rect.y, look.kit.px(1), rect.h))

    return Picture(40, draw, wide=1)


def _mark(game: Game, compact: bool) -> Node:
    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        emblem(surface, (rect.x + look.kit.px(17), rect.centery), look.kit)

    sign = Picture(40, draw, wide=36)
    if compact:
        return sign
    return Row(
        [sign, Column([Label("Kuroshio", "serif-semibold", 20), Label(game.title, "sans", 13, "ink3", most=1)])],
        [36, 0],
    )


def _turn(game: Game, turn: int, narrow: bool) -> Node:
    here = game.turns[min(turn, len(game.turns) - 1)]
    first = Row(
        [
            Label(say("Turn {turn}", turn=min(turn + 1, len(game.turns))), "semibold", 18),
            Label(say("of {turns}", turns=len(game.turns)), "sans", 14, "ink3"),
        ],
        [0, 0],
        gap=6,
    )
    date = here.clock if narrow else f"{here.clock}, {lasting(here.minutes)}"
    return Column([first, Label(date, "sans", 13, "ink2", most=1)])


def _risk(now: Sequence[Gauge], earlier: Gauge, why: Callable[[str], None], wide: float,
          come: tuple[Come, Act] | None) -> list[Node]:  # fmt: skip
    """The three readings: what happened, where we are, what may come."""
    main = now[0]
    name = ".".join(main.pair)
    rung, peak, risk = main.rung or 0, main.peak or 0, main.risk or 0
    happened = _Reading(
        "top/rung",
        say("What happened"),
        say("rung {rung}", rung=rung),
        "",
        (
            say("What happened: the grey-zone ladder"),
            say(
                "The highest rung of {pair} in the last turn was {rung} of 9; the highest since the opening {peak}.",
                pair=main.title,
                rung=rung,
                peak=peak,
            ),
            *[
                say("{pair}: rung {rung}, highest {peak}", pair=one.title, rung=one.rung or 0, peak=one.peak or 0)
                for one in now[1:]
                if one.rung or one.peak
            ],
        ),
        lambda: why(f"rung.{name}"),
    )
    change = risk - (earlier.risk or 0)
    where = _Reading(
        "top/risk",
        say("Where we are"),
        points(risk),
        signed(change, tenths=True) if change else "",
        (
            say("Where we are: risk, {pair}", pair=main.title),
            say("Points from 0 to 100, moved by the risk rules alone; every movement is a sum that can be opened."),
            *[say("{pair}: {points}", pair=one.title, points=points(one.risk)) for one in now[1:] if one.risk],
        ),
        lambda: why(f"risk.{name}"),
        rising=change > 0,
    )
    return [happened, _ladder(rung, peak), where, *([_to_come(come)] if wide >= 1500 else [])]


def _to_come(come: tuple[Come, Act] | None) -> Node:
    """The third reading, which needs many runs: kept apart, and said to be missing where nobody has asked for it."""
    title = say("What may come")
    if come is None:
        tip = (title, say("The share of continuations that reach a rung. Seats see it while they plan."))
        return _Reading("top/come", title, "\N{EN DASH}", "", tip, lambda: None)
    found, act = come
    return _Reading("top/come", title, found.value, found.what, (title, *found.lines), act)


class _Reading(Picture):
    """A key number with its name above, and its change."""

    def __init__(
        self, key: str, name: str, value: str, change: str, tip: Sequence[str], act: Act, *, rising: bool = False
    ) -> None:
        super().__init__(54, self._draw, key=key, tip=tip, act=act)
        self.name, self.value, self.change, self.rising = name, value, change, rising

    def natural(self, kit: Kit) -> int:
        """The width of its words."""
        number = kit.width(self.value, "semibold", 22) + (
            kit.width(self.change, "semibold", 14) + kit.px(6) if self.change else 0
        )
        return max(kit.width(self.name, "medium", 13), number)

    def _draw(self, surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        top = rect.centery - (kit.line("medium", 13) + kit.line("semibold", 22)) // 2
        kit.text(surface, self.name, rect.x, top, "medium", 13, theme.accent if look.hover == self.key else theme.ink2)
        y = top + kit.line("medium", 13)
        wide = kit.text(surface, self.value, rect.x, y, "semibold", 22)
        if self.change:
            colour = theme.raises if self.rising else theme.lowers
            kit.text(surface, self.change, rect.x + wide + kit.px(6), y + kit.px(9), "semibold", 14, colour)


def _ladder(rung: int, peak: int) -> Node:
    """Ten steps, those up to the rung of the last turn filled, the highest so far marked."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        area = pygame.Rect(rect.x, rect.centery - kit.px(9), min(rect.w, kit.px(460)), kit.px(13))
        rungs(surface, look, area, rung, filled=rung, below=kit.px(2))
        (cell, gap), y = pitch(look, area.w), area.y
        x = round(rect.x + rung * (cell + gap) + cell / 2)
        paint.polygon(
            surface, [(x - kit.px(6), y - kit.px(9)), (x + kit.px(6), y - kit.px(9)), (x, y - kit.px(1))], theme.ink
        )
        if peak > rung:
            x = round(rect.x + peak * (cell + gap) + cell / 2)
            paint.stroke(surface, [(x, y - kit.px(5)), (x, area.bottom + kit.px(1))], theme.ink, kit.px(2))

    tip = (
        say("The ladder"),
        say(
            "The triangle is the rung of the last turn, the line the highest since the opening. "
            "0 nothing unusual, 9 fire on each other."
        ),
    )
    return Picture(54, draw, wide=200, key="top/ladder", tip=tip)


def _climates(now: Sequence[Gauge], why: Callable[[str], None], most: int) -> list[Node]:
    """Political climate of the pairs that concern the reader, a word each."""
    nodes: list[Node] = []
    for one in [gauge for gauge in now if gauge.climate is not None][:most]:
        nodes.append(_meter(one, why))
    return nodes


def _meter(one: Gauge, why: Callable[[str], None]) -> Node:
    climate = one.climate or 0
    name = "–".join(side.upper() for side in one.pair)

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        kit.text(surface, name, rect.x, rect.y + kit.px(1), "medium", 13, theme.ink2)
        trough = pygame.Rect(rect.x, rect.y + kit.px(23), rect.w, kit.px(5))
        paint.box(surface, trough, kit.px(2), theme.panel3)
        middle, reach = trough.centerx, abs(climate) * trough.w // 20
        colour = theme.lowers if climate >= 0 else theme.warns if climate > -4 else theme.raises
        box = pygame.Rect(middle if climate > 0 else middle - reach, trough.y, max(reach, 1), trough.h)
        paint.box(surface, box, kit.px(2), colour)
        surface.fill(theme.ink3, (middle, trough.y - kit.px(3), kit.px(1), trough.h + kit.px(6)))
        kit.text(surface, climate_word(climate).capitalize(), rect.x, rect.y + kit.px(31), "sans", 13, theme.ink3)

    tip = (
        say("Political climate: {pair}", pair=one.title),
        say(
            "{steps} of -10 to 10: {word}. How far politics allows the two to deal with each other.",
            steps=climate,
            word=climate_word(climate),
        ),
    )
    return Picture(
        52,
        draw,
        wide=74,
        key=f"top/climate.{'.'.join(one.pair)}",
        tip=tip,
        act=lambda: why(f"climate.{'.'.join(one.pair)}"),
    )


def _clock(phase: str, clock: str) -> Node:
    above = [Label(clock, "semibold", 17)] if clock else []
    below = Label(phase, "sans", 13, "ink2") if clock else Label(phase, "medium", 14, "ink2")
    return Column([*above, *([below] if phase else [])])


def _tools(tools: Sequence[Tool]) -> Node:
    buttons = [Button(one.key, "", one.act, kind="quiet", icon=one.icon, tip=one.tip, off=one.off) for one in tools]
    return Row(buttons, [38] * len(buttons), gap=2)
