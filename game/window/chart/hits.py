"""What may lie under the pointer besides pieces: places and zones, with what a hover card says of them."""

from attrs import frozen

from game.core.model import Zone
from game.scenario.map import Place
from game.window.chart.counters import Piece
from game.words import say


@frozen
class PlaceHit:
    """A named place."""

    place: Place

    @property
    def title(self) -> str:
        """The head of its hover card."""
        return self.place.names.en

    @property
    def lines(self) -> tuple[str, ...]:
        """What its hover card says below its name."""
        names = self.place.names
        forms = dict.fromkeys(one for one in (names.ja, names.zh, names.zh_hant) if one)
        return tuple(one for one in (" · ".join(forms), self.place.role) if one)


@frozen
class ZoneHit:
    """A zone in play."""

    zone: Zone

    @property
    def title(self) -> str:
        """The head of its hover card."""
        return self.zone.name

    @property
    def lines(self) -> tuple[str, ...]:
        """What its hover card says below its name."""
        said = [one for one in self.zone.names if one]
        said.append(legal_word(self.zone.legal))
        return tuple(one for one in said if one)


Hit = Piece | PlaceHit | ZoneHit
"""What may lie under the pointer."""


def legal_word(legal: str) -> str:
    """A class of waters of the game as people call it; it is no legal opinion."""
    words = {
        "territorial_sea": say("Within 12 nm of the contested islets"),
        "contiguous_zone": say("12 to 24 nm from the contested islets"),
        "coastal_waters": say("Coastal waters"),
        "eez_overlap": say("Overlapping claims beyond 12 nm"),
        "international_strait": say("International strait"),
        "high_sea_corridor": say("Passage with a corridor of high seas"),
        "eez": say("Exclusive economic zone"),
    }
    return words.get(legal, legal.replace("_", " "))
