"""A proposal of who sits where is fair: never across sides, nobody without an agency, balanced by what one can do."""

import itertools

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core import Game
from game.core.model import Agency, Side
from game.play.seats import proposed, shared


def with_agencies(game: Game, attention: list[list[int]]) -> Game:
    """A game whose sides have agencies with these attentions."""
    agencies = [
        Agency(f"a{side}_{place}", f"Agency {place} of {side}", side, most)
        for side, own in enumerate(attention)
        for place, most in enumerate(own)
    ]
    sides = tuple(Side(f"s{number}", f"Side {number}") for number in range(len(attention)))
    return attrs.evolve(game, agencies=tuple(agencies), sides=sides)


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), min_size=1, max_size=4), st.integers(0, 30))
def test_every_proposal_is_a_split(game: Game, attention: list[list[int]], count: int) -> None:
    made = with_agencies(game, attention)
    people = proposed(made, count)
    sides = {agency.id: agency.side for agency in made.agencies}
    held = [name for person in people for name in person]
    assert len(people) == min(count, len(made.agencies))
    assert all(people)
    assert len(held) == len(set(held))
    assert all(len({sides[name] for name in person}) == 1 for person in people)
    # A side is taken whole or left to the computer.
    played = {sides[name] for name in held}
    assert set(held) == {name for name, side in sides.items() if side in played}
    assert proposed(made, count) == people


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.data())
def test_within_a_side_no_other_cuts_are_fairer(game: Game, attention: list[int], data: st.DataObject) -> None:
    made = with_agencies(game, [attention])
    number = data.draw(st.integers(1, len(attention)))
    people = shared(made.agencies, number)
    assert [name for held in people for name in held] == [agency.id for agency in made.agencies]

    def squares(cuts: tuple[int, ...]) -> int:
        return sum(sum(attention[a:b]) ** 2 for a, b in itertools.pairwise((0, *cuts, len(attention))))

    fairest = min(map(squares, itertools.combinations(range(1, len(attention)), number - 1)))
    assert squares(tuple(itertools.accumulate(map(len, people[:-1])))) == fairest


def test_many_agencies_are_shared_quickly(game: Game) -> None:
    made = with_agencies(game, [[1, 2, 3, 4] * 10])
    assert sum(map(len, shared(made.agencies, 20))) == 40


def test_two_people_are_the_two_main_sides_and_the_computer_keeps_third_parties(game: Game) -> None:
    twelve = with_agencies(game, [[3, 3, 2, 2, 2], [3, 2, 2, 2, 2], [1], [2]])
    assert [len(person) for person in proposed(twelve, 2)] == [5, 5]
    assert [len(person) for person in proposed(twelve, 4)] == [2, 3, 2, 3]
    assert len({name for person in proposed(twelve, 9) for name in person}) == 11
    assert sorted(map(len, proposed(twelve, 10))) == [1] * 9 + [2]
    assert proposed(twelve, 12) == tuple((agency.id,) for agency in twelve.agencies)


@pytest.mark.parametrize(
    ("count", "people"),
    [
        (0, ()),
        (1, (("jp_kantei", "jp_mofa", "jp_mod"),)),
        (2, (("jp_kantei", "jp_mofa", "jp_mod"), ("cn_mfa", "cn_oimc", "cn_etc"))),
        (3, (("jp_kantei", "jp_mofa"), ("jp_mod",), ("cn_mfa", "cn_oimc", "cn_etc"))),
        (4, (("jp_kantei", "jp_mofa"), ("jp_mod",), ("cn_mfa",), ("cn_oimc", "cn_etc"))),
        (7, tuple((name,) for name in ("jp_kantei", "jp_mofa", "jp_mod", "cn_mfa", "cn_oimc", "cn_etc", "us_gov"))),
        (99, tuple((name,) for name in ("jp_kantei", "jp_mofa", "jp_mod", "cn_mfa", "cn_oimc", "cn_etc", "us_gov"))),
    ],
)
def test_proposals_for_the_shipped_scenario(game: Game, count: int, people: tuple[tuple[str, ...], ...]) -> None:
    assert proposed(game, count) == people
