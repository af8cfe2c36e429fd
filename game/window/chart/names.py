"""What is written on the chart, where, and how important it is: waters, towns, islands, zones, lines."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from game.scenario.map import Place
from game.window.chart.atlas import BELTS, Atlas, Line, Shape, Water, both
from game.window.chart.lettering import Written
from game.window.chart.limits import look, short_names
from game.window.chart.projection import Area, Spot, meet, spot
from game.window.kit.theme import Theme
from game.words import say

LOCAL = {"JP": "ja", "CN": "zh", "TW": "zh_hant"}
"""Which form of a name is local, by who administers a place."""

TOWNS = frozenset({"capital", "city", "port"})
BASES = frozenset({"naval_base", "coast_guard_base", "air_base", "airport", "garrison"})
WATERS = frozenset({"strait", "feature"})

FROM = {1: 0.0, 2: 88.0, 3: 210.0}
"""From how many pixels of the design per degree on a place of an importance is named."""

BASES_FROM = {1: 170.0, 2: 260.0, 3: 480.0}
"""The same for bases and airports, which crowd the coasts."""

ISLETS_FROM = 340.0
"""The same for the islets one by one."""

EVERY = 260.0
"""Pixels of the design between two places along a line where its name may stand."""

STRAIGHT = 0.985
"""How straight a line must be where a name stands along it: the way as the crow flies, as a share of the way along it."""

BELOW, ABOVE, MIDDLE = "below", "above", "middle"


@frozen(eq=False)
class Name:
    """Something to be written at a point of the plane; a smaller *rank* goes first.

    *mark* is the sign at the point itself: dot, square, or nothing. *sides* says on which sides of it the words may
    stand, best first: right, left, below, above, middle, away (somewhere near). *angle* turns words along a line.
    """

    at: Spot
    rank: int
    lines: tuple[Written, ...]
    sides: tuple[str, ...]
    mark: str = ""
    angle: float = 0.0
    strength: int = 210
    place: Place | None = None


def seas() -> tuple[tuple[str, tuple[float, float], int, float, float], ...]:
    """Waters larger than any zone: name, place, size of the letters, and from which to which scale they are named."""
    return (
        (say("East China Sea"), (125.35, 29.35), 30, 0, 600),
        (say("Philippine Sea"), (127.9, 23.7), 26, 0, 600),
        (say("Yellow Sea"), (123.4, 34.4), 26, 0, 600),
        (say("Pacific Ocean"), (132.5, 29.9), 22, 0, 600),
    )


def names(atlas: Atlas, theme: Theme, layers: frozenset[str], scale: float, area: Area) -> Iterator[Name]:
    """What could be written within *area* at *scale*, in pixels of the design per degree."""
    if "names" in layers:
        yield from _seas(theme, scale)
        for place in _one_each(atlas.places):
            yield from _place(place, theme, layers, scale)
        if scale >= ISLETS_FROM:
            yield from (islet(one, theme) for one in atlas.islets if one.territory == "DISPUTED" or scale >= 700)
        yield from _on_lines(atlas.shapes, theme, layers, scale, area)
    if "zones" in layers:
        near = [one for one in atlas.waters.values() if one.zone.legal not in BELTS or scale >= ISLETS_FROM]
        yield from (_zone(one, theme) for one in near if scale >= 105)


def local(place: Place) -> str:
    """The name of a place in the language of those who administer it, short; empty where it is not known."""
    form = LOCAL.get(place.territory, "")
    found = getattr(place.names, form, "") or (place.names.zh if form == "zh_hant" else "")
    return found.split("（")[0]


def islet(place: Place, theme: Theme, size: float = 13) -> Name:
    """The name of one islet in every party's form."""
    en, others = both(place.names)
    if place.names.zh_hant and place.names.zh_hant not in others:
        others += f" · {place.names.zh_hant}"
    lines: tuple[Written, ...] = (en, "medium", size, theme.ink2), (others, "sans", size - 1, theme.ink2)
    if place.territory != "DISPUTED":
        lines = lines[:1]
    return Name(
        spot(place.point), 1 if size < 13 else 3, lines, ("right", "left", BELOW, ABOVE, "away"), "ring", place=place
    )


def _one_each(places: Sequence[Place]) -> Iterator[Place]:
    """Places, a port left out that has the name of a city."""
    cities = {_short(one.names.en) for one in places if one.kind in {"capital", "city"}}
    return (one for one in places if one.kind != "port" or _short(one.names.en) not in cities)


def _seas(theme: Theme, scale: float) -> Iterator[Name]:
    for text, point, size, low, high in seas():
        if low <= scale <= high:
            shown = size if scale >= 85 else size * 0.8
            yield Name(
                spot(point), 2, ((text, "serif-italic", shown, theme.water_name),), (MIDDLE, "away"), strength=120
            )


