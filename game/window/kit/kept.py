"""Panes that are kept from one building of a screen to the next, for a screen whose frames must not wait."""

from collections.abc import Callable

import pygame

from game.window.kit.kit import Kit
from game.window.kit.node import Node
from game.window.kit.pane import Pane


class Kept:
    """The panes of one screen, by name. It goes with its screen, so that nothing is kept from seat to seat.

    A pane is built anew where it stands elsewhere or shows something else. Several in one frame would take too long: the
    first that shows something else is built, the others follow one by one in the frames after. *behind*: some are to follow.
    """

    def __init__(self) -> None:
        self.behind = False
        self._built = False
        self._panes: dict[str, tuple[object, object, Pane]] = {}

    def begin(self) -> None:
        """Another frame."""
        self.behind = self._built = False

    def pane(
        self, kit: Kit, name: str, rect: pygame.Rect, shows: object, build: Callable[[], Node | Pane], *, plain: bool = False
    ) -> Pane:  # fmt: skip
        """The pane of this name. *shows*: all that what it shows depends on."""
        place = (kit, tuple(rect))
        before = self._panes.get(name)
        if before and before[0] == place:
            if before[1] == shows:
                return before[2]
            if self._built:
                self.behind = True
                return before[2]
        self._built = True
        made = build()
        pane = made if isinstance(made, Pane) else Pane(name, rect, made, plain=plain)
        self._panes[name] = (place, shows, pane)
        return pane
