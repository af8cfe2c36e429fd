"""One agency as numbers: the cells that its view shows, and every order that it can give. For environments; needs numpy."""

from collections.abc import Sequence
from operator import index
from typing import Any

import numpy as np
from attrs import frozen

from game.core import Game, Order, State, check
from game.core.model import Action, Requirement
from game.core.table import Recording
from game.core.view import readings
from game.words import say

HOLD = 0
"""The number of holding, in every slot of an action."""


@frozen
class Cell:
    """One number of an observation: its dotted name and title as in a view, its unit, limits and, for marks, words."""

    name: str
    title: str
    unit: str
    low: int
    high: int
    words: tuple[str, ...] = ()


class Numbering:
    """One agency as numbers: the cells that its view shows, and every order that it can give.

    *codes*: the action and number of each order, the first of which has the number 1 among the agent's choices.
    """

    def __init__(self, game: Game, agency: str) -> None:
        self.game, self.agency = game, agency
        self.number = game.agency_number(agency)
        self.slots = game.agencies[self.number].attention
        names = [reading.name for reading in readings(game, game.start_row, 1 << self.number)]
        places = [game.cells_named(name)[0] for name in names]
        self.cells = (Cell("turn", say("Turns played"), "", 0, len(game.turns)),
                      *(_cell(game, name, place) for name, place in zip(names, places, strict=True)))  # fmt: skip
        # The number of turns stands after the cells of the row.
        self.places = np.array([len(game.start_row), *places], dtype=np.int64)
        own = [action for action in game.actions if action.agency == self.number]
        self.codes = tuple((action, number) for action in own for number in ways(action))
        self.orders = (None, *(_order(agency, action, number) for action, number in self.codes))
        self.needed, self.needs = _needs(self.codes)
        self._kept: dict[int, str] = {}

    def mask(self, table: Recording) -> Any:
        """1 for each choice that may be made now: holding, and the orders of which every part may be named."""
        met = np.array([True, *[one.holds(table) for one in self.needed]], dtype=np.int8)
        mask = np.ones(len(self.orders), dtype=np.int8)
        met[self.needs].min(axis=0, out=mask[1:])
        return mask

    def nothing(self) -> Any:
        """The mask of a game that has ended: holding alone."""
        mask = np.zeros(len(self.orders), dtype=np.int8)
        mask[HOLD] = 1
        return mask

    def given(self, state: State, chosen: Any, mask: Any) -> tuple[list[tuple[Action, int]], list[str]]:
        """The orders that an action gives, and why the rest of it counts as holding.

        Raises *ValueError* for what is no action of this agent.
        """
        allowed: dict[int, tuple[Action, int]] = {}
        refusals = []
        for one in () if chosen is None else self._numbers(chosen):
            if one == HOLD:
                continue
            action, number = self.codes[one - 1]
            if mask[one] and action.order not in allowed:
                allowed[action.order] = action, number
            else:
                refusals.append(self._twice(state, one) if mask[one] else self._refusal(state, one))
        return list(allowed.values()), refusals

    def _refusal(self, state: State, *numbers: int) -> str:
        """Why the last of these orders cannot be given."""
        refusal = check(self.game, state, [order for order in (self.orders[one] for one in numbers) if order])[-1]
        assert refusal is not None
        return refusal.message

    def _twice(self, state: State, one: int) -> str:
        """Why an order cannot be given twice: the same sentence for all orders of an action, so that it is kept."""
        cell = self.codes[one - 1][0].order
        if cell not in self._kept:
            self._kept[cell] = self._refusal(state, one, one)
        return self._kept[cell]

    def _numbers(self, chosen: Any) -> list[int]:
        try:
            numbers = [index(one) for one in chosen]
        except TypeError as error:
            raise ValueError(self._no_action(chosen)) from error
        if len(numbers) != self.slots or not all(0 <= one < len(self.orders) for one in numbers):
            raise ValueError(self._no_action(chosen))
        return numbers

    def _no_action(self, chosen: Any) -> str:
        return say("An action of {agency} is {slots} whole numbers from 0 to {last}, not {chosen}.", agency=self.agency,
                   slots=self.slots, last=len(self.orders) - 1, chosen=chosen)  # fmt: skip


def _cell(game: Game, name: str, place: int) -> Cell:
    track = game.track_of(place)
    return Cell(name, track.titles[place - track.first], track.unit, track.low, track.high, track.words)


def ways(action: Action) -> list[int]:
    """The numbers of all orders of an action, each way of giving it once; those with details not named are no others."""
    if not action.details:
        return list(range(len(action.choices)))
    # A bare choice takes no details: of the numbers that mean it, the first is its own.
    choices = enumerate(action.picked[1:])
    return [n for n, choice in choices if n < len(action.choices) or not action.choices[choice - 1].bare]


def _order(agency: str, action: Action, number: int) -> Order:
    return Order(agency, action.id, ".".join(part.id for part in action.parts(number)))


def _needs(codes: Sequence[tuple[Action, int]]) -> tuple[list[Requirement], Any]:
    """All requirements, each once, and for each order (a column) the numbers of those that it needs, from 1.

    0 is a requirement that always holds, so that all columns are of one length.
    """
    numbers: dict[Requirement, int] = {}
    columns = []
    for action, number in codes:
        parts = (action.requirements, *(part.requirements for part in action.parts(number)))
        columns.append([numbers.setdefault(one, len(numbers) + 1) for part in parts for one in part])
    longest = max(map(len, columns), default=0) or 1
    filled = [column + [0] * (longest - len(column)) for column in columns]
    return list(numbers), np.array(filled, dtype=np.int64).reshape(len(columns), longest).T.copy()
