"""The recording table and the traced text play the same turns; a small error in either is found."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import pytest
from runs import Turn, play, seats, so_many

from game.core import Event, Game, Order, resolve
from game.core.chance import turn_key
from game.core.events import CHANGES, PICK, REFUSAL, ROLL, SHIFT
from game.core.fingerprint import fingerprint
from game.core.orders import given_orders
from game.core.resolve import order_events
from game.core.state import digest
from game.core.table import Recording, clear
from game.core.traced import Traced, compiled
from game.play.batch import Batch
from game.play.compiling import available
from game.rules import SHELF, Block, fields
from game.scenario.library import load
from game.scenario.shipped import shipped


@attrs.frozen
class Played:
    """One turn as the traced text played it."""

    orders: tuple[Order, ...]
    row: list[int]
    events: tuple[Event, ...]


def by_text(text: Traced, run: list[Turn]) -> Iterator[Played]:
    """The turns of a run again, through text written to record."""
    game, row = text.game, list(run[0].before.row)
    for turn in run:
        row, stream = clear(game, row), []
        key = turn_key(turn.before.seed, turn.before.turn)
        text.choose(row, key, turn.before.turn)
        orders, given = given_orders(game, row), order_events(game, row)
        text.play(row, key, turn.before.turn, stream)
        yield Played(orders, list(row), (*given, *text.events(stream)))


def plainly(text: Traced, run: list[Turn]) -> list[int]:
    """The last row of a run, through text that records nothing."""
    row = list(run[0].before.row)
    for turn in run:
        row = clear(text.game, row)
        key = turn_key(turn.before.seed, turn.before.turn)
        text.choose(row, key, turn.before.turn)
        text.play(row, key, turn.before.turn)
    return row


def differ(text: Traced, run: list[Turn]) -> bool:
    """Whether a turn has not the same digest on the recording table and in the text."""
    again = by_text(text, run)
    return any(digest(t.after.row, t.events) != digest(p.row, p.events) for t, p in zip(run, again, strict=True))


@pytest.mark.parametrize(("policy", "count"), [("random", 80), ("doctrine", 60)])
def test_both_tables_agree_event_by_event_and_digest_by_digest(game: Game, policy: str, count: int) -> None:
    text = compiled(game, record=True, policies=seats(game, policy))
    plain = compiled(game, record=False, policies=seats(game, policy))
    for seed in range(so_many(game, count)):
        run = play(game, seed, policy)
        for turn, played in zip(run, by_text(text, run), strict=True):
            where = f"seed {seed}, turn {turn.before.turn + 1}"
            assert played.orders == turn.orders, where
            for one, other in zip(turn.events, played.events, strict=True):
                assert one == other, where
            assert digest(played.row, played.events) == digest(turn.after.row, turn.events), where
        assert plainly(plain, run) == list(run[-1].after.row), f"seed {seed}"


def chances(game: Game, runs: list[list[Turn]]) -> Iterator[tuple[str, int, str, list[Turn]]]:
    """The parameters of rules that were rolled for as they stand: step, number of the rule, name of the parameter, and
    the turns in which they were.
    """
    rolled: dict[tuple[str, int], list[Turn]] = {}
    for turn in (turn for run in runs for turn in run):
        for key in {(e.rule, e.roll.chance) for e in turn.events if e.roll and e.kind == ROLL}:
            rolled.setdefault(key, []).append(turn)
    for step, rules in game.rules.items():
        for number, rule in enumerate(rules):
            for name, (declared, _) in fields.declared(type(rule.parameters)).items():
                value = getattr(rule.parameters, name)
                is_chance = declared.kind == "number" and declared.unit == "permille"
                if is_chance and value < declared.high and (rule.id, value) in rolled:
                    yield step, number, name, rolled[rule.id, value]


def test_a_chance_one_permille_too_high_in_one_rule_is_caught(game: Game, runs: list[list[Turn]]) -> None:
    text = compiled(game, policies=seats(game, "random"))
    found = list(chances(game, runs))
    assert len(found) > 3
    assert not any(differ(text, run) for run in runs[:5])
    for step, number, name, turns in found:
        rules = list(game.rules[step])
        right = rules[number].parameters
        rules[number] = attrs.evolve(rules[number], parameters=attrs.evolve(right, **{name: getattr(right, name) + 1}))
        wrong = attrs.evolve(game, rules={**game.rules, step: tuple(rules)})
        assert any(differ(text, [again(wrong, turn)]) for turn in turns), f"{rules[number].id}: {name}"


def again(game: Game, turn: Turn) -> Turn:
    """A turn played again from the same state with the same orders."""
    after, events = resolve(game, turn.before, turn.orders)
    return Turn(turn.before, turn.orders, after, events)


def test_a_part_that_is_one_too_large_in_one_rule_is_caught(
    game: Game, runs: list[list[Turn]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rule that shifts something, with one more in its last part."""
    text = compiled(game, policies=seats(game, "random"))
    spoke: dict[str, list[Turn]] = {}
    for turn in (turn for run in runs for turn in run):
        for rule in {event.rule for event in turn.events if event.kind == SHIFT and not event.limited}:
            spoke.setdefault(rule, []).append(turn)
    assert len(spoke) > 20
    right = Recording.shift
    for rule, turns in spoke.items():

        def shift(self: Any, track: Any, *keys: int, by: Any, rule: str = rule, **more: Any) -> None:
            parts = [("", by)] if isinstance(by, int) else list(by)
            if self.rule == rule and sum(part for _, part in parts):
                parts = [*parts[:-1], (parts[-1][0], parts[-1][1] + 1)]
                by = parts[0][1] if isinstance(by, int) else parts
            right(self, track, *keys, by=by, **more)

        with monkeypatch.context() as patch:
            patch.setattr(Recording, "shift", shift)
            # Where a later rule levels it, a shift may come to the same in one turn.
            assert any(differ(text, [again(game, turn)]) for turn in turns), rule


