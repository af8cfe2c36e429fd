"""Scenarios as PettingZoo environments: its own checks, sameness, secrecy, and what an action and a reward mean."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pettingzoo", reason="the extra 'pettingzoo' is not installed")

import numpy as np
from pettingzoo.test import api_test, parallel_api_test, parallel_seed_test, seed_test
from runs import bound, play
from test_secrecy import table, twins

from game.core import check, score, view
from game.core.chance import MASK
from game.core.orders import find
from game.play.pettingzoo_env import RISK, Kuroshio, env, parallel_env
from game.play.playout import Player, objectives_met, policies_for, read_script

SCENARIOS = ("tutorial", "airspace-2024", "trawler-2010")
each = pytest.mark.parametrize("name", SCENARIOS)


@cache
def made(name: str, agents: tuple[str, ...] | None = None, reward: str = "objectives") -> Kuroshio:
    """An environment, bound once in a worker; every test resets it."""
    return parallel_env(name, agents=agents, reward=reward)


Choose = Callable[[Kuroshio, str, Any, np.random.Generator], Any]


def any_choice(sea: Kuroshio, agent: str, mask: Any, rng: np.random.Generator) -> Any:
    """Any action, legal or not."""
    return rng.integers(0, sea.action_space(agent).nvec)


def legal_choice(sea: Kuroshio, agent: str, mask: Any, rng: np.random.Generator) -> Any:
    """An action that every mask allows."""
    return np.array([rng.choice(np.flatnonzero(slot)) for slot in mask])


def held(sea: Kuroshio) -> dict[str, Any]:
    """Everybody holds."""
    return {agent: np.zeros(sea.action_space(agent).shape, dtype=np.int64) for agent in sea.agents}


def episode(sea: Kuroshio, seed: int, choose: Choose = any_choice) -> list[Any]:
    """A whole run with choices that follow from the seed: all that the environment gave back."""
    rng = np.random.default_rng(seed)
    result: Any = sea.reset(seed=seed)
    given_back = [result]
    while sea.agents:
        result = sea.step({a: choose(sea, a, result[0][a]["action_mask"], rng) for a in sea.agents})
        given_back.append(result)
    return given_back


def fingerprint(result: Any) -> str:
    """Everything that an environment gave back, as a short text."""
    return hashlib.sha256(repr(plain(result)).encode()).hexdigest()


def plain(thing: Any) -> Any:
    """Arrays as lists."""
    if isinstance(thing, Mapping):
        return {key: plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(one) for one in thing]
    return thing.tolist() if isinstance(thing, np.ndarray) else thing


# ---- what PettingZoo asks
@each
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_an_environment_passes_the_checks_of_pettingzoo(name: str) -> None:
    parallel_api_test(parallel_env(name), num_cycles=30)
    parallel_seed_test(lambda: parallel_env(name))
    api_test(env(name), num_cycles=20)
    seed_test(lambda: env(name), num_cycles=20)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_some_agencies_as_agents_pass_them_too() -> None:
    parallel_api_test(parallel_env("airspace-2024", agents=("jp_mod",)), num_cycles=30)
    api_test(env("airspace-2024", agents=("cn_etc", "jp_mod")), num_cycles=20)


# ---- sameness
@each
def test_the_same_seed_and_actions_give_the_same_run_in_another_object(name: str) -> None:
    first = fingerprint(episode(made(name), 11))
    assert fingerprint(episode(made(name), 12)) != first
    assert fingerprint(episode(parallel_env(name), 11)) == first
    assert fingerprint(episode(made(name), 11)) == first


def test_the_same_seed_and_actions_give_the_same_run_in_another_process() -> None:
    file = Path(__file__)
    code = (
        f"import sys; sys.path[:0] = [{str(file.parent)!r}, {str(file.parents[1] / 'core')!r}]\n"
        "from test_pettingzoo import episode, fingerprint, parallel_env\n"
        "print(fingerprint(episode(parallel_env('airspace-2024'), 5)))"
    )
    told = {
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
                       capture_output=True, text=True).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {fingerprint(episode(made("airspace-2024"), 5))}


def test_runs_without_a_seed_follow_from_the_last_one() -> None:
    sea = parallel_env("tutorial")
    sea.reset()
    assert sea.run_seed == 0
    seeds: list[list[int | None]] = []
    for _ in range(2):
        sea.reset(seed=3)
        seeds.append([])
        for _ in range(3):
            sea.reset()
            seeds[-1].append(sea.run_seed)
    assert seeds[0] == seeds[1]
    assert len(set(seeds[0])) == 3


def test_a_copied_environment_plays_the_same() -> None:
    made("tutorial").reset(seed=9)
    copied = deepcopy(made("tutorial"))
    assert copied.run_seed is None
    assert fingerprint(episode(copied, 2)) == fingerprint(episode(made("tutorial"), 2))


# ---- what an agent sees
@each
def test_an_observation_is_the_turn_and_the_readings_of_the_view(name: str) -> None:
    sea = made(name)
    rng = np.random.default_rng(0)
    observations, _ = sea.reset(seed=4)
    while sea.agents:
        for agent in sea.agents:
            shown = sea.view(agent)
            seen = observations[agent]["observation"].tolist()
            assert seen == [shown.turn, *(reading.value for reading in shown.readings)]
            assert [cell.name for cell in sea.cells(agent)][1:] == [reading.name for reading in shown.readings]
            assert sea.observation_space(agent).contains(observations[agent])
        masks = {agent: observations[agent]["action_mask"] for agent in sea.agents}
        observations, *_ = sea.step({agent: legal_choice(sea, agent, masks[agent], rng) for agent in sea.agents})
    for agent in sea.possible_agents:
        assert sea.observation_space(agent).contains(observations[agent])
        assert all(slot.tolist() == [1] + [0] * (len(slot) - 1) for slot in observations[agent]["action_mask"])


@each
@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(0, MASK))
def test_observations_masks_and_refusals_are_the_same_whatever_is_hidden(
    name: str, data: st.DataObject, seed: int
) -> None:
    sea = made(name)
    number, state, twin = data.draw(twins(name))
    agent = sea.possible_agents[number]
    chosen = data.draw(st.tuples(*[st.integers(0, int(most) - 1) for most in sea.action_space(agent).nvec]))
    told = []
    for one in (state, evolve(twin, seed=seed)):
        sea._state = one
        observation = sea._observed()[agent]
        refused = sea._seats[agent].given(one, chosen, observation["action_mask"][0])[1]
        told.append(repr(plain([observation, refused])))
    assert told[0] == told[1]


# ---- what an action means
@each
def test_every_order_has_one_number_and_is_masked_exactly_when_it_is_refused(name: str) -> None:
    sea, game = made(name), bound(name)
    for turn in table(name).reached[:6]:
        sea._state = turn.before
        observations = sea._observed()
        for agent in sea.possible_agents:
            hold, *orders = sea.orders(agent)
            refusals = [check(game, turn.before, [order])[0] for order in orders if order]
            assert hold is None
            assert all(slot.tolist() == [1, *(int(refusal is None) for refusal in refusals)]
                       for slot in observations[agent]["action_mask"])  # fmt: skip
    for agent, seat in sea._seats.items():
        named = [find(game, order) for order in sea.orders(agent)[1:] if order]
        assert [(code[0].id, code[1]) for code in named if isinstance(code, tuple)] == [
            (a.id, n) for a, n in seat.codes
        ]
        assert len(set(map(str, sea.orders(agent)))) == len(sea.orders(agent))
        known = {part for action in game.actions if action.agency == seat.number
                 for value in range(len(action.picked) or len(action.choices) + 1) if value
                 for part in [(action.id, tuple(p.id for p in action.parts(value - 1)))]}  # fmt: skip
        assert len(known) == len(seat.codes)


@each
def test_what_is_given_and_refused_is_what_the_engine_judges(name: str) -> None:
    sea = made(name)
    rng = np.random.default_rng(2)
    for turn in table(name).reached[:12]:
        sea._state = turn.before
        for agent, observation in sea._observed().items():
            mask, seat = observation["action_mask"][0], sea._seats[agent]
            legal = np.flatnonzero(mask)
            chosen = [
                int(rng.choice(legal) if rng.random() < 0.5 else rng.integers(len(mask))) for _ in range(seat.slots)
            ]
            orders = [order for order in (sea.orders(agent)[one] for one in chosen) if order]
            judged = check(sea.game, turn.before, orders)
            given, refusals = seat.given(turn.before, chosen, mask)
            assert given == [find(sea.game, order) for order, one in zip(orders, judged, strict=True) if one is None]
            assert refusals == [one.message for one in judged if one]


@each
def test_an_illegal_choice_counts_as_holding_and_is_told(name: str) -> None:
    sea = made(name)
    found = 0
    for seed in range(3):
        observations, _ = sea.reset(seed=seed)
        illegal = held(sea)
        for agent in sea.agents:
            closed = np.flatnonzero(observations[agent]["action_mask"][0] == 0)
            illegal[agent][-1] = closed[seed % len(closed)] if len(closed) else 0
        *told, infos = sea.step(illegal)
        for agent, action in illegal.items():
            assert len(infos[agent]["refusals"]) == int(action[-1] > 0)
            found += len(infos[agent]["refusals"])
        after = sea._state
        sea.reset(seed=seed)
        *nothing, _ = sea.step(held(sea))
        assert plain(told) == plain(nothing)
        # Not even the order itself stands in the state.
        assert after == sea._state
    assert found


@each
def test_an_action_is_ordered_once_and_nobody_who_is_left_out_orders(name: str) -> None:
    sea = made(name)
    observations, _ = sea.reset(seed=1)
    agent = max(sea.agents, key=lambda one: len(sea.action_space(one).nvec))
    chosen = int(np.flatnonzero(observations[agent]["action_mask"][0])[1])
    once, twice = held(sea)[agent], held(sea)[agent]
    once[0] = twice[0] = twice[1] = chosen
    first = sea.step({agent: once})
    assert not first[-1][agent]["refusals"]
    sea.reset(seed=1)
    second = sea.step({**held(sea), agent: twice})
    assert "ordered already" in " ".join(second[-1][agent]["refusals"])
    assert plain(first[:-1]) == plain(second[:-1])


@pytest.mark.parametrize("chosen", [[0, 0], [0, 0, 0, 0], [0, 0, 999], [0, 0, -1], [0.0, 0.0, 0.0], 0, "no"])
def test_what_is_no_action_is_an_error(chosen: Any) -> None:
    sea = made("airspace-2024")
    sea.reset(seed=0)
    with pytest.raises(ValueError, match="An action of jp_mod is 3 whole numbers from 0 to 12"):
        sea.step({"jp_mod": chosen})
    with pytest.raises(ValueError, match="'nobody' is none of jp_kantei"):
        sea.step({"nobody": [0]})


def test_refusals_of_the_turn_itself_are_told_to_those_who_learn_of_them() -> None:
    """An order that another order of the turn made impossible is refused when it is carried out."""
    sea = made("airspace-2024")
    rng = np.random.default_rng(1)
    found = 0
    for seed in range(30):
        observations, _ = sea.reset(seed=seed)
        while sea.agents:
            masks = {agent: observations[agent]["action_mask"] for agent in sea.agents}
            observations, _, _, _, infos = sea.step(
                {agent: legal_choice(sea, agent, masks[agent], rng) for agent in sea.agents}
            )
            for agent, info in infos.items():
                told = [one.text for one in sea.view(agent).told if one.kind == "refusal"]
                assert [one for one in info["refusals"] if "ordered already" not in one] == told
                found += len(told)
    assert found


def test_wrong_words_are_errors() -> None:
    for wrong in ({"agents": ("nobody",)}, {"agents": ()}, {"reward": "fame"}, {"render_mode": "human"}):
        with pytest.raises(ValueError, match=r"none of|at least one agent"):
            parallel_env("tutorial", **wrong)


# ---- who plays, and what is recorded
@each
def test_doctrine_plays_those_who_are_no_agents(name: str) -> None:
    game = bound(name)
    agent = game.agencies[-1].id
    sea = made(name, (agent,))
    for seed in range(3):
        sea.reset(seed=seed)
        while sea.agents:
            sea.step(held(sea))
        policies = tuple("" if one.id == agent else "doctrine" for one in game.agencies)
        assert sea._state == play(game, seed, policies)[-1].after


@each
def test_the_script_of_a_run_plays_it_again(name: str) -> None:
    sea, game = made(name), bound(name)
    for seed in range(3):
        episode(sea, seed)
        script = read_script(sea.script(), "script")
        run = Player(game, policies_for(game, "", script)).run(seed, script)
        assert not run.refusals
        assert run.states[-1] == sea._state
        assert run.ended == sea.ended


# ---- rewards
@each
def test_objectives_are_rewarded_at_the_end_by_how_many_more_hold(name: str) -> None:
    sea, game = made(name), bound(name)
    for seed in range(4):
        sea.reset(seed=seed)
        before = objectives_met(game, sea._state)
        results = episode(sea, seed)[1:]
        after = objectives_met(game, sea._state)
        assert all(not any(rewards.values()) for _, rewards, *_ in results[:-1])
        assert results[-1][1] == {
            agent: sum(after[agent].values()) - sum(before[agent].values()) for agent in sea.possible_agents
        }
        assert all(results[-1][2].values())
        assert not any(any(ends.values()) for _, _, ends, *_ in results[:-1])


@each
def test_rewards_of_risk_add_up_to_the_fall_of_risk_of_the_own_pairs(name: str) -> None:
    sea, game = made(name, reward=RISK), bound(name)
    results = episode(sea, 6)[1:]
    start = score(game, table(name).reached[0].before).pairs
    for number, agent in enumerate(sea.possible_agents):
        side = game.sides[game.agencies[number].side].id
        fell = sum(then.risk - now.risk for then, now in zip(start, score(game, sea._state).pairs, strict=True)
                   if side in then.sides)  # fmt: skip
        assert sum(rewards[agent] for _, rewards, *_ in results) == pytest.approx(fell / 10)


# ---- for people
def test_a_view_is_that_of_the_seat_with_what_it_was_told() -> None:
    game = bound("airspace-2024")
    agent = game.agencies[0].id
    sea = made("airspace-2024", (agent,))
    policies = tuple("" if one.id == agent else "doctrine" for one in game.agencies)
    sea.reset(seed=3)
    for turn in play(game, 3, policies):
        sea.step(held(sea))
        assert sea.view(agent) == view(game, turn.after, agent, turn.events)
    with pytest.raises(ValueError, match="none of"):
        sea.view("jp_mod")


def test_a_run_is_rendered_as_text() -> None:
    sea = parallel_env("tutorial", render_mode="ansi")
    sea.reset(seed=0)
    assert (sea.render() or "").startswith("After 0 of 3 turns")
    while sea.agents:
        sea.step(held(sea))
    assert "jp-cn: risk" in (sea.render() or "")
    assert sea.ended
    assert sea.step({}) == ({}, {}, {}, {}, {})


def test_without_the_extra_a_sentence_says_what_to_install() -> None:
    code = "import sys; sys.modules['pettingzoo'] = None\nimport game.play.pettingzoo_env"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert "pip install 'kuroshio[pettingzoo]'" in done.stderr


def test_the_example_of_the_docs_plays(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "experiments.md").read_text(encoding="utf-8")
    exec(page.split("## Players that learn")[1].split("```python")[1].split("```")[0], {})
    assert "'jp_jcg'" in capsys.readouterr().out


def test_others_may_look_ahead() -> None:
    """What they order is what that player orders in a run with the same seed, and the same each time."""
    sea = parallel_env("tutorial", agents=("jp_jcg",), others="lookahead")
    kept = []
    for _ in range(2):
        sea.reset(seed=3)
        while sea.agents:
            sea.step(held(sea))
        kept.append(sea.script())
    assert kept[0] == kept[1]
    assert "cn_ccg" in kept[0]
    assert "jp_jcg" not in kept[0]
    run = Player(bound("tutorial"), ("", "lookahead")).run(3)
    assert [state.row for state in run.states[1:]] == sea._rows
    with pytest.raises(ValueError, match="others"):
        parallel_env("tutorial", others="chess")
