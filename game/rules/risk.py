"""Risk modules: the only rules that move the risk track of a pair of sides, each movement a sum of labelled parts.

Where we are, not what happened (the ladder) and not what may come (forecasts). One step is a tenth of a point. The
forms come from the sources named; the weights are designers' choices unless a source gives them.
"""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.hotline import pair_number
from game.rules.mechanisms import OPERATING, books
from game.words import say

RISK = ("pair",)


@frozen
class Incidents:
    """Parameters of *incidents*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    by_rung: int = fields.number(
        "what each rung of the ladder reached in this turn adds above the threshold", "tenths of a point", 0, 100
    )
    threshold: int = fields.number("the rung up to which acts are routine", "rungs", 0, 9)
    rung: Track = fields.track("the rung reached in this turn", RISK, default="rung")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def incidents(table: Any, p: Incidents) -> None:
    """What happened raises risk by how far up the grey-zone ladder it lies.

    Source: the project's own ladder, mapped to Kahn 1965, MID and Goldstein (docs/sources.md).
    """
    pair = pair_number(table, *p.sides)
    above = table.most(table.track(p.rung, pair) - p.threshold, 0)
    table.shift(p.risk, pair, by=above * p.by_rung, label=say("what happened, by its rung"))


@frozen
class Spiral:
    """Parameters of *spiral*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    acts: tuple[Track, ...] = fields.several("track", "notes, by side, of military acts")
    weight: int = fields.number("what an act of each side in the same turn adds", "tenths of a point", 0, 100)
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def spiral(table: Any, p: Spiral) -> None:
    """Military acts of both sides in one turn feed each other.

    Source: the spiral model, Jervis 1976; Richardson reaction as its simplest form.
    """
    a, b = p.sides
    ours = table.count(*[table.noted(act, a) for act in p.acts])
    theirs = table.count(*[table.noted(act, b) for act in p.acts])
    table.shift(
        p.risk,
        pair_number(table, a, b),
        by=table.least(ours, theirs) * p.weight,
        label=say("acts of both sides at once"),
    )


@frozen
class UnansweredCall:
    """Parameters of *unanswered_call*."""

    mechanism: int = fields.ref("mechanism", "the line")
    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    weight: int = fields.number("what a call left unanswered adds", "tenths of a point", 0, 100)
    cold: int = fields.number("what it adds when the climate is bad", "tenths of a point", 0, 100)
    climate: Track = fields.track("the political climate of each pair", RISK, default="climate")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def unanswered_call(table: Any, p: UnansweredCall) -> None:
    """Silence on a line that was meant to work is read as intent, more so in a cold climate.

    Source: Zhang 2019, fifth measure: the crisis function of hotlines should be specified.
    """
    kept = books(table)
    a, b = p.sides
    pair = pair_number(table, a, b)
    calls = table.count(table.noted(kept.unanswered, p.mechanism, a), table.noted(kept.unanswered, p.mechanism, b))
    cold = table.track(p.climate, pair) < 0
    table.shift(p.risk, pair, by=[(say("call left unanswered"), calls * p.weight),
                                  (say("in a cold climate"), table.where(cold, calls * p.cold, 0))])  # fmt: skip


