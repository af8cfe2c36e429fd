"""Where callouts stand beside a curve: near what they are about, over nothing that must be seen."""

from collections.abc import Sequence
from itertools import pairwise

import pygame

from game.window.kit.paint import Point

NEVER = 1_000_000
"""The cost of lying on another callout."""


def beside(sizes: Sequence[tuple[int, int]], anchors: Sequence[Point], line: Sequence[Point], area: pygame.Rect,
           unit: float) -> list[pygame.Rect | None]:  # fmt: skip
    """A rectangle for each callout, None for those that would lie on another or hide a piece of the curve.

    *anchors* are the points that they are about, *line* is the curve, *unit* pixels for one of the design. Each takes
    the spot that costs least; twice round, so that the first ones know where the others stand.
    """
    placed: list[pygame.Rect | None] = [None] * len(sizes)
    for _round in range(3):
        for number, size in enumerate(sizes):
            others = [rect for k, rect in enumerate(placed) if rect and k != number]
            pins = [anchor for k, anchor in enumerate(anchors) if k != number]
            spots = _spots(size, anchors[number], area, unit)
            costs = [(_cost(rect, anchors[number], line, others, pins, unit), k) for k, rect in enumerate(spots)]
            cost, best = min(costs, default=(NEVER, 0))
            placed[number] = spots[best] if cost < NEVER else None
    return [rect if rect and not any(rect.clipline(*piece) for piece in pairwise(line)) else None for rect in placed]


def _spots(size: tuple[int, int], anchor: Point, area: pygame.Rect, unit: float) -> list[pygame.Rect]:
    wide, high = size
    if wide > area.w or high > area.h:
        return []
    spots = []
    for gap in (20, 34, 52, 76, 104, 136, 172, 212, 256):
        for y in (anchor[1] - gap * unit - high, anchor[1] + gap * unit):
            for x in (0.5, 0.25, 0.75, 0.08, 0.92, -0.15, 1.15, -0.4, 1.4):
                rect = pygame.Rect(round(anchor[0] - wide * x), round(y), wide, high)
                if area.contains(rect):
                    spots.append(rect)
    return spots


def _cost(rect: pygame.Rect, anchor: Point, line: Sequence[Point], others: Sequence[pygame.Rect],
          pins: Sequence[Point], unit: float) -> float:  # fmt: skip
    room = rect.inflate(round(14 * unit), round(14 * unit))
    cost = _distance(rect, anchor) / unit + abs(rect.centerx - anchor[0]) / unit / 4
    if any(room.colliderect(other) for other in others):
        return NEVER
    if any(room.collidepoint(pin) for pin in pins):
        cost += 900
    cost += 500 * sum(bool(room.clipline(one, other)) for one, other in pairwise(line))
    foot = nearest(rect, anchor)
    cost += 700 * sum(bool(other.inflate(8, 8).clipline(foot, anchor)) for other in others)
    return cost


def nearest(rect: pygame.Rect, point: Point) -> Point:
    """The point of a rectangle that is nearest to a point outside."""
    inset = min(14, rect.w // 4)
    return (
        max(rect.left + inset, min(rect.right - inset, point[0])),
        max(rect.top, min(rect.bottom - 1, point[1])),
    )


def _distance(rect: pygame.Rect, point: Point) -> float:
    foot = nearest(rect, point)
    return float(abs(foot[0] - point[0]) + abs(foot[1] - point[1]))
