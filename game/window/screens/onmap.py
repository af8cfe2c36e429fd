"""The chart behind a screen: what people do to it, and the card of what is under the pointer or focused by key."""

from collections.abc import Callable, Sequence

import pygame

from game.window.app import Screen
from game.window.chart.hits import Hit
from game.window.chart.view import Chart
from game.window.kit.node import Act, ring
from game.window.kit.pane import card_at, paint_card

AROUND = 36
"""How far a card keeps from the pointer, in design pixels."""


class OnMap:
    """The chart of one screen. *layers* opens the list of layers; *chosen* is told what was clicked, and whether that
    meant something.
    """

    def __init__(
        self, screen: Screen, chart: Chart, layers: Act, chosen: Callable[[Hit], bool] = lambda hit: False
    ) -> None:
        self.screen, self.chart, self.layers, self.chosen = screen, chart, layers, chosen
        self.card: tuple[pygame.Rect, Sequence[str]] | None = None
        self.spot = -1

    def place(self, top: int, free: pygame.Rect) -> None:
        """Fill the window below *top*; *free* is what no panel covers."""
        wide, high = self.screen.app.size
        self.chart.place(pygame.Rect(0, top, wide, high - top), free)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the chart, but for what the panels will hide: they are opaque but for their corners."""
        corner = -2 * self.screen.kit.px(16)
        panes = (pane for pane in self.screen.app.stage.panes if not pane.plain and not pane.front)
        self.chart.covered = [pane.rect.inflate(corner, corner) for pane in panes]
        self.chart.draw(surface)

    def clear(self) -> None:
        """No card."""
        self.card, self.spot = None, -1

    def paint_card(self, surface: pygame.Surface) -> None:
        """The card, and a ring around what was focused by key."""
        if self.card:
            if self.spot >= 0:
                ring(surface, self.card[0], self.screen.kit)
            paint_card(surface, self.screen.kit, *self.card)

    # ---- what people do
    def before(self, event: pygame.event.Event) -> None:
        """An event before the panes get it: where the pointer goes onto a pane, the map forgets it."""
        if (
            event.type == pygame.MOUSEMOTION
            and not self.chart.pointer.dragging
            and self.screen.app.stage.covers(event.pos)
        ):
            self.chart.pointer.leave()
            if self.spot < 0:
                self._touch()
                self.card = None

    def event(self, event: pygame.event.Event) -> bool:
        """An event that no pane took; whether it changed what is seen."""
        dragged = self.chart.pointer.dragging
        used = self.chart.event(event)
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and not (dragged or used):
            return self._clicked(event.pos)
        if event.type == pygame.MOUSEMOTION:
            return self._hovered(event.pos) or used
        return used

    def _clicked(self, point: tuple[int, int]) -> bool:
        action = self.chart.button_at(point)
        if action:
            if not self.chart.press(action):
                self.layers()
            return True
        hit = self.chart.hit(point)
        return hit is not None and self.chosen(hit)

    def _hovered(self, point: tuple[int, int]) -> bool:
        hit = None if self.chart.pointer.dragging else self.chart.hit(point)
        around = self.screen.kit.px(AROUND)
        card = (pygame.Rect(point, (1, 1)).inflate(around, around), (hit.title, *hit.lines)) if hit else None
        if (card and card[1]) == (self.card and self.card[1]):
            return False
        self._touch()
        self.card, self.spot = card, -1
        self._touch()
        return False

    def _touch(self) -> None:
        """What the card covers must be drawn again, and nothing else."""
        if self.card:
            kit = self.screen.kit
            there = card_at(kit, self.screen.app.size, *self.card).union(self.card[0])
            self.screen.app.stage.touch_area(there.inflate(kit.px(40), kit.px(40)))

    def next(self, by: int) -> None:
        """The card of the next thing on the map, or of the one before."""
        targets = self.chart.targets()
        if targets:
            self.spot = (self.spot + by) % len(targets)
            hit, rect = targets[self.spot]
            self.card = (rect, (hit.title, *hit.lines))

    def focused(self) -> Hit | None:
        """What the keyboard has focused."""
        targets = self.chart.targets()
        return targets[self.spot][0] if 0 <= self.spot < len(targets) else None
