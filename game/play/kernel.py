"""What compiled turns share, in the part of Python that `machine.py` translates: draws, and playing many runs.

All numbers are 64 bits and wrap around; *ushr* moves bits to the right as in a number without sign. Names in capitals
are rows; *S[k:]* is the part of a row from a place on. A row at work is *WIDE*: *CELLS* are its cells, *SEAL* is the place of the
fingerprint, and *FAULT* the place after it, which tells whether a body looked where nothing stands. What is drawn is what
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

def lots(S, N, key, place, room, hold, groups, cells, codes, count):
    total = weighed(S, room, hold + 1)
    n = 0
    while n < count:
        left = ushr(drawn(key, place + (n << 14)) * total, 32)
        k = 0
        while k < hold and left >= S[room + k]:
            left -= S[room + k]
            k += 1
        if k < hold:
            S[N[cells + k]] = N[codes + k]
            group = N[groups + k]
            other = 0
            while other < hold:
                if N[groups + other] == group:
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

def copied(S, FROM, count):
    k = 0
    while k < count:
        S[k] = FROM[k]
        k += 1

def put(S, PLACES, VALUES, count):
    k = 0
    while k < count:
        S[PLACES[k]] = VALUES[k]
        k += 1

def begun(S, AT, KEYS, SEEDS, runs, turn, PASSING, FRESH, passing, over) -> int:
    live = 0
    k = 0
    while k < runs:
        if S[k * WIDE + over] == 0:
            AT[live] = k * WIDE
            KEYS[live] = stirred(SEEDS[k] * 0x9E3779B97F4A7C15 + turn * 0xD1342543DE82EF95 + 1)
            put(S[k * WIDE:], PASSING, FRESH, passing)
            S[k * WIDE + SEAL] = 0
            live += 1
        k += 1
    return live

def noted(S, AT, live, turns, ADDED, added, SUMS, WEIGHTS, PRINTS, LENGTHS, marked):
    k = 0
    while k < live:
        run = AT[k] // WIDE
        if marked != 0:
            PRINTS[run * turns] = sealed(S[AT[k]:], WEIGHTS)
        LENGTHS[run] += 1
        n = 0
        while n < added:
            SUMS[run * added + n] += S[AT[k] + ADDED[n]]
            n += 1
        k += 1

def found(S, runs, turns, WANTED, wanted, FOUND):
    k = 0
    while k < runs:
        n = 0
        while n < wanted:
            FOUND[k * turns * wanted + n] = S[k * WIDE + WANTED[n]]
            n += 1
        k += 1

def many(S, N, AT, KEYS, block, STARTS, starts, SEEDS, seeds, begin, end, PASSING, FRESH, passing, ORDERED, GIVEN, ordered,
         WEIGHTS, over, WANTED, wanted, ADDED, added, FOUND, SUMS, PRINTS, LENGTHS, ENDINGS, marked):
    turns = end - begin
    first = 0
    start = 0
    while first < seeds:
        runs = block if block < seeds - first else seeds - first
        k = 0
        while k < runs:
            copied(S[k * WIDE:], STARTS[start * CELLS:], CELLS)
            start = start + 1 if start + 1 < starts else 0
            k += 1
        turn = begin
        while turn < end:
            live = begun(S, AT, KEYS, SEEDS[first:], runs, turn, PASSING, FRESH, passing, over)
            choose_all(S, N, AT, KEYS, live, turn)
            k = 0
            while turn == begin and k < live:
                put(S[AT[k]:], ORDERED, GIVEN, ordered)
                k += 1
            play_all(S, N, AT, KEYS, live, turn)
            noted(S, AT, live, turns, ADDED, added, SUMS[first * added:], WEIGHTS, PRINTS[first * turns + turn - begin:],
                  LENGTHS[first:], marked)
            found(S, runs, turns, WANTED, wanted, FOUND[(first * turns + turn - begin) * wanted:])
            turn += 1
        k = 0
        while k < runs:
            ENDINGS[first + k] = S[k * WIDE + over]
            k += 1
        first += runs
"""
"""Many runs, *block* of them side by side on as many rows at work in *S*. A run that has ended stays where it ended.

There are *starts* rows to begin with, taken in turn. Before each turn the cells *PASSING* get what stands in *FRESH*;
in the first turn the order cells *ORDERED* get the orders *GIVEN* in place of what was drawn. What is found: the cells
*WANTED* and the fingerprint after each turn, the cells *ADDED* up over the turns that were played, how many these were, and
the mark of the ending. *AT* and *KEYS* tell where the rows of the runs that go on begin, and the keys of their draws.
"""
