"""The curve of risk over the turns of a game, the rung of each turn below it, and the moments that mattered on it.

A dot is a moment in time, a column a turn: its ground has the pale colour of the rung that was reached, and a click on
it opens the turn.
"""

from collections.abc import Callable, Sequence

import pygame
from attrs import frozen

from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Look, Node, Picture, nothing, ring
from game.window.kit.paint import Point
from game.window.kit.theme import mixed, readable
from game.window.readouts import points, signed
from game.window.screens.review_callouts import beside, nearest
from game.words import say

STEPS = (5, 10, 20, 50, 100, 200)
"""Distances of the lines across, in tenths of a point."""

TOP = 1000
"""The highest risk there is, in tenths of a point."""


@frozen
class Stop:
    """What stands on the curve after a turn (0: at the opening). *peak*: no turn after the opening reached a higher rung;
    *noted*: what players noted to expect in this turn.
    """

    turn: int
    clock: str
    risk: int
    rung: int = 0
    peak: bool = False
    tip: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()


@frozen
class Flag:
    """A moment that mattered, with its number in the list.

    *titles*: the first of which title and second line are short is shown. *place*: where along its turn, of 0 to 1.
    """

    number: int
    turn: int
    titles: tuple[tuple[str, str], ...]
    amount: int
    place: float
    tip: tuple[str, ...]
    act: Act