@frozen
class MutualFear:
    """Parameters of *mutual_fear*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    threshold: int = fields.number("belief in hostile intent from which fear begins", "points", 0, 100)
    divisor: int = fields.number("points of fear for a tenth of a point of risk", "points", 1, 50)
    mutual: int = fields.number("what it adds when both fear", "tenths of a point", 0, 100)
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def mutual_fear(table: Any, p: MutualFear) -> None:
    """Each side's belief that the other means harm adds to risk, and more when both believe it.

    Source: the security dilemma, Jervis 1978; Zhang 2019 on mutual suspicion.
    """
    a, b = p.sides
    ours, theirs = table.track(p.belief, a, b) - p.threshold, table.track(p.belief, b, a) - p.threshold
    names = [table.game.sides[side].name for side in p.sides]
    table.shift(p.risk, pair_number(table, a, b), by=[
        (say("fear in {side}", side=names[0]), table.most(ours, 0) // p.divisor),
        (say("fear in {side}", side=names[1]), table.most(theirs, 0) // p.divisor),
        (say("both fear"), table.where((ours > 0) & (theirs > 0), p.mutual, 0)),
    ])  # fmt: skip


@frozen
class ClosedChannels:
    """Parameters of *closed_channels*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    mechanisms: tuple[int, ...] = fields.several("mechanism", "the channels for talking")
    weight: int = fields.number(
        "what each channel that is not operating adds in a turn with an incident", "tenths of a point", 0, 100
    )
    threshold: int = fields.number("the rung from which there is an incident to talk about", "rungs", 0, 9)
    rung: Track = fields.track("the rung reached in this turn", RISK, default="rung")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def closed_channels(table: Any, p: ClosedChannels) -> None:
    """Channels are missed when there is something to talk about: those that politics closed are missing exactly then.

    Source: Masuda 2012 on defence exchange as a means of political expression.
    """
    kept = books(table)
    pair = pair_number(table, *p.sides)
    incident = table.track(p.rung, pair) >= p.threshold
    closed = table.count(*[table.no(table.track(kept.status, m) == OPERATING) for m in p.mechanisms])
    table.shift(
        p.risk, pair, by=closed * p.weight, when=incident, label=say("channels closed while there is an incident")
    )


@frozen
class Rhetoric:
    """Parameters of *rhetoric*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    weight: int = fields.number("what each step of public words above firm adds", "tenths of a point", 0, 100)
    audience: int = fields.number("what it adds when that side is under pressure at home", "tenths of a point", 0, 100)
    pressed: int = fields.number("pressure at home from which backing down is costly", "points", 0, 100)
    spoke: Track = fields.track("by side: the strength of its public words in this turn", ("side",), default="spoke")
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def rhetoric(table: Any, p: Rhetoric) -> None:
    """Strong public words make backing down costly, the more under pressure at home.

    Source: Wan 2012 on strong language; Fearon 1994 on audience costs.
    """
    parts = []
    for side in p.sides:
        strong = table.most(table.track(p.spoke, side) - 2, 0)
        bound = table.where(table.track(p.pressure, side) >= p.pressed, strong * p.audience, 0)
        name = table.game.sides[side].name
        parts.append((say("strong words of {side}", side=name), strong * p.weight))
        parts.append((say("{side} under pressure at home", side=name), bound))
    table.shift(p.risk, pair_number(table, *p.sides), by=parts)


@frozen
class Proximity:
    """Parameters of *proximity*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    close: Look = fields.condition("armed aircraft fly close to aircraft of the other side")
    contact: Look = fields.condition("their crews are in contact, or a call was answered")
    weight: int = fields.number("what it adds without contact", "tenths of a point an hour", 0, 100)
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def proximity(table: Any, p: Proximity) -> None:
    """Armed aircraft close together leave minutes to decide: without contact that is a risk of its own.

    Source: crisis instability and the threat that leaves something to chance, Schelling 1960; Masuda 2012 on direct
    contact between units.
    """
    pair = pair_number(table, *p.sides)
    table.shift(p.risk, pair, by=p.weight * table.minutes // 60, when=p.close(table) & table.no(p.contact(table)),
                label=say("armed and close, without contact"))  # fmt: skip


@frozen
class Silence:
    """Parameters of *silence*."""

    viewer: int = fields.ref("side", "the side that waits for an account")
    other: int = fields.ref("side", "the side that owes it")
    owed: Look = fields.condition("something has happened that calls for an account")
    weight: int = fields.number("what each turn of silence adds", "tenths of a point", 0, 100)
    account: Track = fields.track("what each side has been told by the other", ("toward",), default="account")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def silence(table: Any, p: Silence) -> None:
    """While no account is given, the other side supplies its own.

    Source: Wan 2012 on understanding each other as accurately as possible; the three months before an account of 26
    August 2024 was given.
    """
    none = table.track(p.account, p.viewer, p.other) == 0
    table.shift(p.risk, pair_number(table, p.viewer, p.other), by=p.weight, when=none & p.owed(table),
                label=say("no account given"))  # fmt: skip


