"""Tracing for many runs: the text of a turn without the numbers of the scenario, so that it can be compiled once.

The text depends on structure alone. Every number that a body, an expression or a policy brings (chances, weights,
thresholds, limits, tables, minutes of the turns, addresses of draws) stands in a row of numbers, *N*, and is looked up
there, so that another number is another row and no other text. Numbers of cells stay in the text.

A row at work, *S*, has three parts: the cells, room for the weights of one draw of a computer player, and last the
fingerprint of the turn's rolls so far. All runs of a game share its numbers, which nothing writes.
"""

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from game.core import chance as draws
from game.core.fingerprint import folded
from game.core.following import cells_at
from game.core.model import Action, Detail, Game, Look, Lot, Track
from game.core.symbols import Expr
from game.core.table import entry_number, lot_tables
from game.core.tracing import Tracing
from game.core.turn import choose_orders, play_turn

Play = Callable[[list[int], Sequence[int], int, int], None]
"""Plays a part of a turn on a row at work, with the numbers, and the key and the number of the turn."""


OUTSIDE = "a body looks at place {index} of {count}"

SHORT = 16
"""Tables with fewer numbers are not shared."""


@frozen(eq=False)
class Lifted:
    """A game as text without numbers, and its numbers.

    *source* defines the functions *play(S, N, key, turn)* and *choose(S, N, key, turn)* of a row at work *S* and the
    *numbers* *N*; they call *rolled*, *picked*, *lots*, *way* and *among*. *room* is how many weights are kept behind the
    cells; *noted* are the cells in which a turn may note something.
    """

    game: Game
    source: str
    room: int
    numbers: tuple[int, ...]
    noted: frozenset[int]

    def at_work(self, row: Sequence[int]) -> list[int]:
        """A row at work that begins with these cells."""
        return [*row, *(0,) * self.room, 0]

    def in_python(self) -> tuple[Play, Play]:
        """*choose* and *play*, run by Python itself. The text is written here from numbers alone."""
        names: dict[str, Any] = {"rolled": rolled, "picked": picked, "lots": lots, "way": way, "among": among}
        exec(compile(self.source, "<lifted turn>", "exec"), names)
        return names["choose"], names["play"]


# ---- what the text calls, as Python runs it
def rolled(row: list[int], key: int, place: int, chance: int) -> bool:
    """A roll, remembered in the fingerprint."""
    row[-1] = folded(row[-1], place, chance)
    return draws.permille(key, place) < chance


def picked(row: list[int], key: int, place: int, count: int) -> int:
    """A pick, remembered in the fingerprint."""
    row[-1] = folded(row[-1], place, count)
    return draws.pick(key, place, count)


def lots(row: list[int], numbers: Sequence[int], key: int, place: int, room: int, hold: int, groups: int, cells: int,
         codes: int, count: int) -> None:  # fmt: skip
    """`chance.lots` with its weights in the row, and its tables among the numbers."""
    weights = row[room : room + hold + 1]
    alike, put, to = (tuple(numbers[first : first + hold]) for first in (groups, cells, codes))
    draws.lots(row, key, place, weights, alike, put, to, count)


def way(row: list[int], key: int, place: int, room: int, count: int, cell: int, stride: int) -> None:
    """`chance.way` with its weights in the row."""
    draws.way(row, key, place, row[room : room + count], cell, stride)


def among(row: list[int], index: int, count: int) -> int:
    """A place that is known only while the game runs, among so many. Raises *IndexError* outside them."""
    if not 0 <= index < count:
        raise IndexError(OUTSIDE.format(index=index, count=count))
    return index


# ---- writing it
def lifted(game: Game, policies: Sequence[str]) -> Lifted:
    """Trace a turn of *game* and the orders of its computer players. Raises *RuleError* as tracing does."""
    table = Lifting(game)
    play = table.function(play_turn, game)
    choose = table.function(choose_orders, game, policies)
    text = "\n\n".join([*table.functions, f"play = {play}", f"choose = {choose}"]) + "\n"
    return Lifted(game, text, table.room, tuple(table.numbers), frozenset(table.noted_cells))


