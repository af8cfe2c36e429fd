"""The loop: events in, pictures out, and only when something has changed."""

import gc
import math
from collections.abc import Sequence
from time import perf_counter

import pygame

from game.window.glass import Glass
from game.window.kit import lettering
from game.window.kit.kit import Kit
from game.window.kit.pane import Pane
from game.window.kit.stage import Stage
from game.window.kit.theme import THEMES
from game.window.settings import TEXT_SIZES, Settings

FRAME = 16
"""Milliseconds of a frame while something moves."""

LETTERS = 0.006
"""Seconds from the beginning of a frame in which new texts are drawn; the others come in the next."""

SOON_ENOUGH = 0.003
"""Seconds from the beginning of a frame in which the whole window can still be painted; later it is left to the next frame."""

LATE = 2
"""Frames in a row in which it is left so: one in which panes are built, one in which their pictures are drawn."""

REST = 250
"""Milliseconds that the loop sleeps at most while nothing moves: for clocks."""

SOON = 60
"""Milliseconds that it sleeps while something is awaited: a card beside the pointer, a forecast."""

LAID_OUT = (853, 480)
"""The least that every screen is laid out for, in design pixels: 1280 x 720 at a text size of 150 %."""

SELDOM = (700, 10, 1000)
"""When Python looks for what nothing refers to any more (see `gc.set_threshold`): a look through everything takes longer
than two frames, so that it waits until nobody does anything.
"""

POINTER = (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP)
RESIZED = (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED)


class Screen:
    """What people see at one time: panes, and what is behind them."""

    def __init__(self, app: "App") -> None:
        self.app = app

    @property
    def kit(self) -> Kit:
        """Theme and scale."""
        return self.app.kit

    def panes(self) -> Sequence[Pane]:
        """The panes, for the size of the window and what there is to show now."""
        return ()

    def behind(self, surface: pygame.Surface) -> None:
        """Paint what is behind the panes."""
        surface.fill(self.kit.theme.page)

    def over(self, surface: pygame.Surface) -> None:
        """Paint what is in front of the panes."""

    def event(self, event: pygame.event.Event) -> bool:
        """An event that no pane took; whether it changed what is seen."""
        return False

    def first(self, event: pygame.event.Event) -> bool:
        """An event before the panes get it; whether it is dealt with."""
        return False

    def tick(self, now: int) -> bool:
        """Time has passed (milliseconds); whether that changed what is seen."""
        return False

    @property
    def waits(self) -> bool:
        """Whether something is to come soon, so that the loop must look for it often."""
        return False

    @property
    def building(self) -> bool:
        """Whether the next frame is to bring more of what there is to show."""
        return False

    @property
    def busy(self) -> bool:
        """Whether something moves, so that frames must follow one another."""
        return False

    def leave(self) -> None:
        """The screen goes, or the window closes: keep what must not be lost."""

    def changed(self) -> None:
        """What there is to show has changed: build the panes anew."""
        self.app.rebuild()


