"""What an order cell can hold: the choices of an action, and the ways of its details, as numbers."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from game.core.model import Look
from game.scenario.desk import Desk
from game.scenario.document import Entry
from game.scenario.layers import FREE_ID
from game.scenario.problems import brief, listed
from game.words import say

MOST_ORDERS = 5000
"""In how many ways one action may be ordered: its choices times the ways of its details."""
ZONES = "zone"


def sizes(entry: Entry) -> tuple[int, ...]:
    """How many choices an action has, and how many ways each of its details."""
    return (
        max(len(tables(entry.table, "choice")), 1),
        *(max(len(tables(d, "choice")), 1) for d in tables(entry.table, "detail")),
    )


def picked(entry: Entry) -> tuple[tuple[int, ...], ...]:
    """For the choice and for each detail, what each value of the order cell means: 1 + a number, 0 for no order."""
    axes = sizes(entry)
    strides = [prod(axes[:k]) for k in range(len(axes))]
    total = prod(axes) if prod(axes) <= MOST_ORDERS else 0
    return tuple(
        (0, *(1 + code // stride % size for code in range(total)))
        for size, stride in zip(axes, strides, strict=True)
    )  # fmt: skip


def spoken_numbers(entry: Entry, cell: int, desk: Desk) -> dict[str, Look]:
    """What *choice.NAME* and *detail.NAME* stand for in the amounts of an action: numbers of what was ordered."""
    chosen, *ways = picked(entry)
    values = [table_of(c, "values") for c in tables(entry.table, "choice")]
    names = sorted({name for table in values for name in table})
    found = {f"choice.{name}": _spoken([whole(table.get(name, 0)) for table in values], chosen, cell) for name in names}
    for detail, numbers in zip(tables(entry.table, "detail"), ways, strict=True):
        meant = [way_number(detail, c.get("id"), k, desk) for k, c in enumerate(tables(detail, "choice"))]
        found[f"detail.{detail.get('id')}"] = _spoken([one or 0 for one in meant], numbers, cell)
    return found


def _spoken(values: Sequence[int], numbers: Sequence[int], cell: int) -> Look:
    meant = tuple(values[number - 1] if number and values else 0 for number in numbers)
    return lambda table: table.look(meant, table.cell(cell))


def way_number(detail: Mapping[str, Any], way: Any, place: int, desk: Desk) -> int | None:
    """The number that a way of a detail stands for: a zone, the word of a mark, or its place in the list."""
    of = detail.get("of", "")
    if not isinstance(of, str) or not isinstance(way, str) or not of:
        return place
    known = words_of(of, desk)
    return known.index(way) if way in known else None


def words_of(of: str, desk: Desk) -> Sequence[str]:
    """What the ways of a detail are called by that means zones or a mark."""
    if of == ZONES:
        return desk.ids[ZONES]
    return desk.tracks[of].words if of in desk.tracks else ()


def check_details(entry: Entry, desk: Desk) -> bool:
    """Whether the details of an action can be told apart and mean something; else the mistakes are reported."""
    report, good = desk.document.report, True
    if prod(sizes(entry)) > MOST_ORDERS:
        message = say("This action can be ordered in {count} ways; at most {most} are possible.", count=prod(sizes(entry)),
                      most=MOST_ORDERS)  # fmt: skip
        report("SCN525", entry, ("detail",), message)
        good = False
    for k, detail in enumerate(tables(entry.table, "detail")):
        ways, of = tables(detail, "choice"), detail.get("of", "")
        if not ways:
            report("SCN525", entry, ("detail", k), say("A detail needs its ways: choice = [...]."))
            good = False
        if isinstance(of, str) and of and of not in desk.failed and not words_of(of, desk):
            message = say("No mark is called '{name}'.", name=brief(of))
            marks = [track.id for track in desk.tracks.values() if track.words]
            hint = desk.near(of, [*marks, ZONES]) or say("Write 'zone' or the id of a track with words.")
            report("SCN525", entry, ("detail", k, "of"), message, hint)
            good = False
            continue
        ids = [way.get("id") for way in ways]
        if any(detail.get("id") == other.get("id") for other in tables(entry.table, "detail")[:k]):
            message = say("Two details of this action have the id '{name}'.", name=brief(str(detail.get("id"))))
            report("SCN525", entry, ("detail", k, "id"), message)
            good = False
        taken = {way.get("id") for other in tables(entry.table, "detail")[:k] for way in tables(other, "choice")}
        for n, way in enumerate(ids):
            if ids.index(way) < n:
                message = say("Two ways of this detail have the id '{name}'.", name=brief(str(way)))
                report("SCN525", entry, ("detail", k, "choice", n, "id"), message)
                good = False
            elif way in taken:
                message = say("'{name}' is a way of another detail of this action too.", name=brief(str(way)))
                report("SCN525", entry, ("detail", k, "choice", n, "id"), message)
                good = False
            elif isinstance(way, str) and not FREE_ID.fullmatch(way):
                message = say("'{name}' cannot be the id of a way.", name=brief(way))
                report("SCN525", entry, ("detail", k, "choice", n, "id"), message)
                good = False
            elif isinstance(way, str) and way_number(detail, way, n, desk) is None:
                known = words_of(str(of), desk)
                message = say("'{way}' is no word of '{of}'.", way=brief(way), of=of)
                hint = desk.near(way, known) or say("Known: {known}.", known=listed(known))
                report("SCN525", entry, ("detail", k, "choice", n, "id"), message, hint)
                good = False
    return good


def tables(table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The tables of a list, as far as it is one."""
    raw = table.get(key, [])
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def table_of(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The table under a key, as far as it is one."""
    raw = table.get(key, {})
    return raw if isinstance(raw, dict) else {}


def whole(value: Any) -> int:
    """A whole number, as far as it is one."""
    return value if type(value) is int else 0
