"""A person at the keyboard: the desks of the agencies that this person holds, one after the other.

Nothing is hidden between them, as they are one person's; yet each desk has its own screen, draft and lock.
"""

from collections.abc import Sequence

from game.play.offering import short, spellings
from game.play.session import SessionProblem
from game.terminal.listen import command_of, did_you_mean, one_of, split
from game.terminal.room import Room
from game.terminal.seat import Desk
from game.words import say

COMMANDS = ("back", "help", "quit")


class Desks:
    """One person's time at the keyboard. *last* is the desk that was locked last, if one was."""

    def __init__(self, room: Room, held: Sequence[str]) -> None:
        self.room = room
        self.held = tuple(held)
        self.last: str | None = None

    @property
    def waiting(self) -> tuple[str, ...]:
        """The desks that are not locked."""
        return tuple(one for one in self.room.session.waiting() if one in self.held)

    def sit(self, first: str) -> bool:
        """Go from desk to desk until all are locked or the person hands the keyboard on. Returns whether all are."""
        desk: str | None = first
        while desk:
            self.announce(desk)
            if Desk(self.room, desk).sit():
                self.last = desk
                desk = self.after(desk)
            else:
                desk = self.choose() if len(self.held) > 1 else None
        return not self.waiting

    def announce(self, desk: str) -> None:
        """Say which desk it is, for a person who has several."""
        if len(self.held) > 1:
            place, name = self.held.index(desk) + 1, self.room.agency(desk).name
            title = say("Desk {place} of {count}: {name}", place=place, count=len(self.held), name=name)
            self.room.paper.heading(title)

    def after(self, desk: str) -> str | None:
        """The next desk that is not locked, round the table."""
        place = self.held.index(desk)
        return next((one for one in (*self.held[place:], *self.held[:place]) if one in self.waiting), None)

    def choose(self) -> str | None:
        """Let a person who left a desk go to another, or hand the keyboard on."""
        paper = self.room.paper
        while True:
            paper.line(say("Your desks: {states}.", states="; ".join(map(self.state_of, self.held))))
            paper.line(say("A name opens a desk, back and a name takes its orders back, Enter hands the keyboard on."))
            typed = self.room.listener.ask(say("Which desk? "))
            if not typed:
                return None
            word, rest = split(typed)
            command = command_of(word, COMMANDS)
            desk = self.meant(rest if command == "back" else typed)
            if command == "quit":
                self.room.leave()
            elif command == "back":
                again = desk or (None if rest else self.last)
                if self.take_back(again):
                    return again
            elif desk in self.waiting:
                return desk
            elif desk:
                paper.line(say("{name} has locked. Type back {name} first.", name=short(self.room.agency(desk))))
            elif command != "help":
                paper.line(did_you_mean(word, COMMANDS))

    def meant(self, typed: str) -> str | None:
        """The desk of this person that is meant by a number, an id or a name."""
        known = spellings(self.room.game)
        return one_of(typed, {one: known[one] for one in self.held})

    def state_of(self, desk: str) -> str:
        """A desk with what is done there."""
        name, drafts = short(self.room.agency(desk)), len(self.room.session.drafts(desk))
        if desk in self.waiting:
            return say("{name}, orders drafted: {count}", name=name, count=drafts)
        return say("{name}, locked", name=name)

    def take_back(self, desk: str | None) -> bool:
        """Take the orders of a desk back; whether they are open now."""
        if desk is None:
            self.room.paper.line(say("Type back and the name of one of your desks."))
            return False
        try:
            self.room.session.take_back(desk)
        except SessionProblem as problem:
            self.room.paper.line(str(problem))
            return False
        return True