@frozen
class Scale:
    """Lowest and highest value and the distance of the lines across."""

    low: int
    high: int
    step: int

    @classmethod
    def around(cls, values: Sequence[int]) -> "Scale":
        """A scale with room above and below for what is written beside the curve."""
        low, high = min(values), max(values)
        span = max(high - low, 20)
        low = 0 if low <= span * 1.2 else max(0, round(low - span * 0.45))
        high = min(TOP, round(high + span * 0.4))
        step = next((one for one in STEPS if (high - low) <= 6 * one), STEPS[-1])
        return cls(low // step * step, min(TOP, -(-high // step) * step), step)


class Curve(Node):
    """The whole picture; turns and moments in it can be chosen."""

    def __init__(self, stops: Sequence[Stop], flags: Sequence[Flag], open_turn: Callable[[int], Act], *,
                 noted: Callable[[int], Act], high: float = 380, grow: bool = True) -> None:  # fmt: skip
        super().__init__()
        self.stops, self.flags, self.high, self.grow = list(stops), list(flags), high, grow
        self.scale = Scale.around([stop.risk for stop in stops])
        self.columns = [Picture(10, nothing, key=f"turn/{one.turn}", tip=one.tip, act=open_turn(one.turn))
                        for one in self.stops[1:]]  # fmt: skip
        self.notes = {
            one.turn: Picture(10, nothing, key=f"noted/{one.turn}", act=noted(one.turn),
                              tip=(say("Expected in turn {turn}", turn=one.turn), *one.noted))
            for one in self.stops[1:] if one.noted
        }  # fmt: skip
        self.pins = [Picture(10, nothing, key=f"moment/{one.number}", tip=one.tip, act=one.act) for one in self.flags]
        self.plot = pygame.Rect(0, 0, 0, 0)

    def children(self) -> Sequence[Node]:
        """Turns, then what lies over them."""
        return (*self.columns, *self.notes.values(), *self.pins)

    def height(self, kit: Kit, width: int) -> int:
        """Its height; in a column it takes what is left."""
        return 0 if self.grow else kit.px(self.high)

    # ---- where things are
    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """Plot, columns, callouts."""
        super().place(kit, rect)
        left = max(kit.width("100.0", "sans", 13), kit.width(say("Rung"), "sans", 13)) + kit.px(12)
        below = kit.px(10) + self._strip(kit) + kit.px(4) + 2 * kit.line("sans", 13)
        self.plot = pygame.Rect(
            left, kit.px(6), rect.w - left - kit.px(12), max(kit.px(40), rect.h - below - kit.px(6))
        )
        for number, column in enumerate(self.columns):
            area = self._column(number)
            column.place(kit, area.move(rect.topleft))
            note = self.notes.get(number + 1)
            if note:
                high = kit.line("medium", 13) + kit.px(6)
                note.place(kit, pygame.Rect(rect.x + area.x + kit.px(4), rect.y + area.y + kit.px(4), kit.px(46), high))
        self._place_flags(kit)

    def _place_flags(self, kit: Kit) -> None:
        area = self.plot.inflate(-kit.px(8), -kit.px(8))
        if self.notes:
            area = pygame.Rect(area.x, area.y + kit.px(28), area.w, max(0, area.h - kit.px(28)))
        line = [self._point(stop) for stop in self.stops]
        anchors = [self._anchor(flag) for flag in self.flags]
        spots = beside([self._size(kit, flag) for flag in self.flags], anchors, line, area, kit.u)
        small = kit.px(13)
        for pin, anchor, spot in zip(self.pins, anchors, spots, strict=True):
            middle = pygame.Rect(round(anchor[0]) - small, round(anchor[1]) - small, 2 * small, 2 * small).clamp(
                self.plot
            )
            pin.place(kit, (spot or middle).move(self.rect.topleft))

    def _strip(self, kit: Kit) -> int:
        return kit.line("semibold", 13) + kit.px(6)

    def _column(self, number: int) -> pygame.Rect:
        left, right = self._x(number), self._x(number + 1)
        return pygame.Rect(round(left), self.plot.y, round(right) - round(left), self.rect.h - self.plot.y)

    def _x(self, turn: float) -> float:
        return self.plot.x + self.plot.w * turn / max(1, len(self.stops) - 1)

    def _y(self, risk: float) -> float:
        share = (risk - self.scale.low) / max(1, self.scale.high - self.scale.low)
        return self.plot.bottom - share * self.plot.h

    def _point(self, stop: Stop) -> Point:
        return self._x(stop.turn), self._y(stop.risk)

    def _anchor(self, flag: Flag) -> Point:
        one, other = self.stops[flag.turn - 1], self.stops[flag.turn]
        risk = one.risk + (other.risk - one.risk) * flag.place
        return self._x(flag.turn - 1 + flag.place), self._y(risk)

    def _lines(self, kit: Kit, flag: Flag) -> tuple[list[str], list[str]]:
        room = kit.px(190)
        amount = signed(flag.amount, tenths=True)
        found: list[tuple[list[str], list[str]]] = []
        for title, about in flag.titles:
            second = f"{amount}  {about}" if about else amount
            found.append((kit.wrap(title, room - kit.px(26), "semibold", 13), kit.wrap(second, room, "sans", 13)))
        return next((lines for lines in found if len(lines[0]) < 3), found[-1])

    def _size(self, kit: Kit, flag: Flag) -> tuple[int, int]:
        title, about = self._lines(kit, flag)
        wide = max([kit.width(line, "semibold", 13) + kit.px(26) for line in title]
                   + [kit.width(line, "sans", 13) for line in about]) + kit.px(22)  # fmt: skip
        return wide, len(title) * kit.line("semibold", 13) + len(about) * kit.line("sans", 13) + kit.px(16)

    # ---- painting
    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Ground, lines across, strip, curve, callouts."""
        kit, x, y = look.kit, self.rect.x, self.rect.y
        plot = self.plot.move(x, y)
        self._paint_columns(surface, look, plot)
        self._paint_scale(surface, kit, plot)
        for node in (*self.columns, *self.notes.values()):
            if look.focus == node.key:
                ring(surface, node.rect.inflate(-kit.px(6), -kit.px(6)), kit, 4)
        line = [(px + x, py + y) for px, py in map(self._point, self.stops)]
        paint.stroke(surface, line, kit.theme.panel, kit.px(7))
        paint.stroke(surface, line, kit.theme.ink, kit.px(3))
        for point in line:
            paint.disc(surface, point, kit.px(5), kit.theme.panel, kit.theme.ink, kit.px(2))
        for pin, flag in zip(self.pins, self.flags, strict=True):
            self._paint_leader(surface, kit, pin.rect, flag)
        for pin, flag in zip(self.pins, self.flags, strict=True):
            self._paint_flag(surface, look, pin, flag)

    def _paint_columns(self, surface: pygame.Surface, look: Look, plot: pygame.Rect) -> None:
        kit, theme = look.kit, look.kit.theme
        fits = _every(kit, [stop.clock for stop in self.stops[1:]], self.columns[0].rect.w if self.columns else 1)
        for column, stop in zip(self.columns, self.stops[1:], strict=True):
            hot = column.key in (look.hover, look.focus)
            colour = theme.rung(stop.rung)
            ground = pygame.Rect(column.rect.x, plot.y, column.rect.w, plot.h)
            surface.fill(mixed(theme.panel, colour, 0.5 if hot else 0.24 if theme.dark else 0.3), ground)
            surface.fill(theme.panel, (ground.right - kit.px(1), ground.y, kit.px(1), ground.h))
            cell = pygame.Rect(
                column.rect.x + kit.px(1), plot.bottom + kit.px(10), column.rect.w - kit.px(3), self._strip(kit)
            )
            paint.box(surface, cell, kit.px(4), colour, theme.ink if stop.peak else None, kit.px(2))
            kit.text(surface, str(stop.rung), cell.centerx, cell.centery - kit.line("semibold", 13) // 2, "semibold", 13,
                     readable(colour), "centre")  # fmt: skip
            y = cell.bottom + kit.px(4)
            style, ink = ("semibold", theme.accent) if hot else ("medium", theme.ink)
            kit.text(surface, str(stop.turn), cell.centerx, y, style, 13, ink, "centre")
            if (stop.turn - 1) % fits == 0:
                kit.text(surface, stop.clock, cell.centerx, y + kit.line("sans", 13), "sans", 13, theme.ink3, "centre")
            if stop.turn in self.notes:
                self._paint_note(surface, look, self.notes[stop.turn], len(stop.noted))

    def _paint_note(self, surface: pygame.Surface, look: Look, node: Node, count: int) -> None:
        kit, theme = look.kit, look.kit.theme
        hot = look.hover == node.key
        paint.box(surface, node.rect, node.rect.h // 2, theme.tint if hot else theme.panel, theme.line2, kit.px(1))
        paint.icon(surface, "notebook-pen", (node.rect.x + kit.px(14), node.rect.centery), kit.px(14), theme.accent)
        y = node.rect.centery - kit.line("medium", 13) // 2
        kit.text(surface, str(count), node.rect.right - kit.px(10), y, "medium", 13, theme.ink, "right")

    def _paint_scale(self, surface: pygame.Surface, kit: Kit, plot: pygame.Rect) -> None:
        theme, half = kit.theme, kit.line("sans", 13) // 2
        for value in range(self.scale.low, self.scale.high + 1, self.scale.step):
            y = round(self._y(value)) + self.rect.y
            surface.fill(mixed(theme.line, theme.panel, 0.2), (plot.x, y, plot.w, kit.px(1)))
            text = points(value) if self.scale.step % 10 else str(value // 10)
            kit.text(surface, text, plot.x - kit.px(10), y - half, "sans", 13, theme.ink2, "right")
        y = plot.bottom + kit.px(10) + self._strip(kit) // 2
        kit.text(surface, say("Rung"), plot.x - kit.px(10), y - half, "sans", 13, theme.ink2, "right")
        y = plot.bottom + kit.px(14) + self._strip(kit)
        kit.text(surface, say("Turn"), plot.x - kit.px(10), y, "sans", 13, theme.ink2, "right")

    def _paint_leader(self, surface: pygame.Surface, kit: Kit, rect: pygame.Rect, flag: Flag) -> None:
        anchor = self._anchor(flag)
        anchor = (anchor[0] + self.rect.x, anchor[1] + self.rect.y)
        if not rect.inflate(-4, -4).collidepoint(anchor):
            paint.stroke(surface, [nearest(rect, anchor), anchor], kit.theme.ink2, kit.px(1.4))
            paint.disc(surface, anchor, kit.px(5.5), kit.theme.raises if flag.amount > 0 else kit.theme.lowers,
                       kit.theme.panel, kit.px(1.5))  # fmt: skip

    def _paint_flag(self, surface: pygame.Surface, look: Look, pin: Node, flag: Flag) -> None:
        kit, theme, rect = look.kit, look.kit.theme, pin.rect
        if rect.w <= kit.px(26) + 1:
            number_disc(surface, kit, rect.center, flag.number)
            return
        paint.shadow(surface, rect.move(0, kit.px(1)), kit.px(7), kit.px(4), 60, theme.shade)
        hot = pin.key in (look.hover, look.focus)
        paint.box(surface, rect, kit.px(7), theme.panel, theme.accent if hot else theme.line2, kit.px(1))
        title, about = self._lines(kit, flag)
        x, y = rect.x + kit.px(11), rect.y + kit.px(8)
        number_disc(surface, kit, (x + kit.px(8), y + kit.line("semibold", 13) // 2), flag.number)
        for text in title:
            kit.text(surface, text, x + kit.px(26), y, "semibold", 13)
            y += kit.line("semibold", 13)
        amount = signed(flag.amount, tenths=True)
        for number, text in enumerate(about):
            kit.text(surface, text, x, y, "sans", 13, theme.ink2)
            if number == 0 and text.startswith(amount):
                kit.text(surface, amount, x, y, "sans", 13, theme.raises if flag.amount > 0 else theme.lowers)
            y += kit.line("sans", 13)
        if look.focus == pin.key:
            ring(surface, rect, kit, 7)


def number_disc(surface: pygame.Surface, kit: Kit, centre: Point, number: int, size: float = 10) -> None:
    """The number of a moment, the same on the curve and in the list."""
    paint.disc(surface, centre, kit.px(size), kit.theme.accent)
    text = kit.render(str(number), "semibold", 13, kit.theme.on_accent)
    surface.blit(text, text.get_rect(center=(round(centre[0]), round(centre[1]))))


def _every(kit: Kit, words: Sequence[str], width: int) -> int:
    """Which words fit below columns of a width without touching: every one, every second, ..."""
    widest = max((kit.width(word, "sans", 13) for word in words), default=0) + kit.px(8)
    return max(1, -(-widest // max(1, width)))
