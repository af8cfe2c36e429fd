"""The pointer and the keys on the chart: dragging, zooming, and what is under the pointer."""

from typing import Protocol

import pygame
from attrs import define

from game.window.chart.camera import Camera, now
from game.window.chart.clusters import Seat
from game.window.chart.counters import Piece
from game.window.chart.crowd import Fan, opened
from game.window.chart.furniture import Layout
from game.window.chart.hits import Hit
from game.window.chart.projection import Frame
from game.window.kit.kit import Kit

WHEEL = 1.22
"""How much one step of the wheel enlarges."""

STEP = 90
"""How far an arrow key moves the chart, in pixels of the design."""

SLACK = 4
"""How far a pressed pointer may move before it drags, in pixels of the design."""

TWICE = 350
"""Milliseconds within which two clicks are a double click."""


class Ground(Protocol):
    """What the pointer needs of the chart."""

    kit: Kit
    camera: Camera
    area: pygame.Rect
    free: pygame.Rect
    focused: bool

    def layout(self) -> Layout:
        """Where the furniture is."""

    def fit(self, frame: Frame | None = None, animate: bool = True) -> None:
        """Show the whole scenario."""

    def hit(self, at: tuple[int, int]) -> Hit | None:
        """What is at a pixel."""

    def stack_at(self, at: tuple[int, int]) -> tuple[Seat, pygame.Rect] | None:
        """The stack at a pixel."""


@define(eq=False)
class Pointer:
    """State of the pointer over one chart. *button* is the button of the furniture under it, *fan* an opened stack."""

    chart: Ground
    button: str = ""
    fan: Fan | None = None
    pressed: tuple[int, int] | None = None
    dragging: bool = False
    _clicked: tuple[float, tuple[int, int]] = (-10_000.0, (0, 0))

    def state(self) -> tuple[object, ...]:
        """What of it shows in the picture."""
        return self.button, self.fan

    def event(self, event: pygame.event.Event) -> bool:
        """Whether the chart used an event. A click that drags nothing is left to the caller, who asks what it hit."""
        kind = event.type
        if kind == pygame.MOUSEBUTTONDOWN and event.button in {1, 2} and self.chart.area.collidepoint(event.pos):
            self.pressed, self.dragging = event.pos, False
            return bool(event.button == 2)
        if kind == pygame.MOUSEMOTION:
            return self._moved(event)
        if kind == pygame.MOUSEBUTTONUP and event.button in {1, 2} and self.pressed is not None:
            return self._released(event)
        if kind == pygame.MOUSEWHEEL:
            return self._wheel(event)
        if kind == pygame.KEYDOWN and self.chart.focused:
            return self._key(event)
        return False

    def leave(self) -> None:
        """Forget what was under the pointer: it is over something else now."""
        self.button, self.fan = "", None

    def _moved(self, event: pygame.event.Event) -> bool:
        if self.pressed is None:
            self._over(event.pos)
            return False
        far = max(abs(a - b) for a, b in zip(event.pos, self.pressed, strict=True))
        if not self.dragging and far <= self.chart.kit.px(SLACK):
            return True
        way = event.rel if self.dragging else tuple(a - b for a, b in zip(event.pos, self.pressed, strict=True))
        self.dragging, self.fan = True, None
        self.chart.camera.drag(way[0], way[1])
        return True

    def _over(self, at: tuple[int, int]) -> None:
        self.button = self.chart.layout().action(at)
        if self.fan and (self.fan.rect.collidepoint(at)):
            return
        found = None if self.button else self.chart.stack_at(at)
        if found is None:
            self.fan = None
        elif self.fan is None or self.fan.seat is not found[0]:
            self.fan = opened(self.chart.kit, found[0], found[1], self.chart.free)

    def _released(self, event: pygame.event.Event) -> bool:
        dragged, self.pressed, self.dragging = self.dragging, None, False
        if dragged or event.button == 2:
            return True
        moment, (before, where) = now(), self._clicked
        self._clicked = (moment, event.pos)
        near = max(abs(a - b) for a, b in zip(event.pos, where, strict=True)) <= self.chart.kit.px(6)
        if moment - before <= TWICE and near and self._bare(event.pos):
            self._clicked = (-10_000, (0, 0))
            self.chart.camera.zoom(2.0, self._inner(event.pos))
            return True
        return False

    def _bare(self, at: tuple[int, int]) -> bool:
        """Whether a double click at a pixel means the chart itself rather than a piece or a button."""
        return not self.chart.layout().action(at) and not isinstance(self.chart.hit(at), Piece)

    def _wheel(self, event: pygame.event.Event) -> bool:
        at = getattr(event, "pos", None) or pygame.mouse.get_pos()
        turned = getattr(event, "precise_y", 0.0) or event.y
        if not self.chart.area.collidepoint(at) or not turned:
            return False
        self.fan = None
        self.chart.camera.zoom(WHEEL**turned, self._inner(at))
        return True

    def _inner(self, at: tuple[int, int]) -> tuple[float, float]:
        """A pixel of the window as one of the camera's."""
        return at[0] - self.chart.free.x, at[1] - self.chart.free.y

    def _key(self, event: pygame.event.Event) -> bool:
        step = self.chart.kit.px(STEP)
        ways = {pygame.K_LEFT: (step, 0), pygame.K_RIGHT: (-step, 0), pygame.K_UP: (0, step), pygame.K_DOWN: (0, -step)}
        middle = self.chart.free.w / 2, self.chart.free.h / 2
        if event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META):
            return False
        if event.key in ways:
            goal = self.chart.camera.goal
            self.chart.camera.go(goal.panned(*ways[event.key]))
        elif event.key in {pygame.K_PLUS, pygame.K_KP_PLUS, pygame.K_EQUALS}:
            self.chart.camera.zoom(1.4, middle)
        elif event.key in {pygame.K_MINUS, pygame.K_KP_MINUS}:
            self.chart.camera.zoom(1 / 1.4, middle)
        elif event.key == pygame.K_HOME:
            self.chart.fit()
        else:
            return False
        return True
