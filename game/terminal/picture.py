"""A seat's screen as lines of text, from what the seat sees alone."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from game.core import Game, Option, Order, View
from game.core.events import REFUSAL, SHIFT, TOLD
from game.core.view import Reading, Told
from game.play.wording import (
    is_of,
    moved_line,
    number_of,
    order_name,
    track_keys,
    turn_line,
    value_text,
    ways_named,
)
from game.terminal.paper import TIED
from game.words import say


def head(game: Game, view: View) -> list[str]:
    """Which game, whose seat, which turn and hour."""
    return [f"{game.title} - {game.date}", view.name, turn_line(game, view.turn)]


# ---- what was learned
def news(told: Sequence[Told]) -> list[str]:
    """What was learned: first what happened, then the numbers that moved, each once with all its causes."""
    lines = []
    for item in told:
        if item.kind != SHIFT:
            lead = {REFUSAL: say("Not done - "), TOLD: say("Control - ")}.get(item.kind, "")
            lines.append(f"  * {lead}{item.text}")
    moved: dict[str, list[Told]] = {}
    for item in told:
        if item.kind == SHIFT:
            moved.setdefault(item.text, []).append(item)
    for title, items in moved.items():
        lines.append(f"  > {moved_line(title, items)}")
    return lines


# ---- what stands
def readings(game: Game, shown: Sequence[Reading]) -> list[str]:
    """The values of a seat by topic; those at rest are named only."""
    topics = ((say("Units"), "unit"), (say("Channels"), "mechanism"))
    lines = []
    rest = list(shown)
    for title, key in topics:
        mine = [one for one in rest if key in track_keys(game, one)]
        rest = [one for one in rest if one not in mine]
        if mine:
            lines += ["", title, *_by_key(game, mine, key)]
    for title, keys in ((say("Between the sides"), ("pair", "toward")), (say("At home and elsewhere"), ())):
        mine = [one for one in rest if not keys or set(keys) & set(track_keys(game, one))]
        rest = [one for one in rest if one not in mine]
        if mine:
            lines += ["", title, *_by_track(game, mine)]
    return lines[1:]


def _by_track(game: Game, shown: Sequence[Reading]) -> list[str]:
    lines, quiet = [], []
    for track_id, group in groupby(shown, lambda one: one.name.partition(".")[0]):
        track = game.tracks[track_id]
        cells = list(group)
        active = [f"{_subject(one)}{TIED}{value_text(game, one)}".strip() for one in cells if _speaks(game, one)]
        unit = f" ({track.unit})" if track.unit else ""
        if active:
            lines.append(f"  {track.name}{unit}: {'; '.join(active)}")
        else:
            quiet.append(track.name)
    return lines + _at_rest(quiet)


def _speaks(game: Game, one: Reading) -> bool:
    """Whether a value tells something: it does not rest, or it is a word about the whole game."""
    track = game.tracks[one.name.partition(".")[0]]
    return not one.resting or (bool(track.words) and track.size == 1)


def _subject(one: Reading) -> str:
    return one.title.partition(": ")[2]


def _by_key(game: Game, shown: Sequence[Reading], key: str) -> list[str]:
    """One line for each unit or mechanism with all that is known of it."""
    names = {unit.id: unit.name for unit in game.units} | dict(zip(game.mechanisms, game.mechanism_names, strict=True))
    lines, quiet = [], []
    alike: dict[str, list[str]] = {}
    for thing, group in _grouped(game, shown, key).items():
        said = [text for one in group if (text := _told_of(game, one, group))]
        if len(said) == 1 and key == "mechanism":
            alike.setdefault(said[0], []).append(names[thing])
        elif said:
            lines.append(f"  {names[thing]}: {'; '.join(said)}")
        else:
            quiet.append(names[thing])
    lines += [f"  {said}: {', '.join(those)}" for said, those in alike.items()]
    return lines + _at_rest(quiet)


def _grouped(game: Game, shown: Sequence[Reading], key: str) -> Mapping[str, list[Reading]]:
    groups: dict[str, list[Reading]] = {}
    for one in shown:
        label = one.name.split(".")[1:]
        groups.setdefault(label[track_keys(game, one).index(key)], []).append(one)
    return groups


def _told_of(game: Game, one: Reading, group: Sequence[Reading]) -> str:
    """What one value says of a unit or mechanism; nothing when it is as always."""
    track = game.tracks[one.name.partition(".")[0]]
    value = value_text(game, one)
    if track.id == "status":
        return value
    if track.id == "at":
        return say("at {place}", place=value)
    if track.id == "plot" and not one.resting:
        side = next(side.name for side in game.sides if side.id == one.name.split(".")[1])
        return say("seen by {side} at {place}", side=side, place=value)
    if track.id == "bound":
        here = next((other.value for other in group if other.name.startswith("at.")), None)
        return "" if one.value == here else say("bound for {place}", place=value)
    label = one.name.partition(".")[2]
    if one.resting or (one.value == track.start[track.labels.index(label)] and "mechanism" in track.keys):
        return ""
    sides = {side.id: side.name for side in game.sides}
    of = "".join(f", {sides[part]}" for part in label.split(".") if part in sides)
    unit = f" {track.unit}" if track.unit else ""
    return f"{track.name[0].lower()}{track.name[1:]}{of}: {value}{unit}"


def _at_rest(names: Sequence[str]) -> list[str]:
    return [say("  (nothing to tell: {names})", names=", ".join(names))] if names else []


# ---- what may be ordered
def offers(options: Sequence[Option], drafts: Sequence[Order]) -> list[str]:
    """The orders that a seat knows, numbered, with reasons why not; drafted ones have a star."""
    lines: list[str] = []
    numbered = list(enumerate(options, 1))
    for _, group in groupby(numbered, lambda pair: pair[1].order.action):
        choices = list(group)
        option = choices[0][1]
        reasons = {one.refusal.message if one.refusal else "" for _, one in choices}
        if len(reasons) == 1 and "" not in reasons:
            numbers = ", ".join(str(number) for number, _ in choices)
            lines.append(
                say("  {name} ({numbers}): not now. {reason}", name=option.name, numbers=numbers, reason=reasons.pop())
            )
            continue
        lines.append(f"  {option.name}. {option.about}".rstrip())
        for number, one in choices:
            mark = "*" if any(is_of(order, one) for order in drafts) else " "
            no = say(" - not now. {reason}", reason=one.refusal.message) if one.refusal else ""
            lines.append(f"   {mark}{number:>3}  {one.choice_name}{no}")
        given = next((order for order in drafts if order.action == option.order.action), option.order)
        lines += [f"        {line}" for line in details(option, given)]
    return lines


def details(option: Option, order: Order) -> list[str]:
    """The details that an order may name, with their ways; those that hold now have a star."""
    lines = []
    for (name, ways), named in zip(option.details, ways_named(option, order), strict=True):
        shown = [
            ("*" if way is named else "")
            + (way.id if way.id == way.name else f"{way.id} ({way.name})")
            + (say(" - not now: {reason}", reason=way.refusal.message) if way.refusal else "")
            for way in ways
        ]
        lines.append(f"{name}: {', '.join(shown)}")
    return lines


def drafted(options: Sequence[Option], drafts: Sequence[Order], attention: int) -> list[str]:
    """The orders drafted so far, with what the player noted."""
    lines = [say("Your orders: {count} of {most}", count=len(drafts), most=attention)]
    for order in drafts:
        lines.append(f"  {number_of(options, order):>3}  {order_name(options, order)}")
        if order.reason:
            lines.append(say("       reason: {text}", text=order.reason))
        if order.expects:
            lines.append(say("       expected: {text}", text=order.expects))
    return lines
