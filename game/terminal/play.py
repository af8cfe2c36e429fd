"""Kuroshio in the terminal: people around one laptop, each agency in its turn, control beside them."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from game.play.journal import Damaged, Journal, JournalProblem
from game.play.offering import seating_given, short
from game.play.public import public_news
from game.play.session import Session, SessionProblem
from game.play.wording import turn_line
from game.scenario.library import NoSuch, ScenarioProblem, playable
from game.terminal import picture
from game.terminal.control import ControlDesk
from game.terminal.desks import Desks
from game.terminal.listen import Ask, Left, Listener, command_of, did_you_mean, split
from game.terminal.opening import choose_scenario, choose_seats, choose_variants
from game.terminal.paper import Paper, page
from game.terminal.review import review
from game.terminal.room import Room
from game.words import say

FINE, PROBLEMS, MISUSE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes, those of the command line."""
PLAY = ""
"""Stands in the place of an agency when all have locked."""
COMMANDS = ("control", "back", "news", "public", "help", "quit")


def play(scenario: str | None, variants: Sequence[str], *, journal: Path | None, seed: int | None,
         seats: Mapping[str, str] | None, orders_out: Path | None, ask: Ask | None = None, out: TextIO | None = None,
         ask_secret: Ask | None = None) -> int:  # fmt: skip
    """Play with people until they stop or the game ends; returns the exit code.

    What is left out is asked for. A *journal* that exists is taken up where it stood. *ask*, *ask_secret* and *out*
    stand in for keyboard and screen.
    """
    paper = Paper(out or sys.stdout)
    if ask is None:
        _forgive_input(sys.stdin)
    listener = Listener(paper, ask, ask_secret)
    opened: list[Room] = []
    try:
        if journal is not None and journal.exists():
            opened.append(_resumed(journal, paper, listener))
        else:
            opened.append(_begun(scenario, variants, journal, seed, seats, paper, listener))
        Evening(opened[0], orders_out).run()
    except (Left, EOFError):
        return _goodbye(paper, opened, FINE)
    except KeyboardInterrupt:
        return _goodbye(paper, opened, INTERRUPTED)
    except (JournalProblem, ScenarioProblem, SessionProblem) as problem:
        paper.lines(str(problem).split("\n"))
        code = PROBLEMS if isinstance(problem, Damaged | ScenarioProblem) else UNREADABLE
        if isinstance(problem, NoSuch | SessionProblem):
            code = MISUSE
        return _goodbye(paper, opened, code, polite=False)
    finally:
        for room in opened:
            room.journal.close()
    return FINE


