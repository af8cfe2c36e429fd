"""The readings of risk that a state holds, kept apart.

*What happened* is the highest rung of the grey-zone ladder; *where we are* is the risk track of each pair of sides,
moved only by risk modules. *What may come* needs many runs and is not in a state.
"""

from attrs import frozen

from game.core.model import Game
from game.core.state import State


@frozen
class PairScore:
    """One pair of sides: risk in steps of its track, the rung reached in the last turn, and the highest so far.

    *peak* counts from the first turn after the opening ones, so that the crisis as given is not held against the table.
    """

    sides: tuple[str, str]
    risk: int
    rung: int
    peak: int


@frozen
class Score:
    """The readings of every pair of sides."""

    pairs: tuple[PairScore, ...]

    @property
    def peak(self) -> int:
        """The highest rung of any pair."""
        return max((pair.peak for pair in self.pairs), default=0)


def score(game: Game, state: State) -> Score:
    """The readings that a state holds."""
    risk, rung, peak = (game.tracks[name] for name in ("risk", "rung", "peak"))
    pairs = []
    for number, (i, j) in enumerate(game.pairs()):
        values = (state.row[track.first + number] for track in (risk, rung, peak))
        pairs.append(PairScore((game.sides[i].id, game.sides[j].id), *values))
    return Score(tuple(pairs))
