"""The window of the system: its surface, its size in real pixels, full screen."""

import os
import sys
import warnings
from contextlib import suppress

import pygame
from attrs import define

from game.window.display import NoDisplay, ask
from game.words import say

MINIMUM = (640, 400)
"""The smallest window that people may make, in pixels; screens are laid out smaller for it."""

FIRST = (1280, 720)
"""The smallest window that is opened, in pixels."""


@define
class Glass:
    """An open window. *high*: opened through `pygame.Window`, which gives macOS its real pixels."""

    title: str
    surface: pygame.Surface
    window: pygame.Window | None = None

    @classmethod
    def opened(
        cls,
        title: str,
        size: tuple[int, int] | None = None,
        *,
        full: bool = False,
        high: bool = sys.platform == "darwin",
    ) -> "Glass":
        """Open the window. Raises *NoDisplay*."""
        prepare()
        ask()
        try:
            pygame.display.init()
            if pygame.display.get_driver() == "offscreen" and "SDL_VIDEODRIVER" not in os.environ:
                raise NoDisplay(say("no display is there"))
            room = pygame.display.get_desktop_sizes()[0]
            wanted = size or _fitting(room)
            if high:
                window = pygame.Window(title, wanted, allow_high_dpi=True, resizable=True, fullscreen_desktop=full)
                return cls(title, window.get_surface(), window)
            flags = pygame.FULLSCREEN if full else pygame.RESIZABLE
            surface = pygame.display.set_mode((0, 0) if full else wanted, flags)
        except (pygame.error, IndexError) as error:
            raise NoDisplay(str(error)) from error
        pygame.display.set_caption(title)
        with suppress(pygame.error, AttributeError), warnings.catch_warnings():
            # pygame warns of drawing through both at once, which nothing here does.
            warnings.simplefilter("ignore", DeprecationWarning)
            pygame.Window.from_display_module().minimum_size = MINIMUM
        return cls(title, surface)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in real pixels."""
        return self.surface.get_size()

    @property
    def factor(self) -> float:
        """Real pixels for one pixel in which the system tells where the pointer is."""
        return self.surface.get_width() / self.window.size[0] if self.window else 1.0

    def resized(self) -> None:
        """Take the surface that the system has made for the new size."""
        self.surface = self.window.get_surface() if self.window else pygame.display.get_surface() or self.surface

    def fill_screen(self, full: bool) -> None:
        """Fill the screen, or go back to a window."""
        if self.window:
            (self.window.set_fullscreen if full else self.window.set_windowed)()
            self.resized()
        elif full:
            self.surface = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        else:
            self.surface = pygame.display.set_mode(_fitting(pygame.display.get_desktop_sizes()[0]), pygame.RESIZABLE)

    def show(self, area: pygame.Rect | None = None) -> None:
        """Let people see what was painted, all of it or an area."""
        if self.window:
            self.window.flip()
        elif area is None:
            pygame.display.flip()
        else:
            pygame.display.update(area)


def prepare() -> None:
    """What SDL must know before it starts."""
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    os.environ.setdefault("SDL_IME_SHOW_UI", "1")
    os.environ.setdefault("SDL_MOUSE_FOCUS_CLICKTHROUGH", "1")
    # No sound is needed; a machine without a sound card must not complain.
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")


def _fitting(room: tuple[int, int]) -> tuple[int, int]:
    """A window that leaves room for the bars of the desktop."""
    wide, high = min(1600, room[0] - 40), min(900, room[1] - 100)
    return max(FIRST[0], wide), max(FIRST[1], high)