def _forgive_input(stream: TextIO) -> None:
    """Let no byte that is typed or piped in end the game."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _goodbye(paper: Paper, opened: Sequence[Room], code: int, *, polite: bool = True) -> int:
    paper.line()
    if opened:
        paper.line(say("Everything is kept in {file}.", file=opened[0].path))
        paper.raw([say("Go on with: {command}", command=opened[0].how_to_go_on())])
    elif polite:
        paper.line(say("Goodbye. Nothing was begun."))
    paper.flush()
    return code


# ---- opening
def _begun(scenario: str | None, variants: Sequence[str], journal: Path | None, seed: int | None,
           seats: Mapping[str, str] | None, paper: Paper, listener: Listener) -> Room:  # fmt: skip
    paper.line(say("KUROSHIO - crisis management in the East China Sea"))
    if scenario is None:
        scenario = choose_scenario(paper, listener)
        variants = variants or choose_variants(paper, listener, scenario)
    game = playable(scenario, variants)
    seating = choose_seats(paper, listener, game) if seats is None else seating_given(game, seats)
    path = journal or Path(f"{game.id}-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.kuroshio")
    # Tried before the journal is made, so that a mistyped player leaves no empty file.
    Session.begin(game, seating.players, seed=seed, groups=seating.groups)
    kept = Journal.create(path)
    try:
        session = Session.begin(game, seating.players, seed=seed, journal=kept, pins=seating.pins,
                                groups=seating.groups)  # fmt: skip
    except BaseException:
        kept.close()
        raise
    room = Room(session, kept, path, paper, listener)
    _open(room)
    return room


def _open(room: Room) -> None:
    """What everybody reads together."""
    paper, game = room.paper, room.game
    paper.clear()
    paper.heading(f"{game.title} - {game.date}")
    paper.lines(page(game.texts.get("public", "")))
    paper.line()
    paper.line(game.disclaimer)
    paper.line()
    paper.line(say("The session is kept in {file}. You can stop at any time and go on with:", file=room.path))
    paper.raw([f"  {room.how_to_go_on()}"])
    paper.line(say("Read this together. Orders are secret: only the seat named next should look at the screen."))
    paper.line(say("At the hand-over you can also type help, or control for the facilitator."))


def _resumed(path: Path, paper: Paper, listener: Listener) -> Room:
    kept = Journal.open(path)
    try:
        session = Session.resume(kept)
    except BaseException:
        kept.close()
        raise
    room = Room(session, kept, path, paper, listener)
    paper.line(say("Going on with {file}: {title}.", file=path, title=room.game.title))
    return room


# ---- the evening
class Evening:
    """The flow of a session: seat after seat, turn after turn, and the review."""

    def __init__(self, room: Room, orders_out: Path | None) -> None:
        self.room = room
        self.orders_out = orders_out
        self.next: str | None = None
        self.last: str | None = None

    def run(self) -> None:
        """Go on until somebody leaves."""
        session = self.room.session
        while True:
            if session.ended:
                self.look_back()
                continue
            self.state_of_locks()
            chosen = self.curtain()
            if chosen == PLAY:
                self.play_turn()
            elif chosen:
                self.seat(chosen)

    def look_back(self) -> None:
        """The review, and control from there."""
        if self.orders_out is not None:
            self.room.write_orders(self.orders_out)
            self.orders_out = None
        if review(self.room):
            self.control()

    # ---- between the seats
    def curtain(self) -> str | None:
        """The hand-over: the agency whose person sits down now, *PLAY*, or None when the table may have changed."""
        room = self.room
        waiting = room.session.waiting()
        agency = self.next if self.next in waiting else next(iter(waiting), PLAY)
        self.next = None
        if agency != PLAY:
            alone = len(room.session.together(agency)) == 1
            sentence = "Pass the keyboard to {name}." if alone else "Pass the keyboard to: {name}"
            room.paper.line(say(sentence, name=room.whose(agency)))
            prompt = say("Enter when nobody else can see the screen: ")
        else:
            prompt = say("All orders are locked. Enter plays turn {turn}: ", turn=room.session.state.turn + 1)
        while True:
            typed = room.listener.ask(prompt)
            if not typed:
                return agency
            word, rest = split(typed)
            command = command_of(word, COMMANDS)
            named = None if command else room.agency_typed(typed)
            theirs = room.session.together(named) if named else ()
            if left := [one for one in theirs if one in waiting]:
                return named if named in left else left[0]
            if command in ("control", "back"):
                self.next = agency
                self.control() if command == "control" else self.take_back(rest)
                return None
            if named:
                room.paper.line(say("{name} has nothing to draft now.", name=room.whose(named)))
            else:
                self.small_talk(command, word)

    def small_talk(self, command: str | None, word: str) -> None:
        """Commands at the hand-over that change nothing."""
        paper = self.room.paper
        match command:
            case "news":
                self.tell_all()
            case "public":
                paper.lines(page(self.room.game.texts.get("public", "")))
            case "help":
                paper.lines([
                    say("  Enter       the person named sits down        NAME     another seat goes first"),
                    say("  back        the last seat to lock takes its orders back (back NAME: that seat)"),
                    say("  news        what all know of the last turn    public   the public briefing"),
                    say("  control     the facilitator's screen          quit     stop; everything is kept"),
                ])  # fmt: skip
            case "quit":
                self.room.leave()
            case _:
                paper.line(did_you_mean(word, COMMANDS))

    def state_of_locks(self) -> None:
        """Who has locked: everybody may know that."""
        room = self.room
        waiting = room.session.waiting()
        locked = [short(room.agency(one)) for one in room.people() if one not in waiting]
        room.paper.line()
        room.paper.line(turn_line(room.game, room.session.state.turn))
        if locked and waiting:
            left = ", ".join(short(room.agency(one)) for one in waiting)
            room.paper.line(say("Locked: {locked}. Still to draft: {left}.", locked=", ".join(locked), left=left))

    # ---- seats
    def seat(self, agency: str) -> None:
        """One person behind the PIN, unseen by the others, with the desks of all agencies that this person holds."""
        room = self.room
        held = room.session.together(agency)
        if not room.admitted(room.session.seats[agency], room.whose(agency)):
            self.turned_away(agency)
            return
        desks = Desks(room, held)
        with room.paper.privately():
            locked = desks.sit(agency)
        self.last = desks.last or self.last
        if locked:
            room.paper.line(say("{name} has locked its orders.", name=room.whose(agency)))
            return
        self.next = next((one for one in room.session.waiting() if one not in held), None)

    def turned_away(self, agency: str) -> None:
        """Back to the hand-over after wrong PINs."""
        self.room.paper.clear()
        self.room.paper.line(say("The PIN of {name} was not given. Nothing was shown.", name=self.room.whose(agency)))

    def take_back(self, typed: str) -> None:
        """Let a seat unlock its orders while the turn has not been played."""
        room = self.room
        agency = room.agency_typed(typed) if typed else self.last
        locked = [one for one in room.people() if one not in room.session.waiting()]
        if agency not in locked:
            names = ", ".join(short(room.agency(one)) for one in locked) or say("none")
            room.paper.line(say("Type back and the seat that takes its orders back. Locked: {names}.", names=names))
            return
        if room.admitted(room.session.seats[agency], room.whose(agency)):
            try:
                room.session.take_back(agency)
            except SessionProblem as problem:
                room.paper.line(str(problem))
                return
            self.next = agency
            room.paper.line(say("{name} may draft again.", name=room.agency(agency).name))
        else:
            self.turned_away(agency)

    # ---- control
    def control(self) -> None:
        """The facilitator's screen."""
        room = self.room
        seat = room.session.control
        if not seat.pin:
            question = say("Control sees the secrets of every seat. Is the facilitator at the keyboard?")
            if not room.listener.yes(question, default=False):
                return
        elif not room.admitted(seat, say("control")):
            room.paper.clear()
            room.paper.line(say("The PIN of control was not given. Nothing was shown."))
            return
        branch = room.session.branch
        with room.paper.privately():
            ControlDesk(room).sit()
        if room.session.branch != branch:
            self.last = None
            room.paper.line(
                say("Control has gone back to the beginning of turn {turn}.", turn=room.session.state.turn + 1)
            )

    # ---- the turn
    def play_turn(self) -> None:
        """Play the turn and tell everybody what all may know."""
        room = self.room
        try:
            room.session.play_turn()
        except SessionProblem as problem:
            room.paper.line(str(problem))
            return
        self.last = None
        room.paper.clear()
        self.tell_all()

    def tell_all(self) -> None:
        """What every agency learned of the last turn."""
        room = self.room
        played = len(room.session.history)
        if not played:
            room.paper.line(say("No turn has been played yet."))
            return
        room.paper.heading(
            say("For all: what happened in turn {turn} ({clock})", turn=played, clock=room.game.turns[played - 1].clock)
        )
        room.paper.lines(picture.news(public_news(room.session)) or [say("  Nothing that all can see.")])


__all__ = ["play"]
