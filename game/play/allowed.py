"""What may be done in a session now, judged alike for people and for the entries of a journal.

A journal may come from anybody, so an entry is followed only where a person could have done the same thing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from game.core import Ended, Game, Order, Refusal, State, check
from game.core.model import Track
from game.words import say

PERSON = "person"
LOOKAHEAD = "lookahead"
"""The computer player that plays ahead (`lookahead.py`), beside those that draw by a policy of the game."""


class SessionProblem(Exception):
    """Something that cannot be done now, in one sentence for people."""


class Seated(Protocol):
    """What is known of a seat here."""

    @property
    def policy(self) -> str:
        """Who plays it."""


class Sitting(Protocol):
    """What is known of a session here."""

    @property
    def game(self) -> Game:
        """What is played."""

    @property
    def state(self) -> State:
        """Where it stands."""

    @property
    def seats(self) -> Mapping[str, Seated]:
        """Who plays each agency."""

    @property
    def history(self) -> Sequence[object]:
        """The turns that were played."""

    @property
    def branch(self) -> int:
        """How often it was rewound."""

    @property
    def ended(self) -> Ended | None:
        """How it ended."""

    def drafts(self, agency: str) -> tuple[Order, ...]:
        """What an agency has drafted."""

    def locked(self, agency: str) -> bool:
        """Whether an agency has locked."""

    def waiting(self) -> tuple[str, ...]:
        """The people's seats that have not locked."""


Body = Mapping[str, Any]

SHAPES: Mapping[str, Mapping[str, type]] = {
    "drafted": {"agency": str, "orders": list},
    "locked": {"agency": str},
    "taken_back": {"agency": str},
    "played": {"turn": int, "orders": list, "digest": str},
    "spoken": {"text": str, "to": list, "reason": str},
    "overruled": {"name": str, "before": int, "value": int, "reason": str},
    "rewound": {"turn": int, "branch": int, "reason": str},
    "seated": {"agency": str, "policy": str},
}
"""What an entry of each kind holds."""


def judge(session: Sitting, kind: str, body: Body) -> None:
    """Raise *SessionProblem* when what an entry says cannot be done now."""
    for key, sort in SHAPES[kind].items():
        if type(body.get(key)) is not sort:
            raise SessionProblem(say("its '{key}' is missing or of the wrong kind.", key=key))
    JUDGES[kind](session, body)


def orders_of(body: Body) -> tuple[Order, ...]:
    """The orders of an entry. Raises *SessionProblem* when they are none."""
    for order in body["orders"]:
        if not isinstance(order, dict) or any(type(text) is not str for text in order.values()):
            raise SessionProblem(say("its 'orders' are not orders."))
    try:
        return tuple(Order(**order) for order in body["orders"])
    except TypeError as error:
        raise SessionProblem(say("its 'orders' are not orders.")) from error


def refusal_of(session: Sitting, agency: str, orders: Sequence[Order]) -> Refusal | None:
    """Why an agency cannot draft these orders now; None when it can."""
    if session.locked(agency):
        return Refusal(say("Your orders are locked. Take them back first."))
    if any(order.agency != agency for order in orders):
        return Refusal(say("An agency orders for itself alone."))
    return next((refusal for refusal in check(session.game, session.state, orders) if refusal), None)


def person(session: Sitting, agency: str) -> None:
    """Only people draft and lock."""
    if agency not in session.seats or session.seats[agency].policy != PERSON:
        raise SessionProblem(say("No person sits as '{agency}'.", agency=agency))


def value_named(session: Sitting, name: str) -> tuple[int, Track]:
    """The one cell that control may overrule by this name, and its track."""
    game = session.game
    try:
        cells = game.cells_named(name)
    except KeyError:
        raise SessionProblem(say("No value is called '{name}'.", name=name)) from None
    track = game.track_of(cells[0]) if len(cells) == 1 else None
    if track is None or not track.lasting or track.id in ("over", "spoken"):
        example = f"risk.{game.tracks['risk'].labels[0]}"
        raise SessionProblem(say("Name one value that lasts, such as '{example}'.", example=example))
    return cells[0], track


# ---- one judge for each kind of entry


