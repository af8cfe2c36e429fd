"""Playouts agree with sessions, files of orders are read back, and the hotline does what its papers say of it."""

import itertools
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import Game, Order, State, resolve
from game.core.events import NOTE
from game.core.resolve import computer_orders
from game.play.compare import compared
from game.play.measures import FINAL
from game.play.playout import (
    LARGEST_SCRIPT,
    Player,
    Script,
    ScriptProblem,
    policies_for,
    read_script,
    report,
    written_script,
)
from game.play.session import Session
from game.scenario.library import load, playable
from game.scenario.shipped import shipped

CALLER, CALL = "jp_mod", "call"


@pytest.fixture(scope="module")
def game() -> Game:
    return playable("airspace-2024")


def names(game: Game) -> list[str]:
    return [agency.id for agency in game.agencies]


def mixed(game: Game, shift: int) -> tuple[str, ...]:
    return tuple(("doctrine", "random")[(number + shift) % 2] for number in range(len(game.agencies)))


# --- sessions and playouts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["doctrine", "random", "mixed"])
def test_a_session_of_computers_is_a_playout(game: Game, kind: str) -> None:
    policies = mixed(game, 0) if kind == "mixed" else (kind,) * len(game.agencies)
    player = Player(game, policies)
    for seed in (*range(12), 2**64 - 1):
        session = Session.begin(game, dict(zip(names(game), policies, strict=True)), seed=seed)
        run = player.run(seed)
        while not session.ended:
            session.play_turn()
        assert tuple(moment.digest for moment in session.history) == run.digests
        assert tuple(moment.after for moment in session.history) == run.states[1:]
        assert tuple(moment.events for moment in session.history) == run.events
        assert session.ended == run.ended


def test_a_sessions_orders_as_a_file_give_the_same_run(game: Game) -> None:
    for seed in range(8):
        session = Session.begin(game, dict(zip(names(game), mixed(game, seed), strict=True)), seed=seed)
        while not session.ended:
            session.play_turn()
        script = read_script(written_script(game, [moment.orders for moment in session.history]), "x.toml")
        run = Player(game, policies_for(game, "hold", script)).run(seed, script)
        assert run.digests == tuple(moment.digest for moment in session.history)
        assert run.refusals == 0


# --- files of orders ------------------------------------------------------------------------------------------------

WORD = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=8).filter(
    lambda word: word.split() == [word]
)
ORDERS = st.builds(Order, WORD, WORD.filter(lambda word: ":" not in word), WORD)


@given(
    st.lists(st.lists(ORDERS, max_size=4).map(tuple), max_size=6),
    st.sampled_from(["hold", "random", "doctrine"]),
    st.text(max_size=20),
)
def test_written_orders_are_read_back(game: Game, rows: list[tuple[Order, ...]], others: str, title: str) -> None:
    named = attrs.evolve(game, title=title, id=title)
    script = read_script(written_script(named, rows, others), "x.toml")
    assert script == Script(dict(enumerate(rows, 1)), others)


