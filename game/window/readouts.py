"""Numbers as the window shows them: risk in points, climate in a word, and which values all may see."""

from collections.abc import Sequence

from attrs import frozen

from game.core import Game
from game.core.view import OWN_BUSINESS, Reading
from game.words import say

MINUS = "\N{MINUS SIGN}"

TENTHS = "tenths of a point"
"""The unit that is shown as points."""

CLIMATES = ((-7, "frozen"), (-4, "hard"), (-1, "strained"), (3, "correct"), (6, "good"), (10, "close"))
"""What a climate up to this step is called, for display alone. Designers' choice of words."""


@frozen
class Gauge:
    """The readings of risk of one pair of sides, as a reader may know them: in steps, None where not known."""

    pair: tuple[str, str]
    title: str
    risk: int | None
    rung: int | None
    peak: int | None
    climate: int | None


def signed(amount: int, *, tenths: bool = False) -> str:
    """A change with its sign and a true minus."""
    text = points(abs(amount)) if tenths else str(abs(amount))
    return f"+{text}" if amount > 0 else f"{MINUS}{text}" if amount < 0 else "0"


def points(tenths: int) -> str:
    """Tenths of a point as points: 177 is 17.7."""
    whole, part = divmod(abs(tenths), 10)
    return f"{MINUS if tenths < 0 else ''}{whole}.{part}"


def figure(unit: str, value: int, shown: str = "") -> str:
    """A value as people read it; *shown* is its word where it has one."""
    return points(value) if unit == TENTHS else shown or str(value).replace("-", "\N{MINUS SIGN}")


def change(unit: str, amount: int) -> str:
    """A change with its sign."""
    return signed(amount, tenths=unit == TENTHS)


def unit_word(unit: str) -> str:
    """What a unit is called on the screen."""
    return say("points") if unit == TENTHS else unit


def climate_word(steps: int) -> str:
    """A political climate in a word."""
    word = next((word for limit, word in CLIMATES if steps <= limit), CLIMATES[-1][1])
    return say(word)


def value_of(readings: Sequence[Reading], name: str) -> int | None:
    """The value of a cell by its dotted name; None when it is not among these."""
    return next((one.value for one in readings if one.name == name), None)


def public_readings(game: Game, row: Sequence[int]) -> tuple[Reading, ...]:
    """The values that every agency may know."""
    return tuple(
        Reading(f"{track.id}.{label}" if label else track.id, title, track.unit, value, track.shown(value), False)
        for track in game.tracks.values()
        if track.lasting and track.id not in OWN_BUSINESS
        for label, title, value, seen in zip(
            track.labels, track.titles, row[track.first : track.first + track.size], track.seen, strict=True
        )
        if seen & game.everyone == game.everyone
    )


def gauges(game: Game, readings: Sequence[Reading], side: str = "") -> tuple[Gauge, ...]:
    """The readings of every pair of sides; those of a side first, and among them the one with the highest risk."""
    found = []
    for i, j in game.pairs():
        one, other = game.sides[i], game.sides[j]
        name = f"{one.id}.{other.id}"
        title = say("{one} and {other}", one=one.name, other=other.name)
        risk, rung, peak, climate = (
            value_of(readings, f"{track}.{name}") for track in ("risk", "rung", "peak", "climate")
        )
        found.append(Gauge((one.id, other.id), title, risk, rung, peak, climate))
    return tuple(sorted(found, key=lambda gauge: (side not in gauge.pair if side else False, -(gauge.risk or 0))))
