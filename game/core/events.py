"""Events: everything that happened in a turn, so that it can be told, explained and rebuilt.

The set of changes is closed. A track *shifts*, a mark is *put* (a posture, a mechanism's status, a stage of something
under way), a unit *moves*, something is *noted* for this turn, something falls *due*. Beside them stand *rolls*,
*refusals* and what control *told* people, which change nothing.

An event is a named tuple, not a frozen attrs class like everything else of the engine: a turn makes dozens, and each is made
in a quarter of the time.
"""

from collections.abc import Iterable
from typing import NamedTuple

from attrs import frozen

SHIFT, PUT, MOVE, NOTE, DUE = "shift", "put", "move", "note", "due"
ROLL, PICK, REFUSAL, TOLD = "roll", "pick", "refusal", "told"
CHANGES = (SHIFT, PUT, MOVE, NOTE, DUE)


@frozen
class Part:
    """One labelled term of a sum, in the steps of the track that shifts."""

    label: str
    amount: int


@frozen
class Roll:
    """A draw of chance: hit when *drawn* (0 to 999) is below *chance* (permille).

    For a pick, *chance* is the count of things to pick from and *drawn* the one picked.
    """

    name: str
    address: int
    chance: int
    drawn: int

    @property
    def hit(self) -> bool:
        """Whether what was rolled for happened."""
        return self.drawn < self.chance


class Event(NamedTuple):
    """One thing that happened.

    Attributes:
        kind: one of the changes, or ``roll``, ``pick``, ``refusal`` or ``told``.
        rule: id of the scenario entry that spoke; *who* is the number of the agency or side for which it spoke.
        call: which performance of a rule in this turn, from 0; events of one performance share it.
        cell: the cell that changed, -1 for rolls and refusals.
        before, after: its values.
        parts: the terms of a shift. Their sum and the limits of the track give *after*.
        label: what to tell people.
        seen: the agencies that learn of it, one bit each.
        roll: for rolls.
    """

    kind: str
    rule: str
    who: int
    call: int
    cell: int
    before: int
    after: int
    parts: tuple[Part, ...]
    label: str
    seen: int
    roll: Roll | None = None

    @property
    def limited(self) -> int:
        """How much of a shift the limits of the track took away (0 when none)."""
        return self.after - self.before - sum(part.amount for part in self.parts) if self.kind == SHIFT else 0


def rebuilt(row: list[int], events: Iterable[Event]) -> list[int]:
    """The row of cells after *events*, from the row at the start of their turn (transient cells already cleared)."""
    row = list(row)
    for event in events:
        if event.kind in CHANGES:
            row[event.cell] = event.after
    return row
