"""Whether there may be a display at all: asked before pygame is read, which is much to read for a terminal."""

import os
import sys

from game.words import say


class NoDisplay(Exception):
    """There is no screen to open a window on; the message says what the system said."""


def seen() -> bool:
    """Whether there may be a screen: asked before SDL is, which elsewhere than on Windows and macOS draws for nobody
    when it finds none.
    """
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    )


def ask() -> None:
    """Raises *NoDisplay* where there can be no window."""
    if not seen():
        raise NoDisplay(say("no display is there"))
