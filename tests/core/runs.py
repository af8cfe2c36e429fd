"""Whole runs of computer players, for tests of every part: ``from runs import play``."""

from collections.abc import Sequence

from attrs import frozen

from game.core import Event, Game, Order, State, outcome, resolve, start
from game.core.resolve import computer_orders

SCENARIO = "airspace-2024"
"""The scenario that tests play. They take its numbers from it and never write them down."""


@frozen
class Turn:
    """One turn of a run as the recording table played it."""

    before: State
    orders: tuple[Order, ...]
    after: State
    events: tuple[Event, ...]


def seats(game: Game, policies: str | Sequence[str]) -> tuple[str, ...]:
    """The policy of each seat; one name stands for all."""
    return (policies,) * len(game.agencies) if isinstance(policies, str) else tuple(policies)


def play(game: Game, seed: int, policies: str | Sequence[str] = "random") -> list[Turn]:
    """The turns of a whole run; seats with the policy '' hold."""
    turns: list[Turn] = []
    state = start(game, seed)
    while outcome(game, state) is None:
        orders = computer_orders(game, state, seats(game, policies))
        after, events = resolve(game, state, orders)
        turns.append(Turn(state, orders, after, events))
        state = after
    return turns
