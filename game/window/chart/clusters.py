"""Where counters stand: in a tidy group around the label point of their zone, groups pushed apart where they would meet.

A zone says only that a unit is somewhere in it; so a counter's place within the group means nothing. More than three
pieces of one side in a zone stand as a stack.
"""

import math
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

import pygame
from attrs import frozen

from game.window.chart.counters import SIZE, Look, Piece, cell
from game.window.chart.steps import Steps, finished
from game.window.kit.kit import Kit
from game.words import say

STACK = 3
"""How many pieces of one side stand side by side; more are stacked."""

GAP = 4
"""Space between groups, in pixels of the design."""

Offset = tuple[float, float]


@frozen(eq=False)
class Seat:
    """A counter or a stack in its group: *offset* is its middle, from the point of the zone."""

    zone: str
    pieces: tuple[Piece, ...]
    label: str
    offset: Offset
    size: tuple[int, int]

    def look(self, chosen: str, size: int = SIZE) -> Look:
        """How it looks; *chosen* is the id of the piece that is selected."""
        first = self.pieces[0]
        return Look(
            label=self.label,
            side=first.side,
            service=first.service,
            kind=first.kind,
            old=all(one.seen for one in self.pieces),
            ordered=any(one.ordered for one in self.pieces),
            chosen=any(one.id == chosen for one in self.pieces),
            count=len(self.pieces),
            size=size,
        )

    def rect(self, middle: Offset, kit: Kit, size: int = SIZE) -> pygame.Rect:
        """What it covers when its counter's middle is at a pixel."""
        return pygame.Rect(
            round(middle[0] - self.size[0] / 2), round(middle[1] - kit.px(size) / 2 - kit.px(4)), *self.size
        )


@frozen(eq=False)
class Group:
    """The seats of one zone, and how far the middle of the group was pushed from the zone's point."""

    zone: str
    seats: tuple[Seat, ...]
    pushed: Offset


def arranged(kit: Kit, pieces: Iterable[Piece], where: Callable[[str], Offset], size: int = SIZE,
             fixed: Sequence[pygame.Rect] = (), room: pygame.Rect | None = None) -> tuple[Group, ...]:  # fmt: skip
    """The groups of all pieces, at once: what :func:`arranging` finds."""
    return finished(arranging(kit, pieces, where, size, fixed, room))


def arranging(kit: Kit, pieces: Iterable[Piece], where: Callable[[str], Offset], size: int = SIZE,
              fixed: Sequence[pygame.Rect] = (), room: pygame.Rect | None = None) -> Steps[tuple[Group, ...]]:  # fmt: skip
    """The groups of all pieces. *where* gives the pixel of a zone's point; *fixed* are places to leave free.

    Groups whose point lies in *room* stay in it and off the fixed places; others are not seen now and stay as they are.
    """
    by_zone: dict[str, list[Piece]] = {}
    for one in pieces:
        by_zone.setdefault(one.zone, []).append(one)
    rows = {}
    for zone, there in by_zone.items():
        rows[zone] = _rows(kit, zone, _stacks(there), size)
        yield
    boxes = {zone: _box(where(zone), seats) for zone, seats in rows.items()}
    bound = {zone for zone in boxes if room is None or room.collidepoint(where(zone))}
    walls = [*fixed, *_edges(room)] if room else list(fixed)
    moved = yield from _apart(boxes, walls, kit.px(GAP), bound)
    groups = []
    for zone, seats in rows.items():
        dx, dy = moved[zone]
        placed = tuple(
            Seat(zone, one.pieces, one.label, (one.offset[0] + dx, one.offset[1] + dy), one.size) for one in seats
        )
        groups.append(Group(zone, placed, (dx, dy)))
    return tuple(groups)


