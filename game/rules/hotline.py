"""The hotline: a chain of links, each of which failed once in the record.

Asked for; the working levels consult; cleared at home; rings; answered or not; relayed down; reaches the unit in time
or too late; believed or not.
"""

from functools import lru_cache
from typing import Any

from attrs import frozen

from game.core.model import Game, Look, Track
from game.rules import fields
from game.rules.mechanisms import (
    CONSULTING,
    IDLE,
    RELAYING,
    RINGING,
    books,
    is_asked,
    known_to,
    others,
    refuse,
    tell,
)
from game.words import say


@frozen
class Hotline:
    """Parameters of *hotline*. Authority, latency and willingness are separate: in the record each failed
    separately.
    """

    mechanism: int = fields.ref("mechanism", "the mechanism")
    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    known_to: tuple[int, ...] = fields.several("agency", "the agencies that learn of its links")
    authority: tuple[int, ...] = fields.by_side(
        "how far the end-point commands the units concerned: the chance that what is said there becomes an order to them",
        "permille", 0, 1000)  # fmt: skip
    relay_minutes: tuple[int, ...] = fields.by_side("from the end-point down to the unit", "minutes", 0, 2880)
    window_minutes: int = fields.number("how long an answer may take by the terms of the agreement", "minutes", 0, 2880)
    consultation_minutes: int = fields.number(
        "how long the working levels consult before the line may be used; 0 when they need not", "minutes", 0, 2880)  # fmt: skip
    consultation_chance: int = fields.number("the working levels agree to the use", "permille", 0, 1000)
    gate: tuple[int, ...] = fields.by_side(
        "the political climate at or above which the side lets its defence officials use the line; "
        "the lowest value leaves the gate open",
        "steps of climate", -10, 10)  # fmt: skip
    clearance: tuple[int, ...] = fields.by_side("the caller's own side clears the call", "permille", 0, 1000)
    technical: int = fields.number("the equipment works", "permille", 0, 1000, default=980)
    willingness: tuple[int, ...] = fields.by_side("the side called answers, in a neutral climate", "permille", 0, 1000)
    climate_weight: int = fields.number(
        "how much a point of climate moves the willingness to answer", "permille per step", 0, 200)  # fmt: skip
    crisis_role: int = fields.number(
        "how much more willing a side is to answer when the line's use in a crisis is agreed in writing", "permille", 0, 500,
        default=0)  # fmt: skip
    reserve: Track = fields.track(
        "by mechanism and side: how an end-point was told to treat calls (as usual, wait for instructions, take at once)",
        ("mechanism", "side"), default="line_policy")  # fmt: skip
    climate: Track = fields.track("the political climate of each pair", ("pair",), default="climate")
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")
    account: Track = fields.track("what each side has been told by the other", ("toward",), default="account")
    held_back: Track = fields.track(
        "by side: for how many turns its units keep clear, as told", ("side",), default="held_back"
    )
    holds: int = fields.number("for how many turns units keep clear once told", "turns", 0, 10, default=2)
    matters: Look = fields.condition("while this holds, a word to the units still matters")
    relief: int = fields.number("how far a believed answer lowers belief in hostile intent", "points", 0, 40)


WAIT, USUAL, AT_ONCE = range(3)
"""Words of the track *line_policy*: how an end-point treats calls."""


def hotline(table: Any, p: Hotline) -> None:
    """A call passes from link to link as time allows: consulted, cleared, rung, answered, relayed, in time, believed.

    Reads: climate, beliefs, the end-point's instructions. Changes: beliefs, accounts, whether units are held back.
    Source: the links from Masuda 2012 (end-point without command) and Zhang 2019 (crisis role); the consultation and
    the window of up to 48 hours as reported by Kyodo (September 2024) and Yomiuri (August 2018). Chances are
    designers' choices.
    """
    for side in p.sides:
        table.shift(
            p.held_back,
            side,
            by=-1,
            when=table.track(p.held_back, side) > 0,
            label=say("the word to keep clear wears off"),
        )
    for caller, callee in others(table, p.sides):
        call(table, p, caller, callee)


def call(table: Any, p: Hotline, caller: int, callee: int) -> None:
    """One side's call, from the link at which it stands to the last that this turn's minutes allow."""
    kept, m, seen = books(table), p.mechanism, known_to(p.known_to)
    end = table.clock + table.minutes
    begins = is_asked(table, kept, m, caller, seen)
    stage = table.where(begins, CONSULTING, table.track(kept.stage, m, caller))
    due = table.where(begins, table.clock + p.consultation_minutes, table.track(kept.due, m, caller))

    rings = prepare(table, p, caller, callee, (stage == CONSULTING) & (due <= end))
    wait = table.pick("minutes until an answer", p.window_minutes + 1, when=rings, subject=caller, seen=0)
    due = table.where(rings, due + wait, due)
    open_call = (stage == RINGING) | rings
    answered = answer(table, p, caller, callee, open_call & (due <= end))
    table.note(kept.unanswered, m, caller, when=rings & (due > end), seen=seen,
               label=tell(table.game, m, caller, say("it rings, and nobody has answered yet.")))  # fmt: skip

    relayed = relay(table, p, caller, callee, answered)
    due = table.where(relayed, due + p.relay_minutes[callee], due)
    arrives = ((stage == RELAYING) | relayed) & (due <= end)
    reach(table, p, caller, callee, arrives)

    consulting = (stage == CONSULTING) & (due > end) & table.no(rings)
    ringing = open_call & (due > end) & table.no(answered)
    relaying = ((stage == RELAYING) | relayed) & (due > end)
    now = table.where(consulting, CONSULTING, table.where(ringing, RINGING, table.where(relaying, RELAYING, IDLE)))
    table.put(kept.stage, m, caller, to=now)
    table.due(kept.due, m, caller, at=table.where(now == IDLE, 0, due))


