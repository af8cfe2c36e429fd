"""The text that tracing writes, compiled and run: the same turns as the recording table's, several times faster."""

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from game.core import chance as draws
from game.core.events import NOTE, PICK, REFUSAL, ROLL, SHIFT, Event, Part, Roll
from game.core.model import Game
from game.core.tracing import Site, Tracing
from game.core.turn import choose_orders, play_turn


@frozen(eq=False)
class Traced:
    """One game as Python text.

    *play(row, key, turn, stream)* plays a turn on a list of cells in place and, when written to record, appends the
    turn's events as tuples of numbers to *stream*; *choose[policies](row, key, turn)* draws computer players' orders.
    """

    game: Game
    source: str
    sites: tuple[Site, ...]
    play: Callable[..., None]
    choose: Callable[..., None]

    def events(self, stream: Sequence[tuple[int, ...]]) -> tuple[Event, ...]:
        """The events that a stream of numbers stands for."""
        call = -1
        events = []
        for item in stream:
            if item[0] < 0:
                call += 1
            else:
                events.append(told(self.sites[item[0]], call, item[1:]))
        return tuple(events)


def told(site: Site, call: int, numbers: tuple[int, ...]) -> Event:
    """The event that a site makes of its numbers."""
    cell = site.cell
    if site.kind == REFUSAL:
        return Event(REFUSAL, site.rule, site.who, call, -1, 0, 0, (), site.labels[0], site.seen)
    if site.kind in (ROLL, PICK):
        place = site.address
        if place < 0:
            place, numbers = numbers[0], numbers[1:]
        roll = Roll(site.labels[0], place, *numbers)
        return Event(site.kind, site.rule, site.who, call, -1, 0, 0, (), site.labels[0], site.seen, roll)
    if cell < 0:
        cell, numbers = numbers[0], numbers[1:]
    before, after, *amounts = numbers
    track = site.track
    assert track is not None
    seen = site.seen if site.kind == NOTE and site.seen >= 0 else track.seen[cell - track.first]
    parts: tuple[Part, ...] = ()
    if site.kind == SHIFT:
        parts = tuple(Part(label, n) for label, n in zip(site.labels[1:], amounts, strict=True) if n)
    return Event(site.kind, site.rule, site.who, call, cell, before, after, parts, site.labels[0], seen)


def write(game: Game, *, record: bool, policies: Sequence[str]) -> tuple[str, Tracing]:
    """Trace a turn of *game* and the orders of its computer players; returns the text and the table that wrote it.

    Raises *RuleError* when a rule's body cannot be traced, or looks for an agency at what that agency cannot see.
    """
    table = Tracing(game, record)
    play = table.function(play_turn, game)
    table.record = False
    choose = table.function(choose_orders, game, policies)
    constants = "\n".join(f"{name} = {values!r}" for values, name in table.constants.items())
    text = "\n\n".join([constants, *table.functions, f"play = {play}", f"choose = {choose}"]) + "\n"
    return text, table


def compiled(game: Game, *, record: bool = True, policies: Sequence[str] = ()) -> Traced:
    """The traced text of a game, ready to run. The text is written here from numbers alone, never from scenario
    files.
    """
    text, table = write(game, record=record, policies=policies)
    names: dict[str, Any] = {"permille": draws.permille, "pick": draws.pick, "lots": draws.lots, "way": draws.way}
    exec(compile(text, "<traced turn>", "exec"), names)
    return Traced(game, text, tuple(table.sites), names["play"], names["choose"])
