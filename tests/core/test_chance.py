from math import sqrt

from hypothesis import given
from hypothesis import strategies as st

from game.core import chance

PLACES = st.tuples(
    st.integers(0, (1 << 36) - 1),
    st.integers(0, chance.WHO_LIMIT - 1),
    st.integers(0, chance.NTH_LIMIT - 1),
    st.integers(0, chance.SUBJECT_LIMIT - 1),
)


def chi_square(counts: list[int]) -> float:
    """How far counts are from being all alike; about the number of counts when they come from chance."""
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 for count in counts) / expected


def fair(counts: list[int]) -> bool:
    """Whether counts differ as chance lets them: neither too much nor too little, at four standard deviations."""
    freedom = len(counts) - 1
    return abs(chi_square(counts) - freedom) < 4 * sqrt(2 * freedom)


def test_names_become_the_numbers_of_fnv_1a_and_keys_those_of_splitmix() -> None:
    # Test vectors of the FNV page (64 bits, of which 36 are kept) and the first outputs of SplitMix64 from seed 0.
    assert chance.entry_number("") == 0xCBF29CE484222325 >> 28
    assert chance.entry_number("a") == 0xAF63DC4C8601EC8C >> 28
    assert chance.entry_number("foobar") == 0x85944171F73967E8 >> 28
    assert chance.mix(chance.GOLDEN) == 0xE220A8397B1DCDAF
    assert chance.mix(2 * chance.GOLDEN & chance.MASK) == 0x6E789E6AA1B965F4
    assert chance.drawn(0, 1) == 0xE220A8397B1DCDAF >> 32


@given(PLACES, PLACES)
def test_two_places_never_share_an_address(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> None:
    assert (chance.address(*one) == chance.address(*other)) == (one == other)
    assert 0 <= chance.address(*one) < 1 << 64


def test_no_two_turns_of_any_runs_share_a_key() -> None:
    keys = {chance.turn_key(seed, turn) for seed in range(400) for turn in range(400)}
    assert len(keys) == 400 * 400


def test_permille_is_uniform_over_seeds_turns_and_neighbouring_addresses() -> None:
    entry = chance.entry_number("rule.crossing/it crosses")
    samples = {
        "seeds": [chance.permille(chance.turn_key(seed, 3), chance.address(entry, 1, 0, 2)) for seed in range(100_000)],
        "turns": [chance.permille(chance.turn_key(7, turn), chance.address(entry, 1, 0, 2)) for turn in range(100_000)],
        "subjects": [chance.permille(chance.turn_key(seed, 0), chance.address(entry, 0, 0, subject))
                     for seed in range(10) for subject in range(10_000)],
    }  # fmt: skip
    for name, sample in samples.items():
        counts = [0] * 1000
        pairs = [0] * 100
        for one, after in zip(sample, [*sample[1:], sample[0]], strict=True):
            counts[one] += 1
            pairs[one // 100 * 10 + after // 100] += 1
        assert fair(counts), name
        assert fair(pairs), f"neighbouring {name} share something"


@given(st.integers(0, chance.MASK), PLACES, st.integers(1, 5000))
def test_a_pick_is_one_of_the_things_and_a_permille_one_of_a_thousand(
    key: int, place: tuple[int, int, int, int], count: int
) -> None:
    assert 0 <= chance.pick(key, chance.address(*place), count) < count
    assert 0 <= chance.permille(key, chance.address(*place)) < 1000


def drawn_lots(weights: list[int], groups: tuple[int, ...], count: int, seed: int) -> list[int]:
    """The orders that one agency's lots fall on."""
    row = [0] * len(groups)
    chance.lots(
        row, chance.turn_key(seed, 0), 0, list(weights), groups, tuple(range(len(groups))), (1,) * len(groups), count
    )
    return [k for k, given in enumerate(row) if given]


def test_lots_fall_by_weight_never_on_nothing_and_at_times_on_holding() -> None:
    weights, rounds = [10, 30, 0, -5, 60, 100], 20_000
    found = [0] * 5
    for seed in range(rounds):
        for k in drawn_lots(weights, (0, 1, 2, 3, 4), 1, seed):
            found[k] += 1
    assert found[2] == found[3] == 0
    for k in (0, 1, 4):
        share = weights[k] / 200
        assert abs(found[k] - rounds * share) < 4 * sqrt(rounds * share * (1 - share))


def test_a_second_lot_falls_by_the_weights_that_are_left() -> None:
    rounds, both = 20_000, 0
    for seed in range(rounds):
        both += drawn_lots([10, 30, 60], (0, 1), 2, seed) == [0, 1]
    share = 0.1 * 30 / 90 + 0.3 * 10 / 70
    assert abs(both - rounds * share) < 4 * sqrt(rounds * share * (1 - share))


@given(
    st.lists(st.tuples(st.integers(-3, 50), st.integers(0, 4)), max_size=12),
    st.integers(0, 50),
    st.integers(0, 6),
    st.integers(0, chance.MASK),
)
def test_lots_fall_at_most_once_in_each_group(lots: list[tuple[int, int]], hold: int, count: int, seed: int) -> None:
    groups = tuple(group for _, group in lots)
    found = drawn_lots([weight for weight, _ in lots] + [hold], groups, count, seed)
    assert len(found) <= count
    assert len({groups[k] for k in found}) == len(found)
    assert all(lots[k][0] > 0 for k in found)
    if hold == 0:
        assert len(found) == min(count, len({group for weight, group in lots if weight > 0}))
