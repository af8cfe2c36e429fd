"""The people around one window: session, journal, chart, and who is next. Screens act through it.

The order of an evening: hand-over, the desks of one person, the next hand-over ... until all have locked; the turn as
all may know it; and again, until the game ends and the review opens.
"""

from pathlib import Path

from game.core import Game
from game.core.model import Agency
from game.play.background import Background
from game.play.journal import Journal
from game.play.offering import frame_of, held_name
from game.play.session import PERSON, Moment, Session
from game.play.thinking import Thinking
from game.window.app import App
from game.window.chart.view import SHOWN, Chart
from game.window.foresight import Foresight


class Table:
    """One session in the window."""

    def __init__(
        self, app: App, session: Session, journal: Journal, path: Path, foresight: Foresight | None = None
    ) -> None:
        self.app = app
        self.session = session
        self.journal = journal
        self.path = path
        self.next: str | None = None
        self.last: str | None = None
        # Whether the page for all was read together.
        self.told = False
        self._chart: Chart | None = None
        self._foresight = foresight
        self._thinking: Thinking | None = None
        self._left: dict[str, float] = {}
        self._since: int | None = None

    @property
    def game(self) -> Game:
        """The game that is played."""
        return self.session.game

    def agency(self, name: str) -> Agency:
        """The agency with this id."""
        return self.game.agency(name)

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

    def take_control(self) -> None:
        """The facilitator sits down: everything is to be seen."""
        from game.window.screens.control import Control

        self.app.go(Control(self))

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

        moment = self.session.play_turn(self.thinking.orders if self.thinking else None)
        self.last = None
        self._left.clear()
        self.app.go(Resolution(self, len(self.session.history), None))
        return moment

    # ---- what screens share
    def chart(self) -> Chart:
        """The chart of the scenario, without any pieces: its tiles are kept from seat to seat, what a seat knows is not."""
        if self._chart is None:
            self._chart = Chart(self.app.kit, self.game.date, self.game.zones, frame_of(self.game))
        self._chart.forget()
        # Where the last seat looked, and what it let the map show, is its own affair.
        self._chart.layers = set(SHOWN)
        self._chart.fit(animate=False)
        return self._chart

    def foresight(self) -> Foresight | None:
        """What tells seats what may come; None where the table plays without forecasts."""
        if self._foresight is None and self.app.settings.forecasts:
            self._foresight = Foresight(Background(self.game.about))
        return self._foresight if self.app.settings.forecasts else None

    @property
    def thinking(self) -> Thinking | None:
        """The computer players that look ahead, in a process that reads the rules while people still plan; None where there
        are none, which control may change.
        """
        if not self.session.looking_ahead():
            return None
        if self._thinking is None:
            self._thinking = Thinking(self.session)
            self._thinking.begin()
        return self._thinking

    def pass_time(self, agency: str, now: int) -> int:
        """Take the time since the last call from what a person has for planning; the seconds that are left, or 0 when
        there is no clock.
        """
        whole = self.app.settings.minutes * 60
        who = self.session.together(agency)[0]
        if self._since is not None:
            self._left[who] = self._left.get(who, whole) - (now - self._since) / 1000
        self._since = now
        return round(self._left.get(who, whole)) if whole else 0

    def pause(self) -> None:
        """Stop the clock of planning."""
        self._since = None

    def clock(self, agency: str) -> str:
        """What is left for planning, as people read it; empty when there is no clock. Nobody is cut off at its end."""
        whole = self.app.settings.minutes * 60
        left = round(self._left.get(self.session.together(agency)[0], whole))
        if not whole:
            return ""
        return f"{'−' if left < 0 else ''}{abs(left) // 60:02d}:{abs(left) % 60:02d}"

    def close(self) -> None:
        """Close the journal: everything is in it."""
        self.journal.close()
        for process in (self._foresight, self._thinking):
            if process is not None:
                process.close()
