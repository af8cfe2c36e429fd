"""A chart of lines on two logarithmic axes, as SVG. Lines differ by colour, by sign and by dashes."""

import math
from html import escape

from attrs import define, field

WIDTH, HEIGHT, LEFT, TOP, LEGEND = 520, 380, 70, 60, 70
SIGNS = ("circle", "square", "diamond", "up", "down", "cross", "plus")
COLOURS = ("#1b4f8a", "#a23b2a", "#2c7a4b", "#7a4fa3", "#8a6d1b", "#3b3b3b", "#0f7f8f")
"""Dark enough on white for small signs, and told apart by their lightness too."""


@define
class Line:
    """Points of one thing that was measured; what is done *once* is dashed."""

    name: str
    once: bool
    points: list[tuple[float, float]] = field(factory=list)


@define
class Panel:
    """One pair of axes."""

    x: str
    y: str
    lines: list[Line]


def write(title: str, panels: list[Panel]) -> str:
    """The chart, two panels beside each other; a dotted line in each shows slope 1."""
    rows = (len(panels) + 1) // 2
    width, height = 2 * (WIDTH + LEFT) + 30, TOP + rows * (HEIGHT + LEGEND) + LEGEND
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="20" y="30" font-size="18">{escape(title)}</text>',
    ]
    names = list(dict.fromkeys(line.name for panel in panels for line in panel.lines))
    once = {line.name: line.once for panel in panels for line in panel.lines}
    for number, name in enumerate(names):
        x, y = 20 + number % 4 * 280, TOP + rows * (HEIGHT + LEGEND) + 12 + number // 4 * 22
        out.append(stroke([(x, y - 4), (x + 40, y - 4)], number, once[name]))
        out.append(sign(x + 20, y - 4, number))
        out.append(f'<text x="{x + 50}" y="{y}">{escape(name)}{" (once)" if once[name] else ""}</text>')
    out.append(f'<text x="20" y="{height - 10}" fill="#555">dotted: slope 1, growth in proportion</text>')
    for number, panel in enumerate(panels):
        left, top = LEFT + number % 2 * (WIDTH + LEFT), TOP + number // 2 * (HEIGHT + LEGEND)
        out += axes(panel, names, left, top)
    return "\n".join([*out, "</svg>", ""])


def axes(panel: Panel, names: list[str], left: float, top: float) -> list[str]:
    """One panel."""
    xs = [x for line in panel.lines for x, _ in line.points]
    ys = [y for line in panel.lines for _, y in line.points]
    low, high = math.log10(min(xs)) - 0.05, math.log10(max(xs)) + 0.05
    bottom, ceiling = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    wide, tall = WIDTH - 40, HEIGHT - 50

    def place(x: float, y: float) -> tuple[float, float]:
        across, up = (math.log10(x) - low) / (high - low), (math.log10(y) - bottom) / (ceiling - bottom)
        return left + across * wide, top + tall - up * tall

    out = [f'<rect x="{left}" y="{top}" width="{wide}" height="{tall}" fill="none" stroke="#999"/>']
    for power in range(bottom, ceiling + 1):
        _, y = place(xs[0], 10**power)
        out.append(f'<line x1="{left}" x2="{left + wide}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3e3e3"/>')
        out.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for x in sorted(set(xs)):
        at, _ = place(x, ys[0])
        out.append(f'<text x="{at:.1f}" y="{top + tall + 18}" text-anchor="middle">{x:g}</text>')
    out.append(f'<text x="{left + wide / 2}" y="{top + tall + 38}" text-anchor="middle">{escape(panel.x)}</text>')
    out.append(f'<text x="{left}" y="{top - 8}">{escape(panel.y)}</text>')
    middle = 10 ** ((bottom + ceiling) / 2) / math.sqrt(max(xs) * min(xs))
    ends = [place(x, middle * x) for x in (min(xs), max(xs))]
    out.append(f'<polyline points="{joined(ends)}" fill="none" stroke="#777" stroke-dasharray="2 4"/>')
    for line in panel.lines:
        number = names.index(line.name)
        places = [place(*point) for point in line.points]
        out.append(stroke(places, number, line.once))
        out += [sign(x, y, number) for x, y in places]
    return out


def joined(places: list[tuple[float, float]]) -> str:
    """Places as SVG takes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def stroke(places: list[tuple[float, float]], number: int, dashed: bool) -> str:
    """A line through places."""
    dashes = ' stroke-dasharray="7 4"' if dashed else ""
    colour = COLOURS[number % len(COLOURS)]
    return f'<polyline points="{joined(places)}" fill="none" stroke="{colour}" stroke-width="1.6"{dashes}/>'


def sign(x: float, y: float, number: int) -> str:
    """The sign of a line at a place."""
    colour, r = COLOURS[number % len(COLOURS)], 5
    corners = {
        "square": [(-r, -r), (r, -r), (r, r), (-r, r)],
        "diamond": [(0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)],
        "up": [(0, -r), (r, r), (-r, r)],
        "down": [(0, r), (r, -r), (-r, -r)],
    }
    kind = SIGNS[number % len(SIGNS)]
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="{colour}"/>'
    if kind in corners:
        return f'<polygon points="{joined([(x + a, y + b) for a, b in corners[kind]])}" fill="{colour}"/>'
    arms = [((-r, -r), (r, r)), ((-r, r), (r, -r))] if kind == "cross" else [((-r, 0), (r, 0)), ((0, -r), (0, r))]
    path = " ".join(f"M{x + a:.1f},{y + b:.1f} L{x + c:.1f},{y + d:.1f}" for (a, b), (c, d) in arms)
    return f'<path d="{path}" stroke="{colour}" stroke-width="2"/>'
