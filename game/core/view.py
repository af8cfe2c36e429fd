"""Views: what a seat may see, built from nothing. What nobody adds here cannot leak.

The seed, the numbers of events, digests and other agencies' orders are never added. Screens, exports and refusals are
made from views alone.
"""

from collections.abc import Sequence

from attrs import frozen

from game.core.events import NOTE, PUT, REFUSAL, SHIFT, TOLD, Event, Part
from game.core.explain import shown_parts
from game.core.model import Game
from game.core.orders import Option, legal
from game.core.state import State

OWN_BUSINESS = ("order", "done", "spoken", "over")
"""Tracks of the engine's own bookkeeping, told in other ways."""


@frozen
class Reading:
    """One cell that the agency may know: its dotted name, its title, the value, and the value as people read it.

    *resting*: one of several cells of its track, and at 0 or at the first word, so that a screen may pass over it.
    """

    name: str
    title: str
    unit: str
    value: int
    shown: str
    resting: bool


@frozen
class Told:
    """One thing that the agency learned in the last turn: news, a refusal, or a number that moved and why."""

    kind: str
    text: str
    before: int = 0
    after: int = 0
    parts: tuple[Part, ...] = ()


@frozen
class View:
    """All that one agency sees at the beginning of a turn."""

    agency: str
    name: str
    side: str
    turn: int
    turns: int
    clock: str
    minutes: int
    attention: int
    briefing: str
    objectives: tuple[str, ...]
    readings: tuple[Reading, ...]
    told: tuple[Told, ...]
    options: tuple[Option, ...]
    disclaimer: str


def view(game: Game, state: State, agency: str, events: Sequence[Event] = ()) -> View:
    """What an agency sees of a state, and of the events of the turn that led to it. *KeyError* for an unknown
    agency.
    """
    number = game.agency_number(agency)
    seat = game.agencies[number]
    turn = game.turns[min(state.turn, len(game.turns) - 1)]
    return View(
        agency=agency,
        name=seat.name,
        side=game.sides[seat.side].name,
        turn=state.turn,
        turns=len(game.turns),
        clock=turn.clock,
        minutes=turn.minutes,
        attention=seat.attention,
        briefing=game.texts.get(f"briefing-{agency}", ""),
        objectives=tuple(o.name for o in game.objectives if o.agency == number),
        readings=readings(game, state.row, 1 << number),
        told=told(game, events, 1 << number),
        options=legal(game, state, agency),
        disclaimer=game.disclaimer,
    )


def readings(game: Game, row: Sequence[int], bit: int) -> tuple[Reading, ...]:
    """The cells that those with this bit may know, in the order of the scenario; notes of a turn are told instead."""
    shown = []
    for track in game.tracks.values():
        if track.id in OWN_BUSINESS or not track.lasting:
            continue
        for k in range(track.size):
            if track.seen[k] & bit:
                value = row[track.first + k]
                name = f"{track.id}.{track.labels[k]}" if track.labels[k] else track.id
                shown.append(
                    Reading(name, track.titles[k], track.unit, value, track.shown(value), value == 0 and track.size > 1)
                )
    return tuple(shown)


def told(game: Game, events: Sequence[Event], bit: int) -> tuple[Told, ...]:
    """What those with this bit learn of a turn, in the order in which it happened."""
    news = []
    for event in events:
        if not event.seen & bit:
            continue
        if event.kind in (NOTE, REFUSAL, TOLD, PUT):
            if event.label:
                news.append(Told(event.kind, event.label))
        elif event.kind == SHIFT:
            track = game.track_of(event.cell)
            title = track.titles[event.cell - track.first]
            news.append(Told(SHIFT, title, event.before, event.after, shown_parts(game, event, bit)))
    return tuple(news)
