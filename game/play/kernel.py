"""What compiled turns share, in the part of Python that `machine.py` translates: draws, and playing many runs.

All numbers are 64 bits and wrap around; *ushr* moves bits to the right as in a number without sign. Names in capitals
are rows. *SEAL* is the place of the fingerprint in a row at work, *FAULT* the place after it, which tells whether a body
looked where nothing stands, and *CELLS* the number of cells. What is drawn is what
`game.core.chance` draws, and the fingerprint that of `game.core.fingerprint`; tests hold them together.
"""

KERNEL = """
def stirred(x) -> int:
    x = (x ^ ushr(x, 30)) * 0xBF58476D1CE4E5B9
    x = (x ^ ushr(x, 27)) * 0x94D049BB133111EB
    return x ^ ushr(x, 31)

def drawn(key, place) -> int:
    return ushr(stirred(key + place * 0x9E3779B97F4A7C15), 32)

def folded(so_far, place, chance) -> int:
    x = (so_far ^ place ^ chance * 0x9E3779B97F4A7C15) * 0x9FB21C651E98DF25
    return x ^ ushr(x, 29)

def rolled(S, key, place, chance) -> bool:
    S[SEAL] = folded(S[SEAL], place, chance)
    return ushr(drawn(key, place) * 1000, 32) < chance

def picked(S, key, place, count) -> int:
    S[SEAL] = folded(S[SEAL], place, count)
    return drawn(key, place) * count >> 32

def among(S, index, count) -> int:
    if index < 0 or index >= count:
        S[FAULT] = 1
        return 0
    return index

def weighed(S, room, count) -> int:
    total = 0
    k = 0
    while k < count:
        if S[room + k] < 0:
            S[room + k] = 0
        total += S[room + k]
        k += 1
    return total

def lots(S, key, place, room, hold, groups, cells, codes, count):
    total = weighed(S, room, hold + 1)
    n = 0
    while n < count:
        left = ushr(drawn(key, place + (n << 14)) * total, 32)
        k = 0
        while k < hold and left >= S[room + k]:
            left -= S[room + k]
            k += 1
        if k < hold:
            S[S[cells + k]] = S[codes + k]
            group = S[groups + k]
            other = 0
            while other < hold:
                if S[groups + other] == group:
                    total -= S[room + other]
                    S[room + other] = 0
                other += 1
        n += 1

def way(S, key, place, room, count, cell, stride):
    left = ushr(drawn(key, place) * weighed(S, room, count), 32)
    number = 0
    while number < count:
        if left < S[room + number]:
            S[cell] += number * stride
            return
        left -= S[room + number]
        number += 1
"""
"""Draws, for the functions of a turn."""

DRIVER = """
def sealed(S, WEIGHTS) -> int:
    total = S[SEAL]
    k = 0
    while k < CELLS:
        total += S[k] * WEIGHTS[k]
        k += 1
    return stirred(total)

def turned(S, seed, turn, PASSING, FRESH, passing, ORDERED, GIVEN, ordered):
    k = 0
    while k < passing:
        S[PASSING[k]] = FRESH[k]
        k += 1
    key = stirred(seed * 0x9E3779B97F4A7C15 + turn * 0xD1342543DE82EF95 + 1)
    S[SEAL] = 0
    choose(S, key, turn)
    k = 0
    while k < ordered:
        S[ORDERED[k]] = GIVEN[k]
        k += 1
    play(S, key, turn)

def many(S, STARTS, starts, SEEDS, seeds, begin, end, PASSING, FRESH, passing, ORDERED, GIVEN, ordered, WEIGHTS, over,
         WANTED, wanted, ADDED, added, FOUND, SUMS, PRINTS, LENGTHS, ENDINGS, marked):
    run = 0
    at = 0
    found = 0
    sums = 0
    start = 0
    while run < seeds:
        k = 0
        while k < CELLS:
            S[k] = STARTS[start + k]
            k += 1
        start += CELLS
        if start == starts * CELLS:
            start = 0
        turn = begin
        while turn < end:
            if S[over] == 0:
                given = 0
                if turn == begin:
                    given = ordered
                turned(S, SEEDS[run], turn, PASSING, FRESH, passing, ORDERED, GIVEN, given)
                if marked != 0:
                    PRINTS[at] = sealed(S, WEIGHTS)
                LENGTHS[run] += 1
                k = 0
                while k < added:
                    SUMS[sums + k] += S[ADDED[k]]
                    k += 1
            k = 0
            while k < wanted:
                FOUND[found] = S[WANTED[k]]
                found += 1
                k += 1
            at += 1
            turn += 1
        ENDINGS[run] = S[over]
        sums += added
        run += 1
"""
"""Many runs, one after the other, on one row at work *S*. A run that has ended stays where it ended.

There are *starts* rows to begin with, taken in turn. Before each turn the cells *PASSING* get what stands in *FRESH*;
in the first turn the order cells *ORDERED* get the orders *GIVEN* in place of what was drawn. What is found: the cells
*WANTED* and the fingerprint after each turn, the cells *ADDED* up over the turns that were played, how many these were, and
the mark of the ending.
"""
