"""A turn's fingerprint as one number, folded step by step, so that every form of a turn can compute it as it plays.

The digest of `state.py` is a hash of texts, which compiled code cannot make. This one takes whole numbers of 64 bits
alone: each roll's address and chance in the order in which they are drawn, and then every cell. The cells are added up,
each times an odd number of its own: a sum has no order, so that it costs little, and a cell that differs always shows
(Carter and Wegman 1979, "Universal classes of hash functions").
"""

from collections.abc import Sequence
from functools import lru_cache

from game.core.chance import GOLDEN, MASK, mix
from game.core.events import Event

FOLD = 0x9FB21C651E98DF25
"""An odd multiplier without pattern (the constant of Pelle Evensen's rrxmrrxmsx_0, 2018)."""


def folded(so_far: int, address: int, chance: int) -> int:
    """The fingerprint of the rolls so far with one more: where it stands and how likely it was."""
    x = (so_far ^ address ^ chance * GOLDEN) * FOLD & MASK
    return x ^ (x >> 29)


@lru_cache(maxsize=16)
def cell_weights(count: int) -> tuple[int, ...]:
    """The odd number that each of so many cells is multiplied with."""
    return tuple(mix(cell * GOLDEN + 1 & MASK) | 1 for cell in range(count))


def sealed(rolls: int, row: Sequence[int]) -> int:
    """The fingerprint of a turn, from that of its rolls and the cells at its end."""
    total = sum([value * weight for value, weight in zip(row, cell_weights(len(row)), strict=True) if value])
    return mix((rolls + total) & MASK)


def rolls_of(events: Sequence[Event]) -> int:
    """The fingerprint of the rolls of a turn that was recorded."""
    rolls = 0
    for event in events:
        if event.roll is not None:
            rolls = folded(rolls, event.roll.address, event.roll.chance)
    return rolls


def fingerprint(row: Sequence[int], events: Sequence[Event]) -> int:
    """The fingerprint of a turn that was recorded."""
    return sealed(rolls_of(events), row)
