"""Politics at home: memory, anniversaries, what the media tell, new governments, leaders' attention, leaks, and
accounts that contradict each other.
"""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.hotline import pair_number
from game.rules.law import DAY
from game.rules.mechanisms import known_to
from game.rules.reactions import REPORTED
from game.words import say

FULL = 1000
"""Permille."""


GOLDEN = 618_034
"""Millionths: the golden section, whose multiples spread evenly whatever their number."""


def of_a_day(table: Any, amount: Any, parts: int = 1) -> Any:
    """What this turn brings of an *amount* a day, which may count in *parts* of a point.

    What is left over rounds up in some turns and down in others, by the number of the turn, so that small amounts come
    to a point now and then and over many turns nothing is lost or gained.
    """
    whole = DAY * parts
    rounding = tuple((turn + 1) * GOLDEN % 1_000_000 * whole // 1_000_000 for turn in range(len(table.game.turns)))
    return (amount * table.minutes + table.look(rounding, table.turn)) // whole


@frozen
class Memory:
    """Parameters of *memory*."""

    side: int = fields.ref("side", "the side whose public remembers")
    happened: Look = fields.amount("how much the other side did in this turn that the public knows of", "points")
    keeps: int = fields.number("the part of it that is remembered", "permille", 0, 1000)
    fades: int = fields.number("the part of the memory that a quiet day takes away", "permille a day", 0, 1000)
    feeds: int = fields.number(
        "the part of the memory that presses on the government each day", "permille a day", 0, 1000
    )
    revives: int = fields.number(
        "the part of an older memory that becomes pressure when something like it happens again", "permille", 0, 1000
    )
    memory: Track = fields.track("by side: what the public remembers", ("side",), default="memory")
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")


def memory(table: Any, p: Memory) -> None:
    """What happened is remembered at once and forgotten slowly; an old wound that is touched hurts again.

    Source: Wan 2012 on opinion that worsened; yearly polls of Genron NPO (Japanese views of China hardly recovered between
    2014 and 2023); Masuda 2012 and Zhang 2019 on quick suspension and slow return. The shares are designers' choices.
    """
    old = table.track(p.memory, p.side)
    new = table.most(p.happened(table), 0)
    again = new > 0
    table.shift(p.pressure, p.side, by=[
        (say("what is remembered"), of_a_day(table, old * p.feeds, FULL)),
        (say("an old wound is touched again"), table.where(again, old * p.revives // FULL, 0)),
    ])  # fmt: skip
    table.shift(p.memory, p.side, by=[
        (say("what happened is remembered"), new * p.keeps // FULL),
        (say("memory fades"), table.where(again, 0, 0 - of_a_day(table, old * p.fades, FULL))),
    ])  # fmt: skip


@frozen
class Day:
    """One day of the calendar."""

    label: str = fields.text("what day it is")
    turn: int = fields.number("the turn in which it falls; 0 where the minute is given", "turn", 0, 200, default=0)
    minute: int = fields.number(
        "when it begins, counted from the first turn; -1 where the turn is given", "minutes", -1, 1_000_000, default=-1
    )
    sides: tuple[int, ...] = fields.several("side", "the sides whose publics it moves")
    pressure: int = fields.number("what it adds to pressure at home", "points", -40, 40, default=0)
    memory: int = fields.number("what it adds to memory", "points", -40, 40, default=0)
    revives: int = fields.number(
        "the part of the memory that becomes pressure on this day", "permille", 0, 1000, default=0
    )


@frozen
class Calendar:
    """Parameters of *calendar*."""

    days: tuple[Day, ...] = fields.entries(Day, "the days")
    memory: Track = fields.track("by side: what the public remembers", ("side",), default="memory")
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")


def calendar(table: Any, p: Calendar) -> None:
    """Anniversaries move publics without anything happening at sea, each in the turn in which it falls.

    Source: Masuda 2012 on views of history; 15 August (end of the war; visits to the Yasukuni shrine) and 18 September
    (Liutiao Lake 1931; demonstrations in 2010 and 2012). The opposite was expected of 2012, the fortieth anniversary
    of normal relations (Wan 2012 tells of that expectation), and did not come: a day that calms can be written with
    negative numbers, to try what failed. Points are designers' choices.
    """
    for day in p.days:
        begun = (table.clock <= day.minute) & (day.minute < table.clock + table.minutes)
        falls = table.turn + 1 == day.turn if day.turn else begun
        for side in day.sides:
            table.shift(p.pressure, side, when=falls, by=[
                (day.label, day.pressure),
                (say("what the day brings back: {day}", day=day.label), table.track(p.memory, side) * day.revives // FULL),
            ])  # fmt: skip
            table.shift(p.memory, side, by=day.memory, when=falls, label=day.label)


@frozen
class MediaFilter:
    """Parameters of *media_filter*."""

    side: int = fields.ref("side", "the side whose media report")
    other: int = fields.ref("side", "the side with which something was agreed, or to which it was offered")
    agreed: Look = fields.condition("something was agreed or offered in this turn")
    reported: Look = fields.amount("how much of it the media at home report", "permille")
    relief: int = fields.number("how far pressure at home falls when all of it is reported", "points", 0, 40)
    carries: int = fields.number(
        "how much of the climate that it brings is lost again when nothing is reported", "steps of climate", 0, 5
    )
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")
    climate: Track = fields.track("the political climate of each pair", ("pair",), default="climate")


def media_filter(table: Any, p: MediaFilter) -> None:
    """What is agreed abroad and not told at home has no support at home, and so carries less.

    Source: Masuda 2012: official media in China reported the line of mutual trust, and neither the maritime mechanism nor
    the proposals on crisis management; Putnam 1988 on two-level games. Only that paper's evidence supports it, and the
    numbers are designers' choices.
    """
    agreed = p.agreed(table)
    told = table.most(table.least(p.reported(table), FULL), 0)
    table.shift(p.pressure, p.side, by=0 - p.relief * told // FULL, when=agreed,
                label=say("what was agreed, as far as it is reported at home"))  # fmt: skip
    table.shift(p.climate, pair_number(table, p.side, p.other), by=0 - (p.carries * (FULL - told) + FULL // 2) // FULL,
                when=agreed, label=say("what was agreed and is not reported at home"))  # fmt: skip


@frozen
class NewGovernment:
    """Parameters of *new_government*."""

    side: int = fields.ref("side", "the side with the new government")
    inexperience: int = fields.number("its ministries speak past each other", "permille a turn", 0, 1000)
    speaks: Look = fields.condition("it has something to say in this turn", default=True)
    at_odds: Track = fields.track(
        "by side: its ministries spoke past each other in this turn", ("side",), default="at_odds"
    )


def new_government(table: Any, p: NewGovernment) -> None:
    """Ministries of a new government speak past each other in public more often than those of an old one.

    It notes that they did; what the other side makes of it is the affair of *contradiction*. Source: Wan 2012 on
    mismanagement by both sides as typical of transitional governments. The chance is a designer's choice.
    """
    everyone = table.game.everyone
    apart = table.roll("ministries speak past each other", chance=p.inexperience, when=p.speaks(table), subject=p.side,
                       seen=everyone)  # fmt: skip
    table.note(
        p.at_odds,
        p.side,
        when=apart,
        seen=everyone,
        label=say("Ministries of {side} speak past each other in public.", side=table.game.sides[p.side].name),
    )


@frozen
class Leaders:
    """Parameters of *leaders*."""

    side: int = fields.ref("side", "the side whose leadership it is")
    other: int = fields.ref("side", "the side with which risk is counted")
    pressed: int = fields.number(
        "pressure at home from which the leadership takes the matter in hand", "points", 0, 101
    )
    alarmed: int = fields.number("risk from which it does", "tenths of a point", 0, 1001)
    turns: int = fields.number("for how many turns it keeps it", "turns", 1, 10)
    attends: int = fields.number(
        "its leaders find time for it when it is high and not in hand", "permille a turn", 0, 1000, default=500
    )
    binds: int = fields.number(
        "what pressure at home gains when leaders stand for the matter themselves", "points", 0, 40, default=0
    )
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")
    risk: Track = fields.track("risk of each pair", ("pair",), default="risk")
    in_hand: Track = fields.track(
        "by side: for how many turns the leadership has the matter in hand", ("side",), default="in_hand"
    )


def leaders(table: Any, p: Leaders) -> None:
    """Leaders have little time: they take a matter in hand when pressure or risk is high, and for some turns only.

    Source: Masuda 2012 on leaders who set the frame of all other dealings; the talk of the two prime ministers in a corridor
    in October 2010. What they override is said by the rules that read it (*rivalry*). Numbers are designers' choices.
    """
    name = table.game.sides[p.side].name
    kept = table.track(p.in_hand, p.side)
    high = (table.track(p.pressure, p.side) >= p.pressed) | (
        table.track(p.risk, pair_number(table, p.side, p.other)) >= p.alarmed
    )
    own = known_to(tuple(number for number, one in enumerate(table.game.agencies) if one.side == p.side))
    takes = table.roll("leaders find time for it", chance=p.attends, when=high & (kept <= 1), subject=p.side, seen=own)
    told = say("The leadership of {side} takes the matter in hand.", side=name)
    table.put(p.in_hand, p.side, to=p.turns, when=takes, label=told)
    table.shift(p.in_hand, p.side, by=-1, when=(kept > 0) & table.no(takes), label=say("attention turns elsewhere"))
    table.shift(p.pressure, p.side, by=p.binds, when=takes & (kept == 0), label=say("leaders stand for it themselves"))


NOTHING, KEPT, SHOWN, LEAKED = range(4)
"""Words of the mark *video*: none, held, released, leaked."""


@frozen
class Leak:
    """Parameters of *leak*."""

    side: int = fields.ref("side", "the side that holds the recording")
    other: int = fields.ref("side", "the side whose ships it shows")
    offices: Look = fields.amount("how many offices hold a copy", "offices")
    chance: int = fields.number("it comes out of each of them", "permille a day", 0, 1000)
    own: int = fields.number("what it adds to pressure on the government that kept it", "points", 0, 60)
    others: int = fields.number("what it adds to pressure on the other", "points", 0, 60)
    third: tuple[int, ...] = fields.several("side", "third parties that believe what they see", default=[])
    believed: int = fields.number(
        "how far that moves their belief about the side that it shows", "points", 0, 40, default=0
    )
    video: Track = fields.track("the recording: none, held, released, leaked", (), default="video")
    disclosed: Track = fields.track("whether the matter is public", (), default="disclosed")
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")


def leak(table: Any, p: Leak) -> None:
    """A recording that a government holds back comes out the sooner the more offices have it, and then hurts twice.

    Source: the recording of 7 September 2010, shown to some members of the Diet on 1 November and put on the internet by
    a coast guard officer on 4 November, whose own office had no part in the case (Kyodo, November 2010). Chances and
    points are designers' choices.
    """
    game = table.game
    daily = table.most(p.offices(table), 0) * p.chance
    chance = table.least(of_a_day(table, daily), 950)
    out = table.roll("the recording comes out", chance=chance, when=table.track(p.video) == KEPT, seen=game.everyone)
    table.put(p.video, to=LEAKED, when=out, label=say("The recording is on the internet; nobody released it."))
    table.put(p.disclosed, to=table.most(table.track(p.disclosed), REPORTED), when=out)
    table.shift(p.pressure, p.side, by=p.own, when=out, label=say("the government kept the recording from its public"))
    table.shift(p.pressure, p.other, by=p.others, when=out, label=say("the recording is shown abroad"))
    for side in p.third:
        table.shift(p.belief, side, p.other, by=p.believed, when=out, label=say("what the recording shows"))


BLAMES_OTHER = 2
"""The word *blames_other* of the mark *version*."""


@frozen
class Versions:
    """Parameters of *versions*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    weight: int = fields.number(
        "how far belief in the other's bad faith grows while both blame each other", "points a day", 0, 20
    )
    most: int = fields.number("the belief up to which it does", "points", 0, 100, default=80)
    borne_out: int = fields.ref(
        "side", "the side whose account the recording bears out; left out for neither", default=-1
    )
    proof: int = fields.number(
        "how much faster that side's belief grows when it is open to all", "permille", 0, 2000, default=0
    )
    doubt: int = fields.number("how much slower the other side's does then", "permille", 0, 1000, default=0)
    version: Track = fields.track(
        "what each side has said in public about the other's part", ("toward",), default="version"
    )
    video: Track = fields.track("the recording: none, held, released, leaked", (), default="video")
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")


def versions(table: Any, p: Versions) -> None:
    """Both sides blame each other in public: each takes the other's account for bad faith, until a recording is open.

    An open recording makes the side that it bears out surer, and takes some ground from the other's account. Source:
    contradictory accounts of 2010, 2013, 2014 and 2016 (docs/sources.md); Wan 2012 on understanding each other as
    accurately as possible. Weights are designers' choices.
    """
    a, b = p.sides
    clash = (table.track(p.version, a, b) == BLAMES_OTHER) & (table.track(p.version, b, a) == BLAMES_OTHER)
    seen = table.track(p.video) >= SHOWN
    for side, other in ((a, b), (b, a)):
        grows = of_a_day(table, p.weight)
        room = table.most(p.most - table.track(p.belief, side, other), 0)
        moved = table.least(grows, room)
        parts = [(say("accounts that contradict each other"), moved)]
        if p.borne_out == side:
            parts.append((say("the recording is open and the other side still denies it"),
                          table.where(seen, moved * p.proof // FULL, 0)))  # fmt: skip
        if p.borne_out == other:
            parts.append((say("the recording is open and leaves less to deny"),
                          table.where(seen, 0 - moved * p.doubt // FULL, 0)))  # fmt: skip
        table.shift(p.belief, side, other, by=parts, when=clash)
