"""A long page, laid out little by little: first as much as is looked at, the rest in the frames after."""

from collections.abc import Iterable, Iterator
from time import perf_counter

import pygame

from game.window.kit.kit import Kit
from game.window.kit.node import Column, Node


class Page(Column):
    """A column whose nodes are made, measured and placed one by one. *whole*: all of them have come.

    Its nodes neither grow nor change their height once they have come, so that what was measured is kept.
    """

    def __init__(self, nodes: Iterable[Node], gap: float = 0) -> None:
        super().__init__((), gap)
        self.whole = False
        self._coming = _parts(nodes)
        self._joined: list[bool] = []
        self._spans: dict[tuple[Kit, int], list[tuple[int, int]]] = {}

    def _take(self) -> Node | None:
        node, joined = next(self._coming, (None, False))
        if node is None:
            self.whole = True
        else:
            self.nodes.append(node)
            self._joined.append(joined)
        return node

    def complete(self) -> None:
        """Let all nodes come."""
        while self._take():
            pass

    def _measured(self, kit: Kit, width: int, number: int) -> tuple[int, int]:
        """Where a node begins and ends at a width, from the top of the page."""
        spans = self._spans.setdefault((kit, width), [])
        for n in range(len(spans), number + 1):
            top = spans[-1][1] if spans else 0
            top += 0 if n == 0 or self._joined[n] else kit.px(self.gap)
            spans.append((top, top + self.nodes[n].height(kit, width)))
        return spans[number]

    def height(self, kit: Kit, width: int) -> int:
        """Of what has come."""
        return self._measured(kit, width, len(self.nodes) - 1)[1] if self.nodes else 0

    def exceeds(self, kit: Kit, width: int, high: int) -> bool:
        """Whether it is higher; as many nodes come as it takes to tell."""
        number = 0
        while number < len(self.nodes) or self._take():
            if self._measured(kit, width, number)[1] > high:
                return True
            number += 1
        return False

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """What has come, from top to bottom."""
        Node.place(self, kit, rect)
        for number in range(len(self.nodes)):
            self._put(kit, number)

    def _put(self, kit: Kit, number: int) -> None:
        top, bottom = self._measured(kit, self.rect.w, number)
        self.nodes[number].place(kit, pygame.Rect(self.rect.x, self.rect.y + top, self.rect.w, bottom - top))
        self.rect.h = max(self.rect.h, bottom)

    def go_on(self, kit: Kit, until: float) -> list[Node]:
        """Let more come until a moment of the clock (`time.perf_counter`), and place them; what has come."""
        before = len(self.nodes)
        while self._take():
            self._put(kit, len(self.nodes) - 1)
            if perf_counter() > until:
                break
        return self.nodes[before:]


def _parts(nodes: Iterable[Node]) -> Iterator[tuple[Node, bool]]:
    """What can be laid out by itself, and whether it goes on from what is above it without a gap."""
    for node in nodes:
        for number, part in enumerate(node.parts()):
            yield part, number > 0
