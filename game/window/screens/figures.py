"""How a change is drawn: figures with their units, signed bars, a draw of chance on its bar, a curve over turns."""

from collections.abc import Callable, Sequence

import pygame

from game.core.events import PICK, Part, Roll
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.node import Column, Look, Node, Picture, Row
from game.window.kit.theme import Colour, Theme, mixed, readable
from game.window.kit.words import Label
from game.window.readouts import change
from game.words import say

ARROW = "\N{RIGHTWARDS ARROW}"


# ---- words
def percent(permille: int) -> str:
    """Thousandths as a percentage."""
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def weight(theme: Theme, amount: int) -> Colour:
    """The colour of an amount as text: what raises, what lowers, nothing."""
    return theme.raises if amount > 0 else theme.lowers if amount < 0 else theme.ink2


def began(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


# ---- signed bars
class Bars(Node):
    """The terms of a sum, a row each: the label, a bar to the left or right of a middle line, the amount.

    *most*: the amount of the longest bar. *risk*: whether rises and falls have the colours of what raises and lowers risk;
    of other numbers neither is better.
    """

    def __init__(self, parts: Sequence[Part], unit: str, most: int, *, risk: bool = False) -> None:
        super().__init__()
        self.terms, self.unit, self.most, self.risk = list(parts), unit, max(1, most), risk

    def _label(self, kit: Kit, width: int) -> int:
        return width - self._bars(kit, width) - kit.px(62)

    def _bars(self, kit: Kit, width: int) -> int:
        return max(kit.px(56), min(kit.px(190), width // 4))

    def _rows(self, kit: Kit, width: int) -> list[list[str]]:
        return [kit.wrap(began(part.label), self._label(kit, width) - kit.px(10), "sans", 14) for part in self.terms]

    def height(self, kit: Kit, width: int) -> int:
        """A line for each term, more where its label is long."""
        return sum(len(lines) * kit.line("sans", 14) + kit.px(4) for lines in self._rows(kit, width))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Label, bar, amount."""
        kit, theme = look.kit, look.kit.theme
        y, line = self.rect.y, kit.line("sans", 14)
        wide = self._bars(kit, self.rect.w)
        left = self.rect.x + self._label(kit, self.rect.w)
        # The middle line stands where both sides find room: at an edge when all go one way.
        rises, falls = (any(part.amount * way > 0 for part in self.terms) for way in (1, -1))
        middle = left + (wide // 2 if rises and falls else wide - kit.px(4) if falls else 0)
        room = wide // 2 if rises and falls else wide
        top = y
        for part, lines in zip(self.terms, self._rows(kit, self.rect.w), strict=True):
            for number, text in enumerate(lines):
                kit.text(surface, text, self.rect.x, y + number * line, "sans", 14, theme.ink2)
            reach = max(kit.px(2), round(abs(part.amount) / self.most * (room - kit.px(8)))) if part.amount else 0
            bar = pygame.Rect(middle if part.amount > 0 else middle - reach, 0, reach, kit.px(10))
            bar.centery = y + line // 2
            paint.box(surface, bar, kit.px(2), self._colour(theme, part.amount))
            kit.text(surface, change(self.unit, part.amount), self.rect.right, y, "medium", 14, theme.ink, "right")
            y += len(lines) * line + kit.px(4)
        surface.fill(theme.line2, (middle, top, kit.px(1), y - top - kit.px(4)))

    def _colour(self, theme: Theme, amount: int) -> Colour:
        if not self.risk:
            return theme.accent if amount > 0 else mixed(theme.accent, theme.panel, 0.45)
        return theme.rungs[3] if amount > 0 else theme.lowers


# ---- chance
def draw_told(kind: str, roll: Roll) -> Node:
    """A draw of chance: its name, the chance as a bar, the number drawn on it, and what came of it."""
    name = Label(began(roll.name.rstrip(".")), "medium", 14)
    if kind == PICK:
        told = say("drawn: {drawn} of 0 to {most}", drawn=roll.drawn, most=max(0, roll.chance - 1))
        return Column([name, Label(told, "sans", 13, "ink2")])
    return Column([Row([name, Label(_answer(roll), "semibold", 14, "ink")], [-1, 0], align="top"),
                   Picture(40, lambda s, r, k: _chance(s, r, k, roll))], gap=4)  # fmt: skip


def _answer(roll: Roll) -> str:
    return say("yes") if roll.hit else say("no")


def _chance(surface: pygame.Surface, rect: pygame.Rect, look: Look, roll: Roll) -> None:
    kit, theme = look.kit, look.kit.theme
    bar = pygame.Rect(rect.x, rect.y, rect.w, kit.px(18))
    split = round(bar.w * min(1000, roll.chance) / 1000)
    chance = say("{percent} %", percent=percent(roll.chance))
    rest = say("{percent} %", percent=percent(max(0, 1000 - roll.chance)))
    _half(
        surface, kit, pygame.Rect(bar.x, bar.y, split, bar.h), theme.lowers, say("{percent} yes", percent=chance), True
    )
    _half(surface, kit, pygame.Rect(bar.x + split, bar.y, bar.w - split, bar.h), theme.rungs[1],
          say("{percent} no", percent=rest), False)  # fmt: skip
    x = bar.x + round(bar.w * min(999, roll.drawn) / 1000)
    size = kit.px(5)
    paint.polygon(
        surface, [(x - size, bar.bottom + kit.px(7)), (x + size, bar.bottom + kit.px(7)), (x, bar.bottom)], theme.ink
    )
    told = say("Drawn: {drawn}", drawn=percent(roll.drawn))
    wide = kit.width(told, "medium", 13)
    left = x + kit.px(9) if x + kit.px(9) + wide <= rect.right else x - kit.px(9) - wide
    kit.text(surface, told, left, bar.bottom + kit.px(2), "medium", 13, theme.ink2)


def _half(surface: pygame.Surface, kit: Kit, rect: pygame.Rect, fill: Colour, text: str, left: bool) -> None:
    """A part of the bar, with its words where there is room for them."""
    rect = rect.inflate(-kit.px(1), 0)
    if rect.w <= 0:
        return
    paint.box(surface, rect, min(kit.px(4), rect.w // 2), fill)
    if kit.width(text, "semibold", 12) + kit.px(12) > rect.w:
        return
    ink = readable(fill)
    x = rect.x + kit.px(7) if left else rect.right - kit.px(7)
    kit.text(
        surface, text, x, rect.centery - kit.line("semibold", 12) // 2, "semibold", 12, ink, "left" if left else "right"
    )


# ---- curves
def curve(values: Sequence[int], here: int, high: float, word: Callable[[int], str], first: int = 0) -> Node:
    """A line over turns with a dot on each; the one at *here* is marked. *first*: the turn of the first value."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        low, top = min(values), max(values)
        room = rect.inflate(-2 * kit.px(30), 0)
        upper, lower = rect.y + kit.px(24), rect.bottom - kit.px(26)
        span = max(1, top - low)
        dots = [
            (room.x + room.w * n / max(1, len(values) - 1), lower - (value - low) / span * (lower - upper) if top > low
             else (upper + lower) / 2)
            for n, value in enumerate(values)
        ]  # fmt: skip
        surface.fill(theme.line, (rect.x, lower + kit.px(8), rect.w, kit.px(1)))
        paint.stroke(surface, dots, theme.accent, kit.px(2))
        every = max(1, -(-len(dots) * kit.px(54) // max(1, room.w)))
        for number, (x, y) in enumerate(dots):
            mark = number == here
            paint.disc(
                surface,
                (x, y),
                kit.px(5 if mark else 3.5),
                theme.accent if mark else theme.panel,
                theme.accent,
                kit.px(2),
            )
            if mark or number in (0, len(dots) - 1) or number % every == 0:
                style, ink = ("semibold", theme.ink) if mark else ("sans", theme.ink2)
                kit.text(
                    surface, word(values[number]), x, y - kit.px(9) - kit.line(style, 12), style, 12, ink, "centre"
                )
                turn = say("start") if number + first == 0 else str(number + first)
                kit.text(surface, turn, x, lower + kit.px(11), style, 12, theme.ink if mark else theme.ink3, "centre")

    return Picture(high, draw)
