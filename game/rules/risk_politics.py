"""Risk modules for what governments do and say ashore: accounts, suspensions, settlements, who stands behind whom.

As in `game.rules.risk`, a module moves only the risk of a pair, as a sum of labelled parts; amounts a day are for states,
amounts once for acts. Four blocks here are no risk modules: *rupture*, *balancing*, *novelty* and *commitment* keep what
*coercion*, *coalition*, *first_of_its_kind*, *settlement* and *cornered* look at.
"""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.hotline import pair_number
from game.rules.law import DAY
from game.rules.mechanisms import OPERATING, SUSPENDED, books
from game.rules.politics import BLAMES_OTHER, SHOWN
from game.rules.risk import RISK
from game.rules.risk_at_sea import DAILY, ONCE, over_days, steps_due
from game.words import say

UNSEEN, NOW, BEFORE = range(3)
"""Words of the marks that *novelty* keeps: never so far, for the first time in this turn, in an earlier turn."""


@frozen
class ContestedVersions:
    """Parameters of *contested_versions*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    differ: int = fields.number(
        "what it adds while a side blames one that has given an account of its own", DAILY, 0, 50
    )
    both: int = fields.number("what it adds on top while each blames the other", DAILY, 0, 50)
    evidence: int = fields.number("what it adds on top of both once pictures are public", DAILY, 0, 50)
    version: Track = fields.track(
        "what each side has said in public about the other's part", ("toward",), default="version"
    )
    video: Track = fields.track("whether there are pictures, and who has seen them", (), default="video")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def contested_versions(table: Any, p: ContestedVersions) -> None:
    """Two public accounts that cannot both be true keep the matter alive; pictures end no quarrel between them.

    Source: contradictory public evidence after the passes of May and June 2014, and contradictory accounts of June 2016
    and May 2025; the video of September 2010, held back and leaked (docs/sources.md). Weights: designers' choices.
    """
    a, b = p.sides
    ours, theirs = table.track(p.version, a, b), table.track(p.version, b, a)
    blames = (ours == BLAMES_OTHER) | (theirs == BLAMES_OTHER)
    differ = blames & (ours > 0) & (theirs > 0)
    both = (ours == BLAMES_OTHER) & (theirs == BLAMES_OTHER)
    public = both & (table.track(p.video) >= SHOWN)
    table.shift(p.risk, pair_number(table, a, b), by=[
        (say("accounts that do not agree"), over_days(table, table.where(differ, p.differ, 0))),
        (say("each blames the other"), over_days(table, table.where(both, p.both, 0))),
        (say("pictures that each side reads its own way"), over_days(table, table.where(public, p.evidence, 0))),
    ])  # fmt: skip


@frozen
class Rupture:
    """Parameters of *rupture*."""

    mechanisms: tuple[int, ...] = fields.several("mechanism", "the channels that can be suspended as a weapon")
    whole: int = fields.number("the rupture that a suspension makes at once", "points", 1, 100)
    mend: int = fields.number("what is mended while the channel operates again", "points a day", 1, 100)
    rupture: Track = fields.track("by mechanism: what its suspension has broken", ("mechanism",), default="rupture")
    ruptured: Track = fields.track("by mechanism: suspended in this turn", ("mechanism",), default="ruptured")


def rupture(table: Any, p: Rupture) -> None:
    """A suspension breaks at once what takes long to mend, and mending begins only when the channel operates again.

    A channel that is suspended when the game begins needs its rupture at the start, or counts as suspended in the first
    turn. Source: talks suspended in 2012 and not taken up by 2019 (Zhang 2019); Masuda 2012. Rates: designers' choices.
    """
    kept = books(table)
    for channel in p.mechanisms:
        status, broken = table.track(kept.status, channel), table.track(p.rupture, channel)
        anew = (status == SUSPENDED) & (broken < p.whole)
        mended = table.where(status == OPERATING, table.least(broken, steps_due(table, p.mend, 1)), 0)
        table.note(p.ruptured, channel, when=anew)
        table.shift(p.rupture, channel, by=[
            (say("suspended"), table.where(anew, p.whole - broken, 0)),
            (say("mends while it operates"), 0 - mended),
        ])  # fmt: skip


@frozen
class Coercion:
    """Parameters of *coercion*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    mechanisms: tuple[int, ...] = fields.several("mechanism", "the channels that can be suspended as a weapon")
    act: int = fields.number("what each channel suspended in this turn adds", ONCE, 0, 100)
    shut: int = fields.number("what each channel adds while it stays suspended", DAILY, 0, 50)
    mending: int = fields.number("what each channel adds while it operates again and is not yet mended", DAILY, 0, 50)
    rupture: Track = fields.track("by mechanism: what its suspension has broken", ("mechanism",), default="rupture")
    ruptured: Track = fields.track("by mechanism: suspended in this turn", ("mechanism",), default="ruptured")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def coercion(table: Any, p: Coercion) -> None:
    """Contacts, trade and exchanges suspended as a message: the act weighs, the silence after it weighs by the day, and
    what follows it mends slowly.

    Needs the rule *rupture* for the same channels. Source: Masuda 2012: suspending an exchange is itself a message; Zhang
    2019: quick to suspend, slow to resume; ministers' contacts and talks suspended on 19 September 2010 (docs/sources.md).
    """
    kept = books(table)
    parts = []
    for channel in p.mechanisms:
        name = table.game.mechanism_names[channel]
        status = table.track(kept.status, channel)
        anew = table.noted(p.ruptured, channel)
        mending = (status == OPERATING) & (table.track(p.rupture, channel) > 0)
        parts += [
            (say("{channel} suspended in this turn", channel=name), table.where(anew, p.act, 0)),
            (say("{channel} stays suspended", channel=name),
             over_days(table, table.where(status == SUSPENDED, p.shut, 0))),
            (say("{channel} not yet mended", channel=name), over_days(table, table.where(mending, p.mending, 0))),
        ]  # fmt: skip
    table.shift(p.risk, pair_number(table, *p.sides), by=parts)


