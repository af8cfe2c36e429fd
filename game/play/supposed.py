"""What a seat takes to be so: rows to play ahead from, made of what it sees and of guesses about the rest.

A cell that the seat may know has its value in every row. The others are never read. They come about as follows. The
scenario's priors are drawn at the start of the game. From there each turn is played again as the seat knows it: with
its own orders and those that it learned were carried out, while computer players draw the others. Of twice as many
runs as are wanted those are kept in which what the seat may see comes closest to what it saw, and what it saw is put over
them: so what is hidden fits together, ships that are under way and calls that are pending, and fits what was seen. In the
end the priors are drawn once more, moved by what the seat sees now, its beliefs among it.

Source: rejection by distance, Beaumont, Zhang and Balding 2002, "Approximate Bayesian computation in population
genetics"; turn by turn, Gordon, Salmond and Smith 1993, "Novel approach to nonlinear/non-Gaussian Bayesian state
estimation".
"""

from array import array
from collections.abc import Sequence
from operator import add

from attrs import frozen

from game.core import Game, State
from game.core import chance as draws
from game.core.events import NOTE
from game.core.model import Prior
from game.core.orders import ordered_cells
from game.core.table import Recording
from game.play.batch import Batch, Row
from game.play.session import Moment

PASTS_BEGIN = 0x5EA << 52
"""The first seed of the pasts: far from the seeds that people choose and from those of forecasts."""
ROWS, FEW_ROWS = 500, 64
"""How many rows are made at most, in machine code and in Python."""
TRIED = 2
"""How many runs of a past turn are played for each that is kept."""


@frozen(eq=False)
class Ground:
    """What is played ahead from: *count* *rows*, each as likely, at the beginning of a turn (counted from 0).

    *known* tells whether everything is known, so that there is one row and no guess.
    """

    rows: Row
    turn: int
    count: int
    known: bool


@frozen
class Known:
    """What the person of some agencies knows when a turn begins: all that a forecast for them is made of.

    *seen* are the cells that they may know and their values, at the beginning of each turn and last of this one;
    *orders* the order cells that they know of each turn played.
    """

    agencies: tuple[str, ...]
    seen: tuple[dict[int, int], ...]
    orders: tuple[dict[int, int], ...]

    @property
    def turn(self) -> int:
        """The turn that begins, from 0."""
        return len(self.orders)


def known(game: Game, history: Sequence[Moment], state: State, agencies: Sequence[str]) -> Known:
    """What the person of these agencies knows after the turns of *history*, when *state* has come."""
    bits = sum(1 << game.agency_number(agency) for agency in agencies)
    states = [*(moment.before for moment in history), state]
    return Known(
        tuple(agencies),
        tuple(seen_cells(game, one, bits) for one in states),
        tuple(known_orders(game, moment, agencies, bits) for moment in history),
    )


