"""Resolving a turn: orders and a state in, a new state and the events that explain it out."""

from collections.abc import Sequence

from attrs import evolve, frozen

from game.core.events import PUT, Event
from game.core.model import Game
from game.core.orders import Order, check, given_orders, no_more, over, put_orders
from game.core.state import State
from game.core.table import Recording, clear
from game.core.turn import choose_orders, play_turn


class IllegalOrders(ValueError):
    """Orders that cannot be given were handed to *resolve*; screens ask *check* first."""


@frozen
class Ended:
    """How a game ended: the ending's id, its name, and what it means."""

    id: str
    name: str
    text: str


def resolve(game: Game, state: State, orders: Sequence[Order]) -> tuple[State, tuple[Event, ...]]:
    """Play one turn with these orders. Raises *IllegalOrders* when *check* refuses one of them, or when the game has
    ended.
    """
    for order, refusal in zip(orders, check(game, state, orders), strict=True):
        if refusal:
            raise IllegalOrders(f"{order}: {refusal.message}")
    if over(game, state):
        raise IllegalOrders(no_more().message)
    table = Recording(game, clear(game, state.row), state.seed, state.turn)
    put_orders(game, table.row, orders)
    table.events.extend(order_events(game, table.row))
    play_turn(table, game)
    return evolve(state, turn=state.turn + 1, row=tuple(table.row)), tuple(table.events)


def order_events(game: Game, row: Sequence[int]) -> list[Event]:
    """The events that put the orders of a turn on record; each agency sees its own."""
    return [
        Event(PUT, f"order.{a.id}", a.agency, -1, a.order, 0, row[a.order], (), "", 1 << a.agency)
        for a in game.actions
        if row[a.order]
    ]


def computer_orders(game: Game, state: State, policies: Sequence[str]) -> tuple[Order, ...]:
    """What computer players order: for each agency the name of its policy, or '' for a person's seat."""
    table = Recording(game, clear(game, state.row), state.seed, state.turn)
    choose_orders(table, game, policies)
    return given_orders(game, table.row)


def outcome(game: Game, state: State) -> Ended | None:
    """How the game has ended, or None while it goes on. The last turn ends it when nothing else did."""
    reached = state.row[game.tracks["over"].first]
    if reached:
        ending = game.endings[reached - 1]
        return Ended(ending.id, ending.name, ending.text)
    if state.turn >= len(game.turns):
        return Ended("time", "Time is up", game.texts.get("time_up", ""))
    return None
