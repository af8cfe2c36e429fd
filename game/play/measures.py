"""What is kept of many runs of a game: the measures of a pair of sides, calls of mechanisms, values at the end."""

from collections.abc import Sequence
from itertools import islice

from attrs import frozen

from game.core import Game
from game.core.view import OWN_BUSINESS
from game.play.batch import Batch
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
    rung, risk, peak = (game.tracks[name].first + at.pair for name in ("rung", "risk", "peak"))
    blocks = call_cells(game)
    noted = [cell for first, last in blocks for cell in range(first, last)]
    runs = batch.run(seeds, [rung, risk, peak, *at.cells, *noted])
    width, turns, opening = len(runs.cells), runs.turns, game.opening
    words = [game.track_of(cell).words for cell in at.cells]
    calls_from = width - len(noted)
    sides = [last - first for first, last in blocks]
    found = []
    for run in range(len(seeds)):
        values = runs.values[run * turns * width : (run + 1) * turns * width]
        end, played = values[-width:], runs.lengths[run]
        # A game that ends early stays where it ended, so that sums over turns can be compared.
        cumulated = sum(values[opening * width + 1 :: width])
        first = values[opening * width] if played > opening else -1
        ends = tuple(known[value] if known else value for value, known in zip(end[3:], words, strict=False))
        # What is noted of a turn is counted while the game was played, not again while it stays.
        counts = iter([sum(values[place : played * width : width]) for place in range(calls_from, width)])
        calls = tuple(sum(islice(counts, several)) for several in sides)
        ending = game.endings[runs.endings[run] - 1].id if runs.endings[run] else TIME
        found.append(Outcome((end[2], cumulated, end[1]), first, calls, ends, played, ending))
    return found


def call_cells(game: Game) -> list[tuple[int, int]]:
    """For each mechanism and each word of *CALLS* the block of cells that note it, one a side."""
    blocks = []
    for number in range(len(game.mechanisms)):
        for word in CALLS:
            track = game.tracks.get(word)
            first = track.first + number * track.shape[1] if track else 0
            blocks.append((first, first + track.shape[1]) if track else (0, 0))
    return blocks
