"""Forecasts count what the recording table plays, use what a seat knows and nothing else, and say how sure they are."""

import math
import random
import statistics
from collections import Counter
from typing import Any

import attrs
import pytest
from runs import SCENARIO, bound, history_of, seats

from game.core import Game, State, resolve, start
from game.core.events import Event
from game.core.resolve import computer_orders
from game.core.score import score
from game.play import compiling
from game.play.batch import Batch
from game.play.forecast import SEEDS_BEGIN, Ahead
from game.play.sampling import mean_of, share_of
from game.play.session import Moment
from game.play.supposed import everything, known, known_orders, supposed
from game.scenario.library import shipped_scenarios


@pytest.fixture(params=shipped_scenarios())
def game(request: pytest.FixtureRequest) -> Game:
    return bound(request.param)


def batch_of(game: Game) -> Batch:
    return Batch(game, seats(game, "doctrine"), machine=compiling.available())


# ---- what is not known
def elsewhere(game: Game, state: State, bits: int, chance: random.Random) -> State:
    """The same state to those with these bits, with other values in the cells that they may not know."""
    row = list(state.row)
    for track in game.tracks.values():
        for k in range(track.size):
            if not track.seen[k] & bits:
                row[track.first + k] = chance.randint(track.low, min(track.high, track.low + 40))
    return State(chance.getrandbits(60), state.turn, tuple(row))


def otherwise(game: Game, history: list[Moment], bits: int, chance: random.Random) -> list[Moment]:
    """The same past to those with these bits: other hidden values, orders that they did not learn of, and events."""
    own = {agency.id for number, agency in enumerate(game.agencies) if bits >> number & 1}
    seen = {(game.agencies[a.agency].id, a.id) for a in game.actions if a.seen & bits}
    told = []
    for moment in history:
        orders = tuple(o for o in moment.orders if o.agency in own or (o.agency, o.action) in seen)
        events = tuple(event for event in moment.events if event.seen & bits)
        before, after = (elsewhere(game, one, bits, chance) for one in (moment.before, moment.after))
        told.append(Moment(before, orders, events, after, "other"))
    return told


def test_what_is_hidden_from_a_seat_does_not_change_its_forecast(game: Game) -> None:
    batch, turns = batch_of(game), min(3, len(game.turns) - 1)
    history, state = history_of(game, turns)
    chance = random.Random(11)
    for number, agency in enumerate(game.agencies):
        bits = 1 << number
        ground = supposed(batch, known(batch.game, history, state, [agency.id]), 12)
        told = otherwise(game, history, bits, chance)
        other = supposed(batch, known(batch.game, told, elsewhere(game, state, bits, chance), [agency.id]), 12)
        assert ground.rows == other.rows, agency.id
        orders = [order for order in computer_orders(game, state, seats(game, "doctrine")) if order.agency == agency.id]
        forecasts = [Ahead(batch, one, [agency.id]).forecast(orders, 24, orders) for one in (ground, other)]
        assert forecasts[0] == forecasts[1]


def test_what_is_seen_stands_in_every_row(game: Game) -> None:
    batch, (history, state) = batch_of(game), history_of(game, 2)
    width = len(game.start_row)
    for number, agency in enumerate(game.agencies[:3]):
        rows = supposed(batch, known(batch.game, history, state, [agency.id]), 8).rows
        for track in game.tracks.values():
            for cell, seen in enumerate(track.seen, track.first):
                if track.lasting and seen >> number & 1:
                    assert set(rows[cell::width]) == {state.row[cell]}


def test_orders_that_others_carried_out_in_public_are_known() -> None:
    game = bound(SCENARIO)
    history, _ = history_of(game, len(game.turns) - 1)
    number, agency = 1, game.agencies[1].id
    found: Counter[str] = Counter()
    for moment in history:
        public = known_orders(game, moment, [agency], 1 << number)
        for action in game.actions:
            given = [o for o in moment.orders if (o.agency, o.action) == (game.agencies[action.agency].id, action.id)]
            if action.agency == number:
                assert bool(public[action.order]) == bool(given)
                found["own"] += len(given)
            elif not action.seen >> number & 1:
                assert action.order not in public
            elif public.get(action.order):
                assert action.choices[public[action.order] - 1].id == given[0].choice
                found["others"] += 1
    assert min(found["own"], found["others"]) > 0


def test_what_a_seat_believes_moves_what_it_supposes() -> None:
    game = bound(SCENARIO)
    batch, state = batch_of(game), start(game, 1)
    belief, cause = game.cells_named("belief.jp.cn")[0], game.tracks["cause"].first
    meant = game.tracks["cause"].words.index("closer_look_intended")
    shares = []
    for value in (10, 50, 90):
        row = [*state.row[:belief], value, *state.row[belief + 1 :]]
        rows = supposed(batch, known(batch.game, [], attrs.evolve(state, row=tuple(row)), ["jp_mod"]), 300).rows
        shares.append(Counter(rows[cause :: len(row)])[meant] / 300)
    assert [round(share, 1) for share in shares] == [0.1, 0.5, 0.9]


# ---- what is counted
def played_on(
    game: Game, state: State, seed: int, turns: int, given: Any, agency: str
) -> list[tuple[State, tuple[Event, ...]]]:
    """The recording table's continuation: the orders of one agency are given in the first turn."""
    state = attrs.evolve(state, seed=seed)
    steps: list[tuple[State, tuple[Event, ...]]] = []
    while len(steps) < turns and not (steps and state.row[game.tracks["over"].first]):
        orders = computer_orders(game, state, seats(game, "doctrine"))
        if not steps:
            orders = (*given, *(order for order in orders if order.agency != agency))
        state, events = resolve(game, state, orders)
        steps.append((state, events))
    return steps


