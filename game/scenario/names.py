"""Names: what has been bound so far, as expressions and references name it.

Ids of sides, agencies, zones, units and mechanisms, the tracks and their cells, and what *own*, *side* and *other* mean
for the agency at hand.
"""

from collections.abc import Iterable, Mapping
from itertools import islice

from game.core.model import Look, Track
from game.rules.expression import Kind, Name
from game.scenario.document import Document
from game.scenario.problems import meant
from game.words import say

NAMES = 3000
"""How many names are looked through for one that a misspelt name may have meant."""


class Names:
    """What is known by name while a document is bound, for the agency at hand where it is bound for one."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.unit_sides: list[int] = []
        self.commanders: list[int] = []
        self.ids: dict[str, list[str]] = {kind: [] for kind in ("side", "agency", "zone", "unit", "mechanism")}
        self.names: dict[str, list[str]] = {kind: [] for kind in self.ids}
        self.agency_sides: list[int] = []
        self.counterparts: list[str] = []
        self.tracks: dict[str, Track] = {}
        self.own: int | None = None
        self.ordered: Mapping[str, Look] = {}
        self.character: Mapping[str, Name] = {}
        self.failed: set[str] = set()
        """Tracks that are declared with a mistake: what refers to them is not a mistake of its own."""
        self._numbers_of: dict[str, dict[str, int]] = {}

    def find(self, name: str) -> Name | None:
        """What a dotted name of an expression stands for."""
        if name == "turn":
            return Name(Kind.NUMBER, lambda table: table.turn + 1)
        if name == "minutes":
            return Name(Kind.NUMBER, lambda table: table.minutes)
        if name.startswith(("choice.", "detail.")):
            look = self.ordered.get(name)
            return Name(Kind.NUMBER, look) if look else None
        if name in self.character:
            return self.character[name]
        track = self.cell(name)
        if track is None:
            return None
        return Name(Kind.MARK if track.words else Kind.NUMBER, _cell(track.first), track.words)

    def known_names(self) -> Iterable[str]:
        """All names that an expression may use here."""
        if not self.document.crowded:
            yield from islice(self._every_name(), NAMES)

    def _every_name(self) -> Iterable[str]:
        yield "turn"
        yield "minutes"
        yield from self.ordered
        yield from self.character
        for track in self.tracks.values():
            for label in track.labels:
                yield f"{track.id}.{label}" if label else track.id

    def cell(self, name: str) -> Track | None:
        """The one cell that a dotted name means, *own*, *side* and *other* standing for the agency at hand."""
        track_id, *keys = name.split(".")
        track = self.tracks.get(track_id)
        if track is None:
            return None
        numbers = self._numbers_of.get(track_id)
        if numbers is None:
            numbers = self._numbers_of[track_id] = {label: number for number, label in enumerate(track.labels)}
        label = ".".join(self.stand_in(key) for key in keys)
        if label not in numbers and track.keys == ("pair",):
            label = ".".join(reversed(label.split(".")))
        return track.at(*divmod(numbers[label], track.shape[1])) if label in numbers else None

    def near(self, name: str, known: Iterable[str]) -> str:
        """A hint at the known name that a misspelt one may have meant; empty when there is none."""
        return "" if self.document.crowded else meant(name, known)

    def stand_in(self, key: str) -> str:
        """The id that *own*, *side* or *other* stands for."""
        if self.own is None or key not in ("own", "side", "other"):
            return key
        side = self.agency_sides[self.own]
        return {"own": self.ids["agency"][self.own], "side": self.ids["side"][side], "other": self.counterparts[side]}[
            key
        ]

    def said(self, text: str) -> str:
        """A text with *{own}*, *{side}* and *{other}* replaced by names."""
        if self.own is None:
            return text
        side = self.agency_sides[self.own]
        other = self.counterparts[side]
        named = {"{own}": self.names["agency"][self.own], "{side}": self.names["side"][side]}
        named["{other}"] = self.names["side"][self.ids["side"].index(other)] if other in self.ids["side"] else other
        for gap, name in named.items():
            text = text.replace(gap, name)
        return text


def _cell(number: int) -> Look:
    return lambda table: table.cell(number)


def key_sizes(names: Names, key: str) -> list[tuple[str, str, tuple[int, ...]]]:
    """For one key of a track: the ids, names and sides of its values (both sides for pairs)."""
    sides = list(zip(names.ids["side"], names.names["side"], strict=True))
    count = range(len(sides))
    if key == "pair":
        return [(f"{sides[i][0]}.{sides[j][0]}", say("{a} and {b}", a=sides[i][1], b=sides[j][1]), (i, j))
                for i in count for j in count if i < j]  # fmt: skip
    ids, titles = names.ids[key], names.names[key]
    owners = {"side": [(i,) for i in count], "agency": [(side,) for side in names.agency_sides]}
    return [(one, titles[i], owners[key][i] if key in owners else ()) for i, one in enumerate(ids)]
