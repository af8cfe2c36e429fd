"""A step on the chart: where it happened, who moved, a ring or the waters around it, and a card beside it."""

import math
from collections.abc import Sequence

import pygame
from attrs import frozen

from game.core import Game
from game.core.events import MOVE, NOTE, PUT, REFUSAL, TOLD
from game.play.telling import Said
from game.window.chart.counters import Look, cell, counter
from game.window.chart.projection import Area, Lens, spot
from game.window.chart.view import Chart
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.theme import Colour
from game.window.pieces import label_of, service_of
from game.window.screens.resolution_story import Chapter
from game.window.screens.resolution_told import Subject, subject_told
from game.words import say

WATERS = {"in_territorial": "territorial_sea", "in_contiguous": "contiguous_zone"}
"""Notes that tell in which waters somebody was, and the class of the zones they mean."""

KINDS = (NOTE, MOVE, PUT)
"""What is shown first, where several things have a place."""

WIDE, LINES = 300, 3
"""Width of the card in design pixels, and lines of one sentence on it."""

RING = 46
"""Radius of the ring around a zone's point, in design pixels, as the chart draws it."""

INSET = 0.17
"""How far the view moves to the side for the inset, as a share of its width."""

BEND = 0.12
"""How far a track bows to the side, as a share of its length."""


@frozen
class Track:
    """The way of a unit in this turn: from zone to zone, and whether its place is known or it was only seen."""

    start: str
    end: str
    side: str
    seen: bool


@frozen
class Focus:
    """What the chart shows of a step: zones, whether it happened in just that one, and what the card says.

    *zones* is empty where the place is not known, and the first is where the card points to; *units* are the ids of those
    that it is about.
    """

    zones: tuple[str, ...]
    exact: bool
    title: str
    lines: tuple[str, ...]
    units: tuple[str, ...]
    tracks: tuple[Track, ...] = ()


# ---- what is shown
def focus_of(game: Game, chapter: Chapter) -> Focus | None:
    """What to show of a step; None where nothing of it belongs on the chart."""
    tracks = tracks_of(game, chapter)
    if tracks:
        return _under_way(game, chapter, tracks)
    placed = [one for one in chapter.said if one.zone and one.kind in KINDS]
    waters = [one for one in chapter.said if one.cell.partition(".")[0] in WATERS]
    told = [one for one in chapter.said if one.kind == NOTE and _units(game, one)]
    if placed:
        first = min(placed, key=lambda one: KINDS.index(one.kind))
        return _focus(game, (first.zone,), True, [one for one in placed if one.zone == first.zone])
    if waters:
        legal = WATERS[waters[0].cell.partition(".")[0]]
        zones = tuple(zone.id for zone in game.zones if zone.legal == legal)
        return _focus(game, zones, False, [one for one in waters if WATERS[one.cell.partition(".")[0]] == legal])
    return _focus(game, (), False, told) if told else None


def tracks_of(game: Game, chapter: Chapter) -> tuple[Track, ...]:
    """Who came from one zone to another in a step, or was seen in another than before."""
    found = []
    zones = {zone.id for zone in game.zones}
    units = {unit.id: game.sides[unit.side].id for unit in game.units}
    for one in chapter.said:
        track, *keys = one.cell.split(".")
        if track not in ("at", "plot") or not keys:
            continue
        words = game.tracks[track].words
        start, end = words[one.before], words[one.after]
        if start in zones and end in zones and start != end:
            found.append(Track(start, end, units[keys[-1]], track == "plot"))
    return tuple(found)


def _under_way(game: Game, chapter: Chapter, tracks: tuple[Track, ...]) -> Focus:
    """Several that moved: all their ways, and a card that names them."""
    moved = [one for one in chapter.said if one.cell.startswith(("at.", "plot.")) and one.zone]
    sure = [one for one in moved if one.cell.startswith("at.")] or moved
    units = tuple(dict.fromkeys(unit for one in sure for unit in one.units))
    names = {unit.id: unit.name for unit in game.units}
    zones = {zone.id: zone.name for zone in game.zones}
    first = tracks[0]
    ends = tuple(dict.fromkeys(zone for one in tracks for zone in (one.end, one.start)))
    if len(units) == 1:
        return Focus(ends, True, names[units[0]], (say("Now in {zone}.", zone=zones[first.end]),), units, tracks)
    title = say("{count} groups on the move", count=len(units))
    return Focus(ends, True, title, tuple(names[unit] for unit in units[:4]), units, tracks)


