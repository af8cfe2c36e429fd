"""Many runs, and every order that the rules know in each of them."""

from operator import le

import pytest
from attrs import evolve
from runs import Turn, every_code, play, seats, so_many

from game.core import Game, Order, State, check, legal, outcome, resolve, start
from game.core.chance import turn_key
from game.core.orders import Refusal
from game.core.resolve import IllegalOrders
from game.core.table import clear
from game.core.traced import compiled


def test_a_thousand_random_runs_and_more_end_in_time_with_every_cell_within_its_limits(game: Game) -> None:
    text = compiled(game, record=False, policies=seats(game, "random"))
    lows = [track.low for track in game.tracks.values() for _ in range(track.size)]
    highs = [track.high for track in game.tracks.values() for _ in range(track.size)]
    endings = set()
    for seed in range(so_many(game, 2000)):
        row, turn = list(game.start_row), 0
        while (ended := outcome(game, State(seed, turn, tuple(row)))) is None:
            assert turn < len(game.turns)
            row, key = clear(game, row), turn_key(seed, turn)
            text.choose(row, key, turn)
            text.play(row, key, turn)
            turn += 1
            assert all(map(le, lows, row)), f"seed {seed}, turn {turn}"
            assert all(map(le, row, highs)), f"seed {seed}, turn {turn}"
        endings.add(ended.id)
    assert endings <= {"time", *(ending.id for ending in game.endings)}


def test_check_takes_each_order_that_is_listed_as_legal_and_refuses_each_other_with_the_reason_shown(
    game: Game,
) -> None:
    taken = refused = 0
    for seed in range(so_many(game, 100)):
        for turn in play(game, seed)[seed % 2 :: 2]:
            listed = [option for agency in game.agencies for option in legal(game, turn.before, agency.id)]
            for option in listed:
                (found,) = check(game, turn.before, [option.order])
                assert found == option.refusal, f"seed {seed}, turn {turn.before.turn + 1}: {option.order}"
                assert found is None or found.message.strip()
            for order in turn.orders:
                choice, *ways = order.choice.split(".")
                (option,) = [one for one in listed if one.order == evolve(order, choice=choice)]
                assert option.refusal is None, "a computer player gave an order that is not listed as legal"
                named = [
                    next(way for way in known if way.id == id_)
                    for (_, known), id_ in zip(option.details, ways, strict=True)
                ]
                assert all(way.refusal is None for way in named), "it named a way that is not listed as legal"
                assert check(game, turn.before, [order]) == (None,)
            may = [option for option in listed if option.refusal is None]
            taken += len(may)
            refused += len(listed) - len(may)
    assert taken
    assert refused


def test_from_wherever_random_play_leads_the_game_goes_on_to_an_end_with_or_without_orders(
    game: Game, runs: list[list[Turn]]
) -> None:
    """No dead end: in each state something may be ordered, nothing has to be, and turns run out at the latest."""
    ends = set()
    for number, run in enumerate(runs[:20]):
        state = run[number % len(run)].before
        assert any(o.refusal is None for agency in game.agencies for o in legal(game, state, agency.id))
        while outcome(game, state) is None:
            before = state.turn
            state, _ = resolve(game, state, ())
            assert state.turn == before + 1 <= len(game.turns)
        ends.add(outcome(game, state))
    assert ends


def refused(game: Game, state: State, *orders: Order) -> Refusal:
    """The refusal of the last of these orders, where *check* takes the others; *resolve* plays none of them."""
    *before, last = check(game, state, orders)
    assert before == [None] * len(before)
    assert last is not None
    assert last.message.strip()
    with pytest.raises(IllegalOrders) as error:
        resolve(game, state, orders)
    assert last.message in str(error.value)
    assert str(orders[-1]) in str(error.value)
    return last


def test_malformed_orders_are_refused_with_a_reason_and_never_played(game: Game) -> None:
    state = start(game, 0)
    may = [o.order for agency in game.agencies for o in legal(game, state, agency.id) if o.refusal is None]
    good = may[0]
    own = {order.action for order in every_code(game) if order.agency == good.agency}
    foreign = next(order for order in every_code(game) if order.action not in own)
    for bad, named in (
        (Order("nobody", good.action, good.choice), "nobody"),
        (Order("", "", ""), "''"),
        (Order(good.agency, "nothing", good.choice), "nothing"),
        (Order(good.agency, foreign.action, foreign.choice), foreign.action),
        (Order(good.agency, good.action, "no_such_way"), "no_such_way"),
        (Order(good.agency, good.action, "{choice} %s \n\0"), "{choice}"),
    ):
        assert named in refused(game, state, bad).message
        refused(game, state, good, bad)


def test_an_action_can_be_ordered_once_in_a_turn_in_whatever_way(game: Game) -> None:
    state = start(game, 0)
    for agency in game.agencies:
        may = [o.order for o in legal(game, state, agency.id) if o.refusal is None]
        for order in may:
            refused(game, state, order, order)
            for other in may:
                if other.action == order.action and agency.attention > 1:
                    refused(game, state, order, other)


def test_an_agency_can_give_as_many_orders_as_it_has_attention_and_no_more(game: Game) -> None:
    state = start(game, 0)
    full = 0
    for agency in game.agencies:
        may = {o.order.action: o.order for o in legal(game, state, agency.id) if o.refusal is None}
        orders = list(may.values())
        if len(orders) > agency.attention:
            full += 1
            given = orders[: agency.attention]
            assert check(game, state, given) == (None,) * agency.attention
            assert str(agency.attention) in refused(game, state, *given, orders[agency.attention]).message
            resolve(game, state, given)
    assert full


def test_when_the_game_has_ended_no_order_is_legal_and_no_turn_is_played(game: Game, runs: list[list[Turn]]) -> None:
    ways = {}
    for run in runs:
        state = run[-1].after
        ended = outcome(game, state)
        assert ended is not None
        ways.setdefault(ended.id, state)
    early = runs[0][0].after
    over = game.tracks["over"].first
    ways["an ending"] = State(early.seed, early.turn, tuple(int(k == over) or n for k, n in enumerate(early.row)))
    for state in ways.values():
        for agency in game.agencies:
            for option in legal(game, state, agency.id):
                assert option.refusal is not None
                assert check(game, state, [option.order]) == (option.refusal,)
        with pytest.raises(IllegalOrders):
            resolve(game, state, ())


def test_a_seed_is_a_whole_number_of_64_bits(game: Game) -> None:
    assert start(game, (1 << 64) - 1).row == start(game, 0).row
    for seed in (-1, 1 << 64):
        with pytest.raises(ValueError, match=str(seed)):
            start(game, seed)
