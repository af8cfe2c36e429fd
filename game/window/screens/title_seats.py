"""Who sits where, while it is being chosen: people by number, and the computer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import define, field

from game.window.kit.entry import Typing
from game.words import say

if TYPE_CHECKING:
    from game.play.offering import Offer, Seating

COMPUTERS = ("doctrine", "lookahead", "random")
"""Players of the computer: as the agency's briefing says, also playing ahead, or anything that is allowed."""

CONTROL = "control"

Who = int | str
"""A person by number, or a player of the computer."""


@define
class Seats:
    """The seats of one scenario. *note*: why something could not be chosen. *pins*: what was typed, by person."""

    offer: "Offer"
    who: dict[str, Who] = field(factory=dict)
    note: str = ""
    pins: dict[Who, Typing] = field(factory=dict)

    def propose(self, count: int) -> None:
        """The fair split among so many people; the computer takes what is left."""
        from game.play.seats import proposed

        self.who = dict.fromkeys((agency.id for agency in self.offer.agencies), COMPUTERS[0])
        for number, held in enumerate(proposed(self.offer, count), 1):
            self.who.update(dict.fromkeys(held, number))
        self.note = ""

    def adopt(self, seating: "Seating") -> None:
        """Seats that were named on the command line."""
        from game.play.seats import together

        self.who = {}
        numbers: dict[tuple[str, ...], int] = {}
        for agency in self.offer.agencies:
            player = seating.players.get(agency.id, COMPUTERS[0])
            held = together(seating.groups, agency.id)
            self.who[agency.id] = numbers.setdefault(held, len(numbers) + 1) if player == "person" else player

    def choices(self) -> tuple[Who, ...]:
        """What can be chosen for an agency: the people so far, one more, the computer."""
        last = max((who for who in self.who.values() if isinstance(who, int)), default=0)
        return (*range(1, min(last + 1, len(self.offer.agencies)) + 1), *COMPUTERS)

    def take(self, agency: str, who: Who) -> None:
        """Give an agency to somebody. What cannot be leaves everything as it is, with a note."""
        sides = {one.id: one.side for one in self.offer.agencies}
        held = [one for one, player in self.who.items() if player == who and one != agency]
        if isinstance(who, int) and any(sides[one] != sides[agency] for one in held):
            theirs = self.offer.sides[sides[held[0]]].name
            self.note = say("One person holds agencies of one side only, and person {number} holds those of {side}.",
                            number=who, side=theirs)  # fmt: skip
            return
        self.who[agency] = who
        self.note = ""

    def people(self) -> dict[int, tuple[str, ...]]:
        """The people by number, each with the agencies held."""
        numbers = sorted({who for who in self.who.values() if isinstance(who, int)})
        return {number: tuple(one for one, who in self.who.items() if who == number) for number in numbers}

    def like(self, count: int) -> bool:
        """Whether these are the seats that are proposed for so many people."""
        other = Seats(self.offer)
        other.propose(count)
        return other.who == self.who

    def pin(self, who: Who) -> Typing:
        """The field for somebody's PIN."""
        return self.pins.setdefault(who, Typing())

    def seating(self) -> "Seating":
        """The seats as a session takes them."""
        from game.play.offering import Seating

        people = self.people()
        players: Mapping[str, str] = {one: "person" if isinstance(who, int) else who for one, who in self.who.items()}
        pins = {held[0]: self.pins[number].text for number, held in people.items() if number in self.pins}
        pins[CONTROL] = self.pins[CONTROL].text if CONTROL in self.pins else ""
        groups = tuple(held for held in people.values() if len(held) > 1)
        return Seating(players, {one: pin for one, pin in pins.items() if pin}, groups)


def called(who: Who) -> str:
    """What somebody is called in the list of seats."""
    if isinstance(who, int):
        return say("Person {number}", number=who)
    return {"doctrine": say("Computer"), "lookahead": say("Lookahead")}.get(who, say("Random"))