def _focus(game: Game, zones: tuple[str, ...], exact: bool, said: Sequence[Said]) -> Focus:
    """The card: who, and what is said of them; several with the same to say stand together."""
    units = tuple(dict.fromkeys(unit for one in said for unit in _units(game, one)))
    told = [one for one in said if one.kind in (NOTE, MOVE, TOLD, REFUSAL)] or list(said)
    subjects = [subject_told(game, one) for one in told]
    first = subjects[0]
    if first is None:
        return Focus(zones, exact, "", tuple(dict.fromkeys(one.text for one in told))[:2], units)
    if len(subjects) > 1 and all(one is not None and one.rest == first.rest for one in subjects):
        names = tuple(dict.fromkeys(one.name for one in subjects if one))
        return Focus(zones, exact, first.rest.rstrip("."), names[:4], units)
    return Focus(zones, exact, first.name, _of(first, subjects), units)


def _of(first: Subject, subjects: Sequence[Subject | None]) -> tuple[str, ...]:
    """What is said of the first subject."""
    return tuple(dict.fromkeys(one.rest for one in subjects if one and one.name == first.name))[:2]


def _units(game: Game, one: Said) -> tuple[str, ...]:
    """The units that a thing told is about: those it names in its sentence too."""
    return one.units or tuple(unit.id for unit in game.units if unit.name in one.text)


# ---- looking there
def look_at(chart: Chart, focus: Focus | None, animate: bool = True) -> None:
    """Show where a step happened; the whole scenario where that is not known."""
    if focus is None or not focus.zones:
        chart.fit(animate=animate)
        return
    west, north, east, south = zip(*(chart.atlas.waters[zone].area for zone in focus.zones), strict=True)
    chart.camera.show(_wider((min(west), min(north), max(east), max(south)), 0.35), animate)
    if chart.inset_shown():
        # The inset stands at the left: what is shown keeps clear of it.
        chart.camera.go(chart.camera.goal.panned(chart.free.w * INSET, 0), animate)


def _wider(area: Area, share: float) -> Area:
    """An area with room around it."""
    more = max(area[2] - area[0], area[3] - area[1]) * share
    return area[0] - more, area[1] - more, area[2] + more, area[3] + more


# ---- drawing
def draw(kit: Kit, surface: pygame.Surface, chart: Chart, focus: Focus) -> None:
    """The waters and the ways."""
    before = surface.get_clip()
    surface.set_clip(chart.area.clip(before))
    if not focus.exact:
        for zone in focus.zones:
            _water(kit, surface, chart, zone)
    for one in focus.tracks:
        _track(kit, surface, chart, one)
    surface.set_clip(before)


def _water(kit: Kit, surface: pygame.Surface, chart: Chart, zone: str) -> None:
    """The waters in which something happened, when it is not known where in them."""
    for line in chart.atlas.waters[zone].lines:
        points = [_pixel(chart, at) for at in line.spots]
        xs, ys = zip(*points, strict=True)
        whole = pygame.Rect(min(xs), min(ys), max(xs) - min(xs) + 2, max(ys) - min(ys) + 2)
        box = whole.clip(surface.get_clip())
        if box.w and box.h:
            veil = pygame.Surface(box.size, pygame.SRCALPHA)
            pygame.draw.polygon(veil, (*kit.theme.raises, 30), [(x - box.x, y - box.y) for x, y in points])
            surface.blit(veil, box)
        paint.stroke(surface, points, kit.theme.raises, kit.px(2), closed=True)


