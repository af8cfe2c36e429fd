"""A session: one run with people, and the only door for screens.

Everything that is done goes into the journal first and then happens; the journal's entries alone rebuild the session.
What may be done is judged in `game.play.allowed`, for people and journals alike. Orders are secret until all seats have
locked. A person without an agency may sit as control, whose acts are in the journal with their reasons like everything
else.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from attrs import frozen

from game import __version__
from game.core import (
    Ended,
    Event,
    Explanation,
    Game,
    Order,
    Refusal,
    State,
    View,
    check,
    outcome,
    resolve,
    start,
    view,
    why,
)
from game.core.events import PUT, REFUSAL, TOLD
from game.core.resolve import IllegalOrders, computer_orders
from game.core.state import digest
from game.play.allowed import LOOKAHEAD, PERSON, SessionProblem, judge, orders_of, person, refusal_of, value_named
from game.play.journal import Damaged, Journal
from game.play.journal_check import shown
from game.play.seats import Groups, Seat, groups_of, guarded, seat_of, taken, together, without
from game.scenario.document import digest_of
from game.scenario.library import ScenarioProblem, restored
from game.words import say

CONTROL = "control"


@frozen
class Moment:
    """One turn that was played: the state it began in, the orders, the events, the state it led to, and its digest.

    *said* is what control did between the turn before and this one: told again with the events, to those whose orders
    were locked by then.
    """

    before: State
    orders: tuple[Order, ...]
    events: tuple[Event, ...]
    after: State
    digest: str
    said: tuple[Event, ...] = ()


class Session:
    """One run with people."""

    def __init__(self, game: Game, seed: int, seats: Mapping[str, Seat], journal: Journal | None = None,
                 control: Seat | None = None, groups: Groups = ()) -> None:  # fmt: skip
        self.game = game
        self.seats = dict(seats)
        self.groups = groups
        self.control = control or Seat()
        self.state = start(game, seed)
        self.history: list[Moment] = []
        self.branch = 0
        self.news: list[Event] = []
        self._journal = journal
        self._drafts: dict[str, tuple[Order, ...]] = {}
        self._locked: set[str] = set()

    # ---- opening
    @classmethod
    def begin(cls, game: Game, seats: Mapping[str, str], *, seed: int | None = None, journal: Journal | None = None,
              pins: Mapping[str, str] | None = None, groups: Sequence[Sequence[str]] = ()) -> "Session":  # fmt: skip
        """Open a session. *seats*: agency -> ``person``, ``doctrine``, ``random`` or ``lookahead``; the others are played
        by doctrine.

        *pins*: for agencies that want one, and for ``control``. *groups*: agencies that one person holds together.
        Raises *SessionProblem* for an unknown agency or player, a group across sides, a seed out of range and a journal
        that holds something already.
        """
        chosen = secrets.randbits(63) if seed is None else seed
        if not 0 <= chosen < 1 << 64:
            raise SessionProblem(say("A seed is a whole number from 0 to 2**64 - 1, not {seed}.", seed=chosen))
        if journal is not None and journal.entries:
            raise SessionProblem(say("This journal holds a session already."))
        for name in (*seats, *(pins or {})):
            if name not in (CONTROL, *(agency.id for agency in game.agencies)):
                raise SessionProblem(say("No agency is called '{name}'.", name=name))
        seated, held = taken(game, seats, pins or {}, groups)
        control = guarded(PERSON, (pins or {}).get(CONTROL, ""))
        session = cls(game, chosen, seated, journal, control, held)
        if journal is not None:
            journal.append("opened", {
                "program": __version__, "scenario": game.about, "scenario_digest": game.digest, "seed": chosen,
                "seats": {name: attrs.asdict(seat) for name, seat in seated.items()}, "control": attrs.asdict(control),
                **({"groups": held} if held else {}),
            })  # fmt: skip
        return session

    @classmethod
    def resume(cls, journal: Journal) -> "Session":
        """Take up the session of a journal where it stood.

        Raises *Damaged* when the journal is not a session's or a turn does not come out as recorded, *ScenarioProblem*
        when this program cannot play its scenario.
        """
        session = rebuilt(journal.entries)
        session._journal = journal
        return session

    # ---- what a seat sees
    def view(self, agency: str) -> View:
        """What an agency sees now: the state, what it learned of the last turn, and what control has said since."""
        last = (*self.history[-1].said, *self.history[-1].events) if self.history else ()
        events = (*last, *self.news)
        return view(self.game, self.state, agency, events)

    def why(self, turn: int, name: str, agency: str | None = None) -> tuple[Explanation, ...]:
        """Why a number moved in a turn (from 1). Without an agency: for control, or when the session has ended."""
        if not 1 <= turn <= len(self.history):
            raise SessionProblem(
                say("Turn {turn} has not been played; {count} turns have.", turn=turn, count=len(self.history))
            )
        try:
            moment = self.history[turn - 1]
            return why(self.game, (*moment.said, *moment.events), name, agency)
        except KeyError:
            raise SessionProblem(say("Nothing called '{name}' can be explained here.", name=name)) from None

    @property
    def ended(self) -> Ended | None:
        """How the game ended, None while it goes on."""
        return outcome(self.game, self.state)

    # ---- drafts and locks
    def drafts(self, agency: str) -> tuple[Order, ...]:
        """The orders that an agency has drafted for this turn."""
        return self._drafts.get(agency, ())

    def draft(self, agency: str, orders: Sequence[Order]) -> Refusal | None:
        """Keep an agency's draft in the place of an earlier one; where there is a refusal, return it instead."""
        person(self, agency)
        refusal = refusal_of(self, agency, orders)
        if refusal is None:
            self._do("drafted", {"agency": agency, "orders": [attrs.asdict(order) for order in orders]})
        return refusal

    def locked(self, agency: str) -> bool:
        """Whether an agency has locked its orders."""
        return agency in self._locked

    def lock(self, agency: str) -> None:
        """Lock an agency's draft."""
        person(self, agency)
        if agency not in self._locked:
            self._do("locked", {"agency": agency})

    def take_back(self, agency: str) -> None:
        """Unlock an agency's orders, as long as not all seats have locked and the turn has not been played."""
        self._do("taken_back", {"agency": agency})

    def together(self, agency: str) -> tuple[str, ...]:
        """The agencies of the person who plays this one; it alone when its person holds no other."""
        return together(self.groups, agency)

    def waiting(self) -> tuple[str, ...]:
        """The people's seats that have not locked."""
        return tuple(a.id for a in self.game.agencies if self.seats[a.id].policy == PERSON and a.id not in self._locked)

    def looking_ahead(self) -> tuple[str, ...]:
        """The seats of computer players that look ahead, which takes them seconds."""
        return tuple(a.id for a in self.game.agencies if self.seats[a.id].policy == LOOKAHEAD)

    def play_turn(self, ahead: Sequence[Order] | None = None) -> Moment:
        """Play the turn once every person has locked. The orders of computer players are drawn from their views; *ahead*:
        those of players that look ahead, where they were found elsewhere (`thinking.py`).
        """
        if self.ended:
            raise SessionProblem(say("The game has ended."))
        if self.waiting():
            raise SessionProblem(say("Not all seats have locked their orders."))
        return self.record(self._orders(ahead))

    def record(self, orders: Sequence[Order]) -> Moment:
        """Play the turn with orders that were given elsewhere: for a run that is kept as a journal."""
        if self.ended:
            raise SessionProblem(say("The game has ended."))
        try:
            moment = self._played(tuple(orders))
        except IllegalOrders as error:
            raise SessionProblem(str(error)) from error
        self._do("played", {
            "turn": self.state.turn + 1, "orders": [attrs.asdict(order) for order in orders], "digest": moment.digest,
        })  # fmt: skip
        return moment

    def _orders(self, ahead: Sequence[Order] | None) -> tuple[Order, ...]:
        players = {a.id: self.seats[a.id].policy for a in self.game.agencies}
        given = tuple(order for name in players for order in self._drafts.get(name, ()))
        drawn = computer_orders(self.game, self.state, [p if p in self.game.policies else "" for p in players.values()])
        return (*given, *drawn, *(self._looked_ahead(self.looking_ahead()) if ahead is None else ahead))

    def _looked_ahead(self, agencies: Sequence[str]) -> tuple[Order, ...]:
        if not agencies:
            return ()
        # Only now: it plays ahead, and brings all that this takes.
        from game.play.lookahead import orders_ahead

        return orders_ahead(self.game, agencies, self.history, self.state)

    def _played(self, orders: tuple[Order, ...]) -> Moment:
        after, events = resolve(self.game, self.state, orders)
        return Moment(self.state, orders, events, after, digest(after.row, events))

    # ---- control
    def speak(self, text: str, to: Sequence[str], reason: str = "") -> None:
        """Control tells some agencies something: news that the scenario does not hold."""
        self._do("spoken", {"text": text, "to": list(to), "reason": reason})

    def overrule(self, name: str, value: int, reason: str) -> None:
        """Control puts a value in the place of the engine's, with its reason. Both values stay in the journal."""
        cell, _track = value_named(self, name)
        self._do("overruled", {"name": name, "before": self.state.row[cell], "value": value, "reason": reason})

    def rewind(self, turn: int, reason: str) -> None:
        """Go back to the beginning of an earlier turn (from 1) as a new branch; the old line stays in the journal."""
        self._do("rewound", {"turn": turn, "branch": self.branch + 1, "reason": reason})

    def reseat(self, agency: str, policy: str) -> None:
        """Hand a seat to a person or to a computer player; it leaves the group that it was in."""
        self._do("seated", {"agency": agency, "policy": policy})

    # ---- the one way in which anything happens
    def _do(self, kind: str, body: Mapping[str, Any]) -> None:
        judge(self, kind, body)
        if self._journal is not None:
            try:
                self._journal.append(kind, body)
            except (TypeError, ValueError) as error:
                raise SessionProblem(say("This cannot be kept in the journal: {error}.", error=shown(error))) from error
        _DEEDS[kind](self, body)

    def apply(self, kind: str, body: Mapping[str, Any]) -> None:
        """Let what a journal entry says happen. Raises *Damaged* for an entry that nobody could have made here."""
        if kind not in _DEEDS:
            raise Damaged(say("The journal holds an entry of an unknown kind, '{kind}'.", kind=shown(kind)))
        try:
            judge(self, kind, body)
            _DEEDS[kind](self, body)
        except (SessionProblem, *_SENSELESS) as error:
            raise Damaged(say("The journal's entry '{kind}' in turn {turn} cannot be followed: {error}",
                              kind=kind, turn=self.state.turn + 1, error=shown(error))) from error  # fmt: skip

    def _drafted(self, body: Mapping[str, Any]) -> None:
        self._drafts[body["agency"]] = orders_of(body)

    def _lock(self, body: Mapping[str, Any]) -> None:
        self._locked.add(body["agency"])

    def _unlock(self, body: Mapping[str, Any]) -> None:
        self._locked.discard(body["agency"])

    def _play(self, body: Mapping[str, Any]) -> None:
        moment = self._played(orders_of(body))
        if moment.digest != body["digest"]:
            raise Damaged(say("Turn {turn} does not come out as the journal recorded it: {now} instead of {then}.",
                              turn=body["turn"], now=moment.digest, then=shown(body["digest"])))  # fmt: skip
        self.history.append(attrs.evolve(moment, said=tuple(self.news)))
        self.state = moment.after
        self._drafts, self._locked, self.news = {}, set(), []

    def _spoken(self, body: Mapping[str, Any]) -> None:
        seen = sum(1 << self.game.agency_number(name) for name in set(body["to"]))
        self.news.append(Event(TOLD, CONTROL, 0, -1, -1, 0, 0, (), body["text"], seen))

    def _overruled(self, body: Mapping[str, Any]) -> None:
        cell, track = value_named(self, body["name"])
        number, before, value = cell - track.first, self.state.row[cell], body["value"]
        # Screens show risk in points, its cells count tenths: the unit stands beside the number.
        after = track.shown(value) + (f" {track.unit}" if track.unit and not track.words else "")
        label = say("Control sets '{title}' from {before} to {after}. {reason}", title=track.titles[number],
                    before=track.shown(before), after=after, reason=body["reason"])  # fmt: skip
        row = list(self.state.row)
        row[cell] = value
        self.state = attrs.evolve(self.state, row=tuple(row))
        self.news.append(Event(PUT, CONTROL, 0, -1, cell, before, value, (), label, track.seen[number]))
        for place, agency in enumerate(self.game.agencies):
            self._withdraw(agency.id, 1 << place)

    def _withdraw(self, agency: str, bit: int) -> None:
        """Take out of an agency's draft what can no longer be ordered, and let it look at the rest again."""
        drafted = self.drafts(agency)
        kept = tuple(
            order for order, refusal in zip(drafted, check(self.game, self.state, drafted), strict=True) if not refusal
        )
        if kept != drafted:
            self._drafts[agency] = kept
            self._locked.discard(agency)
            label = say("Some of your orders can no longer be given and were taken out; your orders are open again.")
            self.news.append(Event(REFUSAL, CONTROL, 0, -1, -1, 0, 0, (), label, bit))

    def _rewound(self, body: Mapping[str, Any]) -> None:
        turn = body["turn"]
        # As the turn before ended: what control changed since then is undone with the rest.
        self.state = self.history[turn - 2].after if turn > 1 else start(self.game, self.state.seed)
        del self.history[turn - 1 :]
        self.branch = body["branch"]
        self._drafts, self._locked, self.news = {}, set(), []

    def _seated(self, body: Mapping[str, Any]) -> None:
        agency = body["agency"]
        self.seats[agency] = Seat(body["policy"])
        self.groups = without(self.groups, agency)
        self._drafts.pop(agency, None)
        self._locked.discard(agency)


