"""The nouns of a game: what never changes while it is played.

A *Game* is a scenario bound and ready. Everything that can change is a whole number in one row of *cells*; a *Track*
names a block of cells. Agencies, sides, zones, units and mechanisms are known by their place in the game's tuples.
"""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from attrs import evolve, field, frozen

Look = Callable[[Any], Any]
"""A function of a table that looks and changes nothing: a condition or an amount."""


Readings = tuple[tuple[int, str], ...]
"""How the law reads an act: sides, and the words of each."""


@frozen
class Side:
    """A country-level party."""

    id: str
    name: str


@frozen
class Agency:
    """A seat: an organisation of one side. *attention* is how many orders it can give in a turn."""

    id: str
    name: str
    side: int
    attention: int
    short: str = ""


@frozen
class Zone:
    """A place on the map. *names* are its forms in the parties' languages, for display side by side.

    *legal* is a class of waters of the game (``territorial_sea``, ``contiguous_zone`` ...) and no legal opinion;
    *claimants* are the parties that claim sovereignty or jurisdiction there, as upper-case ids of sides.
    """

    id: str
    name: str
    names: tuple[str, ...]
    neighbours: tuple[int, ...]
    point: tuple[float, float]
    legal: str = ""
    claimants: tuple[str, ...] = ()


SERVICES = ("coast_guard", "navy", "air", "civilian")
"""What a unit may belong to, as it is shown."""


@frozen
class Unit:
    """A piece. *speed* in km/h; *commander* is the agency whose orders it takes, -1 for civilians nobody commands.

    *home* is the zone of its port, -1 for none; *endurance* how many hours it can stay away from it, 0 for any number.
    *service* is one of `SERVICES`; no rule reads it, it is for showing alone.
    """

    id: str
    name: str
    side: int
    commander: int
    speed: int
    kind: str
    home: int = -1
    endurance: int = 0
    service: str = ""


@frozen(eq=False)
class Track:
    """A number with unit and limits, kept once for each combination of its keys.

    Attributes:
        keys: what each cell belongs to, of ``side``, ``agency``, ``unit``, ``zone``, ``mechanism``, ``pair`` (two
            sides whatever the order) or ``toward`` (a side and another that it looks at).
        shape: sizes of the (one or two) axes of cells.
        first: number of the first cell.
        low, high: limits, in steps of the track.
        words: for a mark, what the values 0, 1, 2 ... mean; empty for numbers.
        start: the values at the start, one a cell.
        seen: who may know each cell, one bit an agency.
        labels, titles: for each cell its keys as ids (``jp.cn``) and its full name for people.
        lasting: whether it is kept from turn to turn (orders and notes of a turn are not).
    """

    id: str
    name: str
    unit: str
    keys: tuple[str, ...]
    shape: tuple[int, int]
    first: int
    low: int
    high: int
    words: tuple[str, ...]
    start: tuple[int, ...]
    seen: tuple[int, ...]
    labels: tuple[str, ...]
    titles: tuple[str, ...]
    lasting: bool = True
    source: str = ""
    meaning: str = ""

    def cell(self, i: int = 0, j: int = 0) -> int:
        """The number of the cell at these keys; *IndexError* outside the track's shape."""
        rows, columns = self.shape
        if not (0 <= i < rows and 0 <= j < columns):
            raise IndexError(f"track '{self.id}' has no cell ({i}, {j}): its shape is {self.shape}")
        return self.first + i * columns + j

    def at(self, i: int = 0, j: int = 0) -> "Track":
        """The track of this one cell alone."""
        number = self.cell(i, j) - self.first
        return evolve(self, shape=(1, 1), first=self.first + number, start=(self.start[number],),
                      seen=(self.seen[number],), labels=(self.labels[number],),
                      titles=(self.titles[number],))  # fmt: skip

    @property
    def size(self) -> int:
        """How many cells it has."""
        return self.shape[0] * self.shape[1]

    def shown(self, value: int) -> str:
        """A value as people read it: the word of a mark, the number of a track."""
        return self.words[value].replace("_", " ") if self.words else str(value)


@frozen(eq=False)
class Rule:
    """A building block of the shelf with its parameters: one entry of a scenario, bound.

    *body(table, parameters)* looks, rolls and proposes; it changes nothing itself. *who* is the number of the agency
    or side for which it speaks: part of the address of each of its draws. *untraced*: it runs in the recording table
    alone.
    """

    id: str
    name: str
    body: Callable[[Any, Any], None]
    parameters: Any
    who: int = 0
    source: str = ""
    untraced: bool = False


