"""What the people around the laptop share: session, screen, keyboard, journal."""

import os
from pathlib import Path
from typing import NoReturn

from attrs import frozen

from game.core import Game
from game.core.model import Agency
from game.play.journal import Journal
from game.play.offering import held_name, spellings
from game.play.playout import written_script
from game.play.seats import Seat
from game.play.session import PERSON, Session
from game.terminal.listen import Left, Listener, one_of
from game.terminal.paper import Paper
from game.words import say

TRIES = 3


@frozen
class Room:
    """One laptop and the people around it."""

    session: Session
    journal: Journal
    path: Path
    paper: Paper
    listener: Listener

    @property
    def game(self) -> Game:
        """The game that is played."""
        return self.session.game

    def agency(self, name: str) -> Agency:
        """The agency with this id."""
        return self.game.agency(name)

    def people(self) -> tuple[str, ...]:
        """The agencies that people play."""
        return tuple(a.id for a in self.game.agencies if self.session.seats[a.id].policy == PERSON)

    def agency_typed(self, text: str) -> str | None:
        """The agency that somebody means: by number, id, short name or the beginning of its name."""
        return one_of(text, spellings(self.game))

    def whose(self, agency: str) -> str:
        """The person who plays an agency, called by what that person holds."""
        return held_name(self.game, self.session.together(agency))

    def admitted(self, seat: Seat, whose: str) -> bool:
        """Whether the PIN of a seat is given, within a few tries."""
        if not seat.pin:
            return True
        for left in range(TRIES - 1, -1, -1):
            if seat.admits(self.listener.ask_secret(say("PIN of {whose}: ", whose=whose))):
                return True
            if left:
                self.paper.line(say("That is not the PIN. Tries left: {left}.", left=left))
        return False

    def write_orders(self, path: Path) -> None:
        """Write the orders of the game so far to a new file, and say so."""
        text = written_script(self.game, [moment.orders for moment in self.session.history])
        try:
            with path.expanduser().open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            self.paper.line(say("{file} exists already and is kept as it is; choose another name.", file=path))
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or error
            self.paper.line(say("{file} cannot be written ({reason}).", file=path, reason=reason))
        else:
            self.paper.line(
                say("The orders of {count} turns are written to {file}.", count=len(self.session.history), file=path)
            )

    def leave(self) -> NoReturn:
        """Stop the session; the journal holds everything."""
        raise Left

    def how_to_go_on(self) -> str:
        """The command that takes the session up again."""
        name = f'"{self.path}"' if " " in str(self.path) else str(self.path)
        program = os.environ.get("KUROSHIO_COMMAND", "kuroshio")
        return say("{program} play --journal {file}", program=program, file=name)
