"""Words for people, the same on every screen: turns, times, values, sums, orders, draws, and which entry spoke.

Each function gives one text or value; how it stands on a screen is the screen's affair.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from game.core import Game, Option, Order, Roll
from game.core.events import Part
from game.core.model import Track
from game.core.orders import Way
from game.core.view import Reading, Told
from game.play.session import CONTROL
from game.words import say


# ---- time
def turn_line(game: Game, turn: int) -> str:
    """The turn that is to be ordered (from 0) with its place on the clock."""
    now = game.turns[min(turn, len(game.turns) - 1)]
    return say("Turn {turn} of {turns}: {clock}, {length}", turn=min(turn + 1, len(game.turns)), turns=len(game.turns),
               clock=now.clock, length=lasting(now.minutes))  # fmt: skip


def lasting(minutes: int) -> str:
    """A stretch of time as people say it."""
    for unit, one, many in ((1440, say("1 day"), "{count} days"), (60, say("1 hour"), "{count} hours")):
        if minutes >= unit and minutes % unit == 0:
            return one if minutes == unit else say(many, count=minutes // unit)
    hours, left = divmod(minutes, 60)
    if hours:
        return say("{hours} h {minutes} min", hours=hours, minutes=left)
    return say("{count} minutes", count=minutes)


# ---- numbers and sums
def signed(amount: int) -> str:
    """A change with its sign."""
    return say("{amount:+d}", amount=amount)


def sum_of(parts: Iterable[Part]) -> str:
    """The terms of a sum in words, those of one label together."""
    total: dict[str, int] = {}
    for part in parts:
        total[part.label] = total.get(part.label, 0) + part.amount
    return "; ".join(f"{label} {signed(amount)}".strip() for label, amount in total.items())


def moved_line(title: str, items: Sequence[Told]) -> str:
    """How a number moved in a turn, with the causes that are known."""
    return say("{title}: {before} -> {after} ({parts})", title=running(title), before=items[0].before,
               after=items[-1].after, parts=sum_of(part for item in items for part in item.parts))  # fmt: skip


def running(title: str) -> str:
    """The title of a value as it stands in a sentence."""
    return title.replace(": ", ", ", 1)


def roll_text(roll: Roll) -> str:
    """A draw of chance with what came of it."""
    result = say("yes") if roll.hit else say("no")
    return say("{name} (chance {chance} permille, drawn {drawn}: {result})", name=roll.name.rstrip("."),
               chance=roll.chance, drawn=roll.drawn, result=result)  # fmt: skip


def pick_text(roll: Roll) -> str:
    """A thing picked by chance among several."""
    return say("{name} (picked {drawn} of {chance}, from 0)", name=roll.name, drawn=roll.drawn, chance=roll.chance)


# ---- values
def track_keys(game: Game, one: Reading) -> tuple[str, ...]:
    """What a value belongs to."""
    return game.tracks[one.name.partition(".")[0]].keys


def value_text(game: Game, one: Reading) -> str:
    """A value as people read it, zones by their names."""
    return zone_or_word(game, one.shown)


def shown_value(game: Game, track: Track, value: int) -> str:
    """A value of a track as people read it, zones by their names."""
    return zone_or_word(game, track.shown(value))


def zone_or_word(game: Game, word: str) -> str:
    """The name of a zone where a word is its id, else the word."""
    return zone_names(game).get(word, word)


@lru_cache(maxsize=16)
def zone_names(game: Game) -> Mapping[str, str]:
    """The names of a game's zones by their ids."""
    return {zone.id: zone.name for zone in game.zones}


# ---- orders
def ways_named(option: Option, order: Order) -> tuple[Way, ...]:
    """For each detail of an option the way that an order takes: the first where it names none."""
    left = order.choice.split(".")[1:]
    found = []
    for _, ways in option.details:
        named = next((way for way in ways if left and way.id == left[0]), None)
        left = left[1:] if named else left
        found.append(named or ways[0])
    return tuple(found)


def is_of(order: Order, option: Option) -> bool:
    """Whether an order takes this option, whatever its details."""
    return order.action == option.order.action and order.choice.split(".")[0] == option.order.choice


def number_of(options: Sequence[Option], order: Order) -> int:
    """The number of an order among the options of a screen."""
    return next(n for n, one in enumerate(options, 1) if is_of(order, one))


def order_name(options: Sequence[Option], order: Order) -> str:
    """An order in words."""
    option = options[number_of(options, order) - 1]
    ways = [way.name for way in ways_named(option, order)]
    return f"{option.name}: {', '.join([option.choice_name, *ways])}"


# ---- entries of the scenario
def entry_name(game: Game, rule: str, who: int) -> str:
    """What the entry of the scenario is called that spoke as *rule* for *who*; "" for one without a name."""
    if rule == CONTROL:
        return say("Control")
    name = _names(game).get(rule)
    if name is not None:
        return name
    kind, _, rest = rule.partition(".")
    if kind in ("order", "action", "refused"):
        action = next((a for a in game.actions if a.id == rest.partition(".")[0] and a.agency == who), None)
        agency = game.agencies[who].short or game.agencies[who].id
        return say("{agency}, {action}", agency=agency, action=action.name) if action else ""
    return say("Effect of the news") if kind == "inject" else ""


@lru_cache(maxsize=16)
def _names(game: Game) -> Mapping[str, str]:
    """The names of rules and endings by their ids."""
    return {
        **{rule.id: rule.name for rules in game.rules.values() for rule in rules},
        **{f"ending.{one.id}": one.name for one in game.endings},
    }