def _stacks(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Pieces of one zone as they stand: side by side, or in a stack for each side that has more than a few."""
    by_side: dict[str, list[Piece]] = {}
    for one in pieces:
        by_side.setdefault(one.side, []).append(one)
    found: list[tuple[Piece, ...]] = []
    for side in sorted(by_side):
        there = by_side[side]
        found.extend([tuple(there)] if len(there) > STACK else [(one,) for one in there])
    return found


def stack_label(pieces: Sequence[Piece]) -> str:
    """What is written below a counter or a stack."""
    first = pieces[0]
    if len(pieces) == 1:
        return first.code
    return say("{side} {count} units", side=first.side.upper(), count=len(pieces))


def _rows(kit: Kit, zone: str, stacks: Sequence[tuple[Piece, ...]], size: int) -> tuple[Seat, ...]:
    """Seats in rows around the zone's point, each row centred."""
    columns = max(1, math.ceil(math.sqrt(len(stacks) * 1.2))) if len(stacks) > 2 else len(stacks)
    rows = [stacks[at : at + columns] for at in range(0, len(stacks), columns)]
    seats: list[Seat] = []
    high = cell(kit, "", size)[1]
    top = -high * len(rows) / 2 + kit.px(size) / 2 + kit.px(4)
    for number, row in enumerate(rows):
        labels = [stack_label(one) for one in row]
        widths = [cell(kit, label, size)[0] for label in labels]
        x = -sum(widths) / 2
        for pieces, label, wide in zip(row, labels, widths, strict=True):
            seats.append(Seat(zone, pieces, label, (x + wide / 2, top + number * high), (wide, high)))
            x += wide
    return tuple(seats)


def _box(at: Offset, seats: Sequence[Seat]) -> list[float]:
    """Middle and half sizes of a group."""
    left = min(one.offset[0] - one.size[0] / 2 for one in seats)
    right = max(one.offset[0] + one.size[0] / 2 for one in seats)
    high = seats[0].size[1] * len({one.offset[1] for one in seats})
    return [at[0] + (left + right) / 2, at[1], (right - left) / 2, high / 2]


def _apart(
    boxes: Mapping[str, list[float]], fixed: Sequence[pygame.Rect], gap: float, bound: Container[str]
) -> Steps[dict[str, Offset]]:
    """How far each group moves so that none covers another or a place to be left free."""
    zones = list(boxes)
    moving = [list(boxes[zone]) for zone in zones]
    walls = [[one.centerx, one.centery, one.w / 2, one.h / 2] for one in fixed]
    for _ in range(60):
        calm = True
        for number, one in enumerate(moving):
            for other in moving[number + 1 :]:
                if abs(other[0] - one[0]) > one[2] + other[2] + gap:
                    continue
                calm = not _push(one, other, gap, 0.5) and calm
            for wall in walls if zones[number] in bound else ():
                if abs(wall[0] - one[0]) > one[2] + wall[2] + gap:
                    continue
                calm = not _push(wall, one, gap, 0.0) and calm
        yield
        if calm:
            break
    return {zone: (now[0] - boxes[zone][0], now[1] - boxes[zone][1]) for zone, now in zip(zones, moving, strict=True)}


def _edges(room: pygame.Rect) -> list[pygame.Rect]:
    """Walls around a room."""
    (x, y), (w, h) = room.topleft, room.size
    beside = [pygame.Rect(at, y - h, w, 3 * h) for at in (x - w, x + w)]
    return beside + [pygame.Rect(x - w, at, 3 * w, h) for at in (y - h, y + h)]


def _push(one: list[float], other: list[float], gap: float, share: float) -> bool:
    """Move two boxes apart along the shorter way, the first by *share* of it. Whether they met."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    over = one[2] + other[2] + gap - abs(dx), one[3] + other[3] + gap - abs(dy)
    if over[0] <= 0.5 or over[1] <= 0.5:
        return False
    axis = 0 if over[0] < over[1] else 1
    way = over[axis] * (1 if (dx, dy)[axis] >= 0 else -1)
    one[axis] -= way * share
    other[axis] += way * (1 - share)
    return True
