"""The player that looks ahead: it knows what its seat knows, keeps to the rules, and picks what it values most."""

from pathlib import Path

import attrs
import pytest
from runs import bound, history_of, seats

from game.core import State, check, outcome, resolve
from game.core.resolve import computer_orders
from game.core.table import Recording
from game.play import compiling
from game.play.journal import Journal
from game.play.lookahead import LITTLE, LOOKAHEAD, SEEDS_BEGIN, Lookahead, Wish, orders_ahead
from game.play.playout import Player, ScriptProblem, policies_for, read_script
from game.play.session import Session
from game.play.supposed import known, supposed
from game.scenario.library import shipped_scenarios

SEED = 11


@pytest.mark.parametrize("scenario", shipped_scenarios())
def test_every_agency_gives_orders_that_may_be_given(scenario: str) -> None:
    game = bound(scenario)
    history, state = history_of(game, 2, SEED)
    for agency in game.agencies:
        orders = orders_ahead(game, [agency.id], history, state)
        assert not any(check(game, state, orders))
        assert {order.agency for order in orders} <= {agency.id}
        assert orders == orders_ahead(game, [agency.id], history, state)


@pytest.mark.parametrize("agency", ["jp_mod", "cn_mfa", "us_gov"])
def test_what_is_hidden_moves_nothing(agency: str) -> None:
    """Other facts that the seat cannot see, in the state and in every turn before, and the same orders."""
    game = bound("airspace-2024")
    history, state = history_of(game, 4, SEED)
    bit = 1 << game.agency_number(agency)

    def other(one: State) -> State:
        row = list(one.row)
        for track in game.tracks.values():
            for k in range(track.size):
                if not track.seen[k] & bit and track.id not in ("order", "done", "over"):
                    row[track.first + k] = track.high if row[track.first + k] != track.high else track.low
        return attrs.evolve(one, row=tuple(row))

    changed = [attrs.evolve(one, before=other(one.before), after=other(one.after)) for one in history]
    assert other(state) != state
    expected = orders_ahead(game, [agency], history, state)
    assert orders_ahead(game, [agency], changed, other(state)) == expected


@pytest.mark.parametrize("machine", [False, pytest.param(True, marks=pytest.mark.skipif(
    not compiling.available(), reason="needs the extra 'fast'"))])  # fmt: skip
def test_values_are_those_of_the_recording_table(machine: bool) -> None:
    game = bound("airspace-2024")
    history, state = history_of(game, 3, SEED)
    player = Lookahead(game, machine=machine)
    player.effort = attrs.evolve(LITTLE, runs=6, rows=3)
    ground = supposed(player.batch, known(game, history, state, ("cn_mfa",)), 3)
    tried = player.candidates("cn_mfa", ground, SEED)
    assert len(set(tried)) == len(tried) > 2
    assert tried[-1] == ()
    wish, width = Wish(game, game.agency_number("cn_mfa")), len(game.start_row)
    others = tuple("" if one.id == "cn_mfa" else "doctrine" for one in game.agencies)
    expected = []
    for orders in tried:
        value = 0
        for run in range(6):
            row = tuple(ground.rows[run % 3 * width : (run % 3 + 1) * width])
            now, then = State(SEEDS_BEGIN + run, 3, row), State(SEEDS_BEGIN + run, 3, row)
            for turn in range(player.effort.turns):
                drawn = computer_orders(game, then, seats(game, "doctrine") if turn else others)
                if outcome(game, then) is None:
                    then, _ = resolve(game, then, drawn if turn else (*orders, *drawn))
            held = [[bool(one.holds(Recording(game, list(at.row), 0, last))) for one in wish.objectives]
                    for at, last in ((now, 2), (then, 2 + player.effort.turns))]  # fmt: skip
            value += wish.worth(*held)
        expected.append(value)
    assert player.values("cn_mfa", ground, tried) == expected
    assert len(set(expected)) > 1


def test_a_loss_weighs_what_it_is_feared() -> None:
    game = bound("airspace-2024")
    wish = Wish(game, game.agency_number("jp_mod"))
    worth = wish.objectives[0].worth
    assert wish.fear == 225
    assert wish.worth((False, True, True), (True, True, True)) == 100 * worth
    assert wish.worth((True, True, True), (False, True, True)) == -225 * worth
    assert wish.worth((True, False, True), (True, False, True)) == 0


def test_it_looks_at_the_cells_of_its_objectives_and_no_others() -> None:
    game = bound("airspace-2024")
    wish = Wish(game, game.agency_number("jp_mofa"))
    assert wish.cells == tuple(
        sorted(game.cells_named(name)[0] for name in ("pressed.jp.cn", "climate.jp.cn", "account.jp.cn"))
    )


def test_a_session_seats_it_and_its_journal_replays(tmp_path: Path) -> None:
    game = bound("tutorial")
    with Journal.create(tmp_path / "one.kuroshio") as journal:
        session = Session.begin(game, {"jp_jcg": LOOKAHEAD, "cn_ccg": "doctrine"}, seed=5, journal=journal)
        while session.ended is None:
            session.play_turn()
        assert any(order.agency == "jp_jcg" for moment in session.history for order in moment.orders)
        assert Session.resume(journal).state == session.state


def test_a_run_by_it_is_the_same_each_time_and_another_than_by_doctrine() -> None:
    game = bound("tutorial")
    ahead = Player(game, policies_for(game, LOOKAHEAD)).run(3)
    assert ahead.digest == Player(game, policies_for(game, LOOKAHEAD)).run(3).digest
    assert ahead.digest != Player(game, policies_for(game, "doctrine")).run(3).digest


def test_a_script_may_leave_the_others_to_it() -> None:
    assert read_script('format = 1\nothers = "lookahead"\n', "one.toml").others == LOOKAHEAD
    with pytest.raises(ScriptProblem):
        read_script('format = 1\nothers = "lookaround"\n', "one.toml")
