"""Orders: what an agency may choose, and what is wrong with a choice."""

from collections.abc import Sequence
from functools import lru_cache

from attrs import frozen

from game.core.model import Action, Game, Requirement
from game.core.state import State
from game.core.table import Recording, clear
from game.words import say


@frozen
class Order:
    """An agency's choice of an action, with what the player may note: a reason and the reaction expected.

    *choice* is the id of the choice; where the action has details, their ways follow, each after a full stop
    (``patrol.STW.close``). A detail that is not named takes its first way.
    """

    agency: str
    action: str
    choice: str
    reason: str = ""
    expects: str = ""

    def __str__(self) -> str:
        return f"{self.agency} {self.action}:{self.choice}"


def order_of(text: str, agency: str = "") -> Order | None:
    """The order that a text names, as `str` writes one; where it begins with the action, an order of *agency*. None where
    it is not written so.
    """
    words = text.split()
    if agency and len(words) == 1:
        words = [agency, *words]
    action, _, choice = words[1].partition(":") if len(words) == 2 else ("", "", "")
    return Order(words[0], action, choice) if choice else None


@frozen
class Refusal:
    """Something wrong with an order, in a sentence for its player."""

    message: str


@frozen
class Way:
    """One way of a detail, with the reason why it cannot be named now; None when it can."""

    id: str
    name: str
    refusal: Refusal | None


@frozen
class Option:
    """An order that the rules know, with the reason why it cannot be given now; None when it can.

    *details*: for each detail that the order may name its name and its ways, the first of which is taken otherwise.
    """

    order: Order
    name: str
    choice_name: str
    about: str
    refusal: Refusal | None
    details: tuple[tuple[str, tuple[Way, ...]], ...] = ()


def find(game: Game, order: Order) -> tuple[Action, int] | Refusal:
    """The action and the number of the choice that an order names, or what is wrong with its names."""
    named = _named(game)
    own = named.get(order.agency)
    if own is None:
        return Refusal(say("No agency '{agency}' gives orders in this game.", agency=order.agency))
    if order.action not in own:
        message = "{agency} cannot order '{action}'. It can order: {known}."
        return Refusal(say(message, agency=order.agency, action=order.action, known=", ".join(own)))
    action = own[order.action]
    wanted, *ways = order.choice.split(".")
    for number, choice in enumerate(action.choices):
        if choice.id == wanted:
            return _detailed(action, number, ways)
    known = ", ".join(choice.id for choice in action.choices)
    message = "'{action}' has no choice '{choice}'. Choose one of: {known}."
    return Refusal(say(message, action=order.action, choice=wanted, known=known))


def _detailed(action: Action, number: int, ways: Sequence[str]) -> tuple[Action, int] | Refusal:
    """The number of an order with these ways of its details, each named in the order of the details."""
    left = list(ways)
    details = () if action.choices[number].bare else action.details
    for detail in details:
        ids = [choice.id for choice in detail.choices]
        if left and left[0] in ids:
            number += ids.index(left.pop(0)) * detail.stride
    if left:
        known = "; ".join(f"{d.id}: {', '.join(choice.id for choice in d.choices)}" for d in details)
        message = "'{action}' has no detail '{way}' here. {known}"
        told = say("Known are {known}.", known=known) if known else say("It has no details.")
        return Refusal(say(message, action=action.id, way=left[0], known=told))
    return action, number


def in_words(action: Action, number: int) -> str:
    """An order as people read it."""
    choice, *ways = action.parts(number)
    return f"{action.name}: {', '.join([choice.name, *(way.name for way in ways)])}"


@lru_cache(maxsize=16)
def _named(game: Game) -> dict[str, dict[str, Action]]:
    """The actions of each agency that has any, by their ids."""
    named: dict[str, dict[str, Action]] = {}
    for action in game.actions:
        named.setdefault(game.agencies[action.agency].id, {})[action.id] = action
    return named


