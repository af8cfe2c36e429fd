"""Why agencies show themselves at sea: two rival explanations, each a rule of its own, to be switched by a variant.

Both write the track *urge*, which doctrines and objectives of the agencies read. Who the agencies are stands in the
scenario alone.
"""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.hotline import pair_number
from game.words import say

FULL = 1000
"""Permille."""

PACE = "how much of the way urge goes, in a turn, from where it was to where this rule draws it"


@frozen
class Rival:
    """One agency among those that compete."""

    agency: int = fields.ref("agency", "the agency")
    shown: Look = fields.amount("how visibly its units acted in this turn", "points")
    lacks_power: bool = fields.flag(
        "whether it is present without the power to arrest, which presence is to make up for", default=False
    )


@frozen
class Rivalry:
    """Parameters of *rivalry*."""

    side: int = fields.ref("side", "the side whose agencies compete")
    rivals: tuple[Rival, ...] = fields.entries(Rival, "the agencies that compete")
    gain: int = fields.number("what each point of visible acts adds to an agency's standing", "points", 0, 20)
    loss: int = fields.number("what each point of a rival's acts takes away from it", "points", 0, 20)
    pull: int = fields.number("the part of the distance behind the first that becomes urge", "permille", 0, 3000)
    powerless: int = fields.number("what lacking the power to arrest adds to urge", "points", 0, 50)
    coordinator: int = fields.number(
        "the part of the urge that the coordinating office can damp, by its rank", "permille", 0, 1000
    )
    stakes: Look = fields.amount("how much there is to win at home in this turn", "permille", default=FULL)
    pace: int = fields.number(PACE, "permille a turn", 1, 1000, default=600)
    standing: Track = fields.track("by agency: what it is worth at home", ("agency",), default="standing")
    urge: Track = fields.track("by agency: how strongly it is drawn to show itself", ("agency",), default="urge")
    in_hand: Track = fields.track(
        "by side: for how many turns the leadership has the matter in hand", ("side",), default="in_hand"
    )


def rivalry(table: Any, p: Rivalry) -> None:
    """Agencies that show themselves gain standing over their rivals; those behind are drawn to show themselves too.

    A coordinator of low rank damps little of it; leaders who take the matter in hand override it. Source: Masuda 2012
    on competition for budget and authority, on the weak rank of the coordinating office, and on police power held by
    others than those present. Weights are designers' choices. The rival explanation is *central_design*.
    """
    acts = [table.most(rival.shown(table), 0) for rival in p.rivals]
    every: Any = 0
    for act in acts:
        every = every + act
    for rival, act in zip(p.rivals, acts, strict=True):
        table.shift(p.standing, rival.agency, by=[
            (say("its units act where it is seen"), act * p.gain),
            (say("units of its rivals act where they are seen"), (act - every) * p.loss),
        ])  # fmt: skip
    first: Any = 0
    for rival in p.rivals:
        first = table.most(first, table.track(p.standing, rival.agency))
    stakes = table.most(p.stakes(table), 0)
    led = table.track(p.in_hand, p.side) > 0
    for rival in p.rivals:
        behind = (first - table.track(p.standing, rival.agency)) * p.pull // FULL * stakes // FULL
        powerless = (p.powerless if rival.lacks_power else 0) * stakes // FULL
        damped = (behind + powerless) * p.coordinator // FULL
        kept = table.track(p.urge, rival.agency)
        behind, powerless, damped = (part * p.pace // FULL for part in (behind, powerless, damped))
        table.shift(p.urge, rival.agency, by=[
            (say("behind its rivals in standing"), behind),
            (say("present without the power to arrest"), powerless),
            (say("damped by the coordinating office"), 0 - damped),
            (say("the leadership has the matter in hand"), table.where(led, damped - behind - powerless, 0)),
            (say("what drew it before"), 0 - table.where(led, kept, kept * p.pace // FULL)),
        ])  # fmt: skip


@frozen
class CentralDesign:
    """Parameters of *central_design*."""

    side: int = fields.ref("side", "the side whose leadership decides")
    other: int = fields.ref("side", "the side toward which it wants to be present")
    light: tuple[int, ...] = fields.several("agency", "the lightly armed agencies, the first to be sent first")
    armed: tuple[int, ...] = fields.several("agency", "the armed agencies")
    by_pressure: int = fields.number("the part of pressure at home that becomes wanted presence", "permille", 0, 2000)
    by_belief: int = fields.number("the part of belief in hostile intent that does", "permille", 0, 2000)
    by_climate: int = fields.number("what each step of climate below 0 adds, and above 0 takes away", "points", 0, 20)
    usual: int = fields.number("the wanted presence at which agencies do as they always do", "points", 0, 100)
    spread: int = fields.number("how much less each further agency of the list is drawn", "points", 0, 50, default=0)
    threshold: int = fields.number("the wanted presence from which armed agencies are sent", "points", 0, 100)
    held_back: int = fields.number("how firmly they are held back below it", "points", 0, 100)
    pace: int = fields.number(PACE, "permille a turn", 1, 1000, default=600)
    pressure: Track = fields.track("by side: pressure at home", ("side",), default="pressure")
    belief: Track = fields.track("what each side believes of the other's intent", ("toward",), default="belief")
    climate: Track = fields.track("the political climate of each pair", ("pair",), default="climate")
    urge: Track = fields.track("by agency: how strongly it is drawn to show itself", ("agency",), default="urge")


def central_design(table: Any, p: CentralDesign) -> None:
    """The leadership sets how much presence it wants and hands it to lightly armed agencies; armed ones are held back.

    Source: Martinson 2017 (China Maritime Report 2): unarmed and lightly armed forces were chosen on purpose, and armed
    maritime police kept away from disputed waters, so that claims could be pressed without a clash. Weights are
    designers' choices. The rival explanation is *rivalry*.
    """
    at_home = table.track(p.pressure, p.side) * p.by_pressure // FULL
    feared = table.track(p.belief, p.side, p.other) * p.by_belief // FULL
    cold = 0 - table.track(p.climate, pair_number(table, p.side, p.other)) * p.by_climate
    wanted = at_home + feared + cold
    sent = wanted >= p.threshold
    for place, agency in enumerate(p.light):
        table.shift(p.urge, agency, by=[
            (say("pressure at home"), at_home * p.pace // FULL),
            (say("belief in the other side's hostile intent"), feared * p.pace // FULL),
            (say("the political climate"), cold * p.pace // FULL),
            (say("what is usual"), -p.usual * p.pace // FULL),
            (say("others are sent first"), -p.spread * place * p.pace // FULL),
            (say("what drew it before"), 0 - table.track(p.urge, agency) * p.pace // FULL),
        ])  # fmt: skip
    for agency in p.armed:
        table.shift(p.urge, agency, by=[
            (say("the leadership sends armed agencies too"), table.where(sent, (wanted - p.threshold) * p.pace // FULL, 0)),
            (say("armed agencies are held back"), table.where(sent, 0, -p.held_back * p.pace // FULL)),
            (say("what drew it before"), 0 - table.track(p.urge, agency) * p.pace // FULL),
        ])  # fmt: skip
