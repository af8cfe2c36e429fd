"""What an order is, before it is given: its cost, who must clear it, which rules it speaks to, who learns of it.

All of it follows from the scenario alone, and from what the seat sees of its own agency. Nothing is forecast and no
hidden cell is looked at: see docs/decisions.md.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from time import perf_counter
from typing import Any

from attrs import frozen

from game.core import Game, Order, Refusal, View
from game.core.events import SHIFT
from game.core.following import Followed, Proposal, followed, settled
from game.core.model import Action, Rule
from game.core.orders import find
from game.play.offering import short
from game.play.wording import lasting, running, signed
from game.rules.effects import Ask
from game.rules.law import GRANTED, NONE, Clearance
from game.words import say

LATE_STEPS = ("encounters", "mechanisms", "home", "beliefs", "ladder", "risk")
"""The steps of a turn that come after orders are carried out."""
MOST_RULES = 8
"""Rules that are named; those that look at the fewest cells come first."""


@frozen
class SpeakingRule:
    """A rule that looks at what an order may change: its name, what it says, its source, and its step of the turn."""

    name: str
    meaning: str
    source: str
    step: str


@frozen
class Outlook:
    """What can be said of an order beforehand.

    *cost*, *clearance*: sentences. *speaking*: at most `MOST_RULES`. *readings*: the name of each side whose law reads
    the act, and its words. *learned_by*: short names of the other agencies that learn that it was carried out.
    """

    cost: tuple[str, ...]
    clearance: tuple[str, ...]
    speaking: tuple[SpeakingRule, ...]
    readings: tuple[tuple[str, str], ...]
    learned_by: tuple[str, ...]


def outlook(game: Game, view: View, order: Order) -> Outlook:
    """What can be said of an order of the seat whose view this is. *KeyError* for one that the seat cannot give."""
    found = find(game, order)
    if isinstance(found, Refusal) or order.agency != view.agency:
        raise KeyError(str(order))
    action, number = found
    settled_cells = {action.order: number + 1}
    effects = [(effect, followed(game, effect, settled_cells)) for effect in action.effects]
    return Outlook(
        cost=(say("1 of your {count} orders", count=view.attention), *_moved(game, action, effects)),
        clearance=(*_leave(game, view, action, number), *_mechanisms(game, effects)),
        speaking=_speaking(game, action, effects),
        readings=tuple((game.sides[side].name, words) for side, words in action.readings),
        learned_by=tuple(
            short(agency)
            for k, agency in enumerate(game.agencies)
            if action.seen >> k & 1 and k != action.agency
        ),
    )  # fmt: skip


Effects = Sequence[tuple[Rule, Followed]]


# ---- what it costs
def _moved(game: Game, action: Action, effects: Effects) -> Iterator[str]:
    """What the effects do to numbers of the agency's own side that it can see, where an effect says it plainly."""
    own = {game.sides[game.agencies[action.agency].side].id, game.agencies[action.agency].id}
    own |= {unit.id for unit in game.units if unit.commander == action.agency}
    for _, found in effects:
        for one in found.proposed:
            if one.kind == SHIFT and one.amount is not None and len(one.cells) == 1:
                yield from _shift_told(game, action.agency, own, one, one.amount)


def _shift_told(game: Game, agency: int, own: set[str], one: Proposal, amount: int) -> Iterator[str]:
    (cell,) = one.cells
    track = game.track_of(cell)
    number = cell - track.first
    label = track.labels[number].split(".")
    # What a side believes of another is its own; what the other believes of it is not.
    keys = label[:1] if track.keys == ("toward",) else label
    if not track.seen[number] >> agency & 1 or (track.keys and not own & set(keys)):
        return
    unit = f" {track.unit}" if track.unit else ""
    sentence = "{title}: {amount}{unit} ({label})" if one.certain else "{title}: perhaps {amount}{unit} ({label})"
    yield say(sentence, title=running(track.titles[number]), amount=signed(amount), unit=unit, label=one.label)


# ---- who must clear it
def _leave(game: Game, view: View, action: Action, number: int) -> Iterator[str]:
    """Who gives leave for an action that needs it, how long that may take, and what silence means."""
    requirements = (*action.requirements, *(one for part in action.parts(number) for one in part.requirements))
    for rule in (rule for rules in game.rules.values() for rule in rules if isinstance(rule.parameters, Clearance)):
        p: Clearance = rule.parameters
        cell = p.clearance.cell(p.agency)
        if p.agency != action.agency or not any(
            settled(game, one.holds, {cell: NONE}) is False
            and settled(game, one.holds, {cell: GRANTED}) is not False
            for one in requirements
        ):  # fmt: skip
            continue
        yield say("Leave from {superior} is needed; it may take {time}, once the request is read.",
                  superior=game.agencies[p.superior].name, time=lasting(p.deadline * 60))  # fmt: skip
        yield say("Silence until then means yes.") if p.lapse == "granted" else say("Silence until then means no.")
        yield say("Leave holds {time}.", time=lasting(p.holds * 60))
        name = f"{p.clearance.id}.{view.agency}"
        yield from (say("Now: {word}.", word=one.shown) for one in view.readings if one.name == name)