BAD = {
    "nothing": "",
    "not TOML": "Dear facilitator,\n",
    "another format": "format = 2\n",
    "a format that is no number": "format = true\n",
    "format as a fraction": "format = 1.0\n",
    "a format in quotes": 'format = "1"\n',
    "no tables": "format = 1\nturn = 3\n",
    "turns that are no tables": "format = 1\nturn = [1, 2]\n",
    "no number": "[[turn]]\norders = []\n",
    "number as text": 'format = 1\n[[turn]]\nnumber = "1"\n',
    "a true number": "format = 1\n[[turn]]\nnumber = true\n",
    "turn 0": "format = 1\n[[turn]]\nnumber = 0\n",
    "one turn twice": "format = 1\n[[turn]]\nnumber = 1\n[[turn]]\nnumber = 1\n",
    "orders as text": 'format = 1\n[[turn]]\nnumber = 1\norders = "x y:z"\n',
    "an order that is a number": "format = 1\n[[turn]]\nnumber = 1\norders = [1]\n",
    "no choice": 'format = 1\n[[turn]]\nnumber = 1\norders = ["a b"]\n',
    "an empty choice": 'format = 1\n[[turn]]\nnumber = 1\norders = ["a b:"]\n',
    "three words": 'format = 1\n[[turn]]\nnumber = 1\norders = ["a b:c d"]\n',
    "others unknown": 'format = 1\nothers = "genius"\n',
    "others a list": "format = 1\nothers = []\n",
    "a steered terminal": 'format = 1\n[[turn]]\nnumber = 1\norders = ["\\u001b[31m"]\n',
    "a steered terminal by others": 'format = 1\nothers = "\\u001b]0;x"\n',
    "a giant number": "format = " + "9" * 6000 + "\n",
    "deep": "format = " + "[" * 50_000 + "\n",
    "deep tables": "format = " + "{a=" * 5000 + "\n",
    "a date that is none": "format = 1979-02-30\n",
    "control characters": "format = 1\x00\n",
    "too large": "format = 1\n#" + "x" * LARGEST_SCRIPT,
    "a giant order": 'format = 1\n[[turn]]\nnumber = 1\norders = ["' + "x" * 100_000 + '"]\n',
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_bad_files_of_orders(text: str) -> None:
    with pytest.raises(ScriptProblem) as caught:
        read_script(text, "some\x1bfile.toml")
    said = str(caught.value)
    assert said.isprintable()
    assert said.startswith("some")
    assert len(said) < 1000


@settings(max_examples=200)
@given(st.text(max_size=200) | st.text("format=1[]turn\n\"'{}.:# numberods", max_size=200))
def test_any_text_is_a_file_of_orders_or_a_problem(text: str) -> None:
    try:
        assert read_script(text, "x").others
    except ScriptProblem as problem:
        assert str(problem).isprintable()


def test_orders_that_nobody_can_give_are_counted(game: Game) -> None:
    script = Script({1: (Order("nobody", "a", "b"), Order(names(game)[0], "a", "b")), 99: (Order("x", "y", "z"),)})
    run = Player(game, policies_for(game, "hold", script)).run(1, script)
    assert run.refusals == 2
    assert run.digests == Player(game, policies_for(game, "")).run(1).digests


# --- what came of a run ---------------------------------------------------------------------------------------------


def test_reports(game: Game) -> None:
    player = Player(game, policies_for(game, "random"))
    calls = refused = 0
    for seed in range(20):
        run = player.run(seed)
        found = report(run)
        again = report(Player(game, policies_for(game, "random")).run(seed))
        assert json.dumps(found) == json.dumps(again)
        assert json.loads(json.dumps(found)) == found
        assert found.keys() >= {
            "schema", "scenario", "variants", "seed", "turns", "digest", "ending", "peak_rung", "risk", "mechanisms"
        }  # fmt: skip
        assert (found["scenario"], found["variants"], found["seed"]) == (game.id, [], seed)
        assert found["turns"] == len(run.events) <= len(game.turns)
        assert len(found["risk"]) == found["turns"] + 1
        assert len(found["rungs"]) == found["turns"]
        assert found["digest"] == run.digest
        assert found["ending"]["id"] == run.ended.id
        opened = [max(rung.values()) for rung in found["rungs"][game.opening :]]
        assert found["peak_rung"] == max(opened, default=0)
        assert set(found["mechanisms"]) == set(game.mechanisms)
        for counts in found["mechanisms"].values():
            assert set(counts) == {"uses", "refusals", "answered", "unanswered"}
            assert all(type(count) is int and count >= 0 for count in counts.values())
        calls += sum(counts["uses"] for counts in found["mechanisms"].values())
        refused += sum(counts["refusals"] for counts in found["mechanisms"].values())
        asked = game.tracks["asked"]
        assert sum(counts["uses"] for counts in found["mechanisms"].values()) == sum(
            event.after - event.before
            for events in run.events
            for event in events
            if event.kind == NOTE and asked.first <= event.cell < asked.first + asked.size
        )
    assert calls > refused > 0


# --- what the hotline does ------------------------------------------------------------------------------------------

QUICK = {"relay_minutes": 0, "window_minutes": 0, "consultation_minutes": 0, "consultation_chance": 1000, "gate": -10}
BEST = {"authority": 1000, **QUICK}
ALWAYS = {"clearance": 1000, "climate_weight": 0, **QUICK}
SETTINGS = {
    "best": BEST,
    "none": {"status": '"suspended"'},
    "standard": {},
    "authority": {"authority": 1000},
    "powerless": {**BEST, "authority": 0},
    "slow_relay": {**BEST, "relay_minutes": 90},
    "slow_answer": {**BEST, "window_minutes": 2880},
    "talks_first": {**BEST, "consultation_minutes": 60, "consultation_chance": 500},
    "gated": {**BEST, "gate": 0},
    "answers": {**ALWAYS, "willingness": 1000},
    "silent": {**ALWAYS, "willingness": 0},
    "answers_and_commands": {**ALWAYS, "willingness": 1000, "authority": 1000},
    "silent_and_commands": {**ALWAYS, "willingness": 0, "authority": 1000},
}
OTHERS = ("none", "standard", "authority", "powerless", "slow_relay", "slow_answer", "talks_first", "gated")


@pytest.fixture(scope="module")
def variant(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Game]:
    """The shipped scenario with one setting of its hotline."""
    folder = tmp_path_factory.mktemp("shelf") / "airspace-2024"
    shutil.copytree(str(shipped("scenarios") / "airspace-2024"), folder)
    (folder / "variants").mkdir(exist_ok=True)
    known: dict[str, Game] = {}
    for name, values in SETTINGS.items():
        lines = ["[[mechanism]]", 'id = "hotline"', *(f"{key} = {value}" for key, value in values.items())]
        (folder / "variants" / f"test-{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def made(name: str) -> Game:
        if name not in known:
            loaded = load(str(folder), [f"test-{name}"])
            assert loaded.game is not None, loaded.report
            known[name] = loaded.game
        return known[name]

    return made


def cell(game: Game, name: str) -> int:
    (found,) = game.cells_named(name)
    return found


def calls(game: Game, seeds: range) -> Iterator[tuple[State, tuple[Order, ...]]]:
    """States of random play in which a call can be asked for, with the others' orders and the call."""
    player = Player(game, policies_for(game, "random"))
    policies = tuple("" if name == CALLER else "random" for name in names(game))
    idle, over = cell(game, "stage.hotline.jp"), cell(game, "over")
    for seed in seeds:
        run = player.run(seed)
        state = run.states[seed % len(run.events)]
        if not state.row[idle] and not state.row[over]:
            yield state, (Order(CALLER, CALL, CALL), *computer_orders(game, state, policies))


def noted(game: Game, row: tuple[int, ...], name: str) -> bool:
    return row[cell(game, name)] > 0


@pytest.mark.parametrize("end", ["", "_and_commands"])
def test_an_unanswered_call_never_lowers_risk_more(variant: Callable[[str], Game], end: str) -> None:
    """Coupling: one state, one seed, the same orders; only whether the call is answered differs."""
    answers, silent = variant("answers" + end), variant("silent" + end)
    risk = cell(answers, "risk.jp.cn")
    pairs = 0
    for state, orders in calls(answers, range(250)):
        yes, _ = resolve(answers, state, orders)
        no, _ = resolve(silent, state, orders)
        if noted(answers, yes.row, "answered.hotline.jp") and noted(silent, no.row, "unanswered.hotline.jp"):
            pairs += 1
            assert no.row[risk] >= yes.row[risk], (state.seed, state.turn, state.row[risk])
    assert pairs > 120


@pytest.mark.parametrize("policy", ["doctrine", "random"])
def test_the_best_hotline_is_not_worse_than_none(variant: Callable[[str], Game], policy: str) -> None:
    _none, best = compared([("none", variant("none")), ("best", variant("best"))], policy, 400).arms
    difference = best.differences[FINAL].mean
    assert difference.value - difference.half <= 0, difference


@pytest.fixture(scope="module")
def relief(variant: Callable[[str], Game]) -> list[tuple[State, tuple[Order, ...], int]]:
    """Calls, and what the caller believes at the end of the turn with the best line."""
    best = variant("best")
    belief = cell(best, "belief.jp.cn")
    return [(state, orders, resolve(best, state, orders)[0].row[belief]) for state, orders in calls(best, range(200))]


@pytest.mark.parametrize("other", OTHERS)
def test_no_setting_relieves_more_than_the_best(
    variant: Callable[[str], Game], relief: list[tuple[State, tuple[Order, ...], int]], other: str
) -> None:
    """One call from the same state and seed: what it takes from the caller's belief within the turn."""
    game = variant(other)
    belief = cell(game, "belief.jp.cn")
    better = 0
    for state, orders, with_best in relief:
        given = tuple(order for order in orders if other != "none" or order.action != CALL)
        after, _ = resolve(game, with_status(game, state), given)
        assert with_best <= after.row[belief], (state.seed, state.turn)
        better += with_best < after.row[belief]
    assert better
    assert len(relief) > 100


def with_status(game: Game, state: State) -> State:
    """The state with the hotline as this variant has it at the start."""
    row, place = list(state.row), cell(game, "status.hotline")
    row[place] = game.start_row[place]
    return attrs.evolve(state, row=tuple(row))


@pytest.mark.parametrize("other", OTHERS)
def test_over_the_whole_day_one_call_relieves_most_with_the_best(variant: Callable[[str], Game], other: str) -> None:
    """One call, everybody else holds, paired seeds: the caller's belief at the end, on average."""
    best, game = variant("best"), variant(other)
    belief = cell(best, "belief.jp.cn")
    total = 0
    for turn, seeds in itertools.product((1, 2, 3), (range(60),)):
        script = Script({turn: (Order(CALLER, CALL, CALL),)})
        players = [Player(one, policies_for(one, "hold", script)) for one in (best, game)]
        for seed in seeds:
            ends = [player.run(seed, script).states[-1].row[belief] for player in players]
            total += ends[0] - ends[1]
    assert total <= 0


def test_risk_does_not_rise_when_nothing_happens(tmp_path: Path) -> None:
    folder = tmp_path / "airspace-2024"
    shutil.copytree(str(shipped("scenarios") / "airspace-2024"), folder)
    (folder / "injects.toml").unlink(missing_ok=True)
    loaded = load(str(folder))
    assert loaded.game is not None, loaded.report
    game = loaded.game
    assert not game.injects
    assert all(unit.commander >= 0 for unit in game.units)
    risk = game.tracks["risk"]
    player = Player(game, ("",) * len(game.agencies))
    for seed in range(200):
        run = player.run(seed)
        for before, after in itertools.pairwise(run.states):
            for number in range(risk.first, risk.first + risk.size):
                assert after.row[number] <= before.row[number], (seed, after.turn)
