"""A turn told step by step: to an agency, to all agencies together, or to control.

An agency is told what it learned, as its view and *why* tell it, and no more. What is told to all is what every agency
knows. Nothing here looks at a cell that the reader may not know.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from game.core import Event, Game, Order, Part, Refusal, Roll
from game.core.events import DUE, MOVE, NOTE, PICK, PUT, ROLL, SHIFT
from game.core.explain import known, shown_parts
from game.core.model import STEPS, Track
from game.core.orders import find
from game.core.view import OWN_BUSINESS
from game.play.reader import Reader
from game.play.session import CONTROL, Moment
from game.play.wording import entry_name, pick_text, roll_text, running, shown_value
from game.words import say

NAMES: Mapping[str, str] = {
    "injects": say("News"),
    "movement": say("Movement"),
    "orders": say("Orders carried out"),
    "encounters": say("Encounters"),
    "mechanisms": say("Mechanisms"),
    "home": say("At home"),
    "beliefs": say("Beliefs"),
    "ladder": say("What happened"),
    "risk": say("Risk"),
    "endings": say("Endings"),
}
"""What the steps of a turn are called, in their order."""


@frozen
class Said:
    """One thing that happened, as far as its reader knows it.

    Attributes:
        kind: as of an event.
        text: one sentence.
        rule: the name of the scenario's entry that spoke; "" or *not known to you* where that is hidden.
        cell: the dotted name of the value that changed, which *why* knows; "" where none did or it is hidden.
        title, before, after, before_shown, after_shown, unit: of that value.
        parts: the terms of a shift that the reader can work out, and the rest as one; they add up to the change.
        rolls: the draws since the last thing told of the same entry, where the entry changed a value that the reader
            may know, and where the reader can work out their chances.
        zone: the id of the zone where it happened, "" if none is known to the reader.
        units: ids of the units that it is about.
    """

    kind: str
    text: str
    rule: str
    cell: str = ""
    title: str = ""
    before: int = 0
    after: int = 0
    before_shown: str = ""
    after_shown: str = ""
    unit: str = ""
    parts: tuple[Part, ...] = ()
    rolls: tuple[Roll, ...] = ()
    zone: str = ""
    units: tuple[str, ...] = ()


@frozen
class Step:
    """One step of a turn: its id (one of `game.core.model.STEPS`), its name for people, and what is told of it."""

    id: str
    name: str
    said: tuple[Said, ...]


@frozen
class Waterfall:
    """How the risk of a pair of sides moved in a turn.

    *pair* are the ids of the sides, *parts* the terms in the order in which they came: label, amount, name of the rule.
    They add up to *after* - *before*.
    """

    pair: tuple[str, str]
    title: str
    before: int
    after: int
    parts: tuple[tuple[str, int, str], ...]


def told_in_steps(game: Game, moment: Moment, agency: str | None, *, everything: bool = False) -> tuple[Step, ...]:
    """A turn for an agency; for all agencies together when *agency* is None; with *everything* for control, and for all
    once the game has ended. Every step stands there, also those of which nothing is told; what control said before the
    turn comes first.
    """
    reader = Reader.of(game, agency, everything=everything)
    said: dict[str, list[Said]] = {step: [] for step in STEPS}
    events = [event for event in (*moment.said, *moment.events) if reader.learns(event.seen)]
    # As *why* has it: draws are told with a value that moved, so that no draw tells that there was something to draw for.
    explained = {event.call for event in events if reader.track_shown(event)}
    waiting: list[Event] = []
    for event in events:
        if waiting and waiting[0].call != event.call:
            said[step_of(game, waiting[0])] += _draws(reader, waiting)
            waiting = []
        if event.kind in (ROLL, PICK):
            waiting += [event] if reader.all or event.call in explained else []
        elif text := _text(reader, event):
            rolls = tuple(roll for one in waiting if (roll := _roll(reader, one)))
            said[step_of(game, event)].append(_said(reader, moment, event, text, rolls))
            waiting = []
    if waiting:
        said[step_of(game, waiting[0])] += _draws(reader, waiting)
    return tuple(Step(step, NAMES[step], tuple(said[step])) for step in STEPS)


def step_of(game: Game, event: Event) -> str:
    """The step of the turn in which an event happened: what control did counts as news."""
    kind = event.rule.partition(".")[0]
    known_kinds = {CONTROL: "injects", "inject": "injects", "order": "orders", "refused": "orders", "action": "orders",
                   "ending": "endings"}  # fmt: skip
    if kind in known_kinds:
        return known_kinds[kind]
    return next(step for step, rules in game.rules.items() if any(rule.id == event.rule for rule in rules))


# ---- sentences
def _text(reader: Reader, event: Event) -> str:
    """The sentence of an event; "" for what only the engine's own books need."""
    game = reader.game
    if event.cell < 0 or event.kind == DUE:
        return event.label
    track = game.track_of(event.cell)
    title = running(track.titles[event.cell - track.first])
    if event.kind == NOTE:
        return event.label or (say("Noted: {title}.", title=title) if reader.all else "")
    if event.label and event.kind in (PUT, MOVE):
        return event.label
    if track.id == "over":
        return game.endings[event.after - 1].name
    # A mark of this turn alone is a link between rules; what comes of it is told where it is.
    passing = event.kind == PUT and not track.lasting and not (reader.all and event.seen)
    if track.id in OWN_BUSINESS or passing:
        return ""
    return say("{title}: {before} -> {after}", title=title, before=shown_value(game, track, event.before),
               after=shown_value(game, track, event.after))  # fmt: skip


