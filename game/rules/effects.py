"""Effects: what an order or an inject brings about, one proposal each."""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.mechanisms import tell
from game.rules.movement import between
from game.words import say

CERTAIN = 1000
"""Permille."""


@frozen
class Shift:
    """Parameters of *shift*."""

    track: Track = fields.cell("the cell that moves")
    by: Look = fields.amount("how far it moves; negative is down", "steps of the track")
    when: Look = fields.condition("moves only when this holds", default=True)
    chance: Look = fields.amount("how likely it is", "permille", default=CERTAIN)
    label: str = fields.text("what the part is called in explanations")


@frozen
class Put:
    """Parameters of *put*."""

    mark: Track = fields.cell("the mark that is put")
    to: Look = fields.word_of("the word of the mark, or a number", of="mark")
    when: Look = fields.condition("put only when this holds", default=True)
    chance: Look = fields.amount("how likely it is", "permille", default=CERTAIN)
    label: str = fields.text("what to tell those who may see the mark", default="")


@frozen
class Note:
    """Parameters of *note*."""

    note: Track = fields.cell("what is noted as having happened in this turn")
    when: Look = fields.condition("noted only when this holds", default=True)
    chance: Look = fields.amount("how likely it is", "permille", default=CERTAIN)
    label: str = fields.text("what to tell those who learn of it", default="")


@frozen
class Ask:
    """Parameters of *ask*."""

    mechanism: int = fields.ref("mechanism", "the mechanism that is used")
    side: int = fields.ref("side", "the side that uses it")
    content: Look = fields.amount("what is said: a level, a completeness, a framing", "steps", default=1)
    when: Look = fields.condition("asked only when this holds", default=True)


@frozen
class Task:
    """Parameters of *task*."""

    unit: int = fields.ref("unit", "the unit that gets a tasking")
    zone: int = fields.ref("zone", "where it is to go")
    posture: Look = fields.word_of("what it is to do there: a word of the mark 'posture'", of="@posture")
    when: Look = fields.condition("tasked only when this holds", default=True)


@frozen
class Sail:
    """Parameters of *sail*."""

    unit: int = fields.ref("unit", "the group of ships that gets a tasking")
    zone: Look = fields.word_of("where it is to go: a zone, or an amount such as detail.zone", of="@at")
    mission: Look = fields.word_of("what it is to do there: a word of the mark 'mission'", of="@mission")
    distance: Look = fields.word_of("how close it may come: a word of the mark 'distance'", of="@distance")
    signals: Look = fields.word_of("whether it signals what it does: a word of the mark 'signals'", of="@signals")
    report_to: Look = fields.word_of("who may be told: a word of the mark 'report_to'", of="@report_to")
    when: Look = fields.condition("tasked only when this holds", default=True)


def happens(table: Any, p: Any) -> Any:
    """Whether a guarded, perhaps uncertain effect comes about. A fixed chance of 1000 permille rolls nothing."""
    when = p.when(table)
    chance = p.chance(table)
    return (
        when
        if isinstance(chance, int) and chance >= CERTAIN
        else table.roll("happens", chance=chance, when=when, label=p.label)
    )


def shift(table: Any, p: Shift) -> None:
    """Moves a track by an amount, within its limits."""
    table.shift(p.track, by=p.by(table), when=happens(table, p), label=p.label)


def put(table: Any, p: Put) -> None:
    """Puts a mark."""
    table.put(p.mark, to=p.to(table), when=happens(table, p), label=p.label)


def note(table: Any, p: Note) -> None:
    """Notes for this turn that something happened, so that later rules can look at it."""
    table.note(p.note, when=happens(table, p), label=p.label)


def ask(table: Any, p: Ask) -> None:
    """Asks for the use of a mechanism; whether it comes to anything is the mechanism's affair."""
    tracks = table.game.tracks
    when = p.when(table)
    table.put(tracks["content"], p.mechanism, p.side, to=p.content(table), when=when)
    asked = tell(table.game, p.mechanism, p.side, say("it is asked for."))
    table.note(tracks["asked"], p.mechanism, p.side, when=when, label=asked)


def task(table: Any, p: Task) -> None:
    """Gives a unit a tasking: where to go and what to do there. It arrives when its speed and the hours allow."""
    when = p.when(table)
    head_for(table, p.unit, p.zone, when)
    table.put(table.game.tracks["posture"], p.unit, to=p.posture(table), when=when)


def sail(table: Any, p: Sail) -> None:
    """Gives a group of ships its tasking: where, to do what, how close, with what signals, and who may be told."""
    tracks = table.game.tracks
    when = p.when(table)
    head_for(table, p.unit, p.zone(table), when)
    for name, look in (("mission", p.mission), ("distance", p.distance), ("signals", p.signals),
                       ("report_to", p.report_to)):  # fmt: skip
        table.put(tracks[name], p.unit, to=look(table), when=when)


def head_for(table: Any, unit: int, zone: Any, when: Any) -> None:
    """Let a unit make for a zone: how far it has to go is the distance from where it is now."""
    tracks = table.game.tracks
    way = table.look(between(table.game), table.track(tracks["at"], unit) * len(table.game.zones) + zone)
    table.put(tracks["bound"], unit, to=zone, when=when)
    table.put(tracks["way"], unit, to=way, when=when)
