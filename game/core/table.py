"""The recording table: what a rule's body talks to, run directly on whole numbers.

A body is written once and run on several tables. It *looks* (``track``, ``noted``, ``look``, ``turn``), *says* sums
and choices (``where``, ``every``, ``no``, ``least``, ``most``, ``count``, ``share``), *rolls* (``roll``, ``pick``) and
*proposes* one of the closed set of changes (``shift``, ``put``, ``move``, ``note``, ``due``). It is straight-line:
guards (``when=``, ``only``) instead of branches on the state, whole numbers only. The recording table below is the
reference; `game.core.tracing` checks every body and writes the same turn as plain Python text. They agree event by
event.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from game.core import chance as draws
from game.core.events import DUE, MOVE, NOTE, PICK, PUT, REFUSAL, ROLL, SHIFT, Event, Part, Roll
from game.core.model import Action, Detail, Game, Look, Lot, Rule, Track

entry_number = lru_cache(maxsize=None)(draws.entry_number)

Parts = Sequence[tuple[str, int]]


class Recording:
    """One run in progress: cells, and the events of the turn being played."""

    def __init__(self, game: Game, row: Sequence[int], seed: int, turn: int) -> None:
        self.game = game
        self.row = list(row)
        self.turn = turn
        self.key = draws.turn_key(seed, turn)
        self.events: list[Event] = []
        self.rule = ""
        self.who = 0
        self.call = -1
        self._used: set[int] = set()

    # ---- look
    def track(self, track: Track, i: int = 0, j: int = 0) -> int:
        """The value of a track's cell at these keys."""
        return self.row[track.first + i * track.shape[1] + j]

    def noted(self, track: Track, i: int = 0, j: int = 0) -> bool:
        """Whether something was noted in this turn."""
        return self.row[track.first + i * track.shape[1] + j] > 0

    def look(self, values: Sequence[int], index: int) -> int:
        """One of several fixed numbers."""
        return values[index]

    def cell(self, number: int) -> int:
        """The value of a cell by its number."""
        return self.row[number]

    def as_seen_by(self, agency: int | None) -> None:
        """Announce that what follows looks for one agency; the tracing table holds the body to what that agency
        sees.
        """

    @property
    def clock(self) -> int:
        """Minutes from the first turn to the beginning of this one."""
        return self.game.turns[self.turn].begins

    @property
    def minutes(self) -> int:
        """How many minutes this turn lasts."""
        return self.game.turns[self.turn].minutes

    # ---- sums and choices
    def where(self, condition: bool, yes: int, no: int) -> int:
        """One of two numbers."""
        return yes if condition else no

    def choose(self, condition: bool, yes: Look, no: Look) -> int:
        """What one of two amounts comes to; the other is not looked at."""
        amount: int = yes(self) if condition else no(self)
        return amount

    def every(self, looks: Sequence[Look]) -> bool:
        """Whether each of these conditions holds; what follows one that does not is not looked at."""
        for look in looks:  # noqa: SIM110  half the time of all(...)
            if not look(self):
                return False
        return True

    def some(self, looks: Sequence[Look]) -> bool:
        """Whether any of these conditions holds; what follows one that does is not looked at."""
        for look in looks:  # noqa: SIM110  likewise
            if look(self):
                return True
        return False

    def no(self, condition: bool) -> bool:
        """Whether a condition does not hold."""
        return not condition

    def least(self, a: int, b: int) -> int:
        """The smaller of two numbers."""
        return a if a < b else b

    def most(self, a: int, b: int) -> int:
        """The larger of two numbers."""
        return a if a > b else b

    def count(self, *conditions: bool) -> int:
        """How many of the conditions hold."""
        return sum(1 for condition in conditions if condition)

    def share(self, a: int, b: int, otherwise: int) -> int:
        """*a* divided by *b*, rounded down; *otherwise* when *b* is 0."""
        return a // b if b else otherwise

    # ---- chance
    def _address(self, name: str, nth: int, subject: int) -> int:
        place = draws.address(entry_number(f"{self.rule}/{name}"), self.who, nth, subject)
        if place in self._used:
            raise ValueError(f"two draws with one address in a turn: rule '{self.rule}', '{name}', subject {subject}")
        self._used.add(place)
        return place

    def roll(self, name: str, *, chance: int, when: bool = True, nth: int = 0, subject: int = 0, seen: int = 0,
             label: str = "") -> bool:  # fmt: skip
        """Whether something happens that has *chance* permille.

        *name* is part of the address; *label* is what people are told in its place. *seen*: the agencies that learn
        of it.
        """
        if not when:
            return False
        place = self._address(name, nth, subject)
        result = draws.permille(self.key, place)
        told = label or name
        self.events.append(Event(ROLL, self.rule, self.who, self.call, -1, 0, 0, (), told, seen,
                                 Roll(told, place, chance, result)))  # fmt: skip
        return result < chance

    def pick(self, name: str, count: int, *, when: bool = True, nth: int = 0, subject: int = 0, seen: int = 0) -> int:
        """A number from 0 to *count* - 1, each as likely; 0 when the guard does not hold."""
        if not when:
            return 0
        place = self._address(name, nth, subject)
        result = draws.pick(self.key, place, count)
        self.events.append(Event(PICK, self.rule, self.who, self.call, -1, 0, 0, (), name, seen,
                                 Roll(name, place, count, result)))  # fmt: skip
        return result

    # ---- propose
    def shift(self, track: Track, i: int = 0, j: int = 0, *, by: int | Parts, when: bool = True,
              label: str = "") -> None:  # fmt: skip
        """Move a track by a number or by labelled parts, within its limits."""
        if not when:
            return
        parts = ((label, by),) if isinstance(by, int) else by
        amount = 0
        for _, part in parts:
            amount += part
        if not amount:
            return
        cell = track.first + i * track.shape[1] + j
        before = self.row[cell]
        after = self.row[cell] = max(track.low, min(track.high, before + amount))
        self.events.append(Event(SHIFT, self.rule, self.who, self.call, cell, before, after,
                                 tuple([Part(label, part) for label, part in parts if part]), label,
                                 track.seen[cell - track.first]))  # fmt: skip

    def put(self, track: Track, i: int = 0, j: int = 0, *, to: int, when: bool = True, label: str = "") -> None:
        """Put a mark: a posture, a status, a stage."""
        self._put(PUT, track, i, j, to, when, label)

    def due(self, track: Track, i: int = 0, j: int = 0, *, at: int, when: bool = True, label: str = "") -> None:
        """Let something fall due at a minute of the game's clock."""
        self._put(DUE, track, i, j, at, when, label)

    def move(self, unit: int, *, to: int, when: bool = True, label: str = "") -> None:
        """Move a unit to a zone."""
        self._put(MOVE, self.game.tracks["at"], unit, 0, to, when, label)

    def _put(self, kind: str, track: Track, i: int, j: int, to: int, when: bool, label: str) -> None:
        if not when:
            return
        cell = track.first + i * track.shape[1] + j
        before = self.row[cell]
        if before != to:
            self.row[cell] = to
            self.events.append(Event(kind, self.rule, self.who, self.call, cell, before, to, (), label,
                                     track.seen[cell - track.first]))  # fmt: skip

    def note(self, track: Track, i: int = 0, j: int = 0, *, when: bool = True, label: str = "",
             seen: int | None = None) -> None:  # fmt: skip
        """Note for this turn that something happened. *seen*: who learns of it, if others than may see the tally."""
        if not when:
            return
        cell = track.first + i * track.shape[1] + j
        before = self.row[cell]
        self.row[cell] = before + 1
        self.events.append(Event(NOTE, self.rule, self.who, self.call, cell, before, before + 1, (), label,
                                 track.seen[cell - track.first] if seen is None else seen))  # fmt: skip

    def refuse(self, label: str, *, seen: int, when: bool = True) -> None:
        """Say that an order could not be carried out, and why."""
        if when:
            self.events.append(Event(REFUSAL, self.rule, self.who, self.call, -1, 0, 0, (), label, seen))

    # ---- order of work
    def only(self, condition: bool, body: Callable[..., None], *values: Any) -> None:
        """Run a body only when a condition holds; what is made inside is not used outside."""
        if condition:
            body(self, *values)

    def perform(self, rule: Rule) -> None:
        """Let a rule speak."""
        self.call += 1
        self.rule, self.who = rule.id, rule.who
        rule.body(self, rule.parameters)

    def draw_orders(self, agency: int, lot: Lot, allowed: Sequence[bool], count: int) -> None:
        """Draw a computer player's orders by weight, at most one of each action, and put them into the order cells."""
        weights = [weight(self) if may else 0 for may, weight in zip(allowed, lot.weights, strict=True)]
        weights.append(lot.hold(self))
        place = draws.address(entry_number("orders"), agency, 0, 0)
        draws.lots(self.row, self.key, place, weights, *lot_tables(lot), count)

    def draw_detail(self, agency: int, action: Action, detail: Detail, weights: Sequence[Look],
                    allowed: Sequence[bool]) -> None:  # fmt: skip
        """Draw one detail of an order that stands in its cell, by weight."""
        chosen = [weight(self) if may else 0 for may, weight in zip(allowed, weights, strict=True)]
        place = draws.address(entry_number(f"orders/{action.id}/{detail.id}"), agency, 0, 0)
        draws.way(self.row, self.key, place, chosen, action.order, detail.stride)


@lru_cache(maxsize=256)
def lot_tables(lot: Lot) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """For each order of a lot: the number of its action, the order cell and what to put there."""
    cells = tuple(action.order for action in lot.actions)
    numbers = {cell: number for number, cell in enumerate(dict.fromkeys(cells))}
    return tuple(numbers[cell] for cell in cells), cells, tuple(choice + 1 for choice in lot.choices)


def clear(game: Game, row: Sequence[int]) -> list[int]:
    """The row at the beginning of a turn: the notes and orders of the last one are gone."""
    cleared = list(row)
    for first, end, start in passing(game):
        cleared[first:end] = start
    return cleared


@lru_cache(maxsize=16)
def passing(game: Game) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
    """Where the cells stand that are not kept from turn to turn, and what they hold when a turn begins; what stands side
    by side is one block.
    """
    blocks: list[tuple[int, int, tuple[int, ...]]] = []
    for track in game.tracks.values():
        if not track.lasting:
            touches = blocks and blocks[-1][1] == track.first
            first, _, start = blocks.pop() if touches else (track.first, track.first, ())
            blocks.append((first, track.first + track.size, start + track.start))
    return tuple(blocks)
