"""What may come, at the desk: a strip of rungs and a curve beside the order, and a page with all figures."""

from collections.abc import Sequence

import pygame

from game.core import Game
from game.play.forecast import SELDOM, Band, Forecast, Pair
from game.play.intervals import Interval
from game.play.measures import CALLS
from game.play.sampling import Share
from game.window.app import App
from game.window.foresight import Foresight, Mark, change_said, mark_of, of_pair, peaks_of, percent, signed
from game.window.front import Front, front
from game.window.kit import paint
from game.window.kit.controls import Button
from game.window.kit.node import Act, Look, Node, Picture, Row, Rule, Spacer
from game.window.kit.theme import mixed
from game.window.kit.words import Label
from game.window.readouts import points
from game.window.screens.topbar import Come
from game.words import say

FAN = 92
"""Height of the curve of risk, in design pixels."""

LABEL_ROOM = 34
"""The least width of a piece of the strip that has its share written in it, in design pixels."""


def section(game: Game, foresight: Foresight, sides: Sequence[str], risk: int, open_page: Act) -> list[Node]:
    """What may come with the orders as they stand. *sides*: the pair that matters to the seat; *risk* where it is now."""
    forecast = foresight.forecast
    progress = foresight.progress()
    name = Label(say("What may come"), "semibold", 13, "ink2")
    head: Node = name
    if forecast is not None:
        head = Row([name, Button("forecast", say("All figures  F"), open_page, kind="quiet")], [-1, 0])
    nodes: list[Node] = [Rule(8, 6), head]
    if forecast is not None:
        number, pair = of_pair(forecast, sides)
        mark = mark_of(pair)
        nodes += [Spacer(4), _Strip(pair, game), Spacer(2), Label(said(mark), "medium", 14)]
        nodes += [Label(change_said(change, number, mark), "sans", 14, "ink2") for change in forecast.changes[:1]
                  if len(forecast.changes) == 1]  # fmt: skip
        nodes += [Spacer(6), _Fan(risk, pair.risk), Label(progress or counted(forecast), "sans", 13, "ink3")]
    elif progress:
        nodes.append(Label(progress, "sans", 13, "ink3"))
    return [*nodes, Spacer(6)]


def reading(foresight: Foresight | None, sides: Sequence[str]) -> Come:
    """What may come, for the bar on top."""
    if foresight is None:
        return Come("\N{EN DASH}", say("off"), (say("This table plays without forecasts; the menu turns them on."),))
    forecast = foresight.forecast
    if forecast is None:
        return Come("...", "", (foresight.progress(),))
    mark = mark_of(of_pair(forecast, sides)[1])
    lines = (
        say("The share of continuations that reach a rung, with the orders as they stand."), said(mark), counted(forecast)
    )  # fmt: skip
    return Come(percent(mark.share.value), say("rung {rung}+", rung=mark.rung), lines)


def counted(forecast: Forecast) -> str:
    """How many runs over which turns."""
    last = forecast.begin + forecast.turns - 1
    return say("{runs} runs, played by doctrine to turn {last}", runs=f"{forecast.runs:,}", last=last)


def said(mark: Mark) -> str:
    """How many runs reach the rung that is in doubt, with the interval."""
    return say("Rung {rung} or more: {share} ({low} to {high})", rung=mark.rung, share=percent(mark.share.value),
               low=percent(mark.share.low), high=percent(mark.share.high))  # fmt: skip