def test_a_forecast_counts_the_runs_of_the_recording_table(game: Game) -> None:
    runs, turns = 6, min(3, len(game.turns) - 1)
    _, state = history_of(game, 1)
    agency = game.agencies[0].id
    given = [order for order in computer_orders(game, state, seats(game, "random")) if order.agency == agency]
    found = Ahead(batch_of(game), everything(state), [agency], turns).forecast(given, runs)
    stories = [played_on(game, state, SEEDS_BEGIN + run, turns, given, agency) for run in range(runs)]
    asked = game.tracks["asked"]
    for number, pair in enumerate(found.pairs):
        peaks = [max(score(game, after).pairs[number].rung for after, _ in story) for story in stories]
        assert [share.value for share in pair.rungs] == [
            statistics.fmean(peak >= rung for peak in peaks) for rung in range(1, len(pair.rungs) + 1)
        ]
        for turn, band in enumerate(pair.risk):
            risk = [score(game, story[min(turn, len(story) - 1)][0]).pairs[number].risk for story in stories]
            assert band.mean.value == pytest.approx(statistics.fmean(risk))
            assert min(risk) <= band.low <= band.middle <= band.high <= max(risk)
    for number, mechanism in enumerate(game.mechanisms):
        cells = range(asked.cell(number), asked.cell(number) + asked.shape[1])
        calls = [sum(after.row[cell] for after, _ in story for cell in cells) for story in stories]
        line = next((line for line in found.mechanisms if line.mechanism == mechanism), None)
        assert (line.calls["asked"].value if line else 0) == pytest.approx(statistics.fmean(calls))


def test_what_an_order_changes_is_the_difference_of_two_forecasts() -> None:
    game = bound(SCENARIO)
    history, state = history_of(game, 2)
    batch = batch_of(game)
    orders = [o for o in computer_orders(game, state, seats(game, "doctrine")) if o.agency == "cn_mfa"]
    ground = supposed(batch, known(batch.game, history, state, ["cn_mfa"]), 10)
    whole = Ahead(batch, ground, ["cn_mfa"]).forecast(orders, 40, orders)
    assert [change.order for change in whole.changes] == orders != []
    for change in whole.changes:
        less = Ahead(batch, ground, ["cn_mfa"]).forecast([o for o in orders if o != change.order], 40)
        for number, (one, other) in enumerate(zip(whole.pairs, less.pairs, strict=True)):
            for a, b, apart in zip(one.rungs, other.rungs, change.rungs[number], strict=True):
                assert apart.value == pytest.approx(a.value - b.value)
            assert change.risk[number].value == pytest.approx(one.risk[-1].mean.value - other.risk[-1].mean.value)


@pytest.mark.parametrize("rows", [8, 7])
def test_first_figures_come_before_the_last_and_end_alike(rows: int) -> None:
    """Also where portions end between two rounds of the rows to begin with."""
    game = bound("tutorial")
    batch = Batch(game, seats(game, "doctrine"), machine=False)
    ground = supposed(batch, known(batch.game, [], start(game, 3), ["jp_jcg"]), rows)
    steps = list(Ahead(batch, ground, ["jp_jcg"]).growing([], 150))
    assert [step.runs for step in steps] == [64, 128, 150]
    assert steps[-1] == Ahead(batch, ground, ["jp_jcg"]).forecast([], 150)
    assert [step.runs for step in Ahead(batch, ground, ["jp_jcg"]).growing([], 150, wanted=lambda: False)] == []


def test_turns_end_with_the_game() -> None:
    game = bound("tutorial")
    _, state = history_of(game, len(game.turns) - 1)
    assert Ahead(batch_of(game), everything(state), []).forecast(None, 4).turns == 1
    with pytest.raises(ValueError, match="no more turns"):
        Ahead(batch_of(game), everything(history_of(game, len(game.turns))[1]), [])


# ---- how sure
def test_intervals_of_independent_runs() -> None:
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I: Wilson's score method.
    for met, count, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        share = share_of([True] * met + [False] * (count - met))
        assert (share.low, share.high) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))
    values = [3, 1, 4, 1, 5, 9, 2, 6]
    mean = mean_of(values)
    assert mean.value == statistics.fmean(values)
    assert mean.half == pytest.approx(1.96 * statistics.stdev(values) / math.sqrt(len(values)))
    assert mean_of([4]).half == math.inf


def test_runs_that_are_alike_tell_no_more_than_one_of_them() -> None:
    rows = [3, 1, 4, 1, 5, 9, 2, 6] * 5
    assert mean_of(rows * 10, len(rows)).half == pytest.approx(mean_of(rows).half)
    held = [value > 3 for value in rows]
    many, one = share_of(held * 10, len(rows)), share_of(held)
    assert (many.high - many.low) == pytest.approx(one.high - one.low, rel=0.03)


@pytest.mark.parametrize("rows", [1, 20])
def test_intervals_hold_what_they_promise(rows: int) -> None:
    """Of many samples about 95 in 100 have the truth in their interval; runs from one row share part of their chance."""
    chance, within, samples = random.Random(4), Counter[str](), 400
    for _ in range(samples):
        apart = [chance.random() < 0.5 for _ in range(rows)]
        held = [chance.random() < ((0.7 if apart[run % rows] else 0.3) if rows > 1 else 0.5) for run in range(200)]
        share, mean = share_of(held, rows), mean_of([int(one) for one in held], rows)
        within["share"] += share.low <= 0.5 <= share.high
        within["mean"] += abs(mean.value - 0.5) <= mean.half
    for found in within.values():
        assert 0.91 < found / samples < 0.98