def rows_for(batch: Batch, runs: int) -> int:
    """How many rows serve so many continuations: a quarter as many, and fewer where Python plays the pasts."""
    return max(2, min(ROWS if batch.machine else FEW_ROWS, runs // 4))


def everything(state: State) -> Ground:
    """A state as it is: for control, and for looking back."""
    return Ground(array("q", state.row), state.turn, 1, True)


def supposed(batch: Batch, known: Known, count: int) -> Ground:
    """What those who know this take to be so now, as *count* rows. *batch* has computer players for every agency."""
    game, width = batch.game, len(batch.game.start_row)
    priors = game.priors[game.agency_number(known.agencies[0])] if game.priors else ()
    rows = array("q", game.start_row * count)
    _guess(game, rows, priors, {}, 0)
    for turn, (orders, seen) in enumerate(zip(known.orders, known.seen[1:], strict=True)):
        tried = _tried(batch, rows, turn, orders, count)
        closest = sorted(range(TRIED * count), key=_distances(game, tried, seen).__getitem__)[:count]
        rows = array("q")
        for k in closest:
            rows.extend(tried[k * width : (k + 1) * width])
        _put_over(rows, seen, width)
    now = known.seen[-1]
    _put_over(rows, now, width)
    _guess(game, rows, priors, now, known.turn)
    return Ground(rows, known.turn, count, False)


# ---- what a seat knows
def seen_cells(game: Game, state: State, bits: int) -> dict[int, int]:
    """The cells that those with any of these bits may know, and their values. Nothing else is read of a state."""
    return {
        track.first + k: state.row[track.first + k]
        for track in game.tracks.values()
        if track.lasting
        for k in range(track.size)
        if track.seen[k] & bits
    }


def known_orders(game: Game, moment: Moment, agencies: Sequence[str], bits: int) -> dict[int, int]:
    """The order cells of a turn that these agencies know afterwards: their own, and those of actions of which they
    learn when they are carried out. Where an order takes details, or was told in words that fit another choice too, they
    do not know which it was.
    """
    done, first = game.tracks["done"], game.tracks["order"].first
    noted = {event.cell for event in moment.events if event.kind == NOTE and event.seen & bits}
    given = ordered_cells(game, [agency.id for agency in game.agencies], moment.orders)
    cells = ordered_cells(game, agencies, [order for order in moment.orders if order.agency in agencies])
    for action in game.actions:
        plain = not action.details and len({choice.says for choice in action.choices}) == len(action.choices)
        if action.order not in cells and action.seen & bits and plain:
            carried_out = done.first + action.order - first in noted
            cells[action.order] = given[action.order] if carried_out else 0
    return cells


# ---- rows of cells, one after the other in one array
def _put_over(rows: Row, seen: dict[int, int], width: int) -> None:
    """Put what is seen over every row."""
    for cell, value in seen.items():
        rows[cell::width] = array("q", [value]) * (len(rows) // width)


def _tried(batch: Batch, rows: Row, turn: int, orders: dict[int, int], count: int) -> Row:
    """A turn played from each row, several times each."""
    seeds, cells = range(PASTS_BEGIN, PASTS_BEGIN + TRIED * count), range(len(batch.game.start_row))
    return batch.run(seeds, cells, starts=rows, begin=turn, end=turn + 1, ordered=orders, marked=False).values


def _distances(game: Game, rows: Row, seen: dict[int, int]) -> list[int]:
    """How far each row is from what is seen: over the cells in which they differ, a mark counts 1,000 where it is another
    word, a number its distance in permille of the largest.
    """
    width = len(game.start_row)
    far = [0] * (len(rows) // width)
    for cell, value in seen.items():
        column = rows[cell::width]
        if column.count(value) == len(column):
            continue
        if game.track_of(cell).words:
            apart = [0 if other == value else 1000 for other in column]
        else:
            largest = max(max(column) - value, value - min(column))
            apart = [1000 * abs(other - value) // largest for other in column]
        far = list(map(add, far, apart))
    return far


# ---- priors
def _guess(game: Game, rows: Row, priors: Sequence[Prior], seen: dict[int, int], turn: int) -> None:
    """Draw the cells that are not seen by the priors, in every row."""
    width = len(game.start_row)
    hidden = [(prior, drawn) for prior in priors if (drawn := _drawn(prior, seen))]
    for number in range(len(rows) // width):
        table = Recording(game, rows[number * width : (number + 1) * width], 0, min(turn, len(game.turns) - 1))
        key = draws.turn_key(PASTS_BEGIN + number, turn)
        for prior, cells in hidden:
            _draw(table, prior, cells, key, turn)
            for cell, _, _ in cells:
                rows[number * width + cell] = table.row[cell]


def _drawn(prior: Prior, seen: dict[int, int]) -> list[tuple[int, int, int]]:
    """The cells of a prior that are not seen, with the addresses of the two draws for each."""
    entry = draws.entry_number(f"prior/{prior.id}")
    return [(cell, draws.address(entry, 0, 0, number), draws.address(entry, 0, 1, number))
            for number, cell in enumerate(prior.cells) if cell not in seen]  # fmt: skip


def _draw(table: Recording, prior: Prior, cells: Sequence[tuple[int, int, int]], key: int, turn: int) -> None:
    """Draw some cells of one row by a prior. At the start of the game there is no past to be kept."""
    weights = [max(look(table), 0) for _, _, look in prior.ways]
    whole = sum(weights) + (max(prior.kept(table), 0) if turn else 0)
    for cell, first, second in cells:
        left = draws.pick(key, first, whole)
        for (low, high, _), weight in zip(prior.ways, weights, strict=True):
            if left < weight:
                table.row[cell] = low + draws.pick(key, second, high - low + 1)
                break
            left -= weight
