"""The people around one window: session, journal, chart, and who is next. Screens act through it.

The order of an evening: hand-over, the desks of one person, the next hand-over ... until all have locked; the turn as
all may know it; and again, until the game ends and the review opens.
"""

from pathlib import Path

from game.core import Game
from game.core.model import Agency
from game.play.journal import Journal
from game.play.offering import held_name
from game.play.session import PERSON, Moment, Session
from game.window.app import App


class Table:
    """One session in the window."""

    def __init__(self, app: App, session: Session, journal: Journal, path: Path) -> None:
        self.app = app
        self.session = session
        self.journal = journal
        self.path = path
        self.next: str | None = None
        self.last: str | None = None
        self.minutes_left: dict[str, float] = {}

    @property
    def game(self) -> Game:
        """The game that is played."""
        return self.session.game

    def agency(self, name: str) -> Agency:
        """The agency with this id."""
        return self.game.agencies[self.game.agency_number(name)]

    def side(self, name: str) -> str:
        """The id of the side of an agency."""
        return self.game.sides[self.agency(name).side].id

    def people(self) -> tuple[str, ...]:
        """The agencies that people play."""
        return tuple(a.id for a in self.game.agencies if self.session.seats[a.id].policy == PERSON)

    def whose(self, agency: str) -> str:
        """The person who plays an agency, called by what that person holds."""
        return held_name(self.game, self.session.together(agency))

    # ---- the order of an evening
    def go_on(self) -> None:
        """Whatever comes next: the review, or the hand-over to the next person, or the turn when nobody plays."""
        from game.window.screens.handover import HandOver
        from game.window.screens.review import Review

        if self.session.ended:
            self.app.go(Review(self))
            return
        waiting = self.session.waiting()
        self.next = self.next if self.next in waiting else next(iter(waiting), None)
        self.app.go(HandOver(self, self.next))

    def sit(self, agency: str) -> None:
        """A person takes the seat: the desk of this agency opens."""
        from game.window.screens.desk import Desk

        self.next = None
        self.app.go(Desk(self, agency))

    def locked(self, agency: str) -> None:
        """An agency has locked: the next desk of the same person, or the next person."""
        self.last = agency
        held = self.session.together(agency)
        waiting = self.session.waiting()
        mine = next((one for one in held if one in waiting), None)
        if mine:
            self.sit(mine)
        else:
            self.go_on()

    def left(self, agency: str) -> None:
        """A person hands the seat on without locking; the next one goes first."""
        held = self.session.together(agency)
        self.next = next((one for one in self.session.waiting() if one not in held), agency)
        self.go_on()

    def play_turn(self) -> Moment:
        """Play the turn and show what all may know of it."""
        from game.window.screens.resolution import Resolution

        moment = self.session.play_turn()
        self.last = None
        self.minutes_left.clear()
        self.app.go(Resolution(self, len(self.session.history), None))
        return moment

    def close(self) -> None:
        """Close the journal: everything is in it."""
        self.journal.close()