def _said(reader: Reader, moment: Moment, event: Event, text: str, rolls: tuple[Roll, ...]) -> Said:
    game = reader.game
    rule = _rule(reader, event)
    order = _order(reader, moment, event)
    units = reader.units(event) or reader.units_ordered(order)
    zone = reader.zone(event) or _zone_ordered(game, event, order) or reader.place(moment, units)
    about = Said(event.kind, text, rule, rolls=rolls, zone=zone, units=tuple(game.units[k].id for k in units))
    track = reader.track_shown(event)
    if track is None:
        return about
    number = event.cell - track.first
    label = track.labels[number]
    return evolve(
        about, cell=f"{track.id}.{label}" if label else track.id, title=track.titles[number], before=event.before,
        after=event.after, before_shown=shown_value(game, track, event.before),
        after_shown=shown_value(game, track, event.after), unit=track.unit,
        parts=shown_parts(game, event, reader.bits),
    )  # fmt: skip


def _rule(reader: Reader, event: Event) -> str:
    """The name of the entry that spoke, for those who may know which one it was."""
    game = reader.game
    kind, _, rest = event.rule.partition(".")
    if kind == "inject" and "." not in rest:
        return say("News")
    hidden = event.parts and not any(known(game, event, part, reader.bits) for part in event.parts)
    if hidden:
        return say("not known to you")
    of_order = kind in ("order", "refused", "action")
    if reader.all or (of_order and event.who == reader.number):
        return entry_name(game, event.rule, event.who)
    open_ = event.kind == SHIFT or kind in (CONTROL, "ending") or reader.track_shown(event) is not None
    if not open_ and not reader.declared(event):
        return ""
    if of_order:
        # Which action it was may be known, as *why* names it; whose it was may not.
        return next((one.name for one in game.actions if one.id == rest.partition(".")[0]), "")
    return entry_name(game, event.rule, event.who)


# ---- draws
def _draws(reader: Reader, events: Sequence[Event]) -> Iterator[Said]:
    """Draws after which nothing more of their entry is told."""
    for event in events:
        roll = _roll(reader, event)
        if roll:
            text = roll_text(roll) if event.kind == ROLL else pick_text(roll)
            yield Said(event.kind, text, _rule(reader, event), rolls=(roll,))


def _roll(reader: Reader, event: Event) -> Roll | None:
    """A draw for its reader; none where its chance was computed from what the reader may not know."""
    if event.roll is None or reader.all:
        return event.roll
    seen = reader.game.chance_seen.get((event.rule, event.who, event.label), 0)
    # An address may tell of what it was made.
    return evolve(event.roll, address=0) if reader.learns(seen) else None


# ---- where
def _order(reader: Reader, moment: Moment, event: Event) -> Order | None:
    """The order that an event carries out or refuses, if it is the reader's own."""
    kind, _, action = event.rule.partition(".")
    if kind not in ("order", "refused") or not (reader.all or event.who == reader.number):
        return None
    agency = reader.game.agencies[event.who].id
    return next((one for one in moment.orders if one.agency == agency and one.action == action), None)


def _zone_ordered(game: Game, event: Event, order: Order | None) -> str:
    """The zone that an order names: of the reader's own, or where the sentence about a detail says it."""
    zones = {zone.id: zone.name for zone in game.zones}
    if order:
        found = find(game, order)
        parts = () if isinstance(found, Refusal) else found[0].parts(found[1])[1:]
        return next((way.id for way in parts if way.id in zones), "")
    if not event.rule.startswith("order."):
        return ""
    ways = {way.id: way.name for action in game.actions if f"order.{action.id}" == event.rule
            for detail in action.details for way in detail.choices if way.says == event.label}  # fmt: skip
    told = [way for way, name in ways.items() if way in zones and (name in event.label or zones[way] in event.label)]
    return told[0] if len(ways) == len(told) == 1 else ""


# ---- risk
def risk_moves(game: Game, moment: Moment, agency: str | None, *, everything: bool = False) -> tuple[Waterfall, ...]:
    """How risk moved in a turn, for each pair of sides whose risk the reader may know, in the order of the pairs."""
    reader = Reader.of(game, agency, everything=everything)
    risk = game.tracks["risk"]
    return tuple(
        _waterfall(reader, moment, risk, number)
        for number in range(risk.size)
        if reader.learns(risk.seen[number])
    )  # fmt: skip


def _waterfall(reader: Reader, moment: Moment, risk: Track, number: int) -> Waterfall:
    game, cell = reader.game, risk.first + number
    moves = [one for one in (*moment.said, *moment.events) if one.cell == cell and one.kind in (SHIFT, PUT)]
    parts: list[tuple[str, int, str]] = []
    for event in moves:
        rule = _rule(reader, event)
        if event.kind == SHIFT:
            parts += [(part.label, part.amount, rule) for part in shown_parts(game, event, reader.bits)]
        else:
            label = say("overruled by control") if event.rule == CONTROL else event.label or rule
            parts.append((label, event.after - event.before, rule))
    one, other = game.pairs()[number]
    before = moves[0].before if moves else moment.before.row[cell]
    return Waterfall((game.sides[one].id, game.sides[other].id), risk.titles[number].partition(": ")[2], before,
                     moment.after.row[cell], tuple(parts))  # fmt: skip
