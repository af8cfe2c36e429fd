"""Whole runs of computer players, for tests of every part: ``from runs import play``.

Binding a scenario takes up to a second, so that games and runs are kept for as long as a worker lives.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache

from attrs import frozen

from game.core import Event, Game, Order, State, outcome, resolve, start
from game.core.resolve import computer_orders
from game.play.session import Moment
from game.scenario.library import playable

SCENARIO = "airspace-2024"
"""The smallest of the shipped scenarios: for tests that one scenario answers. They take its numbers from it and never
write them down.
"""


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


def history_of(game: Game, turns: int, seed: int = 5) -> tuple[list[Moment], State]:
    """The first turns of a run by doctrine as a session remembers them, and the state that they led to."""
    played = play(game, seed, "doctrine")[:turns]
    moments = [Moment(turn.before, turn.orders, turn.events, turn.after, "") for turn in played]
    return moments, played[-1].after if played else start(game, seed)


@cache
def bound(name: str, variants: tuple[str, ...] = ()) -> Game:
    """A shipped scenario, bound once in a worker."""
    return playable(name, variants)


@cache
def random_runs(name: str) -> list[list[Turn]]:
    """Whole runs of random players: sixty of a small scenario."""
    return [play(bound(name), seed) for seed in range(so_many(bound(name), 60))]


def so_many(game: Game, count: int) -> int:
    """How many runs a test plays: *count* of a small scenario, half as many of a large one, whose turns take longer; at
    least as many as the environment's KUROSHIO_SEEDS says.
    """
    least = int(os.environ.get("KUROSHIO_SEEDS", "0"))
    return max(least, count if len(game.start_row) < 600 else -(-count // 2))


def every_code(game: Game) -> Iterator[Order]:
    """Every order that the rules know, in the shortest form: with each choice, and with each way of each detail."""
    for action in game.actions:
        agency = game.agencies[action.agency].id
        for choice in action.choices:
            yield Order(agency, action.id, choice.id)
        for detail in action.details:
            for way in detail.choices:
                yield Order(agency, action.id, f"{action.choices[0].id}.{way.id}")