def number_meant(game: Game, name: str, typed: str) -> int:
    """A value typed as a number or as the word of a mark. Raises *SessionProblem*."""
    words = game.tracks[name.partition(".")[0]].words
    plain = [word.replace("_", " ").lower() for word in words]
    if typed.lower() in (*plain, *(word.lower() for word in words)):
        return [word.lower().replace("_", " ") for word in words].index(typed.lower().replace("_", " "))
    if len(typed) < 10 and typed.removeprefix("-").isdecimal():
        return int(typed)
    known = say("one of: {words}", words=", ".join(words)) if words else say("a whole number")
    raise SessionProblem(say("The value of '{name}' is {known}, not '{typed}'.", name=name, known=known, typed=typed))


def _drafted(session: Sitting, body: Body) -> None:
    person(session, body["agency"])
    if refusal := refusal_of(session, body["agency"], orders_of(body)):
        raise SessionProblem(refusal.message)


def _locked(session: Sitting, body: Body) -> None:
    person(session, body["agency"])
    if session.locked(body["agency"]):
        raise SessionProblem(say("Your orders are locked already."))


def _taken_back(session: Sitting, body: Body) -> None:
    if not session.locked(body["agency"]):
        raise SessionProblem(say("There is nothing to take back."))
    if not session.waiting():
        raise SessionProblem(say("All seats have locked their orders; they can no longer be taken back."))


def _played(session: Sitting, body: Body) -> None:
    if session.ended:
        raise SessionProblem(say("The game has ended."))
    if body["turn"] != session.state.turn + 1:
        raise SessionProblem(say("Turn {turn} is not the next one.", turn=body["turn"]))
    if session.waiting():
        raise SessionProblem(say("Not all seats have locked their orders."))
    orders = orders_of(body)
    people = [agency.id for agency in session.game.agencies if session.seats[agency.id].policy == PERSON]
    if [o for o in orders if o.agency in people] != [o for agency in people for o in session.drafts(agency)]:
        raise SessionProblem(say("The orders are not those that were drafted."))
    for order, refusal in zip(orders, check(session.game, session.state, orders), strict=True):
        if refusal:
            raise SessionProblem(say("{order}: {reason}", order=order, reason=refusal.message))


def _spoken(session: Sitting, body: Body) -> None:
    _known(session, body["to"])


def _overruled(session: Sitting, body: Body) -> None:
    value = body["value"]
    if not body["reason"].strip():
        raise SessionProblem(say("Control gives a reason when it overrules a value."))
    cell, track = value_named(session, body["name"])
    if not track.low <= value <= track.high:
        raise SessionProblem(say("{value} is outside {low} to {high}.", value=value, low=track.low, high=track.high))
    if body["before"] != session.state.row[cell]:
        raise SessionProblem(say("'{name}' was not {before} before.", name=body["name"], before=body["before"]))


def _rewound(session: Sitting, body: Body) -> None:
    if not 1 <= body["turn"] <= len(session.history):
        raise SessionProblem(say("Rewind to a turn from 1 to {last}.", last=len(session.history)))
    if body["branch"] != session.branch + 1:
        raise SessionProblem(say("Branch {branch} is not the next one.", branch=body["branch"]))


def _seated(session: Sitting, body: Body) -> None:
    _known(session, [body["agency"]])
    known_player(session.game, body["policy"])


def _known(session: Sitting, names: Sequence[object]) -> None:
    for name in names:
        if not isinstance(name, str) or name not in session.seats:
            raise SessionProblem(say("No agency is called '{name}'.", name=name))


def computers(game: Game) -> tuple[str, ...]:
    """The computer players that a seat may have: those that draw by a policy, and the one that looks ahead."""
    return (*game.policies, LOOKAHEAD)


def known_player(game: Game, policy: str) -> None:
    """A seat is a person's or a computer player's."""
    if policy not in (PERSON, *computers(game)):
        known = ", ".join((PERSON, *computers(game)))
        raise SessionProblem(say("'{policy}' is no player. Choose one of: {known}.", policy=policy, known=known))


JUDGES: Mapping[str, Callable[[Sitting, Body], None]] = {
    "drafted": _drafted,
    "locked": _locked,
    "taken_back": _taken_back,
    "played": _played,
    "spoken": _spoken,
    "overruled": _overruled,
    "rewound": _rewound,
    "seated": _seated,
}
