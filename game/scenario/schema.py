"""What an author may write: one class for each kind of entry. These classes are the only schema."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from game.core.model import SERVICES, Look, Readings
from game.rules import fields

KEYS = ("side", "agency", "unit", "zone", "mechanism", "pair", "toward")
"""What a track may be kept by; see `game.core.model.Track`."""

FORMAT = 1
"""The format of scenario files that this program reads."""


@frozen
class TurnEntry:
    """One turn's place in time."""

    clock: str = fields.text("the time at which it begins, as people write it")
    minutes: int = fields.number("how long it lasts", "minutes", 1, 525600)


@frozen
class Settings:
    """The first lines of scenario.toml."""

    format: int = fields.number("the format of these files", "version", 1, 1000)
    title: str = fields.text("the title")
    summary: str = fields.text("one or two sentences for the list of scenarios", default="")
    date: str = fields.text("the day on which it begins, as 2024-08-26; the map shows what existed then")
    players: str = fields.text("for how many people it is meant", default="")
    opening: int = fields.number(
        "how many turns open the crisis; the highest rung is counted after them", "turns", 0, 20, default=0
    )
    initiative: tuple[int, ...] = fields.several(
        "agency", "the agencies in the order in which their orders are carried out"
    )
    zones: tuple[str, ...] = fields.several("text", "ids of the map's zones that are in play")
    turns: tuple[TurnEntry, ...] = fields.entries(TurnEntry, "the turns")
    frame: tuple[str, ...] = fields.several(
        "text", "west, south, east and north edge of the chart, in degrees", default=[]
    )
    uses: tuple[str, ...] = fields.several(
        "text", "parts shared with other scenarios, such as common/agencies", default=[]
    )
    extends: str = fields.text("a scenario on which this one builds", default="")
    without: tuple[str, ...] = fields.several(
        "text", "kinds of entries of which nothing is taken from below, such as inject", default=[]
    )


@frozen
class SideEntry:
    """A country-level party."""

    id: str = fields.text("its id")
    name: str = fields.text("its name")
    counterpart: str = fields.text("the side that 'other' means for its agencies", default="")


@frozen
class AgencyEntry:
    """A seat."""

    id: str = fields.text("its id")
    name: str = fields.text("its name")
    short: str = fields.text("a short name", default="")
    side: int = fields.ref("side", "the side it belongs to")
    attention: int = fields.number("how many orders it can give in a turn", "orders", 1, 10)
    source: str = fields.text("where its description comes from", default="")


@frozen
class UnitEntry:
    """A piece on the map."""

    id: str = fields.text("its id")
    name: str = fields.text("its name")
    kind: str = fields.text("what it is: aircraft, ship ...")
    side: int = fields.ref("side", "the side it belongs to")
    commander: int = fields.ref("agency", "the agency whose orders it takes; left out for civilians", default=-1)
    speed: int = fields.number("how fast it travels", "km/h", 1, 3000)
    at: int = fields.ref("zone", "where it is at the start")
    home: int = fields.ref("zone", "where its port is", default=-1)
    endurance: int = fields.number("how long it can stay away from port; 0 for any time", "hours", 0, 5000, default=0)
    service: str = fields.word(
        "what it is shown as; left out, civilian when nobody commands it and navy otherwise", SERVICES, default=""
    )


@frozen
class TrackEntry:
    """A number, or a mark where words are given."""

    id: str = fields.text("its id")
    name: str = fields.text("its name")
    unit: str = fields.text("its unit", default="")
    keys: tuple[str, ...] = fields.several(
        "text",
        "what it is kept by: at most two of side, agency, unit, zone, mechanism; or pair, or toward",
        default=[],
    )
    low: int = fields.number("its lower limit", "steps", -100000, 100000, default=0)
    high: int = fields.number("its upper limit", "steps", -100000, 100000, default=0)
    words: tuple[str, ...] = fields.several("text", "for a mark, what the values 0, 1, 2 ... mean", default=[])
    start: Any = fields.special("values", 'its value at the start: one for all, or by key as { "jp.cn" = 30 }', 0)
    seen: Any = fields.special(
        "seen", "who may know it: all, own, commander, both, ends, control, or a list of agencies", "all"
    )
    lasting: bool = fields.flag("whether it is kept from turn to turn; notes of a turn are not", default=True)
    meaning: str = fields.text("what it stands for", default="")
    source: str = fields.text("where its limits and start come from", default="")


