"""Many runs at once are the runs of the recording table, turn by turn, in machine code and in Python."""

from array import array
from pathlib import Path
from typing import Any

import attrs
import pytest
from runs import SCENARIO, Turn, bound, play, seats, so_many

from game.core import Game, resolve, start
from game.core.fingerprint import fingerprint
from game.core.lifted import lifted
from game.core.model import Ending, Rule
from game.core.orders import ordered_cells
from game.core.resolve import computer_orders
from game.play import compiling, kept
from game.play.batch import Batch
from game.rules import fields
from game.scenario.library import shipped_scenarios

NEEDS_FAST = pytest.mark.skipif(not compiling.available(), reason="needs the extra 'fast'")
WAYS = [pytest.param(True, marks=NEEDS_FAST, id="machine"), pytest.param(False, id="python")]


@pytest.fixture(params=shipped_scenarios())
def game(request: pytest.FixtureRequest) -> Game:
    return bound(request.param)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, and a memory without code."""
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "turns")
    compiling.loaded.cache_clear()
    return tmp_path / "turns"


def prints(run: list[Turn]) -> tuple[int, ...]:
    return tuple(fingerprint(turn.after.row, turn.events) for turn in run)


@pytest.mark.parametrize("policy", ["random", "doctrine"])
def test_runs_are_those_of_the_recording_table(game: Game, policy: str) -> None:
    risk, peak, over = (game.tracks[name].first for name in ("risk", "peak", "over"))
    seeds = [0, (1 << 64) - 1, *range(1, so_many(game, 50))]
    ways = [Batch(game, seats(game, policy), machine=machine) for machine in (compiling.available(), False)]
    found = [batch.run(seeds, [risk, peak]) for batch in ways]
    for run, seed in enumerate(seeds):
        recorded = play(game, seed, policy)
        last = recorded[-1].after.row
        for runs in found:
            assert runs.fingerprints(run) == prints(recorded), f"seed {seed}"
            assert runs.endings[run] == last[over]
            for number in range(len(game.turns)):
                row = recorded[number].after.row if number < len(recorded) else last
                assert (runs.value(run, number), runs.value(run, number, 1)) == (row[risk], row[peak])


@pytest.mark.parametrize("machine", WAYS)
def test_runs_begin_where_they_are_told(machine: bool) -> None:
    game = bound(SCENARIO)
    runs = [play(game, seed) for seed in range(6)]
    states = [run[1].after for run in runs if len(run) > 3]
    batch = Batch(game, seats(game, "random"), machine=machine)
    seeds = [state.seed for state in states]
    each = batch.run(seeds, starts=[state.row for state in states], begin=2)
    for number, seed in enumerate(seeds):
        assert each.fingerprints(number) == prints(runs[seed])[2:]
    one = batch.run(seeds[:1] * 3, starts=[states[0].row], begin=2, end=3)
    assert list(one.prints) == [prints(runs[seeds[0]])[2]] * 3


@pytest.mark.parametrize("machine", WAYS)
def test_rows_to_begin_with_are_taken_in_turn(machine: bool) -> None:
    game = bound(SCENARIO)
    states = [play(game, seed)[0].after for seed in range(3)]
    batch = Batch(game, seats(game, "random"), machine=machine)
    each = batch.run([7] * 6, starts=[state.row for state in [*states, *states]], begin=1)
    three = array("q", (value for state in states for value in state.row))
    assert batch.run([7] * 6, starts=three, begin=1).prints == each.prints
    assert len(set(each.prints[:: each.turns])) == 3


@pytest.mark.parametrize("machine", WAYS)
def test_orders_given_stand_in_place_of_those_drawn(game: Game, machine: bool) -> None:
    policies = seats(game, "doctrine")
    batch = Batch(game, policies, machine=machine)
    for seed in range(8):
        own = game.agencies[seed % len(game.agencies)].id
        state = start(game, seed)
        drawn = computer_orders(game, state, seats(game, "random"))
        given = [order for order in drawn if order.agency == own]
        others = [order for order in computer_orders(game, state, policies) if order.agency != own]
        after, events = resolve(game, state, [*given, *others])
        runs = batch.run([seed], ordered=ordered_cells(game, [own], given), end=1)
        assert runs.fingerprints(0) == (fingerprint(after.row, events),)


@pytest.mark.parametrize("machine", WAYS)
def test_cells_are_added_up_over_the_turns_that_are_played(machine: bool) -> None:
    """A run that has ended keeps its last notes, which are not added again."""
    game = bound(SCENARIO)
    rung, done = game.tracks["rung"], game.tracks["done"]
    early = Ending("early", "Early", lambda table: (table.turn >= 2) & (table.track(rung) > 2), "It is over.")
    game = attrs.evolve(game, endings=(early, *game.endings))
    cells = [rung.first, *range(done.first, done.first + done.size)]
    recorded = [play(game, seed, "random") for seed in range(30)]
    assert len({len(run) for run in recorded}) > 1
    runs = Batch(game, seats(game, "random"), machine=machine).run(range(30), added=cells)
    for place, cell in enumerate(cells):
        assert list(runs.sum(place)) == [sum(turn.after.row[cell] for turn in run) for run in recorded]


@pytest.mark.parametrize("machine", WAYS)
def test_runs_without_fingerprints_are_the_same(game: Game, machine: bool) -> None:
    batch = Batch(game, seats(game, "doctrine"), machine=machine)
    cells = range(len(game.start_row))
    marked, plain = (batch.run(range(6), cells, added=cells, marked=marked) for marked in (True, False))
    assert (marked.values, marked.sums, marked.lengths) == (plain.values, plain.sums, plain.lengths)
    assert any(marked.prints)
    assert not any(plain.prints)


@pytest.mark.parametrize("machine", WAYS)
def test_a_chance_one_permille_too_high_is_seen(game: Game, machine: bool) -> None:
    """In the fingerprint of a turn in which it was rolled for, even where no draw comes out otherwise."""
    policies, seen = seats(game, "doctrine"), 0
    right = Batch(game, policies, machine=machine).run(range(8)).prints
    chances = [
        (step, number, name)
        for step, rules in game.rules.items()
        for number, rule in enumerate(rules)
        for name, (declared, _) in fields.declared(type(rule.parameters)).items()
        if declared.unit == "permille" and declared.kind == "number"
        and getattr(rule.parameters, name) < declared.high
    ]  # fmt: skip
    for step, number, name in chances[:: max(1, len(chances) // 8)]:
        rules = list(game.rules[step])
        now = rules[number].parameters
        rules[number] = attrs.evolve(rules[number], parameters=attrs.evolve(now, **{name: getattr(now, name) + 1}))
        wrong = attrs.evolve(game, rules={**game.rules, step: tuple(rules)})
        seen += Batch(wrong, policies, machine=machine).run(range(8)).prints != right
    assert seen > 1


@pytest.mark.parametrize("machine", WAYS)
@pytest.mark.parametrize(
    "wrong",
    [{"starts": [(0,)]}, {"begin": 3, "end": 2}, {"end": 99}, {"cells": [-1]}, {"cells": [10**6]}, {"added": [-1]}],
)
def test_what_no_run_can_do_is_refused(machine: bool, wrong: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match="a batch"):
        Batch(bound(SCENARIO), seats(bound(SCENARIO), "random"), machine=machine).run([1], **wrong)


def changed(game: Game) -> Game:
    """The game with every number of a rule's parameters one higher, or one lower where it is at its limit."""

    def other(value: int, high: int) -> int:
        return value + 1 if value < high else value - 1

    rules = {step: list(of) for step, of in game.rules.items()}
    for of in rules.values():
        for place, rule in enumerate(of):
            numbers = {
                name: other(getattr(rule.parameters, name), declared.high)
                for name, (declared, _) in fields.declared(type(rule.parameters)).items()
                if declared.kind == "number"
            }
            of[place] = attrs.evolve(rule, parameters=attrs.evolve(rule.parameters, **numbers))
    return attrs.evolve(game, rules={step: tuple(of) for step, of in rules.items()})