def _mechanisms(game: Game, effects: Effects) -> Iterator[str]:
    """What stands before the use of a mechanism, by its declared terms."""
    for effect, found in effects:
        if isinstance(effect.parameters, Ask) and found.proposed:
            ask = effect.parameters
            name = f"mechanism.{game.mechanisms[ask.mechanism]}"
            rule = next((one for rules in game.rules.values() for one in rules if one.id == name), None)
            if rule is not None:
                title = game.mechanism_names[ask.mechanism]
                told = partial(say, "{name}: {term}", name=title)
                yield from (told(term=term) for term in _terms(rule.parameters, ask.side))


TERMS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("consultation_minutes", lambda n: say("the working levels consult first, {time}.", time=lasting(n))),
    ("minutes", lambda n: say("from the request to the meeting, {time}.", time=lasting(n))),
    ("window_minutes", lambda n: say("an answer may take up to {time}.", time=lasting(n))),
)
"""The parameters of mechanisms that are times, as they are told; 0 is not told."""


def _terms(p: Any, side: int) -> Iterator[str]:
    """The gate, the clearance at home and the times that a mechanism declares for the side that uses it."""
    gate = getattr(p, "gate", None)
    gate = gate[side] if isinstance(gate, tuple) else gate
    climate = getattr(p, "climate", None)
    if gate is not None and climate is not None and gate > climate.low:
        yield say("closed while the political climate is below {gate}.", gate=gate)
    if isinstance(getattr(p, "clearance", None), tuple):
        yield say("your own side must clear the use first.")
    for name, told in TERMS:
        minutes = getattr(p, name, 0)
        if isinstance(minutes, int) and minutes > 0:
            yield told(minutes)


# ---- which rules it speaks to
def _speaking(game: Game, action: Action, effects: Effects) -> tuple[SpeakingRule, ...]:
    """The rules that look at what the order may change, and those that look at what these note for the turn."""
    done = game.tracks["done"].first + action.order - game.tracks["order"].first
    written = frozenset({action.order, done}).union(*(found.written for _, found in effects))
    rules = _late_rules(game)
    near = [one for one in rules if one[2].looked & written]
    passing = _passing(game)
    noted = frozenset().union(*(found.written & passing for _, _, found in near))
    far = [one for one in rules if one not in near and one[2].looked & noted]
    ordered = (one for some in (near, far) for one in sorted(some, key=lambda one: len(one[2].looked)))
    named = [SpeakingRule(rule.name, meaning(rule), rule.source, step) for step, rule, _ in ordered]
    return tuple(named[:MOST_RULES])


@lru_cache(maxsize=16)
def _late_rules(game: Game) -> tuple[tuple[str, Rule, Followed], ...]:
    """The rules that speak after orders, with what they look at and may change."""
    return tuple((step, rule, _followed(game, step, place)) for step, place, rule in _places(game))


def _places(game: Game) -> Iterator[tuple[str, int, Rule]]:
    """The rules that speak after orders: step, place in it, and rule."""
    return ((step, place, rule) for step in LATE_STEPS for place, rule in enumerate(game.rules.get(step, ())))


@lru_cache(maxsize=2000)
def _followed(game: Game, step: str, place: int) -> Followed:
    return followed(game, game.rules[step][place])


class Outlooks:
    """The outlooks of one seat, found in steps: to follow all rules at once takes longer than a frame may."""

    def __init__(self, game: Game, view: View) -> None:
        self.game, self.view = game, view
        self._left = _places(game)
        self._ready = False
        self._found: dict[tuple[str, str], Outlook] = {}

    def of(self, order: Order) -> Outlook | None:
        """The outlook of an order; None while it has not been found."""
        return self._found.get((order.action, order.choice))

    def go_on(self, order: Order | None, seconds: float) -> bool:
        """Go on for about so long, rules first, then this order; whether anything is left to be found."""
        end = perf_counter() + seconds
        while not self._ready and perf_counter() < end:
            rule = next(self._left, None)
            if rule is None:
                self._ready = True
            else:
                _followed(self.game, *rule[:2])
        if self._ready and order is not None and self.of(order) is None and perf_counter() < end:
            self._found[order.action, order.choice] = outlook(self.game, self.view, order)
        return not self._ready or (order is not None and self.of(order) is None)


@lru_cache(maxsize=16)
def _passing(game: Game) -> frozenset[int]:
    """The cells that are not kept from turn to turn."""
    tracks = (track for track in game.tracks.values() if not track.lasting)
    return frozenset(cell for track in tracks for cell in range(track.first, track.first + track.size))


def meaning(rule: Rule) -> str:
    """What a rule says: the first sentence of its body's own account."""
    first, dot, _ = " ".join((rule.body.__doc__ or "").split()).partition(". ")
    return first + dot.strip()
