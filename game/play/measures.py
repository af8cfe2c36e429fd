"""What is kept of many runs of a game: the measures of a pair of sides, calls of mechanisms, values at the end."""

from collections.abc import Sequence
from itertools import islice

from attrs import frozen

from game.core import Game
from game.core.view import OWN_BUSINESS
from game.play.batch import Batch, Runs, together, zeros
from game.words import say

PEAK, CUMULATED, FINAL = "peak_rung", "cumulated_risk", "final_risk"
MEASURES = (PEAK, CUMULATED, FINAL)
"""What is measured of the pair of sides: the highest rung and the sum of risk over the turns, both after the opening
turns; and risk at the end.
"""
CALLS = ("asked", "answered", "refused", "unanswered")
"""Notes of a turn, by mechanism and side, that are counted."""
TIME = "time"
"""The id of the ending of a run whose time ran out; see `game.core.resolve.outcome`."""
WORTH = 200
"""From so many runs on machine code is worth the seconds that it may take to make it."""


class MeasureProblem(Exception):
    """Something that cannot be measured in a game, in one sentence for people."""


@frozen
class Places:
    """Where a game keeps what is measured: the number of the pair, and the cells that are read at the end."""

    pair: int
    cells: tuple[int, ...]


@frozen
class Outcome:
    """What is kept of one run.

    *first* is the rung of the first counted turn, -1 when the run ended before it; *ends* are the values of cells, of
    marks their words; *turns* were played, and *ending* is the id of the ending, *TIME* when time ran out.
    """

    measures: tuple[int, int, int]
    first: int
    calls: tuple[int, ...]
    ends: tuple[int | str, ...]
    turns: int
    ending: str


# ---- what is asked
def pair_named(game: Game, pair: str) -> tuple[str, str]:
    """The two sides that are meant, in the order of the scenario."""
    pairs = [(game.sides[i].id, game.sides[j].id) for i, j in game.pairs()]
    if not pairs:
        raise MeasureProblem(say("This scenario has no two sides, so nothing stands between them."))
    found = next((one for one in pairs if pair in ("", ".".join(one), ".".join(reversed(one)))), None)
    if found is None:
        known = ", ".join(map(".".join, pairs))
        raise MeasureProblem(say("No pair of sides is called '{pair}'. There are: {known}.", pair=pair, known=known))
    return found


def cells_wanted(game: Game, names: Sequence[str]) -> tuple[str, ...]:
    """The dotted names of all cells that are meant, each once."""
    wanted: dict[str, None] = {}
    lasting = [track.id for track in game.tracks.values() if track.lasting and track.id not in OWN_BUSINESS]
    for name in names:
        track = game.tracks.get(name.partition(".")[0])
        if track is not None and track.id not in lasting:
            raise MeasureProblem(say("'{name}' is not kept from turn to turn and has no value at the end.", name=name))
        try:
            cells = game.cells_named(name)
        except KeyError:
            known = ", ".join(label for label in track.labels if label) if track else ", ".join(lasting)
            raise MeasureProblem(
                say("No value is called '{name}'. There are: {known}.", name=name, known=known)
            ) from None
        assert track is not None
        labels = (track.labels[cell - track.first] for cell in cells)
        wanted |= dict.fromkeys(f"{track.id}.{label}" if label else track.id for label in labels)
    return tuple(wanted)


def places_of(arm: str, game: Game, sides: tuple[str, str], wanted: Sequence[str]) -> Places:
    """Where an arm's game keeps what is asked."""
    pairs = [(game.sides[i].id, game.sides[j].id) for i, j in game.pairs()]
    known = {f"{track.id}.{label}" if label else track.id: track.first + place
             for track in game.tracks.values() for place, label in enumerate(track.labels)}  # fmt: skip
    missing = [*([] if sides in pairs else [".".join(sides)]), *(name for name in wanted if name not in known)]
    if missing:
        raise MeasureProblem(say("'{arm}' has no '{name}' to compare.", arm=arm, name=missing[0]))
    return Places(pairs.index(sides), tuple(known[name] for name in wanted))


# ---- playing
def measured(batch: Batch, seeds: Sequence[int], at: Places) -> list[Outcome]:
    """What is kept of each run."""
    game = batch.game
    noted = call_cells(game)
    asked = [game.tracks[name].first + at.pair for name in ("rung", "risk", "peak")] + list(at.cells)
    runs = batch.run(seeds, asked, added=[cell for cells in noted for cell in cells], marked=False)
    turns, opening = runs.turns, game.opening
    rung, risk, peak, *ends = (runs.values[place :: len(asked)] for place in range(len(asked)))
    words = [game.track_of(cell).words for cell in at.cells]
    calls = _calls(runs, noted)
    found = []
    for run, (played, ended) in enumerate(zip(runs.lengths, runs.endings, strict=True)):
        begin, end = run * turns, (run + 1) * turns
        # A game that ends early stays where it ended, so that sums over turns can be compared.
        cumulated = sum(risk[begin + opening : end])
        first = rung[begin + opening] if played > opening else -1
        last = tuple(
            known[column[end - 1]] if known else column[end - 1] for column, known in zip(ends, words, strict=True)
        )
        ending = game.endings[ended - 1].id if ended else TIME
        measures = (peak[end - 1], cumulated, risk[end - 1])
        found.append(Outcome(measures, first, calls[run], last, played, ending))
    return found


def _calls(runs: Runs, noted: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """For each run how often what each group of cells notes was noted."""
    nothing = zeros("q", len(runs.lengths))
    columns = iter([runs.sum(place) for place in range(len(runs.added))])
    sums = [together([nothing, *islice(columns, len(cells))]) for cells in noted]
    return list(zip(*sums, strict=True)) if sums else [()] * len(nothing)


def call_cells(game: Game) -> list[list[int]]:
    """For each mechanism and each word of *CALLS* the cells that note it, one a side."""
    tracks = [game.tracks.get(word) for word in CALLS]
    return [
        [track.cell(number, side) for side in range(track.shape[1])] if track else []
        for number in range(len(game.mechanisms))
        for track in tracks
    ]
