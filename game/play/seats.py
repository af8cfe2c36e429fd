"""Who sits where: seats with their PINs, and the agencies that one person holds together.

A person may hold several agencies of one side, a *group*. Each agency of it keeps its own view, attention, draft and
lock; the person has one PIN for all of them. Groups are judged alike for people and for the opening of a journal.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any, Protocol

import attrs
from attrs import frozen

from game.core import Game
from game.core.model import Agency, Side
from game.play.allowed import PERSON, SessionProblem, known_player
from game.words import say

PIN_ROUNDS = 100_000
"""Rounds of PBKDF2: a PIN guards against a glance at the table, not against somebody who owns the file."""

Groups = tuple[tuple[str, ...], ...]
"""The agencies that one person holds together, for each person who holds several."""


class Cast(Protocol):
    """Sides and agencies: those of a game, or of a scenario that is not bound yet."""

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides."""
        ...

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """The agencies, in the order of the scenario."""
        ...


@frozen
class Seat:
    """Who plays an agency: a person, with a PIN or without, or a computer player by the name of its policy."""

    policy: str = PERSON
    salt: str = ""
    pin: str = ""

    def admits(self, pin: str) -> bool:
        """Whether this PIN opens the seat; a seat without PIN is open."""
        return not self.pin or secrets.compare_digest(self.pin, scrambled(pin, self.salt))


def guarded(policy: str, pin: str) -> Seat:
    """A seat with its PIN, if there is one."""
    salt = secrets.token_hex(8) if pin else ""
    return Seat(policy, salt, scrambled(pin, salt) if pin else "")


def scrambled(pin: str, salt: str) -> str:
    """A PIN as the journal keeps it."""
    return hashlib.pbkdf2_hmac("sha256", pin.encode(errors="surrogatepass"), salt.encode(), PIN_ROUNDS).hex()


def taken(game: Game, players: Mapping[str, str], pins: Mapping[str, str],
          groups: Sequence[Sequence[str]]) -> tuple[dict[str, Seat], Groups]:  # fmt: skip
    """The seats of a new session and its groups; agencies that *players* leaves out are played by doctrine.

    A PIN named for one agency of a group is that of the person who holds them all. Raises *SessionProblem*.
    """
    open_seats = {agency.id: Seat(players.get(agency.id, "doctrine")) for agency in game.agencies}
    for seat in open_seats.values():
        known_player(game, seat.policy)
    judged = groups_of(game, open_seats, groups)
    seats: dict[str, Seat] = {}
    for name, seat in open_seats.items():
        held = together(judged, name)
        if name != held[0]:
            seats[name] = seats[held[0]]
            continue
        own = list(dict.fromkeys(pins[one] for one in held if pins.get(one)))
        if len(own) > 1:
            raise SessionProblem(one_pin())
        seats[name] = guarded(seat.policy, own[0] if own else "")
    return seats, judged


def groups_of(game: Game, seats: Mapping[str, Seat], kept: Any) -> Groups:
    """The groups as the session keeps them, agencies in the order of the scenario.

    Raises *SessionProblem* for those that no table could have.
    """
    lists = (list, tuple)
    if not isinstance(kept, lists) or not all(isinstance(group, lists) for group in kept):
        raise SessionProblem(say("its 'groups' are not lists of agencies."))
    sides = {agency.id: agency.side for agency in game.agencies}
    held: set[str] = set()
    for group in kept:
        if len(group) < 2:
            raise SessionProblem(say("a group has two agencies or more."))
        for name in group:
            if not isinstance(name, str) or name not in sides:
                raise SessionProblem(say("No agency is called '{name}'.", name=name))
            if name in held:
                raise SessionProblem(say("'{name}' is held twice.", name=name))
            if seats[name].policy != PERSON:
                raise SessionProblem(
                    say("Only a person holds several agencies; '{name}' is not a person's.", name=name)
                )
            if sides[name] != sides[group[0]]:
                raise SessionProblem(say("One person holds agencies of one side; '{one}' and '{other}' are of two.",
                                         one=group[0], other=name))  # fmt: skip
            if seats[name] != seats[group[0]]:
                raise SessionProblem(one_pin())
            held.add(name)
    return tuple(tuple(name for name in sides if name in group) for group in kept)


def one_pin() -> str:
    """Why a group cannot have two PINs."""
    return say("One person has one PIN for all agencies held.")


def together(groups: Groups, agency: str) -> tuple[str, ...]:
    """The agencies of the person who plays this one, in the order of the scenario; it alone when it is in no group."""
    return next((group for group in groups if agency in group), (agency,))


def without(groups: Groups, agency: str) -> Groups:
    """The groups after an agency was handed to somebody else."""
    left = (tuple(name for name in group if name != agency) for group in groups)
    return tuple(group for group in left if len(group) > 1)


def seat_of(game: Game, kept: Any) -> Seat:
    """A seat as the journal keeps it. Raises *SessionProblem* when it is none."""
    if not isinstance(kept, dict) or kept.keys() != attrs.fields_dict(Seat).keys():
        raise SessionProblem(say("a seat in it is of the wrong kind."))
    seat = Seat(**kept)
    if not all(isinstance(text, str) and text.isascii() for text in attrs.astuple(seat)):
        raise SessionProblem(say("a seat in it is of the wrong kind."))
    known_player(game, seat.policy)
    return seat


# ---- a proposal
def proposed(game: Cast, count: int) -> Groups:
    """A fair split of the agencies among so many people, never across sides; what is left is for the computer.

    People go to sides by Webster's method, by the orders that the sides can give in a turn: a side gets its first
    person when it weighs half a fair share, and never more people than it has agencies. Within a side each person gets
    neighbours in the order of the scenario.
    """
    sides = [[agency for agency in game.agencies if agency.side == side] for side in range(len(game.sides))]
    people = [0] * len(sides)
    for _ in range(min(count, len(game.agencies))):
        free = [side for side, own in enumerate(sides) if people[side] < len(own)]
        people[max(free, key=lambda side: Fraction(orders(sides[side]), 2 * people[side] + 1))] += 1
    return tuple(held for own, number in zip(sides, people, strict=True) if number for held in shared(own, number))


def shared(agencies: Sequence[Agency], number: int) -> Groups:
    """The agencies of one side among so many people: cut where the orders of each come closest to equal, by the least
    sum of squares.
    """

    @cache
    def best(begin: int, people: int) -> tuple[int, tuple[int, ...]]:
        if people == 1:
            return orders(agencies[begin:]) ** 2, (len(agencies),)
        found = []
        for cut in range(begin + 1, len(agencies) - people + 2):
            rest, cuts = best(cut, people - 1)
            found.append((orders(agencies[begin:cut]) ** 2 + rest, (cut, *cuts)))
        return min(found)

    cuts = best(0, number)[1]
    return tuple(tuple(agency.id for agency in agencies[begin:end]) for begin, end in pairwise((0, *cuts)))


def orders(agencies: Sequence[Agency]) -> int:
    """How many orders these agencies can give in a turn."""
    return sum(agency.attention for agency in agencies)
