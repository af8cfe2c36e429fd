"""Chance with addresses: a draw depends on what is drawn, never on what was drawn before.

A draw mixes the seed, the turn and an *address*: which entry of the scenario draws, for whom, the how-manieth time and
about what. A new rule, or another seat's extra order, therefore changes no other draw, and two variants of a scenario
can be compared run by run. Whole numbers only, so every machine draws the same.

The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators", with the constants of Stafford's variant 13). Names become numbers by FNV-1a (Fowler, Noll and Vo).
"""

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio: the step of SplitMix64."""
TURN_STEP = 0xD1342543DE82EF95
"""An odd multiplier that keeps the keys of successive turns apart (Steele and Vigna 2021, table of multipliers)."""

WHO_LIMIT, NTH_LIMIT, SUBJECT_LIMIT = 1 << 8, 1 << 6, 1 << 14
"""How many agencies or sides, repetitions and subjects an address can tell apart; the entry takes the other 36 bits."""


def mix(x: int) -> int:
    """A 64-bit number stirred so that neighbours share nothing."""
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & MASK
    return x ^ (x >> 31)


def turn_key(seed: int, turn: int) -> int:
    """The key of one turn of one run, with which every address of that turn is mixed."""
    return mix((seed * GOLDEN + turn * TURN_STEP + 1) & MASK)


def entry_number(name: str) -> int:
    """A stable 36-bit number for the name of what draws, so that adding an entry renumbers no other."""
    number = 0xCBF29CE484222325
    for byte in name.encode():
        number = (number ^ byte) * 0x100000001B3 & MASK
    return number >> 28


def address(entry: int, who: int, nth: int, subject: int) -> int:
    """Where a draw stands: entry (36 bits), who (8), nth (6), subject (14), each in bits of its own."""
    return entry << 28 | who << 20 | nth << 14 | subject


def drawn(key: int, place: int) -> int:
    """The draw at an address: 32 bits."""
    x = (key + place * GOLDEN) & MASK
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & MASK
    return (x ^ (x >> 31)) >> 32


def permille(key: int, place: int) -> int:
    """The draw at an address as 0 to 999; a chance of c permille is met when it is below c."""
    return drawn(key, place) * 1000 >> 32


def pick(key: int, place: int, count: int) -> int:
    """The draw at an address as 0 to count - 1; 0 when there is nothing to pick from."""
    return drawn(key, place) * count >> 32


def lots(row: list[int], key: int, place: int, weights: list[int], groups: tuple[int, ...],
         cells: tuple[int, ...], codes: tuple[int, ...], count: int) -> None:  # fmt: skip
    """Draw *count* orders by weight, at most one of each group, and put them into the order cells of *row*.

    The last weight is that of holding: drawing it uses up one of the orders and puts nothing. A weight of 0 or less is
    never drawn. Row, place and weights are per agency.
    """
    hold = len(weights) - 1
    weights = [weight if weight > 0 else 0 for weight in weights]
    total = sum(weights)
    for n in range(count):
        left = drawn(key, place + (n << 14)) * total >> 32
        k = 0
        for weight in weights:
            if left < weight:
                break
            left -= weight
            k += 1
        if k < hold:
            row[cells[k]] = codes[k]
            group = groups[k]
            for other, same in enumerate(groups):
                if same == group:
                    total -= weights[other]
                    weights[other] = 0


def way(row: list[int], key: int, place: int, weights: list[int], cell: int, stride: int) -> None:
    """Draw a way of a detail by weight and add it to the order in *cell*; nothing is added when no weight is above
    0.
    """
    left = drawn(key, place) * sum(max(weight, 0) for weight in weights) >> 32
    for number, weight in enumerate(weights):
        if left < weight:
            row[cell] += number * stride
            return
        left -= max(weight, 0)
