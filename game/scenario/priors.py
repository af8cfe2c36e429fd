"""Priors: what agencies take to be likely of what they cannot see, bound for each agency."""

import re
from collections.abc import Sequence
from typing import Any

from game.core.model import Prior, Track
from game.scenario.binder import Binder, agencies_of
from game.scenario.document import Entry
from game.scenario.problems import brief, listed
from game.scenario.schema import PriorEntry
from game.words import say

_RANGE = re.compile(r"(-?[0-9]{1,6})(?:\.\.(-?[0-9]{1,6}))?")
_OTHER = re.compile(r"\bother\b")


def priors(binder: Binder) -> tuple[tuple[Prior, ...], ...]:
    """For each agency its priors, in the order of the file; mistakes are reported."""
    desk = binder.desk
    found: list[list[Prior]] = [[] for _ in desk.ids["agency"]]
    for entry in binder.document.entries["prior"].values():
        for agency in _whose(binder, entry):
            if _OTHER.search(str(entry.table)) and not desk.counterparts[desk.agency_sides[agency]]:
                continue  # Its side has nobody whom 'other' could mean.
            desk.own = agency
            item = desk.fill(PriorEntry, entry, entry.table)
            tracks = _cells(binder, entry, item.cells) if item else ()
            ways = _ways(binder, entry, item, tracks[0]) if tracks else None
            if ways is None:
                break  # The others would be told the same.
            cells = tuple(track.first + k for track in tracks for k in range(track.size))
            found[agency].append(Prior(entry.id, cells, item.kept, ways, item.source))
        desk.own = None
    return tuple(tuple(of) for of in found)


def _whose(binder: Binder, entry: Entry) -> Sequence[int]:
    """The agencies whose guess it is; one of them where that is written wrong, so that it is reported."""
    ids = binder.desk.ids["agency"]
    return agencies_of(entry, ids) or (range(len(ids)) if entry.table.get("agencies", []) == [] else [0])


def _cells(binder: Binder, entry: Entry, name: str) -> tuple[Track, ...]:
    """The track or the one cell of it that a name means."""
    desk = binder.desk
    track = desk.cell(name) if "." in name else desk.tracks.get(name)
    if track is not None and track.lasting:
        return (track,)
    if name.partition(".")[0] not in desk.failed:
        lasting = [one.id for one in desk.tracks.values() if one.lasting]
        hint = desk.near(name, [*lasting, *desk.known_names()]) or say("Write a track that lasts, or one of its cells.")
        binder.report("SCN527", entry, ("cells",), say("'{name}' is no track that lasts.", name=brief(name)), hint)
    return ()


def _ways(binder: Binder, entry: Entry, item: Any, track: Track) -> tuple[tuple[int, int, Any], ...] | None:
    """The values that the weights name."""
    ways = []
    for name, weight in item.weights.items():
        low, high = _values(name, track)
        if not track.low <= low <= high <= track.high:
            expected = listed(track.words) if track.words else f"{track.low}..{track.high}"
            message = say("'{name}' is no value of '{track}'.", name=brief(name), track=track.id)
            hint = binder.desk.near(name, track.words) or say("Its values: {values}.", values=expected)
            binder.report("SCN528", entry, ("weights", name), message, hint, at_key=True)
            return None
        ways.append((low, high, weight))
    return tuple(ways)


def _values(name: str, track: Track) -> tuple[int, int]:
    """The lowest and the highest value that a word, a number or a range means; none in order where it means nothing."""
    if name in track.words:
        number = track.words.index(name)
        return number, number
    match = None if track.words else _RANGE.fullmatch(name)
    return (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
