"""Whose eyes a turn is told for: one agency's, those of all agencies together, or control's."""

from collections.abc import Sequence

from attrs import frozen

from game.core import Event, Game, Order
from game.core.model import Track
from game.core.view import OWN_BUSINESS
from game.play.session import Moment


@frozen
class Reader:
    """What may be shown.

    *bits* are the agencies that must all know a thing, None for control, who knows everything; *number* is that of a
    single agency, -1 for several.
    """

    game: Game
    bits: int | None
    number: int = -1

    @classmethod
    def of(cls, game: Game, agency: str | None, *, everything: bool = False) -> "Reader":
        """The reader that sits as an agency, all agencies together, or control. *KeyError* for an unknown agency."""
        if everything:
            return cls(game, None)
        if agency is None:
            return cls(game, game.everyone)
        number = game.agency_number(agency)
        return cls(game, 1 << number, number)

    @property
    def all(self) -> bool:
        """Whether nothing is hidden."""
        return self.bits is None

    def learns(self, seen: int) -> bool:
        """Whether the reader may know what these agencies know."""
        return self.bits is None or seen & self.bits == self.bits

    def track_shown(self, event: Event) -> Track | None:
        """The track of the value that changed, if it may be named: the reader may know it, and it is nobody's books."""
        if event.cell < 0:
            return None
        track = self.game.track_of(event.cell)
        number = event.cell - track.first
        named = track.id not in OWN_BUSINESS and track.titles[number]
        return track if named and self.learns(track.seen[number]) else None

    def declared(self, event: Event) -> bool:
        """Whether the entry that spoke names the reader among those who learn of its links."""
        rule = next((one for rules in self.game.rules.values() for one in rules if one.id == event.rule), None)
        known_to = getattr(rule.parameters, "known_to", ()) if rule else ()
        return self.learns(sum(1 << agency for agency in set(known_to))) if known_to else False

    # ---- units and places
    def units(self, event: Event) -> tuple[int, ...]:
        """The unit whose value changed."""
        key = self._key(event, "unit")
        return () if key is None else (key,)

    def units_ordered(self, order: Order | None) -> tuple[int, ...]:
        """The units of an agency that an order of its own is about."""
        if order is None:
            return ()
        action = next(a for a in self.game.actions
                      if a.id == order.action and self.game.agencies[a.agency].id == order.agency)  # fmt: skip
        named = [getattr(effect.parameters, "unit", None) for effect in action.effects]
        return tuple(dict.fromkeys(k for k in named if isinstance(k, int) and k >= 0))

    def zone(self, event: Event) -> str:
        """The zone that a change names by itself: a value of that zone, or of a unit's place."""
        key = self._key(event, "zone")
        if key is not None:
            return self.game.zones[key].id
        track = self.track_shown(event)
        return self._zone_meant(track, event.after) if track is not None and track.id in ("at", "plot") else ""

    def place(self, moment: Moment, units: Sequence[int]) -> str:
        """Where the reader knows one of these units to be, or last saw it, when the turn was over."""
        return next((place for unit in units if (place := self._place(moment, unit))), "")

    def _place(self, moment: Moment, unit: int) -> str:
        at, plot = self.game.tracks["at"], self.game.tracks.get("plot")
        cells = [(at, at.cell(unit))]
        if plot is not None and plot.keys == ("side", "unit"):
            cells += [(plot, plot.cell(side, unit)) for side in range(plot.shape[0])]
        shown = (
            self._zone_meant(track, moment.after.row[cell])
            for track, cell in cells
            if self.learns(track.seen[cell - track.first])
        )
        return next((zone for zone in shown if zone), "")

    def _zone_meant(self, track: Track, value: int) -> str:
        word = track.words[value] if track.words else ""
        return word if any(zone.id == word for zone in self.game.zones) else ""

    def _key(self, event: Event, key: str) -> int | None:
        """What the value that changed is kept by, of this kind; None where it may not be named."""
        track = self.track_shown(event)
        if track is None or key not in track.keys:
            return None
        return divmod(event.cell - track.first, track.shape[1])[track.keys.index(key)]