@frozen
class RequirementEntry:
    """A condition for giving an order."""

    when: Look = fields.condition("what must hold, as far as the agency can see")
    message: str = fields.text("why the order cannot be given otherwise")


@frozen
class ChoiceEntry:
    """One way of carrying out an action."""

    id: str = fields.text("its id")
    name: str = fields.text("its name")
    says: str = fields.text(
        "what those who learn of it are told; {own}, {side} and {other} stand for names", default=""
    )
    values: Mapping[str, int] = fields.special("numbers", "numbers that amounts may use as choice.NAME", {})
    bare: bool = fields.flag("whether it takes no details", default=False)
    requires: tuple[RequirementEntry, ...] = fields.entries(RequirementEntry, "its own requirements")


@frozen
class WayEntry:
    """One way of a detail."""

    id: str = fields.text("its id; a zone or a word of the mark that 'of' names")
    name: str = fields.text("its name")
    says: str = fields.text("what those who learn of the order are told of it; nothing when left out", default="")
    requires: tuple[RequirementEntry, ...] = fields.entries(RequirementEntry, "its own requirements")


@frozen
class DetailEntry:
    """A particular of an order: the zone of a tasking, the distance ordered, who may be told."""

    id: str = fields.text("its id; amounts may use the way that was named as detail.ID")
    name: str = fields.text("its name")
    of: str = fields.text("what its ways are: 'zone', or the id of a track with words; else detail.ID counts from 0",
                          default="")  # fmt: skip
    choice: tuple[WayEntry, ...] = fields.entries(WayEntry, "its ways; the first is taken when none is named")


@frozen
class ActionEntry:
    """What agencies may order."""

    id: str = fields.text("its id")
    name: str = fields.text("its name")
    about: str = fields.text("what it does, for the player")
    agencies: tuple[int, ...] = fields.several("agency", "the agencies that may order it")
    seen: Any = fields.special(
        "seen", "who learns that it was carried out: all, side, own, both, or a list of agencies", "all"
    )
    requires: tuple[RequirementEntry, ...] = fields.entries(RequirementEntry, "what must hold for ordering it")
    choice: tuple[ChoiceEntry, ...] = fields.entries(ChoiceEntry, "the ways of carrying it out")
    readings: Readings = fields.readings("how each side's law reads it")
    detail: tuple[DetailEntry, ...] = fields.entries(
        DetailEntry, "particulars that an order may name beside its choice"
    )
    effect: tuple[Any, ...] = fields.special("blocks", "what it brings about", (), of="effect")
    source: str = fields.text("where it comes from", default="")


@frozen
class MechanismEntry:
    """A standing arrangement between sides; its further keys are those of the block that it uses."""

    id: str = fields.text("its id")
    name: str = fields.text("its name")
    use: str = fields.text("the block of the shelf")
    status: str = fields.text("its status at the start", default="operating")
    about: str = fields.text("what it is, for players", default="")
    source: str = fields.text("where it comes from", default="")


@frozen
class RuleEntry:
    """A rule of the shelf with its numbers; its further keys are those of the block that it uses."""

    id: str = fields.text("its id")
    name: str = fields.text("its name", default="")
    use: str = fields.text("the block of the shelf")
    source: str = fields.text("where its numbers come from", default="")


