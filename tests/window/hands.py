"""Hands at the window for tests: real events in, pictures and words out."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame

from game.window.app import App
from game.window.glass import Glass
from game.window.kit.node import Node
from game.window.kit.words import Label, Rich
from game.window.screens.desk import Desk
from game.window.settings import Settings
from game.window.table import Table


class Hands:
    """One window, and what people do at it."""

    def __init__(
        self, folder: Path, *, size: tuple[int, int] = (1280, 720), kind: type[App] = App, **settings: Any
    ) -> None:
        glass = Glass.opened("Kuroshio", size)
        glass.surface = pygame.display.set_mode(size)
        pygame.init()
        pygame.event.clear()
        # A process that plays ahead is for the tests that are about it.
        self.app = kind(glass, Settings(path=folder / "window.json", **{"forecasts": False, **settings}))

    def key(self, key: int, text: str = "", mod: int = 0, *, up: bool = True) -> None:
        """Type a key, with the text that the system makes of it."""
        self.app.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=text))
        if text:
            self.app.handle(pygame.event.Event(pygame.TEXTINPUT, text=text))
        if up:
            self.up(key)

    def up(self, key: int) -> None:
        self.app.handle(pygame.event.Event(pygame.KEYUP, key=key, mod=0))

    def enter(self) -> None:
        self.key(pygame.K_RETURN, "")

    def write(self, text: str) -> None:
        """Type a text into the field that has the focus."""
        for letter in text:
            self.key(ord(letter) if letter.isascii() else pygame.K_UNKNOWN, letter)

    def node(self, key: str) -> Node:
        """What can be reached by a key; scrolled into view."""
        found = self.app.stage.node(key)
        assert found is not None, (key, sorted(one.key for one in self.app.stage._nodes() if one.key))
        return found

    def click(self, key: str) -> None:
        """Click on something."""
        self.app.stage.take(key, by_key=False)
        self.press_at(self.node(key).rect.center)

    def press_at(self, at: tuple[int, int]) -> None:
        self.app.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
        self.app.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
        self.app.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))

    def turns(self, count: int = 3) -> None:
        """Let the loop go round, with what the system has to say."""
        for _ in range(count):
            self.app.turn(wait=False)

    def hold(self, seconds: float, key: int = pygame.K_SPACE) -> None:
        """Hold a key, while the loop goes round."""
        self.key(key, " ", up=False)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.turns(1)
            time.sleep(0.02)
        # A machine under load may have spent the time on one picture.
        self.turns(1)
        self.up(key)

    @property
    def words(self) -> str:
        """All that is written in the panes now."""
        texts: list[str] = []
        for pane in self.app.stage.panes:
            for node in pane.node.walk():
                if isinstance(node, Label):
                    texts.append(node.text)
                elif isinstance(node, Rich):
                    texts += [block[2] for block in node.blocks]
                else:
                    texts += [
                        value for name in ("text", "name", "about") if isinstance(value := getattr(node, name, ""), str)
                    ]
        return "\n".join(texts)

    def pixels(self) -> bytes:
        """The picture of the window."""
        self.app.paint()
        return pygame.image.tobytes(self.app.glass.surface, "RGB")


def inside(hands: Hands) -> Sequence[str]:
    """Panes that reach beyond the window."""
    room = pygame.Rect((0, 0), hands.app.size)
    return [pane.name for pane in hands.app.stage.panes if not room.contains(pane.rect)]


def sits(hands: Hands, table: Table, agency: str) -> Desk:
    """The desk of an agency, at rest and with nothing in front of it."""
    table.sit(agency)
    desk = hands.app.screen
    assert isinstance(desk, Desk)
    hands.turns(20)
    if desk.front.build:
        hands.key(pygame.K_ESCAPE)
    return desk
