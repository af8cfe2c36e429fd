"""The moments of a game that moved risk most, and what they came from, as far as that can be said honestly.

How moments are chosen. All that one entry of the scenario did to the risk of one pair of sides in one turn is one
amount, the same that *why* explains. The largest are taken, whichever their sign. So that five turns of the same slow
cause do not fill the list, an entry's second moment counts half of its amount, the third a quarter, and so on.

What is said of the cause. *told* are the sentences of the same turn about values that the entry looks at: no more is
claimed than that. An order or a piece of news is called a cause only after the turn was played again without it, with
the same draws: when the amount then comes to at most half. Several orders may pass that test, or none: what both
sides' orders bring about each by itself has no single cause.
"""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from game.core import Event, Game, Order, Refusal, resolve
from game.core.events import MOVE, NOTE, PUT, SHIFT
from game.core.explain import shown_parts
from game.core.following import followed
from game.core.orders import find, in_words
from game.play.session import CONTROL, Moment
from game.play.wording import entry_name
from game.rules.ladder import Ladder
from game.words import say

MOMENTS = 5
"""How many moments are chosen: what people can talk about in one debrief."""


@frozen
class Cause:
    """An order or a piece of news without which a moment would have come to at most half.

    *agency* is the id of the agency that ordered it, "" for news; *text* the order or the news in words; *reason* and
    *expected* what its player noted; *without* what the amount would have been.
    """

    agency: str
    text: str
    reason: str
    expected: str
    without: int


@frozen
class Turning:
    """What one entry did to the risk of one pair of sides in one turn (from 1).

    *amount* in steps of the track; *label* the strongest term of the sum, *rule* the name of the entry; *told* what
    happened in the same turn to values that the entry looks at; *causes* the strongest first.
    """

    turn: int
    pair: tuple[str, str]
    amount: int
    label: str
    rule: str
    told: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()

    @property
    def agency(self) -> str:
        """The agency whose order is the strongest cause; "" where it is news, or there is none."""
        return self.causes[0].agency if self.causes else ""

    @property
    def headline(self) -> str:
        """What it was, in one line: what was told in the turn, else the order that caused it, else the entry."""
        if self.told:
            return self.told[0]
        ordered = next((one.text for one in self.causes if one.agency), "")
        return ordered or self.rule

    @property
    def cause(self) -> str:
        """The strongest cause in words; else, as of the same turn only, what was told; "" when that is nothing."""
        if self.causes:
            return self.causes[0].text
        return say("In the same turn: {text}", text=self.told[0]) if self.told else ""

    @property
    def reason(self) -> str:
        """The reason that a player noted for the strongest cause."""
        return self.causes[0].reason if self.causes else ""

    @property
    def expected(self) -> str:
        """What a player noted to expect of the strongest cause."""
        return self.causes[0].expected if self.causes else ""


Key = tuple[int, str, int]
"""The cell of risk, the entry, and for whom it spoke."""


def decisive(game: Game, history: Sequence[Moment]) -> tuple[Turning, ...]:
    """The moments that moved risk most, in the order in which they came; see the module for how they are chosen."""
    amounts = {(turn, key): amount for turn, moment in enumerate(history, 1)
               for key, amount in contributions(game, (*moment.said, *moment.events)).items() if amount}  # fmt: skip
    return tuple(_turning(game, history[turn - 1], turn, key) for turn, key in sorted(chosen(amounts)))


def contributions(game: Game, events: Sequence[Event]) -> dict[Key, int]:
    """How far each entry moved each pair's risk in the events of a turn."""
    risk = game.tracks["risk"]
    found: dict[Key, int] = {}
    for event in events:
        if event.kind in (SHIFT, PUT) and risk.first <= event.cell < risk.first + risk.size:
            key = (event.cell, event.rule, event.who)
            found[key] = found.get(key, 0) + event.after - event.before
    return found


def chosen(amounts: Mapping[tuple[int, Key], int]) -> list[tuple[int, Key]]:
    """The moments with the largest amounts, where each further one of the same entry and pair counts half as much."""
    left = dict(amounts)
    taken: list[tuple[int, Key]] = []

    def weight(one: tuple[int, Key]) -> tuple[float, int]:
        before = sum(key == one[1] for _turn, key in taken)
        return abs(left[one]) / 2**before, -one[0]

    while left and len(taken) < MOMENTS:
        best = max(left, key=weight)
        taken.append(best)
        del left[best]
    return taken


