"""Mechanisms beside the hotline: notification, consultation, code of conduct, exchange, embassy protest, agreement in
principle.
"""

from typing import Any

from attrs import frozen

from game.core.model import Track
from game.rules import fields
from game.rules.hotline import pair_number
from game.rules.mechanisms import (
    AGREED,
    CONSULTING,
    IDLE,
    NONE,
    OPERATING,
    PROPOSED,
    SUSPENDED,
    books,
    is_asked,
    known_to,
    others,
    refuse,
    tell,
)
from game.words import say


@frozen
class Notification:
    """Parameters of *notification*."""

    mechanism: int = fields.ref("mechanism", "the mechanism")
    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    known_to: tuple[int, ...] = fields.several("agency", "the agencies that learn of its links")
    passed_on: tuple[int, ...] = fields.by_side(
        "the receiving office passes the notice on to those who watch the sea and air", "permille", 0, 1000)  # fmt: skip
    always_complete: bool = fields.flag(
        "whether the form leaves nothing out: who, when, where and on what scale", default=False
    )
    notice: Track = fields.track("how complete a notice each side holds of the other's movements (0 to 4 fields)", ("toward",),
                                 default="notice")  # fmt: skip
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")
    relief: int = fields.number(
        "how far one field of a notice that arrives lowers belief in hostile intent", "points", 0, 10
    )


def notification(table: Any, p: Notification) -> None:
    """A notice is sent, received, and passed on to those who need it; it counts by its completeness and by its
    receiver.

    Source: Zhang 2019, sixth measure; fields and receivers as in notification agreements elsewhere (docs/sources.md): who,
    when, where, scale.
    """
    kept, m, seen = books(table), p.mechanism, known_to(p.known_to)
    for side, other in others(table, p.sides):
        sent = is_asked(table, kept, m, side, seen)
        said = table.track(kept.content, m, side)
        complete = 4 if p.always_complete else table.most(table.least(said, 4), 0)
        table.note(kept.rang, m, side, when=sent, seen=seen, label=tell(table.game, m, side, say("a notice is sent.")))
        arrives = table.roll("passed on", chance=p.passed_on[other], when=sent, subject=side, seen=seen)
        table.note(kept.late, m, side, when=sent & table.no(arrives), seen=seen,
                   label=tell(table.game, m, side, say("the notice stays at the office that received it.")))  # fmt: skip
        table.note(kept.answered, m, side, when=arrives, seen=seen,
                   label=tell(table.game, m, side, say("the notice reaches those who watch.")))  # fmt: skip
        table.put(p.notice, other, side, to=complete, when=arrives)
        table.shift(
            p.belief, other, side, by=complete * -p.relief, when=arrives, label=say("a notice, by its completeness")
        )


@frozen
class Consultation:
    """Parameters of *consultation*."""

    mechanism: int = fields.ref("mechanism", "the mechanism")
    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    known_to: tuple[int, ...] = fields.several("agency", "the agencies that learn of its links")
    gate: int = fields.number("the political climate at or above which it is held", "steps of climate", -10, 10)
    minutes: int = fields.number("from the request to the meeting", "minutes", 0, 2880)
    acceptance: int = fields.number("the other side agrees to meet, in a neutral climate", "permille", 0, 1000)
    climate_weight: int = fields.number("how much a point of climate moves the acceptance", "permille per step", 0, 200)
    relief: int = fields.number("how far a meeting lowers belief in hostile intent on both sides", "points", 0, 40)
    climate: Track = fields.track("the political climate of each pair", ("pair",), default="climate")
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")


def consultation(table: Any, p: Consultation) -> None:
    """Officials are asked to meet, agree to or not, and meet: each side learns how the other sees it.

    Source: Masuda 2012 on the working group; the High-Level Consultation on Maritime Affairs as the one forum with
    all agencies in the room.
    """
    kept, m, seen = books(table), p.mechanism, known_to(p.known_to)
    end = table.clock + table.minutes
    for side, other in others(table, p.sides):
        climate = table.track(p.climate, pair_number(table, side, other))
        asked = is_asked(table, kept, m, side, seen)
        shut = climate < p.gate
        refuse(table, m, side, asked & shut, say("in this climate no meeting is held."), seen)
        open_ = asked & table.no(shut)
        chance = table.most(table.least(p.acceptance + p.climate_weight * climate, 990), 10)
        accepted = table.roll("agrees to meet", chance=chance, when=open_, subject=side, seen=seen)
        refuse(table, m, side, open_ & table.no(accepted), say("the other side does not agree to meet."), seen)
        waiting = (table.track(kept.stage, m, side) == CONSULTING) | accepted
        due = table.where(accepted, table.clock + p.minutes, table.track(kept.due, m, side))
        held = waiting & (due <= end)
        table.note(
            kept.answered, m, side, when=held, seen=seen, label=tell(table.game, m, side, say("officials meet."))
        )
        table.shift(p.belief, side, other, by=-p.relief, when=held, label=say("officials meet"))
        table.shift(p.belief, other, side, by=-p.relief, when=held, label=say("officials meet"))
        table.put(kept.stage, m, side, to=table.where(waiting & table.no(held), CONSULTING, IDLE))
        table.due(kept.due, m, side, at=table.where(waiting & table.no(held), due, 0))


