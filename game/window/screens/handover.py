"""Between two people: a blank map, who is next, and the seats. Nothing that a seat knows is read here."""

from collections.abc import Sequence

import pygame

from game.play.session import CONTROL, Seat
from game.play.thinking import Thinking
from game.window.app import Screen
from game.window.kit.entry import Typing, clip
from game.window.kit.keys import ENTER
from game.window.kit.pane import Pane
from game.window.opening import PROBLEMS
from game.window.screens.handover_panes import (
    again_pane,
    control_pane,
    help_pane,
    pause_pane,
    pin_pane,
    public_pane,
    read_pane,
)
from game.window.screens.handover_parts import below, blurred, middle, top
from game.window.screens.title_panes import problem_pane
from game.window.table import Table
from game.words import say

HOLD = 1000
"""Milliseconds for which Space is held."""

TRIES = 3
"""Times that a PIN may be typed."""


class HandOver(Screen):
    """The hand-over to an agency, or, without one, the moment when all orders are locked."""

    def __init__(self, table: Table, agency: str | None) -> None:
        super().__init__(table.app)
        self.table = table
        self.agency = agency
        self.front = ""
        self.subject = ""
        self.note = ""
        self.good = False
        self.problem = ""
        self.pin = Typing()
        self.tries = TRIES
        self._since: int | None = None
        self._by_space = False
        self._space_down = False
        self._busy = False
        self._painted = False
        self._begun = self._told = 0
        # What the last seat copied is not for the next one.
        clip("")
        if agency is not None and not table.told and len(table.journal.entries) <= 1:
            self.front = "read"

    # ---- what is shown
    @property
    def held(self) -> tuple[str, ...]:
        """The agencies of the person who is next."""
        return self.table.session.together(self.agency) if self.agency else ()

    @property
    def asked(self) -> Seat:
        """The seat that the pane in front is about."""
        session = self.table.session
        return session.control if self.subject == CONTROL else session.seats[self.subject]

    @property
    def asked_name(self) -> str:
        """Who sits there."""
        return say("control") if self.subject == CONTROL else self.table.whose(self.subject)

    @property
    def guarded(self) -> bool:
        """Whether the person who is next has a PIN."""
        return bool(self.agency and self.table.session.seats[self.agency].pin)

    @property
    def share(self) -> float:
        """How much of the time Space has been held, 0 to 1."""
        if self._since is None:
            return 0.0
        return min(1.0, (pygame.time.get_ticks() - self._since) / HOLD)

    @property
    def working(self) -> bool:
        """Whether the turn is being played."""
        return self._busy

    def panes(self) -> Sequence[Pane]:
        """The top, what is asked for in the middle, the seats below, and what is in front."""
        panes = [top(self), middle(self), below(self)]
        if self.problem:
            panes.append(problem_pane(self.app, self.problem, self.close_front))
        elif self.front:
            makers = {"read": read_pane, "public": public_pane, "help": help_pane, "pause": pause_pane, "pin": pin_pane,
                      "again": again_pane, "control": control_pane}  # fmt: skip
            panes.append(makers[self.front](self))
        return panes

    def behind(self, surface: pygame.Surface) -> None:
        """The map, blurred and dimmed, without anything on it."""
        self._painted = True
        surface.blit(blurred(self.kit.theme.name, self.app.size), (0, 0))

    # ---- taking the seat
    def take(self) -> None:
        """The person is there: ask for the PIN, or open the desk."""
        self._let_go()
        if self.agency is None:
            return
        if self.guarded:
            self.ask("pin", self.agency)
        else:
            self.table.sit(self._first())

    def _first(self) -> str:
        """The agency whose desk opens first: the one that was named, unless it has locked."""
        waiting = self.table.session.waiting()
        assert self.agency is not None
        return (
            self.agency if self.agency in waiting else next((one for one in self.held if one in waiting), self.agency)
        )

    def tell(self, note: str) -> None:
        """Something that all at the table may know."""
        self.note, self.good = note, True
        self.changed()

    def next_is(self, agency: str) -> None:
        """Another seat goes first."""
        self.agency, self.note, self.good = agency, "", False
        self.table.next = agency
        self.changed()

    def play(self) -> None:
        """All have locked: play the turn, once people can see that it is being played."""
        self._busy, self._painted = True, False
        if self.table.thinking:
            self.table.thinking.ask()
        self._begun = pygame.time.get_ticks()
        self.changed()

    @property
    def thinking(self) -> Thinking | None:
        """The computer players that the turn waits for."""
        thinking = self.table.thinking
        return thinking if self._busy and thinking and thinking.waiting else None

    @property
    def seconds(self) -> int:
        """How long the turn has been played."""
        return (pygame.time.get_ticks() - self._begun) // 1000

    def _think(self, thinking: Thinking) -> bool:
        """Look how far the computer players are; whether that changes what is seen."""
        told = self.seconds
        if thinking.look() or told != self._told:
            self._told = told
            self.changed()
            return True
        return False

    def _play(self) -> None:
        try:
            self.table.play_turn()
        except PROBLEMS as problem:
            self._busy, self.problem = False, str(problem)
            self.changed()

    # ---- panes in front
    def ask(self, front: str, subject: str = "") -> None:
        """Open a pane in front; *subject*: the agency that it is about."""
        self._let_go()
        self.front, self.subject, self.note, self.good = front, subject, "", False
        self.pin, self.tries = Typing(), TRIES
        self.changed()
        if subject and self.asked.pin:
            self.app.stage.take("pin", by_key=False)

    def close_front(self) -> None:
        """Close what is in front."""
        if self.problem:
            self.problem = ""
        else:
            if self.front == "read":
                self.table.told = True
            self.front, self.note = "", ""
        self.pin = Typing()
        self.app.stage.focus = ""
        self.changed()

    def answer(self) -> None:
        """The PIN was typed, or none is needed: open the desk, or take the orders back."""
        if not self.asked.admits(self.pin.text):
            self._turned_away()
            return
        front, self.front = self.front, ""
        self.pin = Typing()
        if front == "pin":
            self.table.sit(self._first())
            return
        if front == "control":
            self.table.take_control()
            return
        try:
            self.table.session.take_back(self.subject)
        except PROBLEMS as problem:
            self.problem = str(problem)
            self.changed()
            return
        self.agency = self.table.next = self.subject
        self.app.stage.focus = ""
        self.good = True
        self.note = say("{name} may draft again.", name=self.table.agency(self.subject).name)
        self.changed()

    def _turned_away(self) -> None:
        """A wrong PIN; after some of them back to the hand-over."""
        self.tries -= 1
        self.pin.text, self.pin.caret, self.pin.anchor = "", 0, -1
        whose = self.asked_name
        if self.tries > 0:
            self.note = say("That is not the PIN. Tries left: {left}.", left=self.tries)
        else:
            self.front = ""
            self.app.stage.focus = ""
            self.note = say("The PIN of {name} was not given. Nothing was shown.", name=whose)
        self.changed()

    # ---- elsewhere
    def last_turn(self) -> None:
        """What all know of the last turn."""
        from game.window.screens.resolution import Resolution

        self.table.next = self.agency
        self.app.go(Resolution(self.table, len(self.table.session.history), None))

    def home(self) -> None:
        """Back to the title; the session is kept."""
        from game.window.screens.title import Title

        self.table.close()
        self.app.go(Title(self.app))

    # ---- time and events
    def tick(self, now: int) -> bool:
        """The ring fills; a turn that was begun is played."""
        if thinking := self.thinking:
            return self._think(thinking)
        if self._busy and self._painted and not self.front:
            self._play()
            return True
        if self._since is not None and now - self._since >= HOLD:
            self.take()
            return True
        return False

    @property
    def waits(self) -> bool:
        """Whether the turn waits for computer players."""
        return self.thinking is not None

    @property
    def busy(self) -> bool:
        """Whether the ring fills."""
        return self._since is not None and not self.kit.still

    def leave(self) -> None:
        """Nothing that was typed stays."""
        self.pin = Typing()
        self._let_go()

    def _hold(self, by_space: bool) -> None:
        if self.agency is not None and self._since is None:
            self._since, self._by_space = pygame.time.get_ticks(), by_space

    def _let_go(self) -> None:
        self._since = None

    def first(self, event: pygame.event.Event) -> bool:
        """Space belongs to the ring, wherever the focus is; a Space that is still down types nothing into a PIN."""
        if event.type == pygame.KEYUP and event.key == pygame.K_SPACE:
            self._space_down = False
            if self._since is not None and self._by_space:
                self._let_go()
                self.changed()
            return False
        if self._space_down and (event.type == pygame.TEXTINPUT or _space(event)):
            return True
        if event.type in (pygame.WINDOWFOCUSLOST, pygame.MOUSEBUTTONUP) and self._since is not None:
            self._let_go()
            self.changed()
            return False
        if self.front or self.problem or self._busy:
            return False
        if _space(event):
            self._space_down = True
            self._hold(True)
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            ring = self.app.stage.node("ring")
            if ring is not None and ring.rect.collidepoint(event.pos):
                self._hold(False)
        return False

    def event(self, event: pygame.event.Event) -> bool:
        """Enter says yes to what is asked."""
        if event.type != pygame.KEYDOWN:
            return False
        if event.key in ENTER:
            self._enter()
            return True
        if event.key == pygame.K_ESCAPE and self.thinking:
            # Nothing has happened yet; what they find meanwhile waits for the next try.
            self._busy = False
            self.changed()
            return True
        if event.key == pygame.K_F1 or getattr(event, "unicode", "") == "?":
            self.ask("help")
            return True
        return False

    def _enter(self) -> None:
        if self.problem or self.front in ("read", "public", "help", "pause"):
            self.close_front()
        elif self.front:
            self.answer()
        elif self._busy:
            return
        elif self.agency is None:
            self.play()
        elif self.kit.still:
            self.take()


def _space(event: pygame.event.Event) -> bool:
    return event.type == pygame.KEYDOWN and event.key == pygame.K_SPACE
