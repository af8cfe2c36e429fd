"""The player `lookahead`: for one agency, the orders whose short continuations serve its objectives best.

It looks at what its seat may know and at nothing else: continuations begin with what the seat takes to be so
(`supposed.py`), and none of them draws the session's chance. Some sets of orders are drawn from the agency's doctrine,
some as it would draw in its other mood, and holding is one more. Each is given in the first turn of the same
continuations, from the same rows and with the same draws; everybody plays by doctrine after that. A set is worth what
the agency's objectives gain and lose against where it stands now, by their worth, a loss weighing what its doctrine's
fear says (Tversky and Kahneman 1992). The best is ordered, the first drawn where several are best.

Source: rollouts of a policy to improve on it, Tesauro and Galperin 1996, "On-line policy improvement using Monte-Carlo
search"; rows drawn from what is known, Ginsberg 2001, "GIB: Imperfect information in a computationally challenging game".
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from attrs import evolve, frozen

from game.core import Game, Order, State
from game.core.chance import MASK, mix
from game.core.following import looked_at
from game.core.model import Lot
from game.core.orders import ordered_cells
from game.core.resolve import computer_orders
from game.core.table import Recording
from game.play.allowed import LOOKAHEAD
from game.play.batch import Batch
from game.play.session import Moment
from game.play.supposed import Ground, Known, known, supposed

Told = Callable[[float], None]
"""Is told how far a choice is, from 0 to 1."""

DRAWN = 4
"""How many sets of orders are drawn for each that is tried, where draws come out alike."""
SALT = 0x100CA
"""Sets the draws of orders to be tried apart from the session's own."""
SEEDS_BEGIN = 0x100C << 48
"""The first seed of continuations: never a session's own, and none of a forecast's."""


@frozen
class Effort:
    """How many *sets* of orders are tried in each mood, with how many continuations (*runs*) of how many *turns*, from how
    many *rows*.
    """

    sets: int
    runs: int
    turns: int
    rows: int


MUCH, LITTLE = Effort(8, 240, 6, 60), Effort(3, 24, 2, 12)
"""In machine code and in Python: a second or so for a large scenario."""


class Lookahead:
    """Plays agencies of one game. What it orders depends on what the seat knows, on a seed for variety, and on whether
    there is machine code, which allows more runs.
    """

    def __init__(self, game: Game, *, machine: bool = True) -> None:
        self.game = game
        self.batch = Batch(game, ("doctrine",) * len(game.agencies), machine=machine)
        self.effort = MUCH if self.batch.machine else LITTLE
        moods = [game.policies["doctrine"], tuple(other_mood(lot) for lot in game.policies["doctrine"])]
        self.moods = tuple(evolve(game, policies={"doctrine": lots}) for lots in moods)

    def orders(self, known: Known, seed: int, told: Told = lambda share: None) -> tuple[Order, ...]:
        """What the one agency that knows this orders. *seed* is the session's; only a number mixed from it is used. *told*
        is called as it comes on.
        """
        ground = supposed(self.batch, known, self.effort.rows)
        tried = self.candidates(known.agencies[0], ground, seed)
        if len(tried) < 2:
            return tried[0]
        values = self.values(known.agencies[0], ground, tried, told)
        return tried[values.index(max(values))]

    def candidates(self, agency: str, ground: Ground, seed: int) -> list[tuple[Order, ...]]:
        """Different sets of orders by the agency's doctrine, in the mood it is in and in the other, and last holding.
        Doctrine looks at nothing but what the seat sees, which is the same in every row.
        """
        row = tuple(ground.rows[: len(self.game.start_row)])
        policies = tuple("doctrine" if one.id == agency else "" for one in self.game.agencies)
        found: dict[tuple[Order, ...], None] = {}
        for mood in self.moods:
            most = len(found) + self.effort.sets
            for number in range(DRAWN * self.effort.sets):
                state = State(mix((seed ^ SALT) + number & MASK), ground.turn, row)
                found.setdefault(computer_orders(mood, state, policies))
                if len(found) == most:
                    break
        found.setdefault(())
        return list(found)

    def values(
        self, agency: str, ground: Ground, tried: Sequence[Sequence[Order]], told: Told = lambda share: None
    ) -> list[int]:
        """What each set of orders is worth, in hundredths of a point, over all continuations."""
        game, number = self.game, self.game.agency_number(agency)
        wish = Wish(game, number)
        width, end = len(game.start_row), min(ground.turn + self.effort.turns, len(game.turns))
        now = [
            wish.met([ground.rows[k * width + cell] for cell in wish.cells], ground.turn) for k in range(ground.count)
        ]
        seeds = range(SEEDS_BEGIN, SEEDS_BEGIN + self.effort.runs)
        values = []
        for orders in tried:
            runs = self.batch.run(seeds, wish.cells, starts=ground.rows, begin=ground.turn, end=end,
                                  ordered=ordered_cells(game, [agency], orders), marked=False)  # fmt: skip
            columns = (runs.column(runs.turns - 1, place) for place in range(len(wish.cells)))
            ends = zip(range(self.effort.runs), *columns, strict=True)
            values.append(sum(wish.worth(now[run % ground.count], wish.met(one, end)) for run, *one in ends))
            told(len(values) / len(tried))
        return values


def other_mood(lot: Lot) -> Lot:
    """What an agency draws from were it calm when it is firm, and firm when it is calm."""
    return evolve(lot, firm=lambda table: table.no(lot.firm(table)))


class Wish:
    """What one agency wants of a row: its objectives, their worth, and how much it fears to lose them.

    *cells* are those that the objectives look at.
    """

    def __init__(self, game: Game, agency: int) -> None:
        self.game = game
        self.objectives = tuple(one for one in game.objectives if one.agency == agency)
        self.fear = game.policies["doctrine"][agency].fear
        self.cells = tuple(sorted(frozenset().union(*(looked_at(game, one.holds) for one in self.objectives))))
        self._row = list(game.start_row)
        self._kept: dict[tuple[int, ...], tuple[bool, ...]] = {}

    def met(self, values: Sequence[int], turn: int) -> tuple[bool, ...]:
        """Which objectives hold where the cells have these values, once so many turns were played."""
        key = (turn, *values)
        if key not in self._kept:
            for cell, value in zip(self.cells, values, strict=True):
                self._row[cell] = value
            table = Recording(self.game, self._row, 0, max(turn - 1, 0))
            self._kept[key] = tuple(bool(one.holds(table)) for one in self.objectives)
        return self._kept[key]

    def worth(self, now: Sequence[bool], then: Sequence[bool]) -> int:
        """What it is worth to come from one to the other, in hundredths of a point."""
        changed = zip(self.objectives, now, then, strict=True)
        return sum(one.worth * (100 if gained else -self.fear) for one, had, gained in changed if had != gained)


@lru_cache(maxsize=4)
def player(game: Game) -> Lookahead:
    """The player for a game; its code is read or made once."""
    return Lookahead(game)


def orders_ahead(game: Game, agencies: Sequence[str], history: Sequence[Moment], state: State) -> tuple[Order, ...]:
    """What these agencies order, each from what its own seat knows."""
    return tuple(
        order
        for agency in agencies
        for order in player(game).orders(known(game, history, state, (agency,)), state.seed)
    )


__all__ = ["LOOKAHEAD", "Lookahead", "Wish", "orders_ahead", "player"]