@pytest.mark.parametrize(
    ("verb", "wrong"),
    [
        ("least", lambda self, a, b: a if a > b else b),
        ("most", lambda self, a, b: b),
        ("where", lambda self, condition, yes, no: yes if condition else no + (no > 0)),
        ("count", lambda self, *conditions: len(conditions)),
        ("no", lambda self, condition: bool(condition)),
        ("every", lambda self, looks: any(look(self) for look in looks)),
        ("some", lambda self, looks: all(look(self) for look in looks)),
    ],
)
def test_an_error_in_one_verb_of_the_recording_table_is_caught(
    game: Game, monkeypatch: pytest.MonkeyPatch, verb: str, wrong: Callable[..., Any]
) -> None:
    text = compiled(game, policies=seats(game, "random"))
    monkeypatch.setattr(Recording, verb, wrong)
    # An error may also lead out of a table of fixed numbers.
    with suppress(IndexError):
        assert any(differ(text, play(game, seed)) for seed in range(20))


# ---- a body that says everything a body can say


EVERY_FIELD = {
    "sides": fields.several("side", "the sides"),
    "mark": fields.track("a mark by side", ("side",)),
    "level": fields.track("a level by side", ("side",)),
    "tally": fields.track("a note by side", ("side",)),
}
Everything = attrs.make_class("Everything", EVERY_FIELD, frozen=True)