def _track(kit: Kit, surface: pygame.Surface, chart: Chart, one: Track) -> None:
    """A way, bowed a little, dashed where somebody was only seen, with an arrow at its end."""
    start, end = (_at(chart, zone) for zone in (one.start, one.end))
    length = math.dist(start, end)
    if length < kit.px(60):
        return
    dx, dy = end[0] - start[0], end[1] - start[1]
    knee = (start[0] + end[0]) / 2 - dy * BEND, (start[1] + end[1]) / 2 + dx * BEND
    last = 1 - kit.px(26) / length
    line = [_bow(start, knee, end, last * step / 24) for step in range(25)]
    colour: Colour = kit.theme.side(one.side)
    dash = (kit.px(8), kit.px(5)) if one.seen else None
    paint.stroke(surface, line, kit.theme.panel, kit.px(5))
    paint.stroke(surface, line, colour, kit.px(3), dash=dash)
    paint.disc(surface, start, kit.px(5), kit.theme.panel, colour, kit.px(2))
    turn = math.atan2(line[-1][1] - line[-2][1], line[-1][0] - line[-2][0])
    size = kit.px(13)
    tip = line[-1][0] + size * 0.6 * math.cos(turn), line[-1][1] + size * 0.6 * math.sin(turn)
    wings = [(tip[0] + size * math.cos(turn + a), tip[1] + size * math.sin(turn + a)) for a in (2.6, -2.6)]
    paint.polygon(surface, [tip, *wings], colour)


def _bow(
    start: tuple[float, float], knee: tuple[float, float], end: tuple[float, float], t: float
) -> tuple[float, float]:
    x, y = ((1 - t) ** 2 * start[k] + 2 * t * (1 - t) * knee[k] + t * t * end[k] for k in (0, 1))
    return x, y


def _pixel(chart: Chart, at: tuple[float, float]) -> tuple[float, float]:
    x, y = chart.lens.seen(at)
    return x + chart.area.x, y + chart.area.y


def _at(chart: Chart, zone: str) -> tuple[float, float]:
    """The point of a zone, in pixels of the window."""
    return _pixel(chart, spot(chart.atlas.waters[zone].zone.label_point))


