"""Thousands of runs at once: computer players choose inside each run from their own view, and chance differs by seed.

Run *k* is the run that the recording table plays with the same seed, turn by turn; a fingerprint of each turn shows it.
Where the extra ``fast`` is installed the runs are machine code, else the same text is run by Python.
"""

from array import array
from collections.abc import Mapping, Sequence
from copy import copy
from typing import TypeAlias

from attrs import frozen

from game.core import Game
from game.core.chance import turn_key
from game.core.fingerprint import cell_weights, rolls_of, sealed
from game.core.lifted import Lifted, lifted
from game.core.table import Recording, clear, passing
from game.core.traced import Traced, compiled
from game.core.turn import choose_orders, play_turn
from game.play import compiling

Row: TypeAlias = "array[int]"
"""Whole numbers of 64 bits, in one piece of memory."""

Starts: TypeAlias = "Sequence[Sequence[int]] | array[int]"
"""Rows to begin with: one after the other, or all in one array."""

ABREAST = 16
"""How many runs machine code plays side by side: more share what is fetched of a large game's code, and fewer fit better into
the memory next to the processor. Found by trying, with 1 to 32 runs of games of 25 to 400 units.
"""

NOTHING: Mapping[int, int] = {}


@frozen(eq=False)
class Runs:
    """What came of many runs.

    Attributes:
        turns: how many turns there are numbers for, of each run.
        cells: the cells that were asked for.
        values: their values after each turn: all cells of a turn, turn by turn, run by run. A run that has ended stays
            where it ended.
        added: the cells whose values were to be added up.
        sums: their values after each turn that was played, added up: all cells of a run, run by run.
        prints: the fingerprint of each turn, turn by turn, run by run; 0 where a run had ended.
        lengths: how many turns each run took.
        endings: for each run 1 + the number of its ending, 0 where its time ran out.
    """

    turns: int
    cells: tuple[int, ...]
    values: Row
    added: tuple[int, ...]
    sums: Row
    prints: Row
    lengths: Row
    endings: Row

    def value(self, run: int, turn: int, place: int = 0) -> int:
        """The value of the cell at this place of those asked for, after a turn of a run, both counted from 0."""
        return self.values[(run * self.turns + turn) * len(self.cells) + place]

    def column(self, turn: int, place: int = 0) -> Row:
        """The values of one cell after a turn, run by run."""
        return self.values[turn * len(self.cells) + place :: self.turns * len(self.cells)]

    def sum(self, place: int) -> Row:
        """The sums of the cell at this place of those to be added up, run by run."""
        return self.sums[place :: len(self.added)]

    def fingerprints(self, run: int) -> tuple[int, ...]:
        """The fingerprint of each turn that a run took."""
        first = run * self.turns
        return tuple(self.prints[first : first + self.lengths[run]])