def _place(place: Place, theme: Theme, layers: frozenset[str], scale: float) -> Iterator[Name]:
    at, rank = spot(place.point), 10 + 10 * place.importance
    if place.id == "is-senkaku":
        yield from _islets(place, theme, scale)
        return
    if place.kind in BASES:
        if "bases" in layers and scale >= BASES_FROM[place.importance]:
            lines = ((place.names.en, "sans", 12, theme.ink2),)
            yield Name(at, rank + 6, lines, ("right", "left", BELOW, ABOVE), "square", place=place)
        return
    if scale < FROM[min(3, place.importance + (place.id == "sea-shelf"))]:
        return
    if place.kind in WATERS:
        size = {1: 17, 2: 15, 3: 13}[place.importance] * (1.0 if scale >= 85 else 0.86)
        yield Name(
            at,
            rank,
            ((place.names.en, "serif-italic", size, theme.water_name),),
            (MIDDLE, "away"),
            strength=120,
            place=place,
        )
    elif place.kind in TOWNS:
        lines = ((_short(place.names.en), "medium", 13, theme.land_name),)
        yield Name(at, rank, lines, ("left", "right", ABOVE, BELOW), "dot", place=place)
    elif place.kind == "island":
        text = f"{place.names.en} {local(place)}".strip()
        yield Name(
            at, rank + 2, ((text, "medium", 13, theme.ink2),), (BELOW, "right", "left", ABOVE, "away"), place=place
        )
    else:
        text = place.names.en.replace(say(" gas field"), "").replace(say(" oil and gas field"), "")
        if scale >= FROM[min(3, place.importance + 1)]:
            yield Name(
                at, rank + 4, ((text, "sans", 12, theme.ink2),), ("right", "left", BELOW, ABOVE), "square", place=place
            )


def _islets(place: Place, theme: Theme, scale: float) -> Iterator[Name]:
    """The name of the group of contested islets, in every party's form."""
    if scale >= ISLETS_FROM:
        return
    forms = [one.split("（")[0] for one in (place.names.ja, place.names.zh)]
    size = 15 if scale >= 85 else 14
    lines = (place.names.en, "semibold", size, theme.ink), (" · ".join(forms), "sans", size - 2, theme.ink2)
    yield Name(spot((124.03, 25.82)), 0, lines, ("belts",), place=place)


def _short(name: str) -> str:
    return name.split(" (", maxsplit=1)[0].removesuffix(say(" port"))


def _zone(water: Water, theme: Theme) -> Name:
    lines = ((water.zone.short.en, "sans", 12, theme.ink3),)
    return Name(spot(water.zone.label_point), 60, lines, (MIDDLE, "away"), strength=150)


def _on_lines(
    shapes: Iterable[Shape], theme: Theme, layers: frozenset[str], scale: float, area: Area
) -> Iterator[Name]:
    words = short_names()
    for shape in shapes:
        seen, text = look(shape.limit, theme), words.get(shape.limit.id)
        if seen is None or text is None or seen.layer not in layers:
            continue
        if shape.limit.id.startswith("islets-") and scale < 120:
            continue
        size = 12
        written = ((text, "medium", size, seen.colour if seen.alpha > 100 else theme.water_name),)
        for line in shape.lines:
            if meet(line.area, area):
                yield from _along(line, written, scale, area, 30 if shape.limit.kind.startswith("adiz") else 45)


def _along(line: Line, written: tuple[Written, ...], scale: float, area: Area, rank: int) -> Iterator[Name]:
    """Where a name may stand along a line, turned with it: at even distances, where the line is straight enough."""
    length = line.far[-1] * scale
    reach = len(written[0][0]) * 3.4
    if length < 2.2 * reach:
        return
    count = max(1, round(length / EVERY))
    # From the middle outwards: the ends of a line are often at the edge of the sheet.
    for number in sorted(range(count), key=lambda one: abs(one + 0.5 - count / 2)):
        for shift in (0.0, 0.25, -0.25):
            way = (number + 0.5 + shift) / count * line.far[-1]
            at = _point(line, way)
            if not meet(area, (*at, *at)):
                continue
            angle, straight = _turn(line, way, reach / scale)
            if straight:
                yield Name(at, rank, written, ("beside",), angle=angle)
                break


def _turn(line: Line, way: float, reach: float) -> tuple[float, bool]:
    """The angle at which words stand upright along a line, at a way from its start, and whether it is straight there."""
    before, after = (_point(line, one) for one in (way - reach, way + reach))
    angle = math.degrees(math.atan2(before[1] - after[1], after[0] - before[0]))
    if angle > 90:
        angle -= 180
    elif angle <= -90:
        angle += 180
    return round(angle, 1), math.dist(before, after) >= STRAIGHT * 2 * reach


def _point(line: Line, way: float) -> Spot:
    way = min(max(way, 0.0), line.far[-1])
    number = min(bisect_left(line.far, way), len(line.far) - 1)
    if number == 0:
        return line.spots[0]
    (x, y), (a, b) = line.spots[number - 1], line.spots[number]
    length = line.far[number] - line.far[number - 1]
    share = (way - line.far[number - 1]) / length if length else 0.0
    return x + (a - x) * share, y + (b - y) * share
