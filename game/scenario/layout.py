"""Laying out the cells: each track gets its block, its labels and those who may know it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from game.core.model import Track
from game.rules.mechanisms import STATUS
from game.scenario.desk import MOST_MEMBERS, Desk
from game.scenario.document import Entry
from game.scenario.names import key_sizes
from game.scenario.problems import brief, kind_of, listed
from game.scenario.schema import KEYS, TrackEntry
from game.words import say

LIMIT = 4000
"""The most cells that one track may have."""
TOTAL = 20_000
"""The most cells that all tracks may have together."""

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_SIGNS = frozenset({"and", "or", "not", "true", "false"})


class Layout:
    """Tracks one after another in a row of cells."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.first = 0
        self.everyone = (1 << len(desk.ids["agency"])) - 1

    def own(self, track_id: str, name: str, labels: Sequence[str], titles: Sequence[str], seen: Sequence[int], *, lasting: bool,
            words: Sequence[str] = (), start: Sequence[int] = (), high: int = 1 << 30) -> Track:  # fmt: skip
        """A track of the engine's own bookkeeping, one row of cells."""
        count = len(labels)
        track = Track(track_id, name, "", (), (count, 1), self.first, 0, high, tuple(words), tuple(start) or (0,) * count,
                      tuple(seen), tuple(labels), tuple(titles), lasting)  # fmt: skip
        return self._add(track)

    def _add(self, track: Track) -> Track:
        self.first += track.size
        self.desk.tracks[track.id] = track
        return track

    def declared(self, item: TrackEntry, entry: Entry) -> Track | None:
        """A track that the scenario declares; *None* when its keys, limits or start are wrong."""
        report = self.desk.document.report
        if item.id in self.desk.tracks:
            report(
                "SCN401",
                entry,
                ("id",),
                say("The engine keeps a track '{name}' of its own; choose another id.", name=item.id),
            )
            return None
        words = self._words(item)
        if not self._good_keys(item, entry) or not self._good_words(words, entry):
            return None
        low, high = (0, len(words) - 1) if words else (item.low, item.high)
        if high <= low and not words:
            message = say("The upper limit {high} is not above the lower limit {low}.", high=high, low=low)
            report("SCN404", entry, ("high",), message, say("Write low and high, or words for a mark."))
            return None
        axes = [key_sizes(self.desk, key) for key in (("side", "side") if item.keys == ("toward",) else item.keys)]
        cells: list[tuple[tuple[int, ...], str, str]] = [((), "", "")]
        if axes:
            cells = [((i,), a[0], a[1]) for i, a in enumerate(axes[0])]
        if len(axes) == 2:
            cells = [((*k, j), f"{label}.{b[0]}", say("{a}, {b}", a=title, b=b[1]))
                     for k, label, title in cells for j, b in enumerate(axes[1])]  # fmt: skip
        if not cells:
            message = say(
                "This scenario has too few entries for a track kept by {keys}: it would have no cells.",
                keys=listed(item.keys),
            )
            report("SCN405", entry, ("keys",), message)
            return None
        if len(cells) > min(LIMIT, TOTAL - self.first):
            limit = min(LIMIT, max(TOTAL - self.first, 0))
            report(
                "SCN405",
                entry,
                ("keys",),
                say("The track would have {count} cells; at most {limit} are possible.", count=len(cells), limit=limit),
            )
            return None
        shape = (len(axes[0]) if axes else 1, len(axes[1]) if len(axes) == 2 else 1)
        labels = tuple(label for _, label, _ in cells)
        start = self._start(item, entry, labels, words, low, high)
        seen = self._seen(item, entry, [numbers for numbers, _, _ in cells])
        if start is None or seen is None:
            return None
        titles = tuple(f"{item.name}: {title}" if title else item.name for _, _, title in cells)
        if item.keys == ("toward",):
            names = self.desk.names["side"]
            titles = tuple(
                say("{name}: {a} of {b}", name=item.name, a=names[k[0]], b=names[k[1]]) if k[0] != k[1] else ""
                for k, _, _ in cells
            )
            seen = tuple(0 if k[0] == k[1] else mask for mask, (k, _, _) in zip(seen, cells, strict=True))
        return self._add(Track(item.id, item.name, item.unit, item.keys, shape, self.first, low, high, words, start, seen, labels,
                               titles, item.lasting, item.source, item.meaning))  # fmt: skip

    def _good_keys(self, item: TrackEntry, entry: Entry) -> bool:
        """Whether a track can be kept by its keys; else the mistake is reported."""
        report = self.desk.document.report
        for number, key in enumerate(item.keys):
            if key not in KEYS:
                message = say("No track is kept by '{key}'. Known: {known}.", key=brief(key), known=listed(KEYS))
                report("SCN402", entry, ("keys", number), message, self.desk.near(key, KEYS))
                return False
        if len(item.keys) > (1 if {"pair", "toward"} & set(item.keys) else 2):
            message = say("A track is kept by at most two keys, and 'pair' or 'toward' stand alone.")
            report("SCN403", entry, ("keys",), message)
            return False
        return True

    def _good_words(self, words: Sequence[str], entry: Entry) -> bool:
        """Whether expressions can name the words of a mark; else the mistake is reported."""
        report = self.desk.document.report
        for number, word in enumerate(words):
            if not _WORD.fullmatch(word) or word in _SIGNS:
                message = say("'{word}' cannot be a word of a mark.", word=brief(word))
                hint = say("Write Latin letters, digits, and _ for blanks; and, or, not, true and false are taken.")
                report("SCN408", entry, ("words", number), message, hint)
                return False
            if words.index(word) < number:
                message = say("The word '{word}' stands twice in this mark.", word=word)
                report("SCN409", entry, ("words", number), message)
                return False
        return True

    def _words(self, item: TrackEntry) -> tuple[str, ...]:
        """A mark's words; *zones* stands for nowhere and all zones, *statuses* for those of a mechanism."""
        if item.words == ("zones",):
            return ("unknown", *self.desk.ids["zone"])
        return STATUS if item.words == ("statuses",) else item.words

    def _start(self, item: TrackEntry, entry: Entry, labels: Sequence[str], words: Sequence[str], low: int,
               high: int) -> tuple[int, ...] | None:  # fmt: skip
        given: Mapping[str, Any] = item.start if isinstance(item.start, dict) else dict.fromkeys(labels, item.start)
        values = dict.fromkeys(labels, max(low, min(high, 0)))
        for label, raw in given.items():
            known = label if label in values else ".".join(reversed(label.split(".")))
            at = ("start", label) if isinstance(item.start, dict) else ("start",)
            if known not in values or (known != label and item.keys != ("pair",)):
                close = self.desk.near(label, labels)
                hint = close or say(
                    "Its cells: {labels}.", labels=listed(labels) if any(labels) else say("one alone, without a name")
                )
                message = say("The track '{id}' has no cell '{label}'.", id=item.id, label=brief(label))
                self.desk.document.report("SCN410", entry, at, message, hint, at_key=True)
                return None
            value = words.index(raw) if isinstance(raw, str) and raw in words else raw
            if type(value) is not int or not low <= value <= high:
                allowed = listed(words) if words else say("a whole number from {low} to {high}", low=low, high=high)
                found = f"'{brief(raw)}'" if isinstance(raw, str) else str(raw) if type(raw) is int else kind_of(raw)
                message = say(
                    "The track '{id}' cannot start at {found}; expected is {allowed}.",
                    id=item.id,
                    found=found,
                    allowed=allowed,
                )
                self.desk.document.report(
                    "SCN406", entry, at, message, self.desk.near(raw, words) if isinstance(raw, str) else ""
                )
                return None
            values[known] = value
        return tuple(values.values())

    def _seen(self, item: TrackEntry, entry: Entry, cells: Sequence[tuple[int, ...]]) -> tuple[int, ...] | None:
        masks = []
        for numbers in cells:
            mask = self.seen(item.seen, item.keys, numbers, entry)
            if mask is None:
                return None
            masks.append(mask)
        return tuple(masks)

    def side_mask(self, side: int) -> int:
        """The bits of the agencies of a side."""
        return sum(1 << number for number, one in enumerate(self.desk.agency_sides) if one == side)

    def commander_mask(self, unit: int) -> int:
        """The bit of the agency that commands a unit; of none for civilians, whom only watching shows."""
        commander = self.desk.commanders[unit]
        return 1 << commander if commander >= 0 else 0

    def seen(
        self, raw: Any, keys: Sequence[str], numbers: Sequence[int], entry: Entry, path: str = "seen"
    ) -> int | None:
        """Who may know a cell, by the author's word for it; *None* once a mistake is reported."""
        if raw == "all":
            return self.everyone
        if raw == "control":
            return 0
        if isinstance(raw, list) and len(raw) <= MOST_MEMBERS and all(one in self.desk.ids["agency"] for one in raw):
            return sum(1 << self.desk.ids["agency"].index(one) for one in set(raw))
        sides = self._sides(keys, numbers)
        if raw in ("own", "side") and keys[:1] == ("agency",) and raw == "own":
            return 1 << numbers[0]
        if raw in ("own", "side") and sides:
            return self.side_mask(sides[0])
        if raw == "commander" and tuple(keys) == ("unit",):
            return self.commander_mask(numbers[0])
        if raw == "both" and sides:
            return sum(self.side_mask(side) for side in set(sides))
        if raw == "ends" and tuple(keys) == ("mechanism", "side"):
            mechanism = self.desk.document.entries["mechanism"][self.desk.ids["mechanism"][numbers[0]]]
            known = mechanism.table.get("known_to", [])
            known = known[:MOST_MEMBERS] if isinstance(known, list) else []
            ends = [self.desk.ids["agency"].index(one) for one in known if one in self.desk.ids["agency"]]
            return sum(1 << one for one in ends if self.desk.agency_sides[one] == numbers[1])
        self._seen_by_nobody(raw, entry, path)
        return None

    def _seen_by_nobody(self, raw: Any, entry: Entry, path: str) -> None:
        """Report what does not say who may know something."""
        report, agencies = self.desk.document.report, self.desk.ids["agency"]
        if isinstance(raw, list) and len(raw) > MOST_MEMBERS:
            message = say(
                "This list has {count} entries; at most {most} are possible.", count=len(raw), most=MOST_MEMBERS
            )
            report("SCN329", entry, (path,), message)
            return
        if isinstance(raw, list):
            for number, one in enumerate(raw):
                if one not in agencies:
                    hint = self.desk.near(str(one), agencies) or say("Known: {known}.", known=listed(agencies))
                    message = say("No agency is called '{name}'.", name=brief(str(one)))
                    report("SCN411", entry, (path, number), message, hint)
            return
        known = ("all", "own", "side", "commander", "both", "ends", "control") if path == "seen" else ("all",)
        found = f"'{brief(raw)}'" if isinstance(raw, str) else kind_of(raw)
        if raw in known:
            message = say("{found} says nothing here: it depends on what the track is kept by.", found=found)
        else:
            message = say("{found} does not say who may know it.", found=found)
        report(
            "SCN407", entry, (path,), message, say("Write one of {known}, or a list of agencies.", known=listed(known))
        )

    def _sides(self, keys: Sequence[str], numbers: Sequence[int]) -> tuple[int, ...]:
        """The sides that the keys of a cell belong to."""
        if tuple(keys) == ("pair",):
            return key_sizes(self.desk, "pair")[numbers[0]][2]
        if tuple(keys) == ("toward",):
            return tuple(numbers)
        found: list[int] = []
        for key, number in zip(keys, numbers, strict=True):
            if key == "side":
                found.append(number)
            elif key == "agency":
                found.append(self.desk.agency_sides[number])
            elif key == "unit":
                found.append(self.desk.unit_sides[number])
        return tuple(found)