class App:
    """The window with its one screen."""

    def __init__(self, glass: Glass, settings: Settings) -> None:
        self.glass = glass
        self.settings = settings
        self.kit = self._kit()
        self.stage = Stage(self.kit)
        self.screen = Screen(self)
        self.running = True
        self._stale = True
        self._late = 0
        self._now = pygame.time.get_ticks()

    # ---- looks
    def _kit(self) -> Kit:
        """Theme and scale: twice the design at 4K, and the text size that people chose."""
        wide, high = self.glass.size
        base = 2.0 if wide >= 3200 and high >= 1700 else 1.0
        # A window too small for the text size that was chosen is laid out at the size that fits.
        most = min(wide / LAID_OUT[0], high / LAID_OUT[1])
        return Kit(THEMES[self.settings.theme], min(base * self.settings.size, most), self.settings.still)

    @property
    def size(self) -> tuple[int, int]:
        """Of the window, in real pixels."""
        return self.glass.size

    @property
    def compact(self) -> bool:
        """Whether there is room for one panel at a time only."""
        return self.glass.size[0] / self.kit.u < 1600

    @property
    def tiny(self) -> bool:
        """Whether letters are so large for the window that pictures, words and panels give way to them."""
        wide, high = self.glass.size
        return wide / self.kit.u < 1080 or high / self.kit.u < 560

    def restyle(self) -> None:
        """Settings have changed: new kit, new panes, and they are kept."""
        self.kit = self._kit()
        self.settings.write()
        self.rebuild()

    def larger(self, by: int) -> None:
        """The next text size, or the one before."""
        place = TEXT_SIZES.index(self.settings.size) + by
        if 0 <= place < len(TEXT_SIZES):
            self.settings.size = TEXT_SIZES[place]
            self.restyle()

    def retheme(self) -> None:
        """The other theme."""
        self.settings.theme = "projector" if self.settings.theme == "chart" else "chart"
        self.restyle()

    def fill_screen(self) -> None:
        """Full screen, or back."""
        self.settings.full = not self.settings.full
        self.glass.fill_screen(self.settings.full)
        self.restyle()

    # ---- screens
    def go(self, screen: Screen) -> None:
        """Another screen. Nothing of the one before stays: neither panes nor drawn letters nor clipboard."""
        self.screen.leave()
        self.stage.forget()
        lettering.forget()
        self.screen = screen
        self.rebuild()

    def panes(self) -> list[Pane]:
        """The panes of the screen."""
        return list(self.screen.panes())

    def rebuild(self, *, whole: bool = True) -> None:
        """Build the panes anew. *whole*: what is behind them may have changed as well."""
        self.stage.show(self.kit, self.panes(), whole=whole)
        self._stale = self._stale or whole

    def close(self) -> None:
        """Stop after this frame; nothing is lost."""
        self.running = False

    # ---- the loop
    def run(self) -> None:
        """Until people close the window."""
        tidying = gc.get_threshold()
        gc.set_threshold(*SELDOM)
        try:
            while self.running:
                self.turn()
        finally:
            gc.set_threshold(*tidying)
        self.screen.leave()
        self.settings.write()

    def turn(self, wait: bool = True) -> None:
        """One round: events, time, and a picture if there is something new."""
        events = self._events(wait)
        began = perf_counter()
        until = began + LETTERS
        for event in events:
            self.handle(event)
        self._now = pygame.time.get_ticks()
        self.stage.tick(self._now)
        if self.screen.tick(self._now):
            self._stale = True
        if not (self._stale or self.screen.busy or self.stage.fresh):
            return
        if self._left_to_next(began, until):
            return
        if self._stale or self.screen.busy:
            self.paint(until=until)
            self.glass.show()
        else:
            area = self.stage.take_dirty()
            self.paint(area, until)
            self.glass.show(area)

    @property
    def late(self) -> bool:
        """Whether the last frame has left painting to this one, so that nothing more should be built first."""
        return self._late > 0

    def _left_to_next(self, began: float, until: float) -> bool:
        """Whether the next frame is to paint: where all of the window must be painted, and panes were built or their pictures
        drawn in this one.
        """
        whole = self._stale or self.screen.busy or self.stage.wholly
        if whole and self._late < LATE:
            if perf_counter() < until:
                self.stage.draw(until)
            if perf_counter() > began + SOON_ENOUGH:
                self._late += 1
                return True
        self._late = 0
        return False

    def _events(self, wait: bool) -> list[pygame.event.Event]:
        moving = self.screen.busy or self.screen.building or self.stage.fresh or self._stale
        if not wait:
            return pygame.event.get()
        if moving:
            pygame.time.wait(max(0, FRAME - (pygame.time.get_ticks() - self._now)))
            return pygame.event.get()
        first = pygame.event.wait(SOON if self.stage.waits or self.screen.waits else REST)
        if first.type == pygame.NOEVENT and gc.get_count()[2] > SELDOM[1]:
            gc.collect()
        return [first, *pygame.event.get()] if first.type != pygame.NOEVENT else []

    def handle(self, event: pygame.event.Event) -> None:
        """One event: window, screen first, panes, then the screen behind them."""
        event = self._scaled(event)
        if event.type == pygame.QUIT:
            self.close()
        elif event.type in RESIZED:
            self.glass.resized()
            self.kit = self._kit()
            self.rebuild()
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED):
            self._stale = True
        elif event.type == pygame.MOUSEWHEEL and not hasattr(event, "x"):
            return
        elif not self._shortcut(event) and not self.screen.first(event):
            taken = self.stage.event(event)
            if not taken and self.screen.event(event):
                self._stale = True

    def _scaled(self, event: pygame.event.Event) -> pygame.event.Event:
        factor = self.glass.factor
        if factor == 1 or event.type not in POINTER:
            return event
        place = {
            key: tuple(round(n * factor) for n in getattr(event, key)) for key in ("pos", "rel") if hasattr(event, key)
        }
        return pygame.event.Event(event.type, {**event.dict, **place})

    def _shortcut(self, event: pygame.event.Event) -> bool:
        """Keys that work everywhere."""
        if event.type != pygame.KEYDOWN:
            return False
        command = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
        if event.key == pygame.K_F2:
            self.retheme()
        elif event.key == pygame.K_F11:
            self.fill_screen()
        elif command and event.key in (pygame.K_EQUALS, pygame.K_PLUS, pygame.K_KP_PLUS):
            self.larger(1)
        elif command and event.key in (pygame.K_MINUS, pygame.K_KP_MINUS):
            self.larger(-1)
        else:
            return False
        return True

    def paint(self, area: pygame.Rect | None = None, until: float = math.inf) -> None:
        """One picture, or an area of it; new texts are drawn *until* a moment of the clock."""
        surface = self.glass.surface
        if area is None:
            self._stale = False
            self.stage.take_dirty()
        surface.set_clip(area)
        self.screen.behind(surface)
        self.stage.paint(surface, until)
        self.screen.over(surface)
        surface.set_clip(None)