@frozen(eq=False)
class Requirement:
    """A condition for giving an order and the sentence that says why it cannot be given without it."""

    holds: Look
    message: str


@frozen(eq=False)
class Choice:
    """One way of carrying out an action: a level, a tone, an addressee. *values* are its numbers for amounts; one that
    is *bare* takes no details.
    """

    id: str
    name: str
    says: str
    requirements: tuple[Requirement, ...]
    values: Mapping[str, int] = field(factory=dict)
    bare: bool = False


@frozen(eq=False)
class Detail:
    """A particular of an order beside its choice: the zone of a tasking, the distance ordered, who may be told.

    *choices* are its ways; an order that names none takes the first. *stride* is what the next way adds to the number
    of an order; *picked* tells, for each value of the order cell, 1 + the number of the way, 0 for no order.
    """

    id: str
    name: str
    choices: tuple[Choice, ...]
    stride: int
    picked: tuple[int, ...]


@frozen(eq=False)
class Action:
    """What one agency may order in one way of several.

    One Action stands for one agency, so that its requirements and effects name fixed cells. The order cell holds 0, or
    1 + the number of the order: the number of the choice, and for each detail its way times the stride. *picked* tells,
    for each value of the order cell, 1 + the number of the choice; it is empty where there are no details. *seen* tells
    who learns that it was carried out, *readings* how each side's law reads it.
    """

    id: str
    name: str
    agency: int
    order: int
    choices: tuple[Choice, ...]
    requirements: tuple[Requirement, ...]
    effects: tuple[Rule, ...]
    seen: int
    about: str = ""
    source: str = ""
    details: tuple[Detail, ...] = ()
    picked: tuple[int, ...] = ()
    readings: Readings = ()

    def parts(self, number: int) -> tuple[Choice, ...]:
        """The choice and the way of each detail that an order with this number names."""
        choice = self.choices[self.picked[number + 1] - 1 if self.details else number]
        if choice.bare:
            return (choice,)
        return choice, *(detail.choices[detail.picked[number + 1] - 1] for detail in self.details)

    @cached_property
    def detailed(self) -> tuple[int, ...]:
        """For each value of the order cell 1 where the order takes details."""
        return tuple(int(number > 0 and not self.choices[number - 1].bare) for number in self.picked)


@frozen(eq=False)
class Inject:
    """News that the clock brings: spoken once, in the turn that is due or the first later one in which *when* holds."""

    id: str
    turn: int
    when: Look
    text: str
    clock: str
    effects: tuple[Rule, ...]
    seen: int
    spoken: int
    source: str = ""


@frozen(eq=False)
class Ending:
    """A way for the game to end: a condition looked at when the turn is done, and what it means."""

    id: str
    name: str
    when: Look
    text: str


@frozen(eq=False)
class Objective:
    """What an agency hopes for, judged on the state that the game ends in. *worth* is what it counts beside the
    agency's others, in points.
    """

    agency: int
    id: str
    name: str
    holds: Look
    worth: int = 10


@frozen
class Turn:
    """One turn's place in time: *clock* as people write it, *begins* in minutes since the first turn, *minutes*
    long.
    """

    clock: str
    begins: int
    minutes: int


@frozen(eq=False)
class Lot:
    """What a computer player may draw for an agency: orders with their weights, and the weight of holding.

    *details*: for details of its orders the weights of their ways; a detail without weights keeps its first way.
    *firm* tells whether the agency steps up now; *stances* of its orders are `STEPS_UP`, for those given only then,
    `REACHES_OUT`, for those not given then, or 0. *fear* is what losing a point weighs beside gaining one, in hundredths.
    """

    actions: tuple[Action, ...]
    choices: tuple[int, ...]
    weights: tuple[Look, ...]
    hold: Look
    details: tuple[tuple[Action, Detail, tuple[Look, ...]], ...] = ()
    stances: tuple[int, ...] = ()
    firm: Look = lambda table: False
    fear: int = 225

    @cached_property
    def orders(self) -> tuple[tuple[Action, Choice, bool], ...]:
        """Each order's action and choice, and whether more is required for it than for the action."""
        found = ((action, action.choices[number]) for action, number in zip(self.actions, self.choices, strict=True))
        return tuple((action, choice, bool(choice.requirements or action.details)) for action, choice in found)


STEPS_UP, REACHES_OUT = 1, -1
"""What an order of a computer player may be beside nothing in particular."""