@frozen
class CodeOfConduct:
    """Parameters of *code_of_conduct*."""

    mechanism: int = fields.ref("mechanism", "the mechanism")
    sides: tuple[int, ...] = fields.several("side", "the sides that signed it")
    units: tuple[int, ...] = fields.several("unit", "the units to which it applies")
    keeping: tuple[int, ...] = fields.by_side("a crew keeps the code, by its training", "permille", 0, 1000)
    keeps: Track = fields.track("by unit: its crew keeps the code in this turn", ("unit",), default="keeps_code")


def code_of_conduct(table: Any, p: CodeOfConduct) -> None:
    """Crews of the sides that signed keep its distances and radio words, or not, by their training.

    Where both crews of an encounter keep it, encounters are safer. Source: Zhang 2019, sixth measure; Masuda 2012 on
    safety standards among units; the code for unplanned encounters at sea (2014) as the existing form.
    """
    operating = table.track(books(table).status, p.mechanism) == OPERATING
    for unit in p.units:
        side = table.game.units[unit].side
        if side in p.sides:
            keeps = table.roll("the crew keeps the code", chance=p.keeping[side], when=operating, subject=unit)
            table.note(p.keeps, unit, when=keeps)


@frozen
class Exchange:
    """Parameters of *exchange*."""

    mechanism: int = fields.ref("mechanism", "the mechanism")
    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    known_to: tuple[int, ...] = fields.several("agency", "the agencies that learn of its links")
    reopen: int = fields.number("the political climate at or above which a suspended exchange may be taken up again",
                                "steps of climate", -10, 10)  # fmt: skip
    reopening: int = fields.number(
        "the other side agrees to take it up again, each time it is asked", "permille", 0, 1000
    )
    chill: int = fields.number("how far a suspension lowers the climate", "steps of climate", 0, 5)
    climate: Track = fields.track("the political climate of each pair", ("pair",), default="climate")
    signal: Track = fields.track("by side: it suspended something in this turn as a political message", ("side",),
                                 default="suspended")  # fmt: skip


SUSPEND, RESUME = 1, 2
"""What is said when an exchange is used: content 1 suspends it, 2 asks to take it up again."""


def exchange(table: Any, p: Exchange) -> None:
    """Visits are suspended at once and by one side, as a message; they resume slowly, and only by both.

    Source: Masuda 2012 on suspension as a political message; Zhang 2019 on talks suspended in 2012 and not resumed by
    2019.
    """
    kept, m, seen = books(table), p.mechanism, table.game.everyone
    status = table.track(kept.status, m)
    for side, other in others(table, p.sides):
        asked = table.noted(kept.asked, m, side)
        content = table.track(kept.content, m, side)
        pair = pair_number(table, side, other)
        stops = asked & (content == SUSPEND) & (status == OPERATING)
        table.put(kept.status, m, to=SUSPENDED, when=stops)
        table.note(p.signal, side, when=stops, label=tell(table.game, m, side, say("it is suspended.")))
        table.shift(p.climate, pair, by=-p.chill, when=stops, label=say("exchanges suspended"))
        wants = asked & (content == RESUME) & (status == SUSPENDED)
        warm = table.track(p.climate, pair) >= p.reopen
        refuse(table, m, side, wants & table.no(warm), say("in this climate it is not taken up again."), seen)
        agreed = table.roll("taken up again", chance=p.reopening, when=wants & warm, subject=side, seen=seen)
        refuse(table, m, side, wants & warm & table.no(agreed), say("the other side does not agree to resume."), seen)
        table.put(kept.status, m, to=OPERATING, when=agreed)
        table.note(
            kept.answered,
            m,
            side,
            when=agreed,
            seen=seen,
            label=tell(table.game, m, side, say("it is taken up again.")),
        )


