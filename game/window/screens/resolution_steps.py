"""The stepper: the steps of a turn one below the other, what is done, what is shown now, what is to come."""

from collections.abc import Callable, Sequence

import pygame

from game.window.kit import paint
from game.window.kit.controls import Control
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Look, Node, ring
from game.window.readouts import signed
from game.window.screens.figures import weight
from game.window.screens.resolution_story import Chapter

TIGHT, ROOMY, BARE = 46, 70, 34
"""The least and the greatest height of a row, and the least of one without words, in design pixels."""


class Stepper(Column):
    """The steps; they share the height there is, within bounds. *bare*: without words, which their cards tell."""

    def __init__(
        self, chapters: Sequence[Chapter], here: int, pair: str, go: Callable[[int], None], *, bare: bool = False
    ) -> None:
        self.bare = bare
        self.steps = [
            StepRow(number, one, here, len(chapters), one.risk.get(pair, 0), _goes(go, number), bare=bare)
            for number, one in enumerate(chapters)
        ]
        super().__init__(self.steps)

    def stretch(self, kit: Kit, width: int, high: int) -> int:
        """Let rows be as high as the room allows; the height that they take."""
        least = max(row.least(kit) for row in self.steps)
        each = max(least, min(kit.px(ROOMY), high // max(1, len(self.steps))))
        for row in self.steps:
            row.high = each
        return each * len(self.steps)


def _goes(go: Callable[[int], None], number: int) -> Act:
    return lambda: go(number)


class StepRow(Control):
    """One step: its number in a ring or a tick, name, summary, and by how much risk moved in it."""

    def __init__(
        self, number: int, chapter: Chapter, here: int, count: int, risk: int, act: Act, *, bare: bool
    ) -> None:
        super().__init__(f"step/{number}", act, tip=(chapter.name, chapter.summary))
        self.number, self.chapter, self.here, self.count, self.risk = number, chapter, here, count, risk
        self.bare = bare
        self.high = 0

    def least(self, kit: Kit) -> int:
        """The height that its two lines need."""
        if self.bare:
            return kit.px(BARE)
        return max(kit.px(TIGHT), kit.line("medium", 15) + kit.line("sans", 13) + kit.px(6))

    def height(self, kit: Kit, width: int) -> int:
        """What the stepper gave it."""
        return max(self.high, self.least(kit))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Plate, ring, line to the next, words, change."""
        kit, theme = look.kit, look.kit.theme
        now, done = self.number == self.here, self.number < self.here
        plate = self.rect.inflate(kit.px(12 if self.bare else 16), -kit.px(4))
        if now or look.hover == self.key:
            paint.box(surface, plate, kit.px(8), theme.tint if now else theme.panel3)
        middle = (self.rect.x + kit.px(15), self.rect.centery)
        if self.number + 1 < self.count:
            line = pygame.Rect(
                middle[0] - kit.px(1), middle[1] + kit.px(16), kit.px(2), max(0, self.rect.h - kit.px(32))
            )
            surface.fill(theme.accent if done else theme.line2, line)
        self._disc(surface, look, middle, now, done)
        if not self.bare:
            self._words(surface, look, middle[1], now, done)
        if look.focus == self.key:
            ring(surface, plate, kit)

    def _words(self, surface: pygame.Surface, look: Look, middle: int, now: bool, done: bool) -> None:
        kit, theme = look.kit, look.kit.theme
        left = self.rect.x + kit.px(44)
        right = self.rect.right
        if self.risk:
            text = signed(self.risk, tenths=True)
            kit.text(
                surface,
                text,
                right,
                middle - kit.line("semibold", 15) // 2,
                "semibold",
                15,
                weight(theme, self.risk),
                "right",
            )
            right -= kit.width(text, "semibold", 15) + kit.px(8)
        style, ink = ("semibold", theme.ink) if now else ("medium", theme.ink if done else theme.ink2)
        y = middle - (kit.line(style, 15) + kit.line("sans", 13)) // 2
        kit.text(surface, kit.cut(self.chapter.name, right - left, style, 15), left, y, style, 15, ink)
        below = kit.cut(self.chapter.summary, right - left, "sans", 13)
        kit.text(surface, below, left, y + kit.line(style, 15), "sans", 13, theme.ink2 if now else theme.ink3)

    def _disc(self, surface: pygame.Surface, look: Look, middle: tuple[int, int], now: bool, done: bool) -> None:
        kit, theme = look.kit, look.kit.theme
        radius = kit.px(14)
        if done:
            paint.disc(surface, middle, radius, theme.accent)
            paint.icon(surface, "check", middle, kit.px(16), theme.on_accent)
            return
        paint.disc(
            surface, middle, radius, theme.panel, theme.accent if now else theme.line2, kit.px(2.5 if now else 1)
        )
        ink = theme.accent if now else theme.ink3
        kit.text(
            surface,
            str(self.number + 1),
            middle[0],
            middle[1] - kit.line("semibold", 14) // 2,
            "semibold",
            14,
            ink,
            "centre",
        )


class Stretching(Node):
    """Holds the stepper inside a scroll view, stretched to the room that the view has."""

    def __init__(self, stepper: Stepper, room: int) -> None:
        super().__init__()
        self.stepper, self.room = stepper, room

    def children(self) -> Sequence[Node]:
        """The stepper."""
        return (self.stepper,)

    def height(self, kit: Kit, width: int) -> int:
        """What the stepper takes of the room."""
        return self.stepper.stretch(kit, width, self.room)

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """From the top, with room for the plates at both sides."""
        super().place(kit, rect)
        side = kit.px(0 if self.stepper.bare else 8)
        self.stepper.place(kit, pygame.Rect(rect.x + side, rect.y, rect.w - 2 * side, self.stepper.height(kit, rect.w)))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The stepper."""
        self.stepper.paint(surface, look)