def prepare(table: Any, p: Hotline, caller: int, callee: int, ready: Any) -> Any:
    """The links before anything rings: the working levels consult, the political gate, clearance at home, the
    equipment.
    """
    m, seen = p.mechanism, known_to(p.known_to)
    consulted = ready
    if p.consultation_minutes:
        consulted = table.roll(
            "the working levels agree", chance=p.consultation_chance, when=ready, subject=caller, seen=seen
        )
    refuse(table, m, caller, ready & table.no(consulted), say("the working levels do not agree to a call."), seen)
    climate = table.track(p.climate, pair_number(table, caller, callee))
    shut = (climate < p.gate[caller]) | (climate < p.gate[callee])
    refuse(table, m, caller, consulted & shut, say("in this climate the line is politically closed."), seen)
    through = consulted & table.no(shut)
    cleared = table.roll("cleared at home", chance=p.clearance[caller], when=through, subject=caller, seen=seen)
    refuse(table, m, caller, through & table.no(cleared), say("the call is held up at home."), seen)
    rings = table.roll("the line works", chance=p.technical, when=cleared, subject=caller, seen=seen)
    table.note(books(table).rang, m, caller, when=rings, seen=seen, label=tell(table.game, m, caller, say("it rings.")))
    return rings


def answer(table: Any, p: Hotline, caller: int, callee: int, due: Any) -> Any:
    """Whether the side called picks up. Willing by its instructions, by the climate, and by an agreed crisis role."""
    kept, m, seen = books(table), p.mechanism, known_to(p.known_to)
    climate = table.track(p.climate, pair_number(table, caller, callee))
    policy = table.look((-400, 0, 250), table.track(p.reserve, m, callee))
    chance = p.willingness[callee] + p.climate_weight * climate + p.crisis_role + policy
    answered = table.roll(
        "answered", chance=table.most(table.least(chance, 990), 10), when=due, subject=caller, seen=seen
    )
    table.note(kept.answered, m, caller, when=answered, seen=seen,
               label=tell(table.game, m, caller, say("the call is answered.")))  # fmt: skip
    table.note(kept.unanswered, m, caller, when=due & table.no(answered), seen=seen,
               label=tell(table.game, m, caller, say("the call is not answered.")))  # fmt: skip
    table.shift(p.belief, caller, callee, when=answered, by=-p.relief // 4, label=say("the other side answers"))
    return answered


def relay(table: Any, p: Hotline, caller: int, callee: int, answered: Any) -> Any:
    """Whether what was said at the end-point goes down to those who command the unit."""
    m, seen = p.mechanism, known_to(p.known_to)
    if p.authority[callee] >= 1000:
        return answered
    relayed = table.roll("passed to the command", chance=p.authority[callee], when=answered, subject=caller, seen=0)
    table.note(books(table).late, m, caller, when=answered & table.no(relayed), seen=seen,
               label=tell(table.game, m, caller, say("the end-point takes note; no order to the units follows.")))  # fmt: skip
    return relayed


def reach(table: Any, p: Hotline, caller: int, callee: int, arrives: Any) -> None:
    """The word reaches the unit, in time or too late, and the caller believes the account given, or not."""
    kept, m, seen = books(table), p.mechanism, known_to(p.known_to)
    matters = p.matters(table)
    units = say("{side}: units are told to keep clear.", side=table.game.sides[callee].name)
    table.put(p.held_back, callee, to=p.holds, when=arrives & matters, label=units)
    table.note(kept.late, m, caller, when=arrives & table.no(matters), seen=seen,
               label=tell(table.game, m, caller, say("the word reaches the units too late to matter.")))  # fmt: skip
    doubt = table.track(p.belief, caller, callee)
    believed = table.roll("believed", chance=table.most(900 - 6 * doubt, 50), when=arrives, subject=caller, seen=seen)
    table.note(kept.believed, m, caller, when=believed, seen=seen,
               label=tell(table.game, m, caller, say("the account given is believed.")))  # fmt: skip
    table.shift(p.belief, caller, callee, by=-p.relief, when=believed, label=say("an account by hotline, believed"))
    told = table.track(p.account, caller, callee)
    table.put(p.account, caller, callee, to=table.most(told, EXPLAINED), when=believed)


EXPLAINED = 3
"""The word *explained* of the track *account*."""


def pair_number(table: Any, a: int, b: int) -> int:
    """The number of a pair of sides, whatever the order."""
    return _pair_number(table.game, a, b)


@lru_cache(maxsize=256)
def _pair_number(game: Game, a: int, b: int) -> int:
    return game.pairs().index((min(a, b), max(a, b)))