@frozen
class Contradiction:
    """Parameters of *contradiction*."""

    side: int = fields.ref("side", "the side that speaks")
    other: int = fields.ref("side", "the side that listens")
    when: Look = fields.condition("two agencies of the side say or do what does not fit together")
    weight: int = fields.number("what it adds", "tenths of a point", 0, 100)
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def contradiction(table: Any, p: Contradiction) -> None:
    """Agencies of one side that contradict each other leave the other side to believe the worse of the two.

    Source: Masuda 2012 on coordination among agencies; Wan 2012 on policy coordination.
    """
    table.shift(p.risk, pair_number(table, p.side, p.other), by=p.weight, when=p.when(table),
                label=say("agencies of {side} contradict each other", side=table.game.sides[p.side].name))  # fmt: skip


@frozen
class Alliance:
    """Parameters of *alliance*."""

    ally: int = fields.ref("side", "the ally")
    protected: int = fields.ref("side", "the side it protects")
    other: int = fields.ref("side", "the side it faces")
    deters: int = fields.number("what a show of support takes away", "tenths of a point", 0, 100)
    provokes: int = fields.number("what it adds when the other side already fears", "tenths of a point", 0, 100)
    threshold: int = fields.number("belief in hostile intent from which support provokes", "points", 0, 100)
    support: Track = fields.track(
        "by side: the strength of its public support in this turn", ("side",), default="support"
    )
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def alliance(table: Any, p: Alliance) -> None:
    """An ally's public support deters and provokes; which of the two is larger depends on what the other side fears.

    Source: Wan 2012 on the pivot, welcomed in Tokyo and resented in Beijing; Glaser 1992.
    """
    strength = table.track(p.support, p.ally)
    afraid = table.track(p.belief, p.other, p.protected) >= p.threshold
    table.shift(p.risk, pair_number(table, p.protected, p.other), by=[
        (say("the ally's support deters"), strength * -p.deters),
        (say("the ally's support provokes"), table.where(afraid, strength * p.provokes, 0)),
    ])  # fmt: skip


@frozen
class Understanding:
    """Parameters of *understanding*."""

    mechanisms: tuple[int, ...] = fields.several("mechanism", "the channels")
    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    answered: int = fields.number(
        "what a call answered, a notice that arrives or a meeting takes away", "tenths of a point", 0, 100
    )
    believed: int = fields.number("what an account takes away when it is believed", "tenths of a point", 0, 100)
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def understanding(table: Any, p: Understanding) -> None:
    """Credit for talk only when it was received, and more when it was believed.

    Source: Zhang 2019 on hotlines, notification and dialogue; a lesson of Rivera 2024's scoring: credit a message only when
    it arrives.
    """
    kept = books(table)
    received = table.count(*[table.noted(kept.answered, m, side) for m in p.mechanisms for side in p.sides])
    believed = table.count(*[table.noted(kept.believed, m, side) for m in p.mechanisms for side in p.sides])
    table.shift(p.risk, pair_number(table, *p.sides), by=[
        (say("talk that was received"), received * -p.answered),
        (say("an account that was believed"), believed * -p.believed),
    ])  # fmt: skip


@frozen
class Calm:
    """Parameters of *calm*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    threshold: int = fields.number("the rung up to which a turn counts as quiet", "rungs", 0, 9)
    share: int = fields.number("the part of the risk that a quiet hour takes away", "permille", 0, 1000)
    rest: int = fields.number("the risk that lies in the relationship itself, below which calm does not reach",
                              "tenths of a point", 0, 1000, default=0)  # fmt: skip
    rung: Track = fields.track("the rung reached in this turn", RISK, default="rung")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def calm(table: Any, p: Calm) -> None:
    """A quiet turn takes away a part of the risk, never all of it at once.

    Source: the asymmetry of quick rise and slow fall in Masuda 2012 and Zhang 2019; Richardson's fatigue term.
    """
    pair = pair_number(table, *p.sides)
    quiet = table.track(p.rung, pair) <= p.threshold
    fall = table.most(table.track(p.risk, pair) - p.rest, 0) * p.share * table.minutes // 60000
    table.shift(p.risk, pair, by=0 - fall, when=quiet, label=say("a quiet turn"))