@frozen
class InjectEntry:
    """News that the clock brings."""

    id: str = fields.text("its id")
    turn: int = fields.number("the turn in which it is due", "turn", 1, 1000)
    clock: str = fields.text("the time at which it happens", default="")
    when: Look = fields.condition("spoken only when this holds; else it waits", default=True)
    until: int = fields.number("the last turn in which it may be spoken", "turn", 1, 1000, default=1000)
    to: Any = fields.special("seen", "who is told: all, or a list of agencies", "all")
    text: str = fields.text("the news")
    effect: tuple[Any, ...] = fields.special("blocks", "what it brings about", (), of="effect")
    source: str = fields.text("where it comes from, and what of it is invented", default="")


@frozen
class EndingEntry:
    """A way for the game to end."""

    id: str = fields.text("its id")
    name: str = fields.text("its name")
    when: Look = fields.condition("what ends the game, looked at when a turn is done")
    text: str = fields.text("what it means")


@frozen
class ObjectiveEntry:
    """What an agency hopes for."""

    id: str = fields.text("its id")
    agency: int = fields.ref("agency", "whose it is")
    name: str = fields.text("what it hopes for")
    when: Look = fields.condition("when it is met, judged on the state the game ends in")
    worth: int = fields.number("what it counts beside the agency's others", "points", 0, 1000, default=10)


@frozen
class DoctrineEntry:
    """How a computer player weighs what it may order, and its character."""

    id: str = fields.text("its id")
    agency: int = fields.ref("agency", "whose it is")
    patience: int = fields.number("for how many turns it waits for an answer before it turns firm", "turns", 0, 200,
                                  default=0)  # fmt: skip
    waiting: Look = fields.amount("for how many turns it has waited, as far as it can see", "turns", default=0)
    fear: int = fields.number(
        "what losing a point of its objectives weighs beside gaining one: 225 is the median of Tversky and Kahneman 1992",
        "hundredths", 0, 1000, default=225,
    )  # fmt: skip
    belief: Look = fields.amount("how hostile it takes the other side to be, as far as it can see: 0 to 100", "hundredths",
                                 default=50)  # fmt: skip
    firm: tuple[str, ...] = fields.several("text", "the orders that step up, as action:choice; given only while it is firm",
                                           default=[])  # fmt: skip
    soft: tuple[str, ...] = fields.several("text", "the orders that reach out, as action:choice; not given while it is firm",
                                           default=[])  # fmt: skip
    hold: Look = fields.amount("the weight of giving no order", "weight", default=10)
    weights: Mapping[str, Look] = fields.special(
        "amounts", "action:choice -> weight, and action.detail:way -> weight; what is not named is not ordered", {}
    )
    source: str = fields.text("where the weights come from", default="")


@frozen
class PriorEntry:
    """What agencies take to be likely of what they cannot see. A forecast from a seat's view draws the cells hidden from
    it by these weights, and never reads them. Amounts look at what the seat supposes: true where it can see.
    """

    id: str = fields.text("its id")
    agencies: tuple[int, ...] = fields.several("agency", "whose guess it is; all when left out", default=[])
    cells: str = fields.text("what it is about: a track, or one of its cells, such as posture.y9")
    kept: Look = fields.amount("the weight of leaving what a computer-played past brought; from the second turn on",
                               "weight", default=0)  # fmt: skip
    weights: Mapping[str, Look] = fields.special(
        "amounts", "word of the mark, number, or range such as 20..40 -> weight", {}
    )
    source: str = fields.text("where the weights come from", default="")


ENTRIES: tuple[tuple[str, type], ...] = (
    ("side", SideEntry),
    ("agency", AgencyEntry),
    ("unit", UnitEntry),
    ("mechanism", MechanismEntry),
    ("track", TrackEntry),
    ("rule", RuleEntry),
    ("action", ActionEntry),
    ("inject", InjectEntry),
    ("ending", EndingEntry),
    ("objective", ObjectiveEntry),
    ("doctrine", DoctrineEntry),
    ("prior", PriorEntry),
)
"""The kinds of entries, in the order in which they are bound: what refers comes after what it refers to."""