def legal(game: Game, state: State, agency: str) -> tuple[Option, ...]:
    """Every order that the rules know for an agency, those that cannot be given now with the reason.

    Only what the agency sees decides: tracing holds the scenario to that when it is bound.
    """
    table = Recording(game, clear(game, state.row), 0, min(state.turn, len(game.turns) - 1))
    options = []
    ended = over(game, state)
    for action in game.actions:
        if game.agencies[action.agency].id == agency:
            for choice in action.choices:
                order = Order(agency, action.id, choice.id)
                refusal = no_more() if ended else _refusal(table, (*action.requirements, *choice.requirements))
                details = tuple(
                    (d.name, tuple(Way(c.id, c.name, _refusal(table, c.requirements)) for c in d.choices))
                    for d in action.details
                    if not choice.bare
                )
                options.append(Option(order, action.name, choice.name, action.about, refusal, details))
    return tuple(options)


def over(game: Game, state: State) -> bool:
    """Whether the game has ended: by an ending, or because its turns are played."""
    return state.turn >= len(game.turns) or state.row[game.tracks["over"].first] > 0


def no_more() -> Refusal:
    """Why nothing can be ordered once the game has ended."""
    return Refusal(say("The game has ended; no more orders are taken."))


def _refusal(table: Recording, requirements: Sequence[Requirement]) -> Refusal | None:
    """The first of these requirements that does not hold, as a refusal."""
    for one in requirements:
        if not one.holds(table):
            return Refusal(one.message)
    return None


def check(game: Game, state: State, orders: Sequence[Order]) -> tuple[Refusal | None, ...]:
    """What is wrong with each of these orders, None where nothing is: names, requirements, attention, one of each
    kind.
    """
    table = Recording(game, clear(game, state.row), 0, min(state.turn, len(game.turns) - 1))
    return tuple(found if isinstance(found, Refusal) else None for found in checked(game, state, table, orders))


def checked(game: Game, state: State, table: Recording, orders: Sequence[Order]) -> list[tuple[Action, int] | Refusal]:
    """For each of these orders its action and number, or what is wrong with it on a table of the turn to be played."""
    if over(game, state):
        return [no_more() for _ in orders]
    given: dict[str, int] = {}
    taken: set[int] = set()
    return [_checked(game, table, order, given, taken) for order in orders]


def _checked(game: Game, table: Recording, order: Order, given: dict[str, int],
             taken: set[int]) -> tuple[Action, int] | Refusal:  # fmt: skip
    found = find(game, order)
    if isinstance(found, Refusal):
        return found
    action, number = found
    unmet = _refusal(table, action.requirements)
    for part in action.parts(number):
        unmet = unmet or _refusal(table, part.requirements)
    if unmet:
        return unmet
    if action.order in taken:
        return Refusal(say("'{action}' is ordered already this turn; it can be ordered once.", action=action.name))
    limit = game.agencies[action.agency].attention
    if given.get(order.agency, 0) >= limit:
        return Refusal(say("{agency} can give {limit} orders in a turn, and has given them.",
                           agency=game.agencies[action.agency].name, limit=limit))  # fmt: skip
    given[order.agency] = given.get(order.agency, 0) + 1
    taken.add(action.order)
    return found


def ordered_cells(game: Game, agencies: Sequence[str], orders: Sequence[Order]) -> dict[int, int]:
    """Every order cell of these agencies, and what stands in it when they give just these orders: for playing ahead
    with orders that are only thought of. Raises *ValueError* for an order that the rules do not know.
    """
    none = {action.order: 0 for action in game.actions if game.agencies[action.agency].id in agencies}
    return none | dict(_written(game, order) for order in orders)


def put_orders(game: Game, row: list[int], orders: Sequence[Order]) -> None:
    """Put orders into the order cells of a row. Raises *ValueError* for an order that the rules do not know."""
    for order in orders:
        cell, value = _written(game, order)
        row[cell] = value


def _written(game: Game, order: Order) -> tuple[int, int]:
    """The order cell of an order, and what stands in it when it is given."""
    found = find(game, order)
    if isinstance(found, Refusal):
        raise ValueError(found.message)  # noqa: TRY004
    action, number = found
    return action.order, number + 1


def given_orders(game: Game, row: Sequence[int]) -> tuple[Order, ...]:
    """The orders that stand in the order cells of a row."""
    return tuple(
        Order(game.agencies[action.agency].id, action.id, ".".join(c.id for c in action.parts(row[action.order] - 1)))
        for action in game.actions
        if row[action.order]
    )
