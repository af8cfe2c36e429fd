"""Why: the explanation of every number, from the events of a turn."""

from collections.abc import Sequence

from attrs import frozen

from game.core.events import NOTE, ROLL, SHIFT, Event, Part, Roll
from game.core.model import Game
from game.words import say


@frozen
class Reason:
    """One change of a cell: which entry of the scenario spoke, by how much and of what, the draws that it made, and what
    else it told.
    """

    rule: str
    source: str
    before: int
    after: int
    parts: tuple[Part, ...]
    label: str
    rolls: tuple[Roll, ...]
    told: tuple[str, ...] = ()


@frozen
class Explanation:
    """All changes of one cell in one turn, in order; empty when it did not change."""

    cell: int
    name: str
    title: str
    unit: str
    reasons: tuple[Reason, ...]


def why(game: Game, events: Sequence[Event], name: str, agency: str | None = None) -> tuple[Explanation, ...]:
    """Explain the cells called *name* by the events of a turn: all of it, or what an agency can work out.

    An agency is told the parts that were computed from what it can see; the rest stands as one part, other causes.
    Raises *KeyError* when no track or agency is called so, or when the agency may not see any of its cells.
    """
    bit = None if agency is None else 1 << game.agency_number(agency)
    explained = []
    for cell in game.cells_named(name):
        track = game.track_of(cell)
        number = cell - track.first
        if bit is None or track.seen[number] & bit:
            reasons = tuple(_reason(game, events, event, bit) for event in events if event.cell == cell)
            full = f"{track.id}.{track.labels[number]}" if track.labels[number] else track.id
            explained.append(Explanation(cell, full, track.titles[number], track.unit, reasons))
    if not explained:
        raise KeyError(name)
    return tuple(explained)


def _reason(game: Game, events: Sequence[Event], event: Event, bit: int | None) -> Reason:
    parts = shown_parts(game, event, bit)
    rolls = tuple(e.roll for e in events if e.roll and e.call == event.call and e.kind == ROLL and _drawn(game, e, bit))
    told = tuple(
        e.label for e in events if e.kind == NOTE and e.call == event.call and e.label and (bit is None or e.seen & bit)
    )
    of_parts = [known(game, event, part, bit) for part in event.parts]
    hidden = not all(of_parts)
    rule = say("not known to you") if hidden and not any(of_parts) else event.rule
    source = "" if hidden else rule_source(game, event)
    return Reason(rule, source, event.before, event.after, parts, "" if hidden else event.label, rolls, told)


def _drawn(game: Game, event: Event, bit: int | None) -> bool:
    """Whether an agency is told a draw: it learned of it, and could work out its chance."""
    return bit is None or bool(event.seen & game.chance_seen.get((event.rule, event.who, event.label), 0) & bit)


def rule_source(game: Game, event: Event) -> str:
    """The source that a scenario entry names."""
    for rules in game.rules.values():
        for rule in rules:
            if rule.id == event.rule:
                return rule.source
    entries = [(f"action.{a.id}.", a.source) for a in game.actions] + [
        (f"inject.{i.id}.", i.source) for i in game.injects
    ]
    return next((source for start, source in entries if event.rule.startswith(start)), "")


def shown_parts(game: Game, event: Event, bit: int | None) -> tuple[Part, ...]:
    """The parts of a shift that an agency can work out (all when *bit* is None), what it cannot as one part, and
    limits. With the bits of several agencies: what each of them can work out.
    """
    if event.kind != SHIFT:
        return ()
    shown = []
    other = 0
    for part in event.parts:
        if known(game, event, part, bit):
            shown.append(part)
        else:
            other += part.amount
    if other:
        # The limit is told together with what is hidden: apart, it would tell how much that was.
        shown.append(Part(say("other causes"), other + event.limited))
    elif event.limited:
        shown.append(Part(say("limit of the track"), event.limited))
    return tuple(shown)


def known(game: Game, event: Event, part: Part, bit: int | None) -> bool:
    """Whether an agency can work out a part of a shift; with the bits of several, whether each of them can."""
    return bit is None or game.part_seen.get((event.rule, event.who, event.cell, part.label), 0) & bit == bit