def largest_draw(game: Game) -> int:
    """How many weights the largest draw of any policy has."""
    lots = [lot for policy in game.policies.values() for lot in policy]
    details = [len(weights) for lot in lots for _, _, weights in lot.details]
    return max([len(lot.weights) + 1 for lot in lots] + details, default=0)


class Lifting(Tracing):
    """Writes a turn without its numbers; see the module."""

    takes = "S, N, key, turn"

    def __init__(self, game: Game) -> None:
        super().__init__(game, record=False)
        self.begin = sum(track.size for track in game.tracks.values())
        self.room = largest_draw(game)
        self.numbers: list[int] = []
        self.tables: dict[tuple[int, ...], int] = {}
        self.noted_cells: set[int] = set()

    def _lift(self, *values: int) -> int:
        """Where these numbers stand from now on."""
        place = len(self.numbers)
        self.numbers.extend(values)
        return place

    def text(self, value: Any) -> str:
        if type(value) is int:
            return f"N[{self._lift(value)}]"
        return super().text(value)

    def _atom(self, value: Any) -> Any:
        if type(value) is int:
            return Expr(self, self.text(value), False, self.everyone)
        return super()._atom(value)

    def _draw_place(self, address: int) -> str:
        return self.text(address - (1 << 64) if address >> 63 else address)

    def _rolled(self, chance: Any) -> str:
        return f"rolled(S, key, {{}}, {self.text(chance)})"

    def _picked(self, count: Any) -> str:
        return f"picked(S, key, {{}}, {self.text(count)})"

    def look(self, values: Sequence[int], index: Any) -> Any:
        if isinstance(index, int):
            return values[index]
        place = f"among(S, {self.text(index)}, {len(values)})"
        return self._named(f"N[{place} + {self._table(values)}]", False, self.seen(index))

    def _place(self, track: Track, i: Any, j: Any) -> tuple[str, int]:
        place, cell = super()._place(track, i, j)
        return (place, cell) if cell >= 0 else (f"among(S, {place}, {self.begin})", cell)

    def note(self, track: Track, i: Any = 0, j: Any = 0, *, when: Any = True, label: str = "",
             seen: int | None = None) -> None:  # fmt: skip
        if when is not False:
            self.noted_cells |= cells_at(track, i, j)
        super().note(track, i, j, when=when, label=label, seen=seen)

    def _table(self, values: Sequence[int]) -> int:
        """Where several numbers stand. Long tables, which the map and the orders bring, stand once; short ones, of
        which a rule's own numbers may be part, each by themselves, so that one can be changed without the other.
        """
        key = tuple(values)
        if len(key) < SHORT:
            return self._lift(*key)
        if key not in self.tables:
            self.tables[key] = self._lift(*key)
        return self.tables[key]

    def _nothing(self, amount: Any) -> bool:
        return False

    def draw_orders(self, agency: int, lot: Lot, allowed: Sequence[Any], count: int) -> None:
        looks = [*zip(allowed, lot.weights, strict=True), (True, lot.hold)]
        self._weigh(looks)
        place = self._draw_place(draws.address(entry_number("orders"), agency, 0, 0))
        tables = ", ".join(str(self._table(values)) for values in lot_tables(lot))
        self._emit(f"lots(S, N, key, {place}, {self.begin}, {len(lot.weights)}, {tables}, {self.text(count)})")
        self.cache.forget(-1)

    def draw_detail(self, agency: int, action: Action, detail: Detail, weights: Sequence[Look],
                    allowed: Sequence[Any]) -> None:  # fmt: skip
        self._weigh(list(zip(allowed, weights, strict=True)))
        place = self._draw_place(draws.address(entry_number(f"orders/{action.id}/{detail.id}"), agency, 0, 0))
        stride = self.text(detail.stride)
        self._emit(f"way(S, key, {place}, {self.begin}, {len(weights)}, {action.order}, {stride})")
        self.cache.forget(action.order)

    def _weigh(self, looks: Sequence[tuple[Any, Look]]) -> None:
        """Put the weights of a draw into their room: 0 for what may not be drawn."""
        for number, (may, weight) in enumerate(looks):
            text = self.text(self.where(may, self._number(weight(self)), 0))
            self._emit(f"S[{self.begin + number}] = {text}")
