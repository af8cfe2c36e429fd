"""Reactions at home and in the mind: what each side believes, what its public presses for, how the climate moves."""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.hotline import pair_number
from game.words import say

SECRET, REPORTED, ANNOUNCED = range(3)
"""Words of the mark *disclosed*: known to governments only, reported by the press, announced by a government."""


@frozen
class Tally:
    """Parameters of *tally*."""

    note: Track = fields.track("what is noted in a turn, by side", ("side",))
    total: Track = fields.track("how often so far, by side", ("side",))


def tally(table: Any, p: Tally) -> None:
    """Counts what happened over the whole game."""
    for side, one in enumerate(table.game.sides):
        table.shift(p.total, side, by=1, when=table.noted(p.note, side), label=say("seen by {side}", side=one.name))


@frozen
class Press:
    """Parameters of *press*."""

    when: Look = fields.condition("there is something to report")
    leak: int = fields.number("the press has it without an announcement", "permille per turn", 0, 1000)
    disclosed: Track = fields.track("whether the matter is public", (), default="disclosed")


def press(table: Any, p: Press) -> None:
    """What governments keep quiet may come out: quiet handling is a bet against the clock.

    Source: six days of silence in 2013, hours in 2024, months of quiet about part of the *Suzutsuki* case. The chance
    is a designer's choice.
    """
    quiet = table.track(p.disclosed) == SECRET
    leaks = table.roll("the press reports it", chance=p.leak, when=quiet & p.when(table), seen=table.game.everyone)
    table.put(p.disclosed, to=REPORTED, when=leaks, label=say("The press reports the crossing."))


@frozen
class Home:
    """Parameters of *home*."""

    side: int = fields.ref("side", "the side whose public it is")
    crossed: Look = fields.amount("what this turn's acts of the other side add to pressure at home", "points")
    unanswered: int = fields.number(
        "what each turn without any protest or reply adds once the matter is public", "points", 0, 20
    )
    answered: Look = fields.condition("the government has protested or replied in this turn")
    fade: int = fields.number("what a quiet turn takes away", "points", 0, 20)
    wears: int = fields.number(
        "the part of the pressure that wears off each day, public or not", "permille a day", 0, 500, default=0
    )
    disclosed: Track = fields.track("whether the matter is public", (), default="disclosed")
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")


def home(table: Any, p: Home) -> None:
    """Pressure at home rises with what the public learns and with a government's silence, and fades slowly.

    Source: Wan 2012 on opinion; Fearon 1994 on audience costs. The weights are designers' choices.
    """
    public = table.track(p.disclosed) > SECRET
    acts = p.crossed(table)
    silent = public & table.no(p.answered(table))
    table.shift(p.pressure, p.side, by=[
        (say("acts of the other side that became known"), table.where(public, acts, 0)),
        (say("the government says nothing"), table.where(silent, p.unanswered, 0)),
        (say("attention fades"), table.where(public, 0, -p.fade)),
        (say("other matters press"), 0 - table.track(p.pressure, p.side) * p.wears * table.minutes // 1440000),
    ])  # fmt: skip


@frozen
class Climate:
    """Parameters of *climate*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    pressed: int = fields.number("pressure at home above which a strong word chills the climate", "points", 0, 100)
    climate: Track = fields.track("the political climate of each pair", ("pair",), default="climate")
    rhetoric: Track = fields.track("by side: the strength of its public words in this turn", ("side",), default="spoke")
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")


def climate(table: Any, p: Climate) -> None:
    """Strong public words chill the political climate, and pressure at home on both sides more so.

    Source: Masuda 2012 on the political relationship as the condition of all defence ties; Wan 2012 on restraint in
    official language.
    """
    a, b = p.sides
    strong = table.count(table.track(p.rhetoric, a) >= 3, table.track(p.rhetoric, b) >= 3)
    both = table.count((table.track(p.pressure, a) > p.pressed) & (table.track(p.pressure, b) > p.pressed))
    table.shift(p.climate, pair_number(table, a, b), by=[
        (say("strong public words"), 0 - strong),
        (say("pressure at home on both sides"), 0 - both),
    ])  # fmt: skip


@frozen
class Observe:
    """Parameters of *observe*."""

    viewer: int = fields.ref("side", "the side that watches")
    other: int = fields.ref("side", "the side that is watched")
    acts: Look = fields.amount("how hostile this turn's acts look to the viewer, without any notice", "points")
    rate: int = fields.number("how strongly each act moves the estimate", "permille", 0, 3000)
    noise: int = fields.number("an act is read more darkly than it is", "permille", 0, 1000)
    darker: int = fields.number("how much darker it is then read", "permille", 0, 2000)
    notice: Track = fields.track(
        "how complete a notice the viewer holds (0 to 4 fields)", ("toward",), default="notice"
    )
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")


def observe(table: Any, p: Observe) -> None:
    """A side reads the other's acts into its intent: too darkly at times, less so with a notice in hand.

    Source: Wan 2012 on watching acts and not reading too much into every move; Zhang 2019 on notification; Jervis
    1976. The rate is the learning rate of that reading; a full notice halves what an act says.
    """
    acts = p.acts(table)
    some = acts > 0
    dark = table.roll("read more darkly", chance=p.noise, when=some)
    notice = table.track(p.notice, p.viewer, p.other)
    moved = acts * p.rate // 1000
    table.shift(p.belief, p.viewer, p.other, when=some, by=[
        (say("what was seen"), moved),
        (say("read more darkly than it was"), table.where(dark, moved * p.darker // 1000, 0)),
        (say("known from a notice"), 0 - moved * notice // 8),
    ])  # fmt: skip


@frozen
class Words:
    """Parameters of *words*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    spoke: Track = fields.track("by side: the strength of its public words in this turn", ("side",), default="spoke")
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")
    weight: int = fields.number("how far a step of strength above restrained moves the other's belief", "points", 0, 10)


def words(table: Any, p: Words) -> None:
    """What a side says in public is read as intent; soothing words soon say nothing more.

    Source: Wan 2012: soothing words have a clear limit, strong language should be avoided.
    """
    for side, other in (p.sides, p.sides[::-1]):
        strength = table.track(p.spoke, side)
        table.shift(p.belief, other, side, by=[
            (say("strong public words"), table.most(strength - 1, 0) * p.weight),
            (say("restrained public words"), table.where((strength == 1) & (table.track(p.belief, other, side) > 40), -1, 0)),
        ])  # fmt: skip


@frozen
class Waiting:
    """Parameters of *waiting*."""

    viewer: int = fields.ref("side", "the side that waits")
    other: int = fields.ref("side", "the side that owes an answer")
    when: Look = fields.condition("an answer is owed, as the viewer sees it")
    owed: Track = fields.track(
        "for how many turns each side has waited for an answer of the other", ("toward",), default="owed"
    )


def waiting(table: Any, p: Waiting) -> None:
    """Counts the turns for which an answer is owed; once it has come, or nothing is owed any more, from the beginning.

    Computer players measure their patience by it. Source: a count.
    """
    owing = p.when(table)
    so_far = table.track(p.owed, p.viewer, p.other)
    table.shift(p.owed, p.viewer, p.other, by=1, when=owing, label=say("still no answer"))
    table.shift(p.owed, p.viewer, p.other, by=0 - so_far, when=table.no(owing), label=say("nothing is owed any more"))
