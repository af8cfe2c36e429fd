"""How each limit of the map is drawn: in which layer, in whose colour, with what kind of line, and its short name.

Lines whose course is approximate or unverified have more gaps than lines that a party published.
"""

from collections.abc import Mapping
from functools import lru_cache

from attrs import frozen

from game.scenario.map import Limit
from game.window.kit.theme import Colour, Theme
from game.words import say

BAND, CHAIN, DOTS, LONG = (6.0, 4.5), (11.0, 4.0, 2.5, 4.0), (2.5, 3.5), (10.0, 5.0)
"""Lengths of strokes and gaps, in pixels of the design."""

ROUGH = frozenset({"approximate", "partly_published"})
"""Words of the map data for lines whose course is not sure."""


@frozen
class Look:
    """How a limit is drawn. *alpha* and *fill* are the strengths of line and filling, 0 to 255."""

    layer: str
    colour: Colour
    alpha: int
    width: float
    dash: tuple[float, ...] = ()
    fill: int = 0


def look(limit: Limit, theme: Theme) -> Look | None:
    """How a limit is drawn; None for one that is an aid of the game and no line."""
    own = theme.side(limit.parties[0].lower()) if limit.parties else theme.ink3
    if limit.kind in {"12nm", "24nm", "territorial_sea_limit", "baseline"}:
        return _belt(limit, theme, own)
    if limit.kind in {"adiz", "adiz_line"}:
        if limit.id == "jp-adiz-area":
            return None
        return Look("adiz", own, 165, 1.5, (11.0, 6.0, 2.5, 6.0) if limit.status in ROUGH else CHAIN)
    if limit.kind.startswith("agree"):
        return Look("areas", theme.pmz, 170, 1.2, DOTS, 16 if limit.kind == "agreement_area" else 0)
    return Look("median", theme.ink3, 150, 1.2, DOTS if limit.kind == "median_line_variant" else (2.0, 4.0, 8.0, 4.0))


def _belt(limit: Limit, theme: Theme, own: Colour) -> Look:
    # The belts that the game is played in stand out; those along undisputed coasts are a quiet background.
    if limit.id == "islets-12nm":
        return Look("belts", theme.accent, 255, 1.6, (), 26)
    if limit.id == "islets-24nm":
        return Look("belts", theme.accent, 170, 1.4, BAND, 20)
    if limit.kind == "baseline":
        return Look("belts", own, 105, 1.0, DOTS)
    return Look("belts", theme.accent, 66, 1.0, BAND if limit.kind == "24nm" else ())


@lru_cache(maxsize=1)
def short_names() -> Mapping[str, str]:
    """What is written along a line or in an area, by the id of the limit; those not named here have no label."""
    return {
        "cn-adiz-2013": say("China ADIZ (2013)"),
        "jp-adiz-outer-west": say("Japan ADIZ"),
        "jp-adiz-outer-published": say("Japan ADIZ"),
        "jp-adiz-outer-south": say("Japan ADIZ (approximate)"),
        "tw-adiz": say("Taiwan ADIZ (approximate)"),
        "kr-adiz-2013": say("Korea ADIZ (2013)"),
        "cn-ts-1996": say("12 nm from China's 1996 baselines"),
        "cn-jp-joint-2008": say("2008 joint development block"),
        "jp-kr-jdz-1974": say("Japan-Korea joint development zone (1974)"),
        "jp-tw-fishery-2013": say("Japan-Taiwan fisheries arrangement (2013)"),
        "cn-jp-fish-mid": say("Japan-China middle zone (fisheries, 2000)"),
        "cn-jp-fish-27n": say("27°N: southern limit of the provisional measures zone"),
        "jp-kr-shelf-1974": say("Shelf boundary (1974)"),
        "cn-jp-median": say("Geometric median line (computed)"),
        "cn-jp-median-islets-jp": say("if the islets count for Japan"),
        "cn-jp-median-islets-cn": say("if the islets count for China"),
        "tw-strait-median": say("Taiwan Strait median line"),
        "tw-jp-equidistance": say("Equidistance line (computed)"),
        "jp-kr-equidistance": say("Equidistance line (computed)"),
        "cn-kr-equidistance": say("Equidistance line (computed)"),
        "islets-12nm": say("12 nm"),
        "islets-24nm": say("24 nm"),
    }
