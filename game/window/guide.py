"""The guide of a first game: the scenario's first steps beside the map, one at a time."""

import re

import pygame

from game.core import Game
from game.window.app import App
from game.window.kit.controls import Button
from game.window.kit.node import Act, Column, Node, Pad, Row, Spacer
from game.window.kit.pane import Pane
from game.window.kit.words import Label, plain
from game.words import say

PAGE = "first-steps"
"""The text of a scenario that guides a first turn: a numbered list. A link in a step names what it asks for, one of `ASKS`."""

ASKS = ("briefing", "map", "orders", "reason")
"""What can be told to have been done: the briefing was opened, something on the map was looked at, all orders of the turn were
given, a reason was noted.
"""

LINK = re.compile(r"\[[^\]]*\]\((\w+)\)")


class Guide:
    """The steps of a first turn and which of them is shown. *asks*: what each asks for, empty where that cannot be told."""

    def __init__(self, steps: list[str], asks: list[str]) -> None:
        self.steps, self.asks, self.here = steps, asks, 0
        self._done: set[str] = set()

    @classmethod
    def of(cls, game: Game, turn: int) -> "Guide | None":
        """The guide of a game, in its first turn and where it has one."""
        text = " ".join(game.texts.get(PAGE, "").split("\n"))
        parts = re.split(r"(?:^|\s)\d+\.\s+", text)[1:]
        steps = [plain(one).replace("**", "").strip() for one in parts]
        asks = [found[1] if (found := LINK.search(one)) else "" for one in parts]
        return cls(steps, asks) if steps and turn == 0 else None

    def done(self, what: str) -> bool:
        """Something has been done; whether that leads on: from the step that asks for it, and over those done before. Who
        goes back to a step stays there.
        """
        new, before = what not in self._done, self.here
        self._done.add(what)
        if new and self.asks[self.here] == what:
            while self.here < len(self.steps) - 1 and self.asks[self.here] in self._done:
                self.here += 1
        return self.here != before

    def pane(self, app: App, free: pygame.Rect, changed: Act) -> Pane:
        """The step as a card at the top of the free part of the map."""
        kit = app.kit

        def go(by: int) -> None:
            self.here = max(0, min(len(self.steps) - 1, self.here + by))
            changed()

        head = say("First steps, {here} of {count}", here=self.here + 1, count=len(self.steps))
        buttons: list[Node] = [
            Button("guide/back", say("Back"), lambda: go(-1), kind="chip", off=self.here == 0),
            Button(
                "guide/next", say("Next"), lambda: go(1), kind="chip", on=True, off=self.here == len(self.steps) - 1
            ),
        ]
        title = Label(head, "semibold", 13, "accent")
        step = Label(self.steps[self.here], "serif", 16)
        if app.tiny:
            node = Column([title, Spacer(2), step, Spacer(8), Row([*buttons, Spacer()], [0, 0, -1], gap=6)])
        else:
            node = Column([Row([title, *buttons], [-1, 0, 0], gap=6), Spacer(4), step])
        card = Pad(node, 16, 10, 14)
        # Left of the buttons of the map.
        wide = min(kit.px(520), free.w - kit.px(190))
        rect = pygame.Rect(free.x + kit.px(8), free.y, wide, card.height(kit, wide))
        return Pane("guide", rect, card)