_DEEDS = {
    "drafted": Session._drafted,
    "locked": Session._lock,
    "taken_back": Session._unlock,
    "played": Session._play,
    "spoken": Session._spoken,
    "overruled": Session._overruled,
    "rewound": Session._rewound,
    "seated": Session._seated,
}


_SENSELESS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What comes of a stranger's document that has the wrong shape somewhere."""


def rebuilt(entries: Sequence[Any]) -> Session:
    """The session that a journal's entries tell. Raises *Damaged*, or *ScenarioProblem*."""
    if not entries or entries[0].kind != "opened":
        raise Damaged(say("This journal does not begin with the opening of a session."))
    opening = entries[0].body
    try:
        game = restored(opening["scenario"])
        # Of what was kept, not of the game: another version of the program may lay a document out in another way.
        if digest_of(opening["scenario"]) != opening["scenario_digest"]:
            raise Damaged(say("The scenario in the journal is not the one that its fingerprint names."))
        if type(opening["seed"]) is not int:
            raise Damaged(say("The seed in the journal is not a whole number."))
        seats = {name: seat_of(game, seat) for name, seat in opening["seats"].items()}
        if set(seats) != {a.id for a in game.agencies}:
            raise Damaged(say("The seats in the journal are not those of its scenario."))
        # A journal from before there were groups has none.
        groups = groups_of(game, seats, opening.get("groups", []))
        session = Session(game, opening["seed"], seats, control=seat_of(game, opening["control"]), groups=groups)
    except (SessionProblem, *_SENSELESS) as error:
        raise Damaged(say("The opening of this journal cannot be read: {error}", error=shown(error))) from error
    for entry in entries[1:]:
        session.apply(entry.kind, entry.body)
    return session


__all__ = [
    "CONTROL",
    "PERSON",
    "Moment",
    "ScenarioProblem",
    "Seat",
    "Session",
    "SessionProblem",
    "rebuilt",
]
