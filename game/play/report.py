"""What a game came to, for control and for the review: every value, what drove risk, and the objectives.

Nothing here is for a seat while the game goes on: all of it looks at what is hidden.
"""

from collections.abc import Sequence

from attrs import frozen

from game.core import Event, Game, State
from game.core.events import PUT, SHIFT
from game.core.explain import shown_parts
from game.core.view import OWN_BUSINESS, Reading
from game.play.offering import short
from game.play.playout import objectives_met
from game.words import say


@frozen
class Driver:
    """How much one labelled cause moved the risk of a pair of sides over all turns.

    *pair* are the ids of the two sides, *title* their names, *amount* is in steps of the track.
    """

    pair: tuple[str, str]
    title: str
    label: str
    amount: int


@frozen
class Judged:
    """One objective: whose it is, by its id and short name, what it hopes for, and whether it holds."""

    agency: str
    short: str
    name: str
    met: bool


def drivers(game: Game, histories: Sequence[Sequence[Event]]) -> tuple[Driver, ...]:
    """What moved risk over the whole run: the parts summed by label for each pair, the strongest first."""
    risk = game.tracks["risk"]
    found = []
    for number, (one, other) in enumerate(game.pairs()):
        total: dict[str, int] = {}
        for event in (event for events in histories for event in events):
            if event.cell != risk.first + number:
                continue
            if event.kind == SHIFT:
                for part in shown_parts(game, event, None):
                    total[part.label] = total.get(part.label, 0) + part.amount
            elif event.kind == PUT:
                label = say("overruled by control")
                total[label] = total.get(label, 0) + event.after - event.before
        pair = game.sides[one].id, game.sides[other].id
        title = risk.titles[number].partition(": ")[2]
        found += [
            Driver(pair, title, label, amount)
            for label, amount in sorted(total.items(), key=lambda item: (-abs(item[1]), item[0]))
        ]
    return tuple(found)


def objectives(game: Game, state: State) -> tuple[Judged, ...]:
    """Each objective with its agency, and whether it holds in a state."""
    met = objectives_met(game, state)
    seats = game.agencies
    return tuple(
        Judged(seats[one.agency].id, short(seats[one.agency]), one.name, met[seats[one.agency].id][one.id])
        for one in game.objectives
    )


def everything(game: Game, row: Sequence[int]) -> tuple[Reading, ...]:
    """Every value that lasts, whoever may know it."""
    return tuple(
        Reading(f"{track.id}.{label}" if label else track.id, title, track.unit, value, track.shown(value), value == 0)
        for track in game.tracks.values()
        if track.lasting and track.id not in OWN_BUSINESS
        for label, title, value in zip(
            track.labels, track.titles, row[track.first : track.first + track.size], strict=True
        )
        if title
    )
