"""Following a body: which cells it looks at and which it may change, whatever the state is.

A body is straight-line, so running it once on symbols meets every cell that it can ever look at and every change that
it can ever propose. Cells whose value is known, such as the order cell of an order that somebody thinks about, stand as
numbers: what they rule out is not met.
"""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from game.core.events import NOTE, SHIFT
from game.core.model import Game, Look, Rule, Track
from game.core.tracing import Tracing

NOTHING: Mapping[int, int] = {}


@frozen
class Proposal:
    """A change that a body may propose.

    *cells* are those that it may concern; *amount* is how far a shift goes where that is plain, else None; *certain*
    whether nothing in the state and no draw stands before it.
    """

    kind: str
    cells: frozenset[int]
    amount: int | None
    certain: bool
    label: str


@frozen
class Followed:
    """What a body looks at, and what it may propose."""

    looked: frozenset[int]
    proposed: tuple[Proposal, ...]

    @property
    def written(self) -> frozenset[int]:
        """The cells that it may change."""
        return frozenset().union(*(one.cells for one in self.proposed))


def followed(game: Game, rule: Rule, known: Mapping[int, int] = NOTHING) -> Followed:
    """Follow the body of a rule or effect; *known* are the values of cells that are settled. Of a body that cannot be
    traced nothing is known.
    """
    if rule.untraced:
        return Followed(frozenset(), ())
    table = Following(game, known)
    table.rule, table.who = rule.id, rule.who
    table.function(rule.body, rule.parameters)
    return Followed(frozenset(table.looked), tuple(table.proposed))


def looked_at(game: Game, look: Look) -> frozenset[int]:
    """The cells that a condition or amount looks at, on whatever way."""
    table = Following(game, NOTHING)
    table.function(look)
    return frozenset(table.looked)


def settled(game: Game, look: Look, known: Mapping[int, int]) -> bool | None:
    """What a condition comes to by the values of some cells alone; None where it depends on more."""
    table = Following(game, known)
    found: list[Any] = []
    table.function(lambda inner: found.append(look(inner)))
    return found[0] if isinstance(found[0], bool) else None


class Following(Tracing):
    """The table on which a body is followed; see the module. The text that it writes is thrown away."""

    def __init__(self, game: Game, known: Mapping[int, int]) -> None:
        super().__init__(game, record=False)
        self.settled = known
        self.looked: set[int] = set()
        self.proposed: list[Proposal] = []

    def track(self, track: Track, i: Any = 0, j: Any = 0) -> Any:
        """The value of a cell: a number where it is known."""
        cells = cells_at(track, i, j)
        self.looked |= cells
        first = min(cells)
        return self.settled[first] if len(cells) == 1 and first in self.settled else super().track(track, i, j)

    def cell(self, number: int) -> Any:
        """The value of a cell by its number."""
        self.looked.add(number)
        return self.settled[number] if number in self.settled else super().cell(number)

    def shift(self, track: Track, i: Any = 0, j: Any = 0, *, by: Any, when: Any = True, label: str = "") -> None:
        """Remember a shift that is not ruled out."""
        amounts = [by] if not isinstance(by, list | tuple) else [part for _, part in by]
        plain = sum(amounts) if all(isinstance(one, int) for one in amounts) else None
        if plain != 0:
            self._propose(SHIFT, track, i, j, when, label, plain)

    def note(self, track: Track, i: Any = 0, j: Any = 0, *, when: Any = True, label: str = "",
             seen: int | None = None) -> None:  # fmt: skip
        """Remember a note that is not ruled out."""
        self._propose(NOTE, track, i, j, when, label)

    def _put(self, kind: str, track: Track, i: Any, j: Any, to: Any, when: Any, label: str) -> None:
        self._propose(kind, track, i, j, when, label)

    def _propose(
        self, kind: str, track: Track, i: Any, j: Any, when: Any, label: str, amount: int | None = None
    ) -> None:
        if when is not False:
            certain = when is True and len(self.blocks) == 1
            self.proposed.append(Proposal(kind, cells_at(track, i, j), amount, certain, label))


def cells_at(track: Track, i: Any, j: Any) -> frozenset[int]:
    """The cells of a track at these keys: all along an axis whose key is known only while the game runs."""
    rows = [i] if isinstance(i, int) else range(track.shape[0])
    columns = [j] if isinstance(j, int) else range(track.shape[1])
    return frozenset(track.cell(row, column) for row in rows for column in columns)
