"""What is offered before and around a game: scenarios with their switches, seats, and what agencies and people are called."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from game.core import Game
from game.core.model import Agency, Side
from game.play.allowed import PERSON, SessionProblem
from game.play.seats import Cast, Groups
from game.scenario.gathering import read_document
from game.scenario.library import locate
from game.scenario.map import Frame
from game.scenario.problems import nearest
from game.words import say

SUMMARY_LETTERS = 300
"""Characters of a switch's comment that are shown."""

MARGIN = 1.0
"""Degrees around the outermost zones where a scenario names no frame."""


@frozen
class Seating:
    """Who plays what, which agencies one person holds together, and the PINs, in plain words until the session has
    scrambled them.
    """

    players: Mapping[str, str]
    pins: Mapping[str, str]
    groups: Groups = ()


@frozen
class Offer:
    """A scenario as it is offered: read and not yet bound, so that it can be shown at once.

    *minutes*: of the story, all turns together. *clocks*: of the first turn and the last. *frame*: west, south, east and
    north edge of its map, none where it names none.
    """

    id: str
    title: str
    summary: str
    date: str
    players: str
    turns: int
    minutes: int
    clocks: tuple[str, str]
    frame: tuple[float, float, float, float] | None
    sides: tuple[Side, ...]
    agencies: tuple[Agency, ...]
    variants: tuple[str, ...]


def offered(scenario: str) -> Offer:
    """What a scenario offers. Raises *NoSuch* when there is none, *ValueError* when its files cannot be understood."""
    document = read_document(*locate(scenario), ())
    settings = document.settings.table if document.settings else {}
    try:
        sides = tuple(Side(one.id, str(one.table["name"])) for one in document.entries["side"].values())
        places = [side.id for side in sides]
        agencies = tuple(
            Agency(one.id, str(one.table["name"]), places.index(one.table["side"]), int(one.table["attention"]),
                   str(one.table.get("short") or one.table["name"]))
            for one in document.entries["agency"].values()
        )  # fmt: skip
        turns = settings["turns"]
        west, south, east, north = (float(edge) for edge in settings.get("frame", (0, 0, 0, 0)))
        frame = (west, south, east, north) if west < east and south < north else None
        return Offer(
            scenario, str(settings["title"]), str(settings.get("summary", "")), str(settings["date"]),
            str(settings.get("players", "")), len(turns), sum(int(turn["minutes"]) for turn in turns),
            (str(turns[0]["clock"]), str(turns[-1]["clock"])), frame, sides, agencies, document.variants_known,
        )  # fmt: skip
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(say("{scenario} cannot be read.", scenario=scenario)) from error


def cover(scenario: str) -> tuple[str, str, tuple[str, ...]]:
    """The title of a scenario, its summary and its switches: read and not yet bound, so that lists appear at once."""
    document = read_document(*locate(scenario), ())
    settings = document.settings.table if document.settings else {}
    return str(settings.get("title", scenario)), str(settings.get("summary", "")), document.variants_known


def summary_of(scenario: str, variant: str) -> str:
    """The first words of the comment at the head of a switch's file."""
    try:
        text = locate(scenario)[0].joinpath("variants", f"{variant}.toml").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    first = text.partition("\n")[0]
    return first.lstrip("# ").removeprefix("Switch: ")[:SUMMARY_LETTERS] if first.startswith("#") else ""


def spellings(game: Game) -> dict[str, tuple[str, ...]]:
    """What each agency may be called."""
    return {agency.id: (agency.short, agency.name) for agency in game.agencies}


def held_name(game: Cast, held: Sequence[str]) -> str:
    """What a person who holds these agencies is called: the one agency, or the side with each of them."""
    agencies = [agency for agency in game.agencies if agency.id in held]
    if len(agencies) == 1:
        return agencies[0].name
    side = game.sides[agencies[0].side].name
    return say("{side} ({agencies})", side=side, agencies=", ".join(map(short, agencies)))


def short(agency: Agency) -> str:
    """A short name for a prompt."""
    return agency.short or agency.id


def frame_of(game: Game) -> Frame:
    """The part of the map that a scenario is about."""
    named = game.about.get("settings", {}).get("frame", ())
    if len(named) == 4:
        west, south, east, north = (float(edge) for edge in named)
        return west, south, east, north
    lons, lats = zip(*(zone.point for zone in game.zones), strict=True)
    return min(lons) - MARGIN, min(lats) - MARGIN, max(lons) + MARGIN, max(lats) + MARGIN


def seating_given(game: Cast, seats: Mapping[str, str]) -> Seating:
    """Seats that were named on the command line, with a plus between agencies that one person holds.

    Raises *SessionProblem* for an agency that the game does not have, or that is named twice.
    """
    known = [agency.id for agency in game.agencies]
    players: dict[str, str] = {}
    groups = []
    for names, player in seats.items():
        held = tuple(name.strip() for name in names.split("+"))
        for name in held:
            if name not in known:
                close = nearest(name, known)
                hint = say(" Did you mean '{close}'?", close=close) if close else ""
                raise SessionProblem(say("No agency is called '{name}'.{hint} There are: {known}.", name=name,
                                         hint=hint, known=", ".join(known)))  # fmt: skip
            if name in players:
                raise SessionProblem(say("'{name}' is named twice.", name=name))
            players[name] = player
        if len(held) > 1 and player == PERSON:
            groups.append(held)
    return Seating(players, {}, tuple(groups))