def everything(table: Any, p: Any) -> None:
    """Looks, says sums, rolls and proposes in every way, by fixed and by open keys, and reads again what it wrote."""
    count = len(p.sides)
    own = table.pick("whose", count)
    low = table.track(p.level, own)
    table.shift(
        p.level, own, by=[("drift", table.turn - 2), ("minutes", table.minutes // 60), ("none", 0)], label="drift"
    )
    again = table.track(p.level, own)
    moved = (again != low) | (again == p.level.high)
    hit = table.roll("by turn", chance=300 + 40 * table.turn, nth=table.turn, subject=own, when=moved, seen=3)
    twice = table.roll("always", chance=table.most(table.least(again * 90, 900), 100), subject=p.sides[0])
    table.put(p.mark, own, to=table.look((0, 1, 2, 1), table.least(table.most(again, 0), 3)), when=hit, label="marked")
    table.put(p.mark, p.sides[-1], to=1, when=table.no(hit) & twice)
    table.due(p.level, p.sides[-1], at=table.least(table.clock // 60, p.level.high), when=hit & (table.turn > 1))
    table.note(p.tally, own, when=hit | twice, label="noted", seen=5)
    table.note(p.tally, p.sides[0], when=table.noted(p.tally, own))
    every = [lambda t: t.track(p.level, own) > 1, lambda t: t.noted(p.tally, own), lambda t: t.no(hit)]
    table.note(p.tally, p.sides[-1], when=table.every(every) | table.some(every[1:]), label="looked at in turn")
    table.refuse("nothing more", seen=1, when=table.no(twice))
    table.shift(p.level, p.sides[0], by=0 - table.share(100, table.track(p.mark, own), 4) // 50, label="share")
    table.only(table.count(hit, twice, moved) >= 2, inside, p, own, again)
    table.move(0, to=table.share(table.track(table.game.tracks["at"], 0), 2, 0), when=hit & twice, label="moved")


def inside(table: Any, p: Any, own: Any, again: Any) -> None:
    """What happens only when two of three hold."""
    more = table.roll("inside", chance=500)
    table.shift(p.level, own, by=table.where(more, -again, 1 - 7 * table.track(p.mark, own)), label="inside")
    table.only(more & (table.track(p.level, own) > 0), deeper, p)
    table.shift(p.level, own, by=-1, when=table.no(more), label="last")
    table.note(p.tally, p.sides[0], when=table.track(table.game.tracks["at"], 0) > 1)


def deeper(table: Any, p: Any) -> None:
    """A body inside a body."""
    table.put(p.mark, p.sides[0], to=table.track(p.level, p.sides[0]) // 100 + 1)


EVERYTHING = """
[[track]]
id = "one_mark"
name = "Mark"
keys = ["side"]
words = ["none", "some", "much"]

[[track]]
id = "one_level"
name = "Level"
keys = ["side"]
low = -3
high = 9

[[track]]
id = "one_note"
name = "Note"
keys = ["side"]
high = 99
lasting = false

[[rule]]
id = "everything"
use = "everything"
sides = [{sides}]
mark = "one_mark"
level = "one_level"
tally = "one_note"
"""


def test_both_tables_agree_on_every_verb_of_a_body(game: Game, tmp_path: Path) -> None:
    folder = tmp_path / game.id
    shutil.copytree(str(shipped("scenarios") / game.id), folder)
    sides = ", ".join(f'"{side.id}"' for side in game.sides)
    (folder / "everything.toml").write_text(EVERYTHING.format(sides=sides))
    loaded = load(str(folder), (), (*SHELF, Block("everything", "beliefs", Everything, everything)))
    assert loaded.game, loaded.report
    text = compiled(loaded.game, policies=seats(loaded.game, "random"))
    plain = compiled(loaded.game, record=False, policies=seats(loaded.game, "random"))
    ways = [Batch(loaded.game, seats(loaded.game, "random"), machine=machine) for machine in (available(), False)]
    many = [batch.run(range(so_many(game, 60))) for batch in ways]
    kinds = set()
    for seed in range(so_many(game, 60)):
        run = play(loaded.game, seed)
        prints = tuple(fingerprint(turn.after.row, turn.events) for turn in run)
        assert [runs.fingerprints(seed) for runs in many] == [prints] * 2
        for turn, played in zip(run, by_text(text, run), strict=True):
            assert played.events == turn.events
            assert played.row == list(turn.after.row)
            kinds |= {event.kind for event in turn.events if event.rule == "rule.everything"}
        assert plainly(plain, run) == list(run[-1].after.row)
    assert kinds == {*CHANGES, ROLL, PICK, REFUSAL}