@frozen(eq=False)
class Prior:
    """What an agency takes to be likely of *cells* where it cannot see them, for playing ahead from its view.

    *ways* are the lowest and the highest value of each way, all between them as likely, and its weight; *kept* is the
    weight of what a computer-played past brought.
    """

    id: str
    cells: tuple[int, ...]
    kept: Look
    ways: tuple[tuple[int, int, Look], ...]
    source: str = ""


STEPS = ("injects", "movement", "orders", "encounters", "mechanisms", "home", "beliefs", "ladder", "risk", "endings")
"""The steps of a turn, each applied before the next looks."""


@frozen(eq=False)
class Game:
    """A scenario bound and ready to play.

    Attributes:
        rules: for each step, the entries that speak in it, in the order of the file.
        initiative: the agencies in the order in which their orders are carried out.
        policies: for each computer policy, what each agency draws from.
        priors: for each agency, what it takes to be likely of what it cannot see.
        part_seen: who can work out each part of a shift, from what it was computed from; filled in by tracing.
        chance_seen: who can work out the chance of each draw, by rule, who and what is told of it; likewise.
        about: the scenario document it was bound from, as plain tables: what the journal keeps.
        digest: of that document.
    """

    id: str
    title: str
    variants: tuple[str, ...]
    date: str
    turns: tuple[Turn, ...]
    opening: int
    sides: tuple[Side, ...]
    agencies: tuple[Agency, ...]
    zones: tuple[Zone, ...]
    distances: tuple[tuple[int, ...], ...]
    units: tuple[Unit, ...]
    tracks: Mapping[str, Track]
    actions: tuple[Action, ...]
    initiative: tuple[int, ...]
    injects: tuple[Inject, ...]
    rules: Mapping[str, tuple[Rule, ...]]
    endings: tuple[Ending, ...]
    objectives: tuple[Objective, ...]
    policies: Mapping[str, tuple[Lot, ...]]
    mechanisms: tuple[str, ...]
    mechanism_names: tuple[str, ...]
    texts: Mapping[str, str]
    disclaimer: str
    about: Mapping[str, Any]
    digest: str
    priors: tuple[tuple[Prior, ...], ...] = ()
    part_seen: Mapping[tuple[str, int, int, str], int] = field(factory=dict)
    chance_seen: Mapping[tuple[str, int, str], int] = field(factory=dict)

    @property
    def everyone(self) -> int:
        """The bits of all agencies."""
        return (1 << len(self.agencies)) - 1

    @cached_property
    def start_row(self) -> tuple[int, ...]:
        """The cells at the start, in order."""
        return tuple(value for track in self.tracks.values() for value in track.start)

    @property
    def untraced(self) -> tuple[str, ...]:
        """The rules and effects that run in the recording table alone; with any the game cannot be written as text."""
        of_steps = [rule for rules in self.rules.values() for rule in rules]
        of_orders = [effect for action in self.actions for effect in action.effects]
        of_news = [effect for inject in self.injects for effect in inject.effects]
        return tuple(rule.id for rule in (*of_steps, *of_orders, *of_news) if rule.untraced)

    @cached_property
    def by_initiative(self) -> tuple[Action, ...]:
        """The actions in the order in which they are carried out."""
        return tuple(action for agency in self.initiative for action in self.actions if action.agency == agency)

    def agency_number(self, agency: str) -> int:
        """The number of the agency with this id; *KeyError* when there is none."""
        for number, one in enumerate(self.agencies):
            if one.id == agency:
                return number
        raise KeyError(agency)

    def agency(self, agency: str) -> Agency:
        """The agency with this id; *KeyError* when there is none."""
        return self.agencies[self.agency_number(agency)]

    @cached_property
    def _track_at(self) -> tuple[Track, ...]:
        return tuple(track for track in self.tracks.values() for _ in range(track.size))

    def track_of(self, cell: int) -> Track:
        """The track that a cell belongs to. Raises *IndexError* where there is no such cell."""
        if cell < 0:
            raise IndexError(cell)
        return self._track_at[cell]

    def cells_named(self, name: str) -> tuple[int, ...]:
        """The cells that a dotted name means: one cell (``risk.jp.cn``), or all of a track (``risk``).

        Raises *KeyError* when nothing is called so.
        """
        track, _, keys = name.partition(".")
        found = self.tracks[track]
        if not keys:
            return tuple(range(found.first, found.first + found.size))
        if keys not in found.labels:
            raise KeyError(name)
        return (found.first + found.labels.index(keys),)

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Every two sides, whatever the order."""
        return _pairs(len(self.sides))


@lru_cache(maxsize=64)
def _pairs(count: int) -> tuple[tuple[int, int], ...]:
    return tuple((i, j) for i in range(count) for j in range(i + 1, count))
