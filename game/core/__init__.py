"""The engine: pure, whole numbers, no clock and no files. Read this page first.

The nouns. A `Game` is a scenario bound and ready. A `State` is one moment of one run. An `Order` is an agency's
choice of an action; an `Option` an order that the rules know, with the `Refusal` that stands against it. An `Event`
is one thing that happened, with its `Part`s and `Roll`s. A `View` is what a seat may see. An `Explanation` is why a
number moved.

The eight verbs::

    start(game, seed)               -> State                  the first moment
    legal(game, state, agency)      -> Options                what may be ordered, and why not
    check(game, state, orders)      -> Refusals               what is wrong with these orders
    resolve(game, state, orders)    -> (State, Events)        one turn
    outcome(game, state)            -> Ended or None          has it ended, and how
    score(game, state)              -> Score                  the readings of risk
    view(game, state, agency)       -> View                   what a seat sees
    why(game, events, name, agency) -> Explanations           why a number moved

Inside, everything of a turn (`turn.py`) is a body for two tables: `table.py` runs it and records, `tracing.py` checks
it and writes it as text that `traced.py` runs. Then: `model.py`, `state.py`, `events.py`, and one mechanism in
`game.rules`.
"""

from game.core.events import Event, Part, Roll
from game.core.explain import Explanation, why
from game.core.model import Game
from game.core.orders import Option, Order, Refusal, check, legal
from game.core.resolve import Ended, outcome, resolve
from game.core.score import Score, score
from game.core.state import State, start
from game.core.view import View, view

__all__ = [
    "Ended",
    "Event",
    "Explanation",
    "Game",
    "Option",
    "Order",
    "Part",
    "Refusal",
    "Roll",
    "Score",
    "State",
    "View",
    "check",
    "legal",
    "outcome",
    "resolve",
    "score",
    "start",
    "view",
    "why",
]
