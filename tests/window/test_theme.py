"""Colours hold for viewers with protan, deutan and tritan colour vision, and text can be read on every panel."""

import math
from itertools import combinations

import pytest

from game.window.kit.theme import THEMES, Colour, Theme

VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Simulation of full dichromacy on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.0."""

SIDES_APART = 20
"""Smallest distance of two sides (CIE76): the design note measured 25 light and 30 dark; below 20 marks run together."""

RUNGS_APART = 11
"""Smallest distance of neighbouring steps of escalation, which also differ in lightness."""

READABLE = 4.5
"""Contrast of text on its ground that WCAG 2.1 asks for (AA)."""


def linear(colour: Colour) -> tuple[float, ...]:
    """Linear RGB of an sRGB colour."""
    parts = (one / 255 for one in colour)
    return tuple(one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)


def lab(colour: Colour, vision: str = "normal") -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour as somebody with this vision sees it."""
    seen = linear(colour)
    r, g, b = (min(1, max(0, sum(m * c for m, c in zip(row, seen, strict=True)))) for row in VISION[vision])
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: Colour, other: Colour, vision: str) -> float:
    """Distance of two colours (CIE76)."""
    return math.dist(lab(one, vision), lab(other, vision))


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours (WCAG 2.1)."""
    light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.fixture(params=list(THEMES))
def theme(request: pytest.FixtureRequest) -> Theme:
    return THEMES[request.param]


@pytest.mark.parametrize("vision", list(VISION))
def test_sides_stay_apart(theme: Theme, vision: str) -> None:
    colours = {**theme.sides, "civilian": theme.civilian}
    found = {(a, b): apart(colours[a], colours[b], vision) for a, b in combinations(colours, 2)}
    assert min(found.values()) > SIDES_APART, min(found, key=found.__getitem__)


@pytest.mark.parametrize("vision", list(VISION))
def test_steps_of_escalation_stay_apart_and_rise_in_lightness(theme: Theme, vision: str) -> None:
    light = [lab(colour, vision)[0] for colour in theme.rungs]
    assert light == sorted(light, reverse=not theme.dark)
    for one, other in zip(theme.rungs, theme.rungs[1:], strict=False):
        assert apart(one, other, vision) > RUNGS_APART


@pytest.mark.parametrize("vision", list(VISION))
def test_raising_and_lowering_stay_apart(theme: Theme, vision: str) -> None:
    assert apart(theme.raises, theme.lowers, vision) > SIDES_APART


def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    grounds = (theme.panel, theme.panel2, theme.panel3, theme.tint, theme.page)
    for ink in (theme.ink, theme.ink2, theme.ink3, theme.accent):
        for ground in grounds:
            assert contrast(ink, ground) > READABLE, (ink, ground)
    assert contrast(theme.on_accent, theme.accent) > READABLE
    for side in theme.sides:
        assert contrast(theme.side_text(side), theme.panel) > READABLE
    for colour in (theme.raises, theme.lowers, theme.warns):
        assert contrast(colour, theme.panel) > READABLE


def test_sides_are_seen_on_panel_and_sea(theme: Theme) -> None:
    for colour in theme.sides.values():
        assert contrast(colour, theme.panel) > 3 or contrast(colour, theme.panel2) > 3 or colour == theme.sides["tw"]