class _Strip(Picture):
    """The highest rung of the runs, a piece for each rung as wide as its share."""

    def __init__(self, pair: Pair, game: Game) -> None:
        self.peaks = peaks_of(pair)
        lines = [say("rung {rung}: {share}", rung=rung, share=percent(share)) for rung, share in self.peaks]
        tip = (say("The highest rung of the runs"), *lines)
        super().__init__(38, self._draw, key="forecast/strip", tip=tip)

    def _draw(self, surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        high, done = kit.px(18), 0.0
        for rung, share in self.peaks:
            left, right = rect.x + round(done * rect.w), rect.x + round((done + share) * rect.w)
            done += share
            box = pygame.Rect(left, rect.y, max(kit.px(2), right - left - kit.px(2)), high)
            colour = theme.rung(rung)
            paint.box(surface, box, kit.px(3), colour, mixed(colour, theme.ink, 0.3), kit.px(1))
            if box.w >= kit.px(LABEL_ROOM):
                kit.text(surface, say("rung {rung}", rung=rung) if box.w >= kit.px(52) else str(rung), box.x,
                         box.bottom + kit.px(1), "sans", 12, theme.ink2)  # fmt: skip


class _Fan(Picture):
    """Risk from now on: the middle run, and the range in which 80 % of the runs lie."""

    def __init__(self, risk: int, bands: Sequence[Band]) -> None:
        last = bands[-1]
        tip = (
            say("Risk from now on"),
            say("The line is the middle run; 80 % of the runs lie in the band."),
            say("After turn {turn}: {middle}, 80 % between {low} and {high}; mean {mean}.", turn=last.turn,
                middle=points(last.middle), low=points(last.low), high=points(last.high), mean=points(round(last.mean.value))),
        )  # fmt: skip
        super().__init__(FAN, self._draw, key="forecast/fan", tip=tip)
        self.risk, self.bands = risk, list(bands)

    def _draw(self, surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        values = [self.risk, *(value for band in self.bands for value in (band.low, band.high))]
        low, high = min(values), max(*values, min(values) + 20)
        wide = kit.width("100.0", "sans", 12) + kit.px(6)
        below = kit.line("sans", 12)
        plot = pygame.Rect(rect.x + wide, rect.y + kit.px(4), rect.w - wide - kit.px(8), rect.h - below - kit.px(8))

        def at(step: int, value: int) -> tuple[float, float]:
            return (plot.x + step * plot.w / len(self.bands), plot.bottom - (value - low) * plot.h / (high - low))

        for value in (low, high):
            y = round(at(0, value)[1])
            surface.fill(theme.line, (plot.x, y, plot.w, kit.px(1)))
            kit.text(surface, points(value), plot.x - kit.px(6), y - below // 2, "sans", 12, theme.ink3, "right")
        start = at(0, self.risk)
        upper = [start, *(at(step, band.high) for step, band in enumerate(self.bands, 1))]
        lower = [start, *(at(step, band.low) for step, band in enumerate(self.bands, 1))]
        paint.polygon(surface, [*upper, *reversed(lower)], mixed(theme.accent, theme.panel, 0.72))
        middle = [start, *(at(step, band.middle) for step, band in enumerate(self.bands, 1))]
        paint.stroke(surface, middle, theme.accent, kit.px(2))
        for step, band in enumerate(self.bands, 1):
            kit.text(
                surface,
                str(band.turn),
                round(at(step, low)[0]),
                plot.bottom + kit.px(3),
                "sans",
                12,
                theme.ink3,
                "centre",
            )


# ---- the page with all figures
def page(app: App, game: Game, foresight: Foresight, sides: Sequence[str], close: Act) -> Front:
    """All figures of the forecast between two sides."""
    forecast = foresight.forecast
    title = say("What may come")
    if forecast is None:
        return front(app, "forecast", title, [Label(foresight.progress(), "serif", 16)], close, wide=640)
    number, pair = of_pair(forecast, sides)
    unit = say("points")
    body: list[Node] = [Label(_made(forecast), "serif", 16), Spacer(10)]
    reached = [
        [say("rung {rung} or more", rung=rung), percent(share.value), _interval(share),
         *(_points(change.rungs[number][rung - 1]) for change in forecast.changes)]
        for rung, share in enumerate(pair.rungs, 1) if share.value > 0
    ]  # fmt: skip
    actions = {action.id: action.name for action in game.actions}
    changed = [say("by: {order}", order=actions[change.order.action]) for change in forecast.changes]
    body += _table([say("Runs that reach"), say("share"), say("95 % interval"), *changed], reached)
    body += [Spacer(12)]
    body += _table([say("Risk after turn"), say("middle"), say("80 % of runs"), say("mean")],
                   [[str(band.turn), points(band.middle), f"{points(band.low)} to {points(band.high)}",
                     f"{band.mean.value / 10:.1f} ± {band.mean.half / 10:.1f} {unit}"] for band in pair.risk])  # fmt: skip
    names = dict(zip(game.mechanisms, game.mechanism_names, strict=True))
    calls = [
        [names[line.mechanism], *(f"{line.calls[name].value:.2f}" for name in CALLS)]
        for line in forecast.mechanisms
        if line.calls["asked"].value >= SELDOM
    ]
    if calls:
        body += [Spacer(12)]
        body += _table([say("Calls in a run"), say("asked"), say("answered"), say("refused"), say("unanswered")], calls)
    progress = foresight.progress()
    body += [Spacer(10), *([Label(progress, "sans", 14, "ink3")] if progress else [])]
    about = say("{one} and {other}", one=_name(game, pair.sides[0]), other=_name(game, pair.sides[1]))
    return front(app, "forecast", title, iter(body), close, wide=760, about=about)


def _made(forecast: Forecast) -> str:
    last = forecast.begin + forecast.turns - 1
    text = say("{runs} continuations of turns {first} to {last}, played by doctrine", runs=f"{forecast.runs:,}",
               first=forecast.begin, last=last) + " "  # fmt: skip
    if forecast.grounds == 1:
        text += say("from all that is so now. What people have drafted is given in the first turn.")
    else:
        text += say("from {rows} guesses of what your seat cannot see. Your orders are given in the first turn.",
                    rows=forecast.grounds)  # fmt: skip
    text += " " + say("This says what the model does; it is no prediction of what states will do.")
    if forecast.counted > forecast.begin:
        text += " " + say("Rungs are counted after the opening, from turn {turn} on.", turn=forecast.counted)
    if forecast.changes:
        text += " " + say(
            "What an order changes is with it less without it, in percentage points, with the same draws."
        )
    return text


def _name(game: Game, side: str) -> str:
    return next(one.name for one in game.sides if one.id == side)


def _interval(share: Share) -> str:
    return f"{100 * share.low:.1f} to {100 * share.high:.1f}"


def _points(part: Interval) -> str:
    return signed(100 * part.value, 100 * part.half, 1)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Node]:
    """Rows under their heads."""
    widths: list[float] = [-2, *[-1] * (len(heads) - 1)]

    def row(texts: Sequence[str], style: str, colour: str) -> Node:
        cells = [
            Label(text, style, 14, colour, align="right" if number else "left") for number, text in enumerate(texts)
        ]
        return Row(cells, widths, gap=12)

    return [row(heads, "semibold", "ink2"), Rule(3, 3), *(row(texts, "sans", "ink") for texts in rows)]
