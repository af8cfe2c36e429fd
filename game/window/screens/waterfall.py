"""The waterfall: how risk came from where it was to where it is, a bar for each cause."""

import math
from collections.abc import Sequence

import pygame

from game.window.kit import paint
from game.window.kit.controls import Control
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Look, Node, ring
from game.window.kit.theme import Colour, mixed
from game.window.readouts import points, signed
from game.window.screens.figures import began
from game.window.screens.resolution_story import Bar

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""What may lie between two gridlines, in tenths of a point."""

SLOT = 76
"""The least width of a bar with its labels, in design pixels."""

AXIS = 40
"""Width of the numbers at the left, in design pixels."""


def room_for(kit: Kit, width: int) -> int:
    """How many parts a waterfall of this width can show beside start and end."""
    return max(3, min(10, (width - kit.px(AXIS)) // kit.px(SLOT) - 2))


def scale_of(bars: Sequence[Bar]) -> tuple[int, int, int]:
    """The lowest and the highest gridline, and what lies between two."""
    levels = [bars[0].after, bars[-1].after, *(level for one in bars[1:-1] for level in (one.before, one.after))]
    low, high = min(levels), max(levels)
    span = max(10, high - low)
    step = next(one for one in STEPS if span * 1.5 / one <= 6)
    bottom = max(0, math.floor((low - span * 0.25) / step) * step)
    return bottom, max(bottom + step, math.ceil((high + span * 0.04) / step) * step), step


class Waterfall(Node):
    """The bars with gridlines, levels, labels and rules. *lit*: the step whose parts stand out; -1 for all of them.

    *act* opens the explanation; *tips* are what a card tells of each bar.
    """

    grow = True

    def __init__(
        self, bars: Sequence[Bar], lit: int, act: Act, tips: Sequence[Sequence[str]], *, high: float = 150
    ) -> None:
        super().__init__()
        self.high = high
        self.bars = list(bars)
        self.scale = scale_of(self.bars)
        most = max((abs(one.after - one.before) for one in self.bars[1:-1]), default=1)
        stands = any(one.chapter == lit for one in self.bars[1:-1])
        self.nodes = [
            _Bar(
                f"bar/{number}",
                one,
                act,
                tip,
                most,
                faint=stands and one.kind in ("part", "rest") and one.chapter != lit,
            )
            for number, (one, tip) in enumerate(zip(self.bars, tips, strict=True))
        ]

    def children(self) -> Sequence[Node]:
        """The bars."""
        return self.nodes

    def height(self, kit: Kit, width: int) -> int:
        """The least height; it takes more where there is more."""
        return kit.px(self.high)

    def _labels(self, kit: Kit) -> int:
        """The height of the words below the bars: as many lines as the longest label needs, and the rule."""
        slot = (self.rect.w - kit.px(AXIS)) // max(1, len(self.bars)) - kit.px(6)
        roomy = self.rect.h > kit.px(210) and slot > kit.px(88)
        most = 3 if self.rect.h > kit.px(160) else 2
        lines = max(min(most, len(kit.wrap(began(one.label), slot, "medium", 13))) for one in self.bars)
        for node in self.nodes:
            node.lines, node.ruled = lines, roomy
        return lines * kit.line("medium", 13) + (kit.line("sans", 12) if roomy else 0) + kit.px(4)

    def _field(self, kit: Kit) -> pygame.Rect:
        """Where the bars stand: room for a value above the highest."""
        left, high = kit.px(AXIS), kit.line("semibold", 14)
        return pygame.Rect(self.rect.x + left, self.rect.y + high, self.rect.w - left,
                           max(1, self.rect.h - high - self._labels(kit)))  # fmt: skip

    def level(self, kit: Kit, value: int) -> int:
        """The height of a value on the screen."""
        field = self._field(kit)
        low, high, _step = self.scale
        return round(field.bottom - (value - low) / (high - low) * field.h)

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """The bars over their labels."""
        super().place(kit, rect)
        field = self._field(kit)
        for number, node in enumerate(self.nodes):
            left = field.x + field.w * number // len(self.nodes)
            right = field.x + field.w * (number + 1) // len(self.nodes)
            node.place(kit, pygame.Rect(left, self.rect.y, right - left, self.rect.h))
            tops = [self.level(kit, value) for value in (node.bar.before, node.bar.after)]
            node.stand(
                kit, field.bottom if node.bar.kind in ("start", "end") else tops[0], tops[1], field.bottom - rect.y
            )

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Gridlines, bars, the lines between them."""
        kit, theme = look.kit, look.kit.theme
        field = self._field(kit)
        low, high, step = self.scale
        for value in range(low, high + 1, step):
            y = self.level(kit, value)
            surface.fill(theme.line2 if value == low else theme.line, (field.x, y, field.w, kit.px(1)))
            number = points(value) if step % 10 else str(value // 10)
            kit.text(
                surface, number, field.x - kit.px(10), y - kit.line("sans", 12) // 2, "sans", 12, theme.ink3, "right"
            )
        for one, other in zip(self.nodes, self.nodes[1:], strict=False):
            y = self.level(kit, one.bar.after)
            surface.fill(theme.ink3, (one.box.right, y, max(0, other.box.x - one.box.right), kit.px(1)))
        for node in self.nodes:
            node.paint(surface, look)


class _Bar(Control):
    """One bar with its value and its words."""

    def __init__(self, key: str, bar: Bar, act: Act, tip: Sequence[str], most: int, *, faint: bool) -> None:
        super().__init__(key, act, tip=tip)
        self.bar, self.most, self.faint = bar, most, faint
        self.lines, self.ruled = 2, True
        self._begin, self._end, self._foot, self._wide = 0, 0, 0, 1

    def stand(self, kit: Kit, begin: int, end: int, foot: int) -> None:
        """Take the heights at which the bar begins and ends, and where its words begin below its upper edge."""
        # Relative to the place: a pane moves its nodes while it paints them.
        self._begin, self._end, self._foot = begin - self.rect.y, end - self.rect.y, foot
        self._wide = min(self.rect.w - kit.px(12), kit.px(92))

    @property
    def box(self) -> pygame.Rect:
        """What is filled."""
        top, bottom = sorted((self._begin, self._end))
        box = pygame.Rect(0, self.rect.y + top, self._wide, max(3, bottom - top))
        box.centerx = self.rect.centerx
        return box

    def _colour(self, look: Look) -> Colour:
        theme = look.kit.theme
        amount = self.bar.after - self.bar.before
        if self.bar.kind == "start":
            return theme.ink2
        if self.bar.kind == "end":
            return theme.ink
        colour = theme.lowers if amount < 0 else theme.rungs[3] if amount * 3 >= self.most else theme.rungs[2]
        return mixed(colour, theme.panel, 0.55) if self.faint else colour

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The bar, its value, its label and its rule."""
        kit, theme = look.kit, look.kit.theme
        box, colour = self.box, self._colour(look)
        hot = look.hover == self.key
        paint.box(surface, box, min(kit.px(4), box.h // 2), mixed(colour, theme.ink, 0.18) if hot else colour)
        edge = self.bar.kind in ("start", "end")
        amount = self.bar.after - self.bar.before
        value = points(self.bar.after) if edge else signed(amount, tenths=True)
        below = amount < 0 and not edge
        y = box.bottom + kit.px(1) if below else box.top - kit.line("semibold", 14)
        wide = kit.width(value, "semibold", 14) + kit.px(6)
        # No gridline runs through a number.
        surface.fill(theme.panel, (box.centerx - wide // 2, y + kit.px(3), wide, kit.line("semibold", 14) - kit.px(5)))
        kit.text(surface, value, box.centerx, y, "semibold", 14, theme.ink, "centre")
        self._words(surface, look, edge or hot)
        if look.focus == self.key:
            ring(surface, self.rect.inflate(-kit.px(6), 0), kit)

    def _words(self, surface: pygame.Surface, look: Look, strong: bool) -> None:
        kit, theme = look.kit, look.kit.theme
        room = self.rect.w - kit.px(6)
        style = "semibold" if strong else "medium"
        lines = kit.wrap(began(self.bar.label), room, style, 13)
        if len(lines) > self.lines:
            lines = [*lines[: self.lines - 1], kit.cut(" ".join(lines[self.lines - 1 :]), room, style, 13)]
        y = self.rect.y + self._foot + kit.px(5)
        for line in lines:
            kit.text(surface, line, self.rect.centerx, y, style, 13, theme.ink if strong else theme.ink2, "centre")
            y += kit.line(style, 13)
        rule = began(self.bar.rule)
        if self.ruled and rule not in ("", began(self.bar.label)):
            kit.text(surface, kit.cut(rule, room, "sans", 12), self.rect.centerx, y, "sans", 12, theme.ink3, "centre")
