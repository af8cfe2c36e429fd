"""Which mechanisms were used: a row for each, a cell for each turn, the marks of those who used it in the cell."""

from collections.abc import Callable, Sequence

import pygame

from game.core import Game
from game.play.uses import Use
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Look, Node, Picture, nothing, ring
from game.window.screens.review_parts import side_mark
from game.words import say

WORDS = {"asked": "{side}: used", "answered": "{side}: answered", "refused": "{side}: refused",
         "unanswered": "{side}: not answered"}  # fmt: skip


class Matrix(Node):
    """Mechanisms by turn. A name or a cell opens the chain of its mechanism."""

    def __init__(self, game: Game, used: Sequence[Use], turns: int, opens: Callable[[str], Act]) -> None:
        super().__init__()
        self.game, self.turns = game, turns
        self.sides = [side.id for side in game.sides]
        self.cells = outcomes(used)
        names = dict(zip(game.mechanisms, game.mechanism_names, strict=True))
        self.rows = [one for one in game.mechanisms if any(cell[0] == one for cell in self.cells)]
        self.names = [names[one] for one in self.rows]
        self.heads = [Picture(10, nothing, key=f"matrix/{one}", act=opens(one), tip=(names[one], say("Open its chain.")))
                      for one in self.rows]  # fmt: skip
        self.spots = {place: Picture(10, nothing, key=f"used/{place[0]}/{place[1]}", act=opens(place[0]),
                                     tip=self._tip(names[place[0]], place)) for place in self.cells}  # fmt: skip
        self._left = 0
        self._tops: list[int] = []

    def _tip(self, name: str, place: tuple[str, int]) -> tuple[str, ...]:
        sides = {side.id: side.name for side in self.game.sides}
        lines = [say(WORDS[outcome], side=sides[side]) for side, outcome in sorted(self.cells[place].items())]
        return (say("{name}, turn {turn}", name=name, turn=place[1]), *lines)

    def children(self) -> Sequence[Node]:
        """Names and cells."""
        return (*self.heads, *self.spots.values())

    def _names(self, kit: Kit, width: int) -> int:
        natural = max((kit.width(name, "sans", 14) for name in self.names), default=0) + kit.px(14)
        return max(kit.px(90), min(natural, width * 40 // 100, width - self.turns * kit.px(22)))

    def _high(self, kit: Kit, width: int) -> list[int]:
        room = self._names(kit, width) - kit.px(12)
        return [max(kit.px(29), len(kit.wrap(name, room, "sans", 14)) * kit.line("sans", 14) + kit.px(6))
                for name in self.names]  # fmt: skip

    def height(self, kit: Kit, width: int) -> int:
        """A line of turns, then the rows."""
        return kit.line("medium", 13) + kit.px(4) + sum(self._high(kit, width)) if self.rows else 0

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """Names at the left, cells in columns of equal width."""
        super().place(kit, rect)
        self._left = self._names(kit, rect.w)
        y = kit.line("medium", 13) + kit.px(4)
        self._tops = []
        for one, high, head in zip(self.rows, self._high(kit, rect.w), self.heads, strict=True):
            self._tops.append(y)
            head.place(kit, pygame.Rect(rect.x, rect.y + y, self._left - kit.px(6), high))
            for turn in range(1, self.turns + 1):
                spot = self.spots.get((one, turn))
                if spot:
                    spot.place(kit, self._cell(turn, y, high).move(rect.topleft))
            y += high

    def _cell(self, turn: int, y: int, high: int) -> pygame.Rect:
        room = self.rect.w - self._left
        left, right = room * (turn - 1) // self.turns, room * turn // self.turns
        return pygame.Rect(self._left + left, y, right - left, high)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Numbers of turns, names, marks."""
        kit, theme, at = look.kit, look.kit.theme, self.rect.topleft
        if not self.rows:
            return
        highs = [head.rect.h for head in self.heads]
        size = min(kit.px(20), self._cell(1, 0, 1).w - kit.px(3))
        for turn in range(1, self.turns + 1):
            x = self._cell(turn, 0, 1).centerx + at[0]
            kit.text(surface, str(turn), x, at[1], "medium", 13, theme.ink2, "centre")
        for one, name, y, high, head in zip(self.rows, self.names, self._tops, highs, self.heads, strict=True):
            hot = look.hover == head.key
            lines = kit.wrap(name, self._left - kit.px(12), "sans", 14)
            top = at[1] + y + (high - len(lines) * kit.line("sans", 14)) // 2
            for number, line in enumerate(lines):
                ink = theme.accent if hot else theme.ink
                kit.text(surface, line, at[0], top + number * kit.line("sans", 14), "sans", 14, ink)
            for turn in range(1, self.turns + 1):
                cell = self._cell(turn, y, high).move(at)
                self._paint_cell(surface, look, cell, (one, turn), size)
        for node in (*self.heads, *self.spots.values()):
            if look.focus == node.key:
                ring(surface, node.rect.inflate(-kit.px(4), -kit.px(4)), kit, 5)

    def _paint_cell(
        self, surface: pygame.Surface, look: Look, cell: pygame.Rect, place: tuple[str, int], size: int
    ) -> None:
        kit, theme = look.kit, look.kit.theme
        found = self.cells.get(place, {})
        hot = place in self.spots and look.hover == self.spots[place].key
        if hot:
            paint.box(surface, cell.inflate(-kit.px(2), -kit.px(2)), kit.px(6), theme.panel3)
        if not found:
            empty = pygame.Rect(0, 0, size, size)
            empty.center = cell.center
            paint.box(surface, empty, kit.px(5), theme.panel2)
            return
        sides = [side for side in self.sides if side in found]
        own = size if len(sides) == 1 else min(size, max(kit.px(9), (cell.w - kit.px(2)) // len(sides) - kit.px(2)))
        left = cell.centerx - (len(sides) * (own + kit.px(2)) - kit.px(2)) // 2 + own // 2
        for number, side in enumerate(sides):
            centre = (left + number * (own + kit.px(2)), cell.centery)
            side_mark(surface, kit, centre, own, side, self.sides.index(side), found[side])


def outcomes(used: Sequence[Use]) -> dict[tuple[str, int], dict[str, str]]:
    """For each mechanism and turn in which it was used, what became of it for each side: the last word counts."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for use in used:
        found.setdefault((use.mechanism, use.turn), {})[use.side] = use.kind
    return found