# ---- the card
class Card:
    """The card beside an event: title, lines, and the counters of those that are not on the chart.

    It finds its place once the chart rests, and then goes with the event.
    """

    def __init__(self, kit: Kit, game: Game, focus: Focus) -> None:
        self.kit, self.focus = kit, focus
        units = {unit.id: unit for unit in game.units}
        shown = () if focus.exact else focus.units[:4]
        self.looks = [Look(_code(game, unit), game.sides[units[unit].side].id, service_of(units[unit]), units[unit].kind, size=28)
                      for unit in shown]  # fmt: skip
        room = kit.px(WIDE - 32)
        self.title = kit.wrap(focus.title, room, "semibold", 16)[:2] if focus.title else []
        self.lines = [line for text in focus.lines for line in kit.wrap(text, room, "sans", 14)[:LINES]]
        wide = [kit.width(line, "semibold", 16) for line in self.title] + [
            kit.width(line, "sans", 14) for line in self.lines
        ]
        row = sum(cell(kit, look.label, look.size)[0] + kit.px(8) for look in self.looks)
        high = (
            len(self.title) * kit.line("semibold", 16)
            + len(self.lines) * kit.line("sans", 14)
            + (kit.px(56) if self.looks else 0)
        )
        self.size = min(kit.px(WIDE), max([*wide, row]) + kit.px(32)), high + kit.px(24)
        self._away: tuple[float, float] | None = None
        self._scale = 0.0

    def draw(self, surface: pygame.Surface, chart: Chart) -> None:
        """The card with a line to the event; not while the chart zooms."""
        if not self.focus.zones:
            rect = pygame.Rect((0, 0), self.size)
            rect.midtop = chart.free.centerx, chart.free.top + self.kit.px(16)
            self._plate(surface, rect.clamp(chart.free))
            return
        if chart.camera.moving:
            return
        # Counters stand on whole pixels, wherever between two of them they were worked out to be.
        x, y = _at(chart, self.focus.zones[0])
        point = round(x), round(y)
        if self._away is None or self._scale != chart.lens.scale:
            rect = self._found(chart, point)
            self._away, self._scale = (rect.x - point[0], rect.y - point[1]), chart.lens.scale
        rect = pygame.Rect((round(point[0] + self._away[0]), round(point[1] + self._away[1])), self.size)
        if not chart.free.collidepoint(point):
            return
        rect.clamp_ip(chart.free.inflate(-self.kit.px(24), -self.kit.px(24)))
        self._leader(surface, rect, point)
        self._plate(surface, rect)

    def _leader(self, surface: pygame.Surface, rect: pygame.Rect, point: tuple[float, float]) -> None:
        """The line from the event to the card."""
        kit = self.kit
        edge = max(rect.left, min(point[0], rect.right)), max(rect.top, min(point[1], rect.bottom))
        length = math.dist(point, edge)
        reach = kit.px(RING) if self.focus.exact else 0
        if length > reach:
            share = reach / length if length else 0
            start = point[0] + (edge[0] - point[0]) * share, point[1] + (edge[1] - point[1]) * share
            paint.stroke(surface, [start, edge], kit.theme.ink2, kit.px(1))
        if not self.focus.exact:
            paint.disc(surface, point, kit.px(4), kit.theme.raises, kit.theme.panel, kit.px(1))

    def _found(self, chart: Chart, point: tuple[float, float]) -> pygame.Rect:
        """The place near the event where the card hides least: no piece, none of the waters, no furniture."""
        kit = self.kit
        room = chart.free.inflate(-kit.px(32), -kit.px(32))
        rect = pygame.Rect((0, 0), self.size).clamp(room)
        ring = pygame.Rect(0, 0, kit.px(2 * RING + 20), kit.px(2 * RING + 20))
        ring.center = round(point[0]), round(point[1])
        keep = [
            ring,
            *(one.inflate(kit.px(16), kit.px(16)) for one in chart.layout().rects()),
            *(one[1] for one in chart.targets()),
        ]
        if chart.inset_shown():
            keep.append(chart.inset.rect)
        if not self.focus.exact:
            keep += [_seen(chart, zone) for zone in self.focus.zones]
        tries = [pygame.Rect((room.x + (room.w - rect.w) * x // 12, room.y + (room.h - rect.h) * y // 10), rect.size)
                 for x in range(13) for y in range(11)]  # fmt: skip

        def cost(one: pygame.Rect) -> float:
            return 10 * sum(one.clip(other).w * one.clip(other).h for other in keep) + math.dist(one.center, point)

        return min(tries, key=cost)

    def _plate(self, surface: pygame.Surface, rect: pygame.Rect) -> None:
        kit, theme = self.kit, self.kit.theme
        paint.shadow(surface, rect.move(0, kit.px(2)), kit.px(10), kit.px(7), 70, theme.shade)
        paint.box(surface, rect, kit.px(10), theme.panel, theme.line2, kit.px(1))
        y = rect.y + kit.px(12)
        for style, size, colour, lines in (
            ("semibold", 16, theme.ink, self.title),
            ("sans", 14, theme.ink2, self.lines),
        ):
            for line in lines:
                kit.text(surface, line, rect.x + kit.px(16), y, style, size, colour)
                y += kit.line(style, size)
        x = rect.x + kit.px(12)
        for look in self.looks:
            wide = cell(kit, look.label, look.size)[0]
            counter(kit, look).draw(surface, (x + wide // 2, y + kit.px(20)))
            x += wide + kit.px(8)


def _seen(chart: Chart, zone: str) -> pygame.Rect:
    """What a zone covers, in pixels of the window."""
    west, north, east, south = chart.atlas.waters[zone].area
    lens: Lens = chart.lens
    left, top = lens.seen((west, north))
    right, bottom = lens.seen((east, south))
    return pygame.Rect(round(left) + chart.area.x, round(top) + chart.area.y, round(right - left), round(bottom - top))


def _code(game: Game, unit: str) -> str:
    found = next(one for one in game.units if one.id == unit)
    side, label = game.sides[found.side].id.upper(), label_of(found)
    return label if label.startswith(side) else f"{side} {label}"