def _turning(game: Game, moment: Moment, turn: int, key: Key) -> Turning:
    cell, rule, who = key
    events = (*moment.said, *moment.events)
    own = [event for event in events if (event.cell, event.rule, event.who) == key and event.kind in (SHIFT, PUT)]
    amount = sum(event.after - event.before for event in own)
    one, other = game.pairs()[cell - game.tracks["risk"].first]
    found = Turning(turn, (game.sides[one].id, game.sides[other].id), amount, _label(game, own, amount),
                    entry_name(game, rule, who) or rule)  # fmt: skip
    if rule == CONTROL:
        return evolve(found, told=tuple(event.label for event in own if event.label))
    return evolve(found, told=_told(game, moment, own[0], amount), causes=_causes(game, moment, key, amount))


def _label(game: Game, own: Sequence[Event], amount: int) -> str:
    """The term of the sum that weighs most in its direction."""
    parts = [part for event in own for part in shown_parts(game, event, None)]
    if not parts:
        return say("overruled by control")
    return max(parts, key=lambda part: part.amount * (1 if amount > 0 else -1)).label


def _told(game: Game, moment: Moment, moved: Event, amount: int) -> tuple[str, ...]:
    """What was told in the turn of the values that an entry looks at, before it spoke."""
    rules = {rule.id: rule for rules in game.rules.values() for rule in rules}
    if moved.rule not in rules:
        return ()
    looked = followed(game, rules[moved.rule]).looked - {moved.cell}
    found: list[str] = []
    # What fell was not brought about by the highest act of the turn, so that act is named for rises only.
    for ladder in (rule.parameters for rule in game.rules["ladder"] if amount > 0):
        if isinstance(ladder, Ladder):
            found += _rungs(game, moment, ladder, looked)
    for event in moment.events[: moment.events.index(moved)]:
        if event.cell in looked and event.kind in (NOTE, PUT, MOVE) and event.label:
            found.append(event.label)
    return tuple(dict.fromkeys(found))


def _rungs(game: Game, moment: Moment, ladder: Ladder, looked: frozenset[int]) -> list[str]:
    """Which acts reached the rung at which a ladder stands in this turn, where an entry looks at that rung."""
    pair = game.pairs().index((min(ladder.sides), max(ladder.sides)))
    cell, noted = ladder.rung.first + pair, ladder.reached.first + pair
    if cell not in looked:
        return []
    names = {say("Rung {rung}: {label}.", rung=one.rung, label=one.label)
             for one in ladder.rungs if one.rung == moment.after.row[cell]}  # fmt: skip
    return [event.label for event in moment.events if event.cell == noted and event.label in names]


# ---- but for
def _causes(game: Game, moment: Moment, key: Key, amount: int) -> tuple[Cause, ...]:
    """The orders and news without which the amount would have come to at most half."""
    found = []
    for order in moment.orders:
        others = tuple(one for one in moment.orders if one is not order)
        without = contributions(game, resolve(game, moment.before, others)[1]).get(key, 0)
        if abs(without) * 2 <= abs(amount):
            found.append(Cause(order.agency, named(game, order), order.reason, order.expects, without))
    for event in moment.events:
        if event.kind == NOTE and event.rule.startswith("inject.") and _spoken(game, event):
            row = list(moment.before.row)
            row[event.cell] = 1  # as if it had been told before
            other = resolve(game, evolve(moment.before, row=tuple(row)), moment.orders)[1]
            without = contributions(game, other).get(key, 0)
            if abs(without) * 2 <= abs(amount):
                found.append(Cause("", event.label, "", "", without))
    return tuple(sorted(found, key=lambda one: abs(one.without)))


def _spoken(game: Game, event: Event) -> bool:
    track = game.tracks["spoken"]
    return track.first <= event.cell < track.first + track.size


def named(game: Game, order: Order) -> str:
    """An order in words."""
    found = find(game, order)
    return str(order) if isinstance(found, Refusal) else in_words(*found)
