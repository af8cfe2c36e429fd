"""The ground of a sweep: the scenario's documents, one for each choice of variants, with a point's levels put in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import field, frozen

from game.core import Game
from game.play.sweep.design import Design, DesignProblem, Factor, Level, stop_if_wrong
from game.rules import Block
from game.scenario.bind import bind
from game.scenario.document import KINDS, Document
from game.scenario.gathering import Files
from game.scenario.problems import listed
from game.scenario.spots import Change, Spot, changed, spots_of
from game.words import say

Leaf: TypeAlias = tuple[str, ...]
"""Something that a file sets: kind and id of an entry, its key, and the key of a table under it."""


@frozen(eq=False)
class Ground:
    """Documents and their spots, each made once. *game* is the scenario with the design's own variants."""

    design: Design
    files: Files
    game: Game
    shelf: Sequence[Block]
    _known: dict[tuple[str, ...], tuple[Document, dict[str, Spot]]] = field(factory=dict, init=False)

    def variants(self, point: Sequence[Level]) -> tuple[str, ...]:
        """The variants at a point: the design's own, then those of its switches."""
        switched = [name for factor, level in zip(self.design.factors, point, strict=True) if not factor.number and level.value
                    for name in str(level.value).split("+")]  # fmt: skip
        return tuple(dict.fromkeys((*self.design.given.variants, *switched)))

    def with_variants(self, variants: tuple[str, ...]) -> Document:
        """The scenario with variants."""
        return self._made(variants)[0]

    def spots(self, variants: tuple[str, ...]) -> Mapping[str, Spot]:
        """The values of the scenario with variants, by name."""
        return self._made(variants)[1]

    def document(self, point: Sequence[Level]) -> Document:
        """The scenario with the levels of a point in place. Raises *DesignProblem* where a variant left no such value."""
        document, spots = self._made(self.variants(point))
        changes = []
        for factor, level in zip(self.design.factors, point, strict=True):
            spot = spots.get(factor.number)
            if spot:
                changes.append(Change(spot, level.value, level.origin))
            elif factor.number:
                raise DesignProblem(say("With the variants {variants} the scenario has no value '{name}'.",
                                        variants=listed(document.variants), name=factor.number))  # fmt: skip
        return changed(document, changes)

    def check(self, point: Sequence[Level]) -> None:
        """Bind a point as the scenario of an author is bound. Raises *DesignProblem* when it cannot be played."""
        document = self.document(point)
        if bind(document, self.shelf) is None:
            stop_if_wrong(document)

    def sets(self, factor: Factor) -> dict[Leaf, Any]:
        """What a factor sets, and to what at its last level."""
        if factor.number:
            spot = self.spots(tuple(self.design.given.variants)).get(factor.number)
            return {(spot.kind, spot.id, *map(str, spot.path)): None} if spot else {}
        known = self.files.variants or {}
        names = [name for level in factor.levels for name in str(level.value).split("+")]
        return {leaf: value for name in names if name in known for leaf, value in _leaves(known[name].table)}

    def _made(self, variants: tuple[str, ...]) -> tuple[Document, dict[str, Spot]]:
        if variants not in self._known:
            document = self.files.document(variants)
            self._known[variants] = document, spots_of(document, self.game, self.shelf)
        return self._known[variants]


def _leaves(table: Mapping[str, Any]) -> Iterator[tuple[Leaf, Any]]:
    """What a variant's file sets."""
    for kind, entries in table.items():
        if kind not in KINDS or not isinstance(entries, list):
            yield ("scenario", "", kind), entries
            continue
        for entry in entries:
            for key, value in entry.items() if isinstance(entry, dict) else ():
                if isinstance(value, dict):
                    yield from (((kind, str(entry.get("id")), key, inner), one) for inner, one in value.items())
                elif key != "id":
                    yield (kind, str(entry.get("id")), key), value


def shared(own: Mapping[Leaf, Any], theirs: Mapping[Leaf, Any]) -> Leaf | None:
    """Something that both set to different values, or that one sets as a whole and the other in part."""
    for some, others in ((own, theirs), (theirs, own)):
        parts = {leaf[:end]: leaf for leaf in others for end in range(3, len(leaf))}
        for leaf, value in some.items():
            if leaf in parts:
                return parts[leaf]
            if leaf in others and (value is None or others[leaf] != value):
                return leaf
    return None