@pytest.mark.parametrize("machine", WAYS)
def test_other_numbers_need_no_other_text(game: Game, machine: bool) -> None:
    other = changed(game)
    policies = seats(game, "doctrine")
    assert lifted(other, policies).source == lifted(game, policies).source
    batch, base = Batch(other, policies, machine=machine), Batch(game, policies, machine=machine)
    assert batch.machine is base.machine
    runs = batch.run(range(5))
    for seed in range(5):
        assert runs.fingerprints(seed) == prints(play(other, seed, "doctrine"))
    assert runs.prints != base.run(range(5)).prints


@pytest.mark.parametrize("machine", WAYS)
@pytest.mark.parametrize("far", [-1, 10**9, -(10**15)])
@pytest.mark.parametrize("kind", ["look", "shift", "track"])
def test_a_body_cannot_reach_beyond_the_row(machine: bool, far: int, kind: str) -> None:
    """What an author or another's rule gets wrong stops the batch, and touches nothing."""
    game = bound(SCENARIO)
    risk = game.tracks["risk"]

    def body(table: Any, parameters: Any) -> None:
        place = table.where(table.turn > 1, far, 0)
        if kind == "look":
            table.shift(risk, by=table.look((1, 2, 3), place))
        elif kind == "shift":
            table.shift(risk, place - risk.first * table.where(place < 0, 1, 0), by=1)
        else:
            table.shift(risk, by=table.track(risk, place - risk.first * table.where(place < 0, 1, 0)))

    rules = {**game.rules, "risk": (*game.rules["risk"], Rule("rule.far", "far", body, None))}
    batch = Batch(attrs.evolve(game, rules=rules), seats(game, "random"), machine=machine)
    assert batch.run([1], end=1).lengths[0] == 1
    with pytest.raises(IndexError, match="looks at"):
        batch.run([1])