@frozen
class Interdependence:
    """Parameters of *interdependence*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    mechanisms: tuple[int, ...] = fields.several("mechanism", "trade and exchanges")
    weight: int = fields.number("what each of them takes away while it operates", DAILY, 0, 20)
    threshold: int = fields.number("the rung up to which a turn leaves room for it", "rungs", 0, 9)
    resting: int = fields.number("the risk below which it takes nothing away", ONCE, 0, 1000)
    rung: Track = fields.track("the rung reached in this turn", RISK, default="rung")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def interdependence(table: Any, p: Interdependence) -> None:
    """Trade and exchanges restrain slowly and from far away: in the days of a crisis they do next to nothing.

    Source: Wan 2012: such ties help in the long run, and sometimes harm; no restraint by them was found inside the crises
    of 2010 and 2012 (docs/sources.md). The weight is a designers' choice, and small on purpose.
    """
    kept = books(table)
    pair = pair_number(table, *p.sides)
    operating = table.count(*[table.track(kept.status, m) == OPERATING for m in p.mechanisms])
    room = table.most(table.track(p.risk, pair) - p.resting, 0)
    fall = table.least(over_days(table, operating * p.weight), room)
    quiet = table.track(p.rung, pair) <= p.threshold
    table.shift(p.risk, pair, by=0 - fall, when=quiet, label=say("trade and exchanges restrain"))


@frozen
class Commitment:
    """Parameters of *commitment*."""

    sides: tuple[int, ...] = fields.several("side", "the sides whose words are kept in mind")
    fade: int = fields.number("after how many days strong words bind a step less", "days", 1, 60)
    freed: Look = fields.condition("a settlement in this turn sets all of them free", default=False)
    spoke: Track = fields.track("by side: the strength of its public words in this turn", ("side",), default="spoke")
    committed: Track = fields.track(
        "by side: how strong the words are that still bind it", ("side",), default="committed"
    )


def commitment(table: Any, p: Commitment) -> None:
    """Strong public words bind a government beyond the turn in which they are said, until they fade or are settled.

    Let *cornered* look at its track (`spoke = "committed"`), and words of two days meet. Source: Fearon 1994 on audience
    costs, which grow with what was said before; Wan 2012 on strong language. The time is a designers' choice.
    """
    freed = p.freed(table)
    for side in p.sides:
        said, bound = table.track(p.spoke, side), table.track(p.committed, side)
        forgotten = table.where(said < bound, table.least(steps_due(table, 1, p.fade), bound - said), 0)
        table.shift(p.committed, side, by=[
            (say("public words bind"), table.where(freed, 0, table.most(said - bound, 0))),
            (say("words fade"), table.where(freed, 0, 0 - forgotten)),
            (say("set free by a settlement"), table.where(freed, 0 - bound, 0)),
        ])  # fmt: skip


@frozen
class Cornered:
    """Parameters of *cornered*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    mechanisms: tuple[int, ...] = fields.several("mechanism", "channels in which a way out can be offered")
    strong: int = fields.number("the strength of public words from which they bind", "steps", 1, 4)
    pressed: int = fields.number("pressure at home from which backing down is costly", "points", 0, 100)
    weight: int = fields.number("what it adds when both governments are bound", ONCE, 0, 200)
    divisor: int = fields.number("points of pressure above that, on the side with less of it, for a tenth of a point more",
                                 "points", 1, 50)  # fmt: skip
    way_out: Look = fields.condition(
        "a way out stands open besides a use of these channels that was answered", default=False
    )
    spoke: Track = fields.track("by side: the strength of the public words that bind it", ("side",), default="spoke")
    said: Track = fields.track("by side: the strength of its public words in this turn", ("side",), default="spoke")
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def cornered(table: Any, p: Cornered) -> None:
    """Both governments have spoken strongly, both publics press, and nobody has answered anybody: no way back is left.

    It counts in a turn in which one of them speaks so; with the rule *commitment* and `spoke = "committed"`, words of the
    other from an earlier turn bind too. A use left unanswered opens no way out. Source: Fearon 1994 on audience costs,
    which bind both; Putnam 1988 on two-level games, where what both publics would bear no longer overlaps. Weights:
    designers' choices.
    """
    kept = books(table)
    over = [table.track(p.pressure, side) - p.pressed for side in p.sides]
    bound = [(table.track(p.spoke, side) >= p.strong) & (extra >= 0) for side, extra in zip(p.sides, over, strict=True)]
    open_: Any = p.way_out(table)
    for channel in p.mechanisms:
        for side in p.sides:
            open_ = open_ | table.noted(kept.answered, channel, side)
    anew = (table.track(p.said, p.sides[0]) >= p.strong) | (table.track(p.said, p.sides[1]) >= p.strong)
    shut = anew & bound[0] & bound[1] & table.no(open_)
    table.shift(p.risk, pair_number(table, *p.sides), by=[
        (say("both governments are bound by their words"), table.where(shut, p.weight, 0)),
        (say("how hard both publics press"), table.where(shut, table.least(*over) // p.divisor, 0)),
    ])  # fmt: skip


@frozen
class Novel:
    """One kind of act, and the mark that remembers it."""

    when: Look = fields.condition("an act of this kind has happened in this turn")
    mark: Track = fields.cell("its mark, with the words unseen, now, before")
    label: str = fields.text("what to tell those who may see the mark", default="")


@frozen
class Novelty:
    """Parameters of *novelty*."""

    kinds: tuple[Novel, ...] = fields.entries(Novel, "the kinds of acts that are remembered")


def novelty(table: Any, p: Novelty) -> None:
    """Remembers which kinds of acts have been seen in this crisis: each mark says *now* in one turn of the game alone.

    Source: thresholds matter because they are crossed once, RAND MG-614 (2008).
    """
    for kind in p.kinds:
        mark = table.track(kind.mark)
        table.put(kind.mark, to=BEFORE, when=mark == NOW)
        table.put(kind.mark, to=NOW, when=(mark == UNSEEN) & kind.when(table), label=kind.label)


@frozen
class Kind:
    """One kind of act, and what it adds the first time."""

    mark: Track = fields.cell("its mark, kept by the rule 'novelty'")
    weight: int = fields.number("what it adds the first time", ONCE, 0, 200)
    label: str = fields.text("what it is called in explanations")


@frozen
class FirstOfItsKind:
    """Parameters of *first_of_its_kind*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    kinds: tuple[Kind, ...] = fields.entries(Kind, "the kinds of acts")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def first_of_its_kind(table: Any, p: FirstOfItsKind) -> None:
    """An act of a kind not seen before crosses a line; the second of its kind crosses none.

    Source: RAND MG-614 (2008) on thresholds; in the record each new domain is used first by a civil agency and later by an
    armed one (docs/sources.md). Weights: designers' choices.
    """
    parts = [(say("for the first time: {act}", act=kind.label), table.where(table.track(kind.mark) == NOW, kind.weight, 0))
             for kind in p.kinds]  # fmt: skip
    table.shift(p.risk, pair_number(table, *p.sides), by=parts)


@frozen
class Balancing:
    """Parameters of *balancing*."""

    side: int = fields.ref("side", "the side whose acts third states watch")
    acts: Look = fields.amount("how assertive this turn's acts of the side look to third states", "points")
    rate: int = fields.number("how far each point draws them together", "permille", 0, 2000)
    fade: int = fields.number("after how many days there is one point less", "days", 1, 365)
    aligned: Track = fields.track(
        "by side: how far third states have drawn together against it", ("side",), default="aligned"
    )


def balancing(table: Any, p: Balancing) -> None:
    """Third states draw together after assertive acts, and drift apart slowly.

    Source: Wan 2012 on tension that became multilateral from 2010, on hedging and balancing. Rates: designers' choices.
    """
    drawn = table.most(p.acts(table), 0) * p.rate // 1000
    fall = table.least(table.track(p.aligned, p.side), steps_due(table, 1, p.fade))
    quiet = drawn == 0
    table.shift(p.aligned, p.side, by=[
        (say("third states draw together"), drawn),
        (say("attention elsewhere fades"), table.where(quiet, 0 - fall, 0)),
    ])  # fmt: skip


@frozen
class Coalition:
    """Parameters of *coalition*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    threshold: int = fields.number("from where on a side feels surrounded", "points", 0, 100)
    divisor: int = fields.number("points above that for a tenth of a point a day", "points", 1, 50)
    aligned: Track = fields.track(
        "by side: how far third states have drawn together against it", ("side",), default="aligned"
    )
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def coalition(table: Any, p: Coalition) -> None:
    """Third states that have drawn together against a side make it less secure: its own acts come back to it.

    Needs the rule *balancing* for each side. Source: Wan 2012 on what multilateral tension does to the two; Jervis 1978.
    """
    parts = []
    for side in p.sides:
        above = table.most(table.track(p.aligned, side) - p.threshold, 0)
        name = table.game.sides[side].name
        parts.append((say("{side} feels surrounded", side=name), above * table.minutes // (p.divisor * DAY)))
    table.shift(p.risk, pair_number(table, *p.sides), by=parts)


@frozen
class Settlement:
    """Parameters of *settlement*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    mark: Track = fields.cell("the mark of the release, deportation or agreed text, kept by the rule 'novelty'")
    relief: int = fields.number("what it takes away, once", ONCE, 0, 500)
    forced: Look = fields.condition("it came after coercion", default=False)
    forced_share: int = fields.number("the part that is then lost", "permille", 0, 1000)
    victory: Look = fields.condition("a side shows it as a victory in this turn", default=False)
    victory_share: int = fields.number("the part of the rest that is then lost", "permille", 0, 1000)
    label: str = fields.text("what it is called in explanations")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def settlement(table: Any, p: Settlement) -> None:
    """A release, a deportation or an agreed text takes risk away once: less when it was forced, less when it is shown as
    a victory, and never more than nothing.

    Source: Wan 2012: how a dispute is handled decides more than its structure; the release of 24 September 2010, seen as a
    victory of one side and a defeat of the other, beside the deportation of 17 August 2012 (docs/sources.md).
    """
    lost = table.where(p.forced(table), p.relief * p.forced_share // 1000, 0)
    rest = p.relief - lost
    shown = table.where(p.victory(table), rest * p.victory_share // 1000, 0)
    settled = table.track(p.mark) == NOW
    table.shift(p.risk, pair_number(table, *p.sides), by=[
        (p.label, table.where(settled, -p.relief, 0)),
        (say("it came after coercion"), table.where(settled, lost, 0)),
        (say("it is shown as a victory"), table.where(settled, shown, 0)),
    ])  # fmt: skip


@frozen
class Novice:
    """Parameters of *novice*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    new: tuple[int, ...] = fields.by_side("what a government new in office adds in a turn with an incident; 0 if it is not new",
                                          ONCE, 0, 100)  # fmt: skip
    odds: int = fields.number("what a side at odds with itself adds in such a turn", ONCE, 0, 100)
    both: int = fields.number(
        "what it adds on top when that holds for both sides, in one way or the other", ONCE, 0, 100
    )
    threshold: int = fields.number("the rung from which there is an incident", "rungs", 0, 9)
    at_odds: Track = fields.track("by side: its agencies are at odds in this turn", ("side",), default="at_odds")
    rung: Track = fields.track("the rung reached in this turn", RISK, default="rung")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def novice(table: Any, p: Novice) -> None:
    """A government new in office, or at odds with itself, handles an incident worse; two of them worse still.

    Source: Wan 2012: in 2010 both sides mismanaged the dispute, as transitional governments do; Masuda 2012 on coordination
    inside a side. Weights: designers' choices.
    """
    pair = pair_number(table, *p.sides)
    incident = table.track(p.rung, pair) >= p.threshold
    parts = []
    each = []
    for side in p.sides:
        name = table.game.sides[side].name
        odds = incident & table.noted(p.at_odds, side)
        each.append(incident & (table.noted(p.at_odds, side) | (p.new[side] > 0)))
        parts.append((say("{side}: new in office", side=name), table.where(incident, p.new[side], 0)))
        parts.append((say("{side}: at odds with itself", side=name), table.where(odds, p.odds, 0)))
    parts.append((say("neither side is in practice"), table.where(each[0] & each[1], p.both, 0)))
    table.shift(p.risk, pair, by=parts)