class Batch:
    """Plays many runs of one game with given policies. Where code has to be compiled first, that takes seconds; where a
    rule cannot be traced, the recording table plays, some hundred times slower.
    """

    def __init__(self, game: Game, policies: Sequence[str], *, machine: bool = True) -> None:
        self.game = game
        self.policies = tuple(policies)
        self.lifted: Lifted | None = None if game.untraced else lifted(game, policies)
        wanted = self.lifted and machine and compiling.available()
        self.machine = compiling.machine(self.lifted) if self.lifted and wanted else None
        self._played = self.lifted.in_python() if self.lifted and not self.machine else None
        self._text: Traced | None = None

    def as_machine(self, machine: compiling.Machine) -> "Batch":
        """The same batch, played by machine code that was made for it."""
        other = copy(self)
        other.machine = machine
        return other

    def run(self, seeds: Sequence[int], cells: Sequence[int] = (), *, starts: Starts = (),
            begin: int = 0, end: int | None = None, ordered: Mapping[int, int] = NOTHING,
            added: Sequence[int] = (), marked: bool = True) -> Runs:  # fmt: skip
        """Play a run for each seed.

        *cells* are those whose values are wanted after each turn. *starts* are the rows that runs begin with, taken in
        turn, as a sequence of rows or as one array of all; the start of the game where there is none. Turns go from
        *begin* (counted from 0) to before *end*, the last turn of the game where it is left out. *ordered* are order
        cells and what stands in them in the first turn, in place of what computer players drew there. *added* are cells
        whose values after each turn that is played are wanted as a sum, such as notes. Without fingerprints (not *marked*)
        runs are faster, in Python half as fast again. Raises *IndexError* where a body looks at a place that does not
        exist, and *OverflowError* where a number of the game has more than 64 bits.
        """
        end = len(self.game.turns) if end is None else end
        width = len(self.game.start_row)
        rows = flat(starts or (self.game.start_row,), width)
        if not 0 <= begin <= end <= len(self.game.turns) or not all(
            0 <= cell < width for cell in (*cells, *ordered, *added)
        ):
            raise ValueError("a batch plays turns of the game, and looks at its cells")
        turns = end - begin
        runs = Runs(turns, tuple(cells), zeros("q", len(seeds) * turns * len(cells)), tuple(added),
                    zeros("q", len(seeds) * len(added)), zeros("Q", len(seeds) * turns), zeros("q", len(seeds)),
                    zeros("q", len(seeds)))  # fmt: skip
        play = self._by_machine if self.machine else self._by_python
        play(runs, array("Q", seeds), rows, begin, ordered, marked)
        return runs

    def _by_machine(
        self, runs: Runs, seeds: Row, rows: Row, begin: int, ordered: Mapping[int, int], marked: bool
    ) -> None:
        assert self.machine
        assert self.lifted
        game, width = self.game, len(self.game.start_row)
        fresh = [(cell, value) for first, _, start in passing(game) for cell, value in enumerate(start, first)]
        row = [*self.lifted.at_work(game.start_row), 0]
        block = min(len(seeds), ABREAST)
        work, numbers = array("q", row * block), array("q", self.lifted.numbers)
        places, keys = zeros("q", block), zeros("Q", block)
        cells, values = array("q", (cell for cell, _ in fresh)), array("q", (value for _, value in fresh))
        put, given = array("q", ordered.keys()), array("q", ordered.values())
        weights, wanted, added = array("Q", cell_weights(width)), array("q", runs.cells), array("q", runs.added)
        self.machine.many(
            at(work), at(numbers), at(places), at(keys), block,
            at(rows), len(rows) // width, at(seeds), len(seeds), begin, begin + runs.turns,
            at(cells), at(values), len(fresh), at(put), at(given), len(put), at(weights), game.tracks["over"].first,
            at(wanted), len(wanted), at(added), len(added),
            at(runs.values), at(runs.sums), at(runs.prints), at(runs.lengths), at(runs.endings), marked,
        )  # fmt: skip
        if any(work[len(row) - 1 :: len(row)]):
            raise IndexError("a body looks at a place that does not exist")

    def _by_python(
        self, runs: Runs, seeds: Row, rows: Row, begin: int, ordered: Mapping[int, int], marked: bool
    ) -> None:
        game, width = self.game, len(self.game.start_row)
        over = game.tracks["over"].first
        work = self.lifted.at_work(game.start_row) if self.lifted else [*game.start_row, 0]
        play = self._turn_recorded if not self.lifted else self._turn_by_python if marked else self._turn_by_text
        for run, seed in enumerate(seeds):
            first = run * width % len(rows)
            work[:width] = rows[first : first + width]
            for turn in range(runs.turns):
                if not work[over]:
                    play(work, seed, begin + turn, NOTHING if turn else ordered)
                    if marked:
                        runs.prints[run * runs.turns + turn] = sealed(work[-1], work[:width])
                    runs.lengths[run] += 1
                    for place, cell in enumerate(runs.added, run * len(runs.added)):
                        runs.sums[place] += work[cell]
                first = (run * runs.turns + turn) * len(runs.cells)
                for place, cell in enumerate(runs.cells, first):
                    runs.values[place] = work[cell]
            runs.endings[run] = work[over]

    def _turn_by_python(self, work: list[int], seed: int, turn: int, ordered: Mapping[int, int]) -> None:
        assert self._played
        assert self.lifted
        choose, play = self._played
        for first, end, start in passing(self.game):
            work[first:end] = start
        work[-1] = 0
        key = turn_key(seed, turn)
        numbers = self.lifted.numbers
        choose(work, numbers, key, turn)
        for cell, value in ordered.items():
            work[cell] = value
        play(work, numbers, key, turn)

    def _turn_by_text(self, work: list[int], seed: int, turn: int, ordered: Mapping[int, int]) -> None:
        """The turn by the text that has its numbers in it: faster in Python, but without a fingerprint."""
        if self._text is None:
            self._text = compiled(self.game, record=False, policies=self.policies)
        for first, end, start in passing(self.game):
            work[first:end] = start
        key = turn_key(seed, turn)
        self._text.choose(work, key, turn)
        for cell, value in ordered.items():
            work[cell] = value
        self._text.play(work, key, turn)

    def _turn_recorded(self, work: list[int], seed: int, turn: int, ordered: Mapping[int, int]) -> None:
        """The turn as the recording table plays it, where a rule cannot be traced."""
        table = Recording(self.game, clear(self.game, work[:-1]), seed, turn)
        choose_orders(table, self.game, self.policies)
        for cell, value in ordered.items():
            table.row[cell] = value
        play_turn(table, self.game)
        work[:-1] = table.row
        work[-1] = rolls_of(table.events)


def flat(starts: Starts, width: int) -> Row:
    """Rows to begin with as one array."""
    rows = starts if isinstance(starts, array) else array("q", (value for row in starts for value in row))
    whole = not len(rows) % width if isinstance(starts, array) else all(len(row) == width for row in starts)
    if not whole:
        raise ValueError("a batch starts with whole rows")
    return rows


def zeros(kind: str, count: int) -> Row:
    """So many zeros of 64 bits."""
    return array(kind, bytes(8 * count))


def together(columns: Sequence[Row]) -> Sequence[int]:
    """Several columns added up, run by run."""
    return columns[0] if len(columns) == 1 else list(map(sum, zip(*columns, strict=True)))


def at(row: Row) -> int:
    """Where a row stands in memory."""
    return row.buffer_info()[0]
