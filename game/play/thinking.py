"""Computer players that look ahead, in another process: they think for seconds, and whoever draws a window cannot wait.

What crosses to it is the scenario as the journal keeps it, what each of these seats knows, and the session's seed, from which
their choice is mixed. They choose what they would choose in the session's own process (`lookahead.py`).
"""

import os
from collections.abc import Sequence
from multiprocessing.connection import Connection

from attrs import frozen

from game.core import Order, State
from game.play.elsewhere import Elsewhere
from game.play.lookahead import Lookahead
from game.play.session import Session
from game.play.supposed import Known, known
from game.scenario.library import restored


@frozen
class Thought:
    """How far the question with this number is: *seats* are decided, of the next one a *share*; and the orders so far."""

    number: int
    seats: int
    share: float
    orders: tuple[Order, ...]


class Thinking:
    """The computer players of one session that look ahead. Nothing here waits."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.thought: Thought | None = None
        self._elsewhere = Elsewhere(think, session.game.about)
        self._number = 0
        self._asked: tuple[State, tuple[str, ...]] | None = None

    def begin(self) -> None:
        """Have the rules read while people still plan."""
        self._elsewhere.send(None)

    def ask(self) -> None:
        """Ask what these players order in the turn that begins. The same is not asked twice."""
        session, names = self.session, self.session.looking_ahead()
        if not self._stands:
            asked = tuple(known(session.game, session.history, session.state, (name,)) for name in names)
            self._number += 1
            self._asked, self.thought = (session.state, names), None
            self._elsewhere.send((self._number, asked, session.state.seed))

    @property
    def _stands(self) -> bool:
        """Whether what was asked is still so: control may have changed a value, gone back, or handed a seat on."""
        session = self.session
        return self._asked is not None and self._asked[0] is session.state and self._asked[1] == session.looking_ahead()

    @property
    def seats(self) -> int:
        """How many are to be decided."""
        return len(self.session.looking_ahead())

    def look(self) -> bool:
        """Take what has come; whether anything new has."""
        news = [one for one in self._elsewhere.received() if one.number == self._number]
        if news:
            self.thought = news[-1]
        return bool(news) or self._elsewhere.gone

    @property
    def orders(self) -> tuple[Order, ...] | None:
        """What they order in the turn that begins, once all is decided."""
        if self.thought is None or self.thought.seats < self.seats or not self._stands:
            return None
        return self.thought.orders

    @property
    def waiting(self) -> bool:
        """Whether their orders are still to come. Where the process has gone they never do, and must be found here."""
        return self.orders is None and not self._elsewhere.gone

    def close(self) -> None:
        """Stop the process."""
        self._elsewhere.close()


# ---- the other process
def think(connection: Connection) -> None:
    """Decide until nobody asks any more; of questions that came meanwhile the newest counts."""
    if hasattr(os, "nice"):
        os.nice(5)
    try:
        player = Lookahead(restored(connection.recv()))
        while True:
            question = connection.recv()
            while connection.poll():
                question = connection.recv()
            if question is not None:
                _decide(connection, player, *question)
    except (EOFError, OSError, KeyboardInterrupt):
        return  # Whoever asked has gone.


def _decide(connection: Connection, player: Lookahead, number: int, asked: Sequence[Known], seed: int) -> None:
    orders: tuple[Order, ...] = ()
    for seats, one in enumerate(asked):
        if connection.poll():
            return

        def told(share: float, seats: int = seats, orders: tuple[Order, ...] = orders) -> None:
            connection.send(Thought(number, seats, share, orders))

        orders = (*orders, *player.orders(one, seed, told))
        connection.send(Thought(number, seats + 1, 0.0, orders))
