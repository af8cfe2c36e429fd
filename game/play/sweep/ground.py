"""The ground of a sweep: the scenario's documents, one for each choice of variants, with a point's levels put in."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from game.core import Game
from game.play.sweep.design import Design, DesignProblem, Level
from game.rules import Block
from game.scenario.document import Document, Files
from game.scenario.problems import listed
from game.scenario.spots import Change, Spot, changed, spots_of
from game.words import say


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

    def _made(self, variants: tuple[str, ...]) -> tuple[Document, dict[str, Spot]]:
        if variants not in self._known:
            document = self.files.document(variants)
            self._known[variants] = document, spots_of(document, self.game, self.shelf)
        return self._known[variants]
