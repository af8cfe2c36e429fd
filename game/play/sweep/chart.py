"""The chart of effects: for each measure a panel, for each effect a dot with its interval. An SVG written by hand.

Made for print: black on white, filled dots where the interval leaves out 0 and hollow ones elsewhere, no colour.
"""

import math
from collections.abc import Sequence
from html import escape

from game.play.sweep.effects import RANK, Effect
from game.play.sweep.plan import Plan
from game.play.sweep.table import Measure
from game.play.sweep.told import by_size, title_of
from game.words import say

ROW, HEAD, FOOT, PLOT, EDGE = 22, 46, 40, 380, 24
"""Points of the page: a row, the head and foot of a panel, the width of a plot, the margin."""
LETTER = 7.0
"""About how wide a letter of 12 points is."""
MOST = 30
"""Effects that a panel shows: the largest."""


def chart(plan: Plan, found: Sequence[tuple[Measure, Sequence[Effect]]]) -> str:
    """The chart of these measures and their effects."""
    rows = [(measure, by_size(effects)[:MOST]) for measure, effects in found]
    label = max((len(one.term) for _, effects in rows for one in effects), default=0) * LETTER
    width = EDGE + label + EDGE + PLOT + EDGE
    height, body = EDGE + 30.0, []
    for measure, effects in rows:
        body += _panel(measure, effects, EDGE + label + EDGE, height)
        height += HEAD + ROW * len(effects) + FOOT
    note = say("Filled: the 95 % interval leaves out 0. Hollow: it does not. {points} points of {runs} runs.",
               points=len(plan.points), runs=plan.runs)  # fmt: skip
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height + EDGE:.0f}" width="{width:.0f}" '
        f'height="{height + EDGE:.0f}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(plan.game.title)}</title>",
        '<rect width="100%" height="100%" fill="white"/>',
        _text(EDGE, EDGE + 6, plan.game.title, 'font-size="16" font-weight="bold"'),
        *body,
        _text(EDGE, height + 4, note),
        "</svg>", "",
    ])  # fmt: skip


def _panel(measure: Measure, effects: Sequence[Effect], left: float, top: float) -> list[str]:
    """One measure: its title, the effects from the top down, the scale below."""
    ends = [end for one in effects for end in (one.low, one.value, one.high) if end is not None]
    ticks = scale(min(0.0, *ends), max(0.0, *ends)) if ends else [0.0, 1.0]
    low, high = ticks[0], ticks[-1]

    def x(value: float) -> float:
        return left + PLOT * (value - low) / (high - low)

    bottom = top + HEAD + ROW * len(effects)
    kind = say("rank correlation") if any(one.kind == RANK for one in effects) else say("effect")
    lines = [_text(EDGE, top + 20, title_of(measure), 'font-weight="bold"'), _text(left, top + 20, kind)]
    for tick in ticks:
        lines += [_line(x(tick), top + HEAD - 10, x(tick), bottom, "#ccc" if tick else "black"),
                  _text(x(tick), bottom + 16, f"{tick:g}", 'text-anchor="middle"')]  # fmt: skip
    for number, one in enumerate(effects):
        y = top + HEAD + ROW * (number + 0.5)
        lines.append(_text(left - 12, y + 4, one.term, 'text-anchor="end"'))
        if one.value is None:
            continue
        if one.low is not None and one.high is not None:
            lines += [_line(x(one.low), y, x(one.high), y, "black", 1.5)]
            lines += [_line(x(end), y - 4, x(end), y + 4, "black", 1.5) for end in (one.low, one.high)]
        lines.append(f'<circle cx="{x(one.value):.1f}" cy="{y:.1f}" r="4" stroke="black" stroke-width="1.5" '
                     f'fill="{"black" if one.clear else "white"}"/>')  # fmt: skip
    return lines


NARROWEST = 1e-6
"""Below this width values are all one to a reader, and near the limits of numbers to a computer."""


def scale(low: float, high: float) -> list[float]:
    """Round numbers from at most *low* to at least *high*, seven of them at most."""
    if high - low < NARROWEST:
        high = low + 1
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = min(power * unit for unit in (1, 2, 5, 10) if power * unit >= rough)
    first = math.floor(low / step)
    return [round(number * step, 10) for number in range(first, max(math.ceil(high / step), first + 1) + 1)]


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}"{" " + more if more else ""}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"/>'