@frozen
class Protest:
    """Parameters of *protest*."""

    mechanism: int = fields.ref("mechanism", "the mechanism")
    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    known_to: tuple[int, ...] = fields.several("agency", "the agencies that learn of its links")
    reported: tuple[int, ...] = fields.by_side("the embassy's report reaches its leaders within the turn, at the lowest level",
                                               "permille", 0, 1000)  # fmt: skip
    by_level: int = fields.number(
        "how much more likely each higher level of protest makes that", "permille per level", 0, 300
    )
    pressed: Track = fields.track("how firmly each side asks the other for an answer", ("toward",), default="pressed")
    protested: Track = fields.track("by side: the level of its protest in this turn", ("side",), default="protested")
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")
    ease: int = fields.number(
        "how far each level of protest eases pressure at home once the matter is public", "points", 0, 20
    )
    public: Track = fields.track("whether the matter is public", (), default="disclosed")


def protest(table: Any, p: Protest) -> None:
    """A protest by level is delivered, and reported upward or not: the level signals resolve, and presses for an
    answer.

    Source: protests of 2010, 2016, 2018 and 2024 (docs/sources.md): from a telephone call to the ambassador summoned at night.
    Protests alone change no behaviour.
    """
    kept, m = books(table), p.mechanism
    for side, other in others(table, p.sides):
        made = is_asked(table, kept, m, side, known_to(p.known_to))
        level = table.track(kept.content, m, side)
        ends = known_to(p.known_to)
        table.put(p.protested, side, to=level, when=made)
        heard = table.roll("reported upward", chance=table.least(p.reported[other] + p.by_level * level, 990), when=made,
                           subject=side, seen=ends)  # fmt: skip
        table.note(kept.answered, m, side, when=heard, seen=ends,
                   label=tell(table.game, m, side, say("the protest is reported to the leaders.")))  # fmt: skip
        table.note(kept.unanswered, m, side, when=made & table.no(heard), seen=ends,
                   label=tell(table.game, m, side, say("the protest is noted, and goes no further.")))  # fmt: skip
        table.shift(p.pressed, side, other, by=level, when=heard, label=say("a protest heard by the leaders"))
        public = table.track(p.public) > 0
        table.shift(p.pressure, side, by=level * -p.ease, when=made & public, label=say("the government has protested"))


@frozen
class Agreement:
    """Parameters of *agreement*."""

    mechanism: int = fields.ref("mechanism", "the mechanism that is being agreed on")
    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    known_to: tuple[int, ...] = fields.several("agency", "the agencies that learn of its links")
    gate: int = fields.number("the political climate at or above which anything is agreed", "steps of climate", -10, 10)
    acceptance: tuple[int, ...] = fields.by_side(
        "the side accepts the proposal, framed as mutual trust", "permille", 0, 1000
    )
    framing: tuple[int, ...] = fields.by_side(
        "how much less readily when it is framed as crisis management", "permille", 0, 1000
    )
    gain: int = fields.number("the political gain of agreeing", "steps of climate", 0, 5)
    climate: Track = fields.track("the political climate of each pair", ("pair",), default="climate")


CRISIS_MANAGEMENT = 1
"""Content of a proposal: 1 is framed as crisis management, 2 as mutual trust."""


def agreement(table: Any, p: Agreement) -> None:
    """Two sides agree in principle: the climate gains at once, and nothing operates until the agreement is carried out.

    Source: Masuda 2012 on Hanoi, October 2010, and on the words crisis management and mutual trust; Zhang 2019 on
    mechanisms with minimal content.
    """
    kept, m, seen = books(table), p.mechanism, known_to(p.known_to)
    for side, other in others(table, p.sides):
        status = table.track(kept.status, m)
        pair = pair_number(table, side, other)
        asked = table.noted(kept.asked, m, side) & ((status == NONE) | (status == PROPOSED))
        shut = table.track(p.climate, pair) < p.gate
        refuse(table, m, side, asked & shut, say("in this climate nothing is agreed."), seen)
        crisis = table.track(kept.content, m, side) == CRISIS_MANAGEMENT
        chance = table.most(p.acceptance[other] - table.where(crisis, p.framing[other], 0), 10)
        table.put(kept.status, m, to=PROPOSED, when=asked & table.no(shut))
        accepted = table.roll(
            "accepted in principle", chance=chance, when=asked & table.no(shut), subject=side, seen=seen
        )
        refuse(
            table, m, side, asked & table.no(shut | accepted), say("the proposal is taken under consideration."), seen
        )
        table.put(kept.status, m, to=AGREED, when=accepted)
        table.note(kept.answered, m, side, when=accepted, seen=table.game.everyone,
                   label=tell(table.game, m, side, say("the two sides agree in principle; nothing operates yet.")))  # fmt: skip
        table.shift(p.climate, pair, by=p.gain, when=accepted, label=say("agreement in principle"))


__all__ = [
    "Agreement",
    "CodeOfConduct",
    "Consultation",
    "Exchange",
    "Notification",
    "Protest",
    "agreement",
    "code_of_conduct",
    "consultation",
    "exchange",
    "notification",
    "protest",
]