@NEEDS_FAST
@pytest.mark.parametrize("abreast", [1, 2, 5, 100])
def test_it_does_not_matter_how_many_runs_are_played_side_by_side(
    abreast: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = bound(SCENARIO)
    batch = Batch(game, seats(game, "doctrine"))
    risk = game.tracks["risk"].first
    rows = [[*game.start_row[:risk], start, *game.start_row[risk + 1 :]] for start in (0, 200, 400)]
    wanted = batch.run(range(200), range(20), starts=rows, added=range(30))
    assert len(set(wanted.lengths)) > 1, "some runs end early"
    monkeypatch.setattr("game.play.batch.ABREAST", abreast)
    assert attrs.asdict(batch.run(range(200), range(20), starts=rows, added=range(30))) == attrs.asdict(wanted)


# ---- code that is kept
@NEEDS_FAST
def test_code_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    game = bound("tutorial")
    first = Batch(game, seats(game, "random"))
    assert first.machine
    assert first.machine.fresh
    compiling.loaded.cache_clear()
    monkeypatch.setattr(compiling, "compiled", lambda text: pytest.fail("compiled again"))
    second = Batch(game, seats(game, "random"))
    assert second.machine
    assert not second.machine.fresh
    assert second.run(range(9)).prints == first.run(range(9)).prints


@NEEDS_FAST
@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "renamed", "writable", "linked"])
def test_code_that_is_broken_or_not_ours_is_compiled_again(folder: Path, harm: str) -> None:
    game = bound("tutorial")
    Batch(game, seats(game, "random"))
    (path,) = folder.glob("*.code")
    code = path.read_bytes()
    if harm == "cut":
        path.write_bytes(code[:-7])
    elif harm == "flipped":
        path.write_bytes(code[:500] + bytes([code[500] ^ 1]) + code[501:])
    elif harm == "empty":
        path.write_bytes(b"")
    elif harm == "renamed":
        path.write_bytes(kept.sealed("another name", code[kept.SEAL :]) + code[kept.SEAL :])
    elif harm == "writable":
        path.chmod(0o666)
    else:
        path.rename(folder / "elsewhere")
        path.symlink_to(folder / "elsewhere")
    assert kept.read(path.stem) is None
    compiling.loaded.cache_clear()
    batch = Batch(game, seats(game, "random"))
    assert batch.machine
    assert batch.machine.fresh
    assert kept.read(path.stem) == code[kept.SEAL :]


def test_a_folder_that_cannot_be_made_costs_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "file" / "turns")
    kept.write("name", b"code")
    assert kept.read("name") is None


def test_only_so_many_are_kept(folder: Path) -> None:
    for number in range(kept.MOST + 3):
        kept.write(f"{number}", b"code")
    assert len(list(folder.iterdir())) == kept.MOST
    assert kept.read(f"{kept.MOST + 2}") == b"code"
