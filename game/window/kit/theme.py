"""Colours. Two themes: *chart*, light as a paper chart, and *projector*, dark for dim rooms.

Values were chosen so that sides stay apart for viewers with protan, deutan and tritan colour vision, text reaches a
contrast of 4.5 to 1 on every panel, and the five steps of escalation rise in lightness alone. A test computes all three.
"""

from collections.abc import Mapping

from attrs import frozen

Colour = tuple[int, int, int]


def hexed(text: str) -> Colour:
    """A colour written ``#RRGGBB``."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """A colour on the way from *one* to *other*; *share* 0 is one, 1 the other."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


def readable(fill: Colour) -> Colour:
    """The ink that can be read on a colour."""
    r, g, b = fill
    return (24, 38, 47) if 0.3 * r + 0.59 * g + 0.11 * b > 140 else (255, 255, 255)


@frozen
class Theme:
    """The colours of everything that is drawn, by what they are for.

    *sea* from shelf to deep; *sides* by the id of the side, *civilian* for units of nobody; *rungs* the five steps of
    escalation; *lowers*, *warns* and *raises* what a number does to risk.
    """

    name: str
    sea: tuple[Colour, Colour, Colour, Colour]
    glow: Colour
    coast: Colour
    land: Colour
    land_edge: Colour
    water_name: Colour
    land_name: Colour
    halo: Colour
    page: Colour
    panel: Colour
    panel2: Colour
    panel3: Colour
    line: Colour
    line2: Colour
    ink: Colour
    ink2: Colour
    ink3: Colour
    accent: Colour
    on_accent: Colour
    tint: Colour
    pmz: Colour
    lowers: Colour
    warns: Colour
    raises: Colour
    shade: Colour
    sides: Mapping[str, Colour]
    civilian: Colour
    rungs: tuple[Colour, Colour, Colour, Colour, Colour]

    def colour(self, colour: str | Colour) -> Colour:
        """A colour, or the one of this theme that has this name."""
        if not isinstance(colour, str):
            return colour
        found: Colour = getattr(self, colour)
        return found

    @property
    def dark(self) -> bool:
        """Whether it is the dark one."""
        return sum(self.panel) < 384

    def side(self, side: str) -> Colour:
        """The colour of a side as a mark; the civilian one for sides that have none."""
        return self.sides.get(side, self.civilian)

    def side_text(self, side: str) -> Colour:
        """The colour of a side as text: darker on light paper, lighter on dark, so that it can be read."""
        if self.dark:
            return mixed(self.side(side), (255, 255, 255), 0.25)
        return mixed(self.side(side), (0, 0, 0), 0.38 if side == "tw" else 0.22)

    def rung(self, rung: int) -> Colour:
        """The colour of a rung of the ladder, 0 to 9, two rungs to a step."""
        return self.rungs[max(0, min(4, rung // 2))]


def _theme(name: str, colours: Mapping[str, str], sides: str) -> Theme:
    many = {
        key: tuple(hexed(one) for one in text.split()) if " " in text else hexed(text) for key, text in colours.items()
    }
    jp, cn, us, tw, civilian = (hexed(one) for one in sides.split())
    return Theme(name=name, sides={"jp": jp, "cn": cn, "us": us, "tw": tw}, civilian=civilian, **many)  # type: ignore[arg-type]


CHART = _theme(
    "chart",
    {
        "sea": "#E4EEF2 #D3E2EA #C3D7E2 #B6CDDB",
        "glow": "#F6FAFB",
        "coast": "#8FA3AA",
        "land": "#F4F0E5",
        "land_edge": "#E8E2D2",
        "water_name": "#44788F",
        "land_name": "#6A6553",
        "halo": "#F4F8F9",
        "page": "#E9EEF0",
        "panel": "#FDFCFA",
        "panel2": "#F4F5F3",
        "panel3": "#EAEEEF",
        "line": "#DCE2E4",
        "line2": "#C3CDD2",
        "ink": "#18262F",
        "ink2": "#4A5B66",
        "ink3": "#576771",
        "accent": "#0F5C78",
        "on_accent": "#FFFFFF",
        "tint": "#DCEBF0",
        "pmz": "#75611C",
        "lowers": "#1F7492",
        "warns": "#A86000",
        "raises": "#A63A22",
        "shade": "#1B2F3B",
        "rungs": "#D6E4EA #F0DCB0 #E8B266 #CF6E3C #8E2F22",
    },
    "#2D6FBF #BA432D #2A2452 #C4870B #7A828A",
)

PROJECTOR = _theme(
    "projector",
    {
        "sea": "#173244 #132A3A #0F2331 #0C1D29",
        "glow": "#24506A",
        "coast": "#7F959E",
        "land": "#3A464B",
        "land_edge": "#465358",
        "water_name": "#7FB0C8",
        "land_name": "#B9B7A6",
        "halo": "#0C1D29",
        "page": "#0C151B",
        "panel": "#17242D",
        "panel2": "#1E2E38",
        "panel3": "#283A45",
        "line": "#2E414C",
        "line2": "#466070",
        "ink": "#F0F4F6",
        "ink2": "#B9C7CF",
        "ink3": "#9FB0B9",
        "accent": "#63C6E0",
        "on_accent": "#0C151B",
        "tint": "#1D4252",
        "pmz": "#D9C06A",
        "lowers": "#63C6E0",
        "warns": "#F0B45A",
        "raises": "#F58B6B",
        "shade": "#000000",
        "rungs": "#35515F #6F6750 #AB8645 #E8A15C #FFC9B2",
    },
    "#4F9EFA #DE7A50 #D8CCF9 #F0C237 #7F868D",
)

THEMES = {theme.name: theme for theme in (CHART, PROJECTOR)}
