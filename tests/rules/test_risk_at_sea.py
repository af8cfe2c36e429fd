"""Risk modules at sea and ashore: what each of them adds, and what must hold for all of them whatever the state.

The small world below has one of everything on both sides, so that it can be looked at in a mirror.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from game.core import Event, Game
from game.core.chance import turn_key
from game.core.events import SHIFT
from game.core.explain import why
from game.core.model import Rule, Track
from game.core.table import Recording, clear
from game.core.traced import compiled
from game.core.turn import play_turn
from game.rules import SHELF, Block, fields
from game.rules import risk_at_sea as sea
from game.rules import risk_politics as politics
from game.scenario.library import load

SEA = (
    Block("ratchet", "home", sea.Ratchet, sea.ratchet),
    Block("detention", "risk", sea.Detention, sea.detention),
    Block("deadline_pressure", "risk", sea.DeadlinePressure, sea.deadline_pressure),
    Block("armed_presence", "risk", sea.ArmedPresence, sea.armed_presence),
    Block("belt_presence", "risk", sea.BeltPresence, sea.belt_presence),
    Block("accident", "risk", sea.Accident, sea.accident),
    Block("third_parties", "risk", sea.ThirdParties, sea.third_parties),
    Block("window_pressure", "risk", sea.WindowPressure, sea.window_pressure),
)
POLITICS = (
    Block("rupture", "home", politics.Rupture, politics.rupture),
    Block("commitment", "home", politics.Commitment, politics.commitment),
    Block("balancing", "home", politics.Balancing, politics.balancing),
    Block("novelty", "ladder", politics.Novelty, politics.novelty),
    Block("contested_versions", "risk", politics.ContestedVersions, politics.contested_versions),
    Block("coercion", "risk", politics.Coercion, politics.coercion),
    Block("interdependence", "risk", politics.Interdependence, politics.interdependence),
    Block("cornered", "risk", politics.Cornered, politics.cornered),
    Block("first_of_its_kind", "risk", politics.FirstOfItsKind, politics.first_of_its_kind),
    Block("coalition", "risk", politics.Coalition, politics.coalition),
    Block("settlement", "risk", politics.Settlement, politics.settlement),
    Block("novice", "risk", politics.Novice, politics.novice),
)
NEW = (*SEA, *POLITICS)
KNOWN = {block.use for block in NEW}
WHOLE = (*(block for block in SHELF if block.use not in KNOWN), *NEW)

TURNS = (720, 720, 1440, 2880)
NEAR = ["SKN", "SCN", "STW"]


def rule(name: str, use: str, **values: object) -> str:
    lines = "".join(f"{key} = {written(value)}\n" for key, value in values.items())
    return f'[[rule]]\nid = "{name}"\nuse = "{use}"\n{lines}\n'


def written(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(one) for one in value) + "]"
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def track(name: str, *keys: str, high: int = 99, low: int = 0, words: Sequence[str] = (), lasting: bool = True,
          seen: str = "all", start: object = 0) -> str:  # fmt: skip
    limits = f"words = {written(list(words))}" if words else f"low = {low}\nhigh = {high}"
    return (f'[[track]]\nid = "{name}"\nname = "{name}"\nkeys = {written(list(keys))}\n{limits}\n'
            f'lasting = {written(lasting)}\nseen = "{seen}"\nstart = {written(start)}\n\n')  # fmt: skip


SIDES = ("jp", "cn")
UNITS = ("guard", "navy", "boats")
OF_UNITS = ("near_miss", "struck", "lives_lost", "fired_cannon", "boarded", "locked_on", "opened_fire", "in_contiguous",
            "in_territorial")  # fmt: skip
CUSTODY = ("free", "held", "arrested", "sent", "detained", "extended", "indicted", "released", "deported")
MISSION = ("in_port", "patrol", "shadow", "escort", "warn_off", "expel", "arrest", "fish", "land")
OF_SEEN = ("unseen", "now", "before")
CHANNELS = ("contacts", "trade")


def tracks() -> str:
    return "".join([
        track("risk", "pair", high=1000, start=200), track("rung", "pair", high=9), track("peak", "pair", high=9),
        track("habit", "pair", high=100), track("habit_high", "pair", high=100),
        track("climate", "pair", low=-10, high=10),
        track("custody", words=CUSTODY), track("custody_due", high=100000), track("custody_count", high=100),
        track("video", words=("none", "held", "released", "leaked")),
        track("version", "toward", words=("none", "partial", "blames_other")),
        track("spoke", "side", high=4, lasting=False), track("pressure", "side", high=100, seen="own"),
        track("aligned", "side", high=100), track("committed", "side", high=4), track("at_odds", "side", lasting=False),
        track("suspended", "side", lasting=False),
        track("hulls", "unit", high=400, start=3), track("mission", "unit", words=MISSION, seen="commander"),
        track("distance", "unit", words=("wide", "standard", "close"), seen="commander"),
        track("first_cannon", words=OF_SEEN), track("first_release", words=OF_SEEN),
        track("rupture", "mechanism", high=100), track("ruptured", "mechanism", lasting=False),
        track("status", "mechanism", words=("statuses",)),
        track("stage", "mechanism", "side", words=("idle", "consulting", "ringing", "relaying")),
        track("due", "mechanism", "side", high=100000), track("content", "mechanism", "side", high=10, lasting=False),
        *(track(name, "mechanism", "side", lasting=False)
          for name in ("asked", "refused", "rang", "unanswered", "answered", "late", "believed")),
        *(track(name, "unit", lasting=False) for name in OF_UNITS),
    ])  # fmt: skip


def rules(a: str, b: str) -> str:
    both = [a, b]
    guards, navies = ([f"{one}_{unit}" for one in (a, b, "us")] for unit in ("guard", "navy"))
    boats = [f"{a}_boats", f"{b}_boats"]
    return "".join([
        rule("ratchet", "ratchet", sides=both, units=guards, up=2, down=10, kept=500),
        rule("rupture", "rupture", mechanisms=list(CHANNELS), whole=60, mend=5),
        *(rule(f"balancing_{one}", "balancing", side=one, acts=f"rung.{a}.{b} - 4", rate=1000, fade=4) for one in both),
        rule("commitment", "commitment", sides=both, fade=2, freed="first_release == now"),
        rule("novelty", "novelty", kinds=[
            {"when": " + ".join(f"fired_cannon.{one}" for one in guards) + " > 0", "mark": "first_cannon",
             "label": "Water cannon."},
            {"when": "custody == released or custody == deported", "mark": "first_release"},
        ]),
        *(rule(f"detention_{one}", "detention", holder=one, people=other, held=4, stage=2, many=2, step=8,
               stepped="turn == 2") for one, other in (both, both[::-1])),
        rule("deadline", "deadline_pressure", sides=both, stands="custody == detained", threshold=48, weight=12),
        rule("armed", "armed_presence", sides=both, units=navies, zones=NEAR, near=2, belt=4, both=6),
        rule("belt", "belt_presence", sides=both, units=guards, beyond=2, inside=4),
        rule("accident", "accident", sides=both, units=guards + navies + boats, near=5, accidental=20, inadvertent=10,
             deliberate=40, deaths=90, meant="turn == 2"),
        rule("third", "third_parties", sides=both, boats=boats, guards=guards, weight=4, crowd=20, landing=6),
        rule("window", "window_pressure", sides=both, units=guards + navies + boats, attention=2, weight=5),
        rule("versions", "contested_versions", sides=both, differ=2, both=2, evidence=2),
        rule("coercion", "coercion", sides=both, mechanisms=list(CHANNELS), act=12, shut=4, mending=2),
        rule("interdependence", "interdependence", sides=both, mechanisms=list(CHANNELS), weight=2, threshold=2, resting=50),
        rule("cornered", "cornered", sides=both, mechanisms=list(CHANNELS), strong=3, pressed=40, weight=15, divisor=5),
        rule("firsts", "first_of_its_kind", sides=both,
             kinds=[{"mark": "first_cannon", "weight": 25, "label": "water cannon"}]),
        rule("coalition", "coalition", sides=both, threshold=20, divisor=10),
        rule("settlement", "settlement", sides=both, mark="first_release", relief=80, forced="rupture.contacts > 0",
             forced_share=500, victory=f"spoke.{a} > 3 or spoke.{b} > 3", victory_share=500, label="those held are free"),
        rule("novice", "novice", sides=both, new={a: 6, b: 6}, odds=4, both=5, threshold=4),
    ])  # fmt: skip


def world(a: str, b: str, turns: Sequence[int], more: str = "") -> str:
    sides = "".join(
        f'[[side]]\nid = "{one}"\nname = "Side {one}"\ncounterpart = "{other}"\n\n'
        f'[[agency]]\nid = "{one}_gov"\nname = "Government"\nside = "{one}"\nattention = 2\n\n'
        f'[[agency]]\nid = "{one}_fleet"\nname = "Fleet"\nside = "{one}"\nattention = 2\n\n'
        for one, other in ((a, b), (b, a), ("us", a))
    )
    units = "".join(
        f'[[unit]]\nid = "{one}_{unit}"\nname = "{unit} of {one}"\nkind = "ship"\nside = "{one}"\nspeed = 30\nat = "KOS"\n'
        + (f'commander = "{one}_fleet"\n\n' if unit != "boats" else "\n")
        for one in (a, b, "us")
        for unit in UNITS
    )
    channels = "".join(
        f'[[mechanism]]\nid = "{one}"\nname = "Channel {one}"\nuse = "exchange"\nstatus = "operating"\nabout = "A channel."\n'
        f'sides = ["{a}", "{b}"]\nknown_to = ["{a}_gov", "{b}_gov"]\nreopen = -2\nreopening = 150\nchill = 1\n\n'
        for one in CHANNELS
    )
    head = (f'format = 1\ntitle = "Two coasts"\ndate = "2010-09-07"\nzones = ["KOS", "SKN", "SCN", "STW"]\n'
            f'initiative = {written([f"{one}_{kind}" for one in (a, b, "us") for kind in ("gov", "fleet")])}\n'
            f'turns = {written([{"clock": str(n), "minutes": m} for n, m in enumerate(turns)])}\n\n')  # fmt: skip
    return head + sides + units + tracks() + channels + (more or rules(a, b))


def bound(folder: Path, a: str = "jp", b: str = "cn", turns: Sequence[int] = TURNS, more: str = "") -> Game:
    folder.mkdir(exist_ok=True)
    (folder / "scenario.toml").write_text(world(a, b, turns, more))
    loaded = load(str(folder), (), WHOLE)
    assert loaded.game, loaded.report
    return loaded.game


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Game:
    return bound(tmp_path_factory.mktemp("sea") / "world")


# ---- looking at one rule


Cells = Mapping[str, int | str]


def cell(game: Game, name: str) -> int:
    (number,) = game.cells_named(name)
    return number


def put(game: Game, row: list[int], cells: Cells) -> list[int]:
    """A row with some cells changed: numbers, words of marks, zones of units."""
    row = list(row)
    for name, value in cells.items():
        number = cell(game, name)
        words = game.track_of(number).words
        row[number] = value if isinstance(value, int) else words.index(value)
    return row


def found(game: Game, name: str) -> Rule:
    return next(one for rules in game.rules.values() for one in rules if one.id in (name, f"rule.{name}"))


def spoken(game: Game, name: str, row: Sequence[int], turn: int = 2) -> tuple[list[int], list[Event]]:
    """What one rule makes of a row: the row after it, and its events."""
    table = Recording(game, row, 1, turn)
    table.perform(found(game, name))
    return table.row, table.events


def moved(game: Game, name: str, cells: Cells, turn: int = 2) -> int:
    """How far one rule moves risk in a state, before the limits of the track."""
    _, events = spoken(game, name, put(game, list(game.start_row), cells), turn)
    return sum(part.amount for event in events for part in event.parts)


def parts(game: Game, name: str, cells: Cells, turn: int = 2) -> dict[str, int]:
    _, events = spoken(game, name, put(game, list(game.start_row), cells), turn)
    return {part.label: part.amount for event in events for part in event.parts}


def story(game: Game, plays: Sequence[Cells], watch: str) -> list[int]:
    """A cell after each turn of a game in which some cells are put before the turn."""
    row, values = list(game.start_row), []
    for turn, cells in enumerate(plays):
        table = Recording(game, put(game, clear(game, row), cells), 1, turn)
        play_turn(table, game)
        row = table.row
        values.append(row[cell(game, watch)])
    return values


RISKY = tuple(block.use for block in NEW if block.place == "risk")
NAMES = ("detention_jp", "detention_cn", "deadline", "armed", "belt", "accident", "third", "window", "versions", "coercion",
         "interdependence", "cornered", "firsts", "coalition", "settlement", "novice")  # fmt: skip


STATES: tuple[tuple[str, Cells], ...] = (
    ("detention_jp", {"custody": "detained", "custody_count": 3}),
    ("armed", {"at.jp_navy": "SCN", "at.cn_navy": "STW", "in_territorial.cn_navy": 1}),
    ("belt", {"in_territorial.jp_guard": 1, "in_territorial.cn_guard": 1}),
    (
        "third",
        {
            **dict.fromkeys(("in_territorial.jp_guard", "in_contiguous.cn_guard", "in_contiguous.cn_boats"), 1),
            "mission.cn_boats": "land",
        },
    ),
    ("versions", {"version.jp.cn": "blames_other", "version.cn.jp": "blames_other", "video": "leaked"}),
    ("coercion", {"status.trade": "suspended"}),
    ("coalition", {"aligned.cn": 60}),
)
ACTS: tuple[tuple[str, Cells], ...] = (
    ("accident", {"struck.jp_guard": 1, "lives_lost.jp_guard": 1}),
    ("cornered", {"spoke.jp": 4, "spoke.cn": 4, "pressure.jp": 60, "pressure.cn": 60}),
    ("firsts", {"first_cannon": "now"}),
    ("settlement", {"first_release": "now"}),
    ("novice", {"rung.jp.cn": 5, "at_odds.jp": 1}),
    ("coercion", {"ruptured.trade": 1}),
)


SCENES = (*STATES, *ACTS, ("deadline", {"custody": "detained", "custody_due": 5200}),
          ("window", {"boarded.cn_boats": 3, "fired_cannon.jp_guard": 3, "near_miss.cn_guard": 3}))  # fmt: skip
SILENT = {
    f"{name}.{channel}.{side}": 0 for name in ("answered", "unanswered") for channel in CHANNELS for side in SIDES
}


def some_row(game: Game, chance: random.Random) -> list[int]:
    """A row as chance would have it, its cells often at 0 and at the limits of their tracks."""
    row = list(game.start_row)
    often = chance.choice((0.03, 0.3, 0.6))
    for one in game.tracks.values():
        for number in range(one.first, one.first + one.size):
            if one.id not in ("order", "done", "spoken", "over", "stage", "due") and chance.random() < often:
                high = min(one.high, {"custody_due": 8000, "hulls": 12}.get(one.id, one.high))
                row[number] = chance.choice(
                    (one.low, high, chance.randint(one.low, high), chance.randint(0, min(3, high)))
                )
    _, scene = chance.choice(SCENES)
    return put(game, row, {**(SILENT if chance.random() < 0.7 else {}), **(scene if chance.random() < 0.7 else {})})


@lru_cache(maxsize=4)
def some_rows(game: Game, count: int = 250) -> tuple[tuple[int, ...], ...]:
    chance = random.Random(17)
    return tuple(tuple(some_row(game, chance)) for _ in range(count))


def each_movement(game: Game) -> Iterator[tuple[str, list[int], int, int]]:
    """Every module on every one of many rows."""
    for number, row in enumerate(some_rows(game)):
        for name in NAMES:
            yield name, list(row), number % len(TURNS), total(game, name, row, number % len(TURNS))


def total(game: Game, name: str, row: Sequence[int], turn: int) -> int:
    return amount_of(game, found(game, name), row, turn)


def amount_of(game: Game, one: Rule, row: Sequence[int], turn: int) -> int:
    """How far a rule moves risk on a row, before the limits of the track."""
    table = Recording(game, row, 1, turn)
    table.perform(one)
    return sum(part.amount for event in table.events for part in event.parts)


def changed(game: Game, name: str, **values: object) -> Rule:
    """A rule with other values of parameters."""
    one = found(game, name)
    return attrs.evolve(one, parameters=attrs.evolve(one.parameters, **values))


# ---- what holds for all of them


def test_every_module_says_what_it_does_and_where_that_comes_from() -> None:
    for block in NEW:
        assert block.body.__doc__
        assert "Source:" in block.body.__doc__
        declared = fields.declared(block.parameters)
        assert all(field.meaning for field, _ in declared.values())
        assert all(field.unit for field, _ in declared.values() if field.kind in ("number", "by_side", "amount"))
    assert len(RISKY) >= 13


def test_a_risk_module_moves_risk_alone_and_its_parts_sum_to_the_movement_limits_included(small: Game) -> None:
    risk = small.tracks["risk"]
    limited = 0
    for name in NAMES:
        for number, row in enumerate(some_rows(small)):
            after, events = spoken(small, name, row, number % len(TURNS))
            assert len(events) <= 1
            changed = [place for place, (old, new) in enumerate(zip(row, after, strict=True)) if old != new]
            assert changed in ([], [cell(small, "risk.jp.cn")])
            for event in events:
                assert event.kind == SHIFT
                assert risk.first <= event.cell < risk.first + risk.size
                assert sum(part.amount for part in event.parts) + event.limited == event.after - event.before
                assert all(part.label and part.amount for part in event.parts)
                (shown,) = why(small, events, "risk.jp.cn")
                assert sum(p.amount for r in shown.reasons for p in r.parts) == event.after - event.before
                limited += event.limited != 0
    assert limited > 20


def test_each_module_speaks_on_some_rows_and_is_silent_on_others(small: Game) -> None:
    spoke: dict[str, set[bool]] = {name: set() for name in NAMES}
    for name, _, _, amount in each_movement(small):
        spoke[name].add(amount != 0)
    assert all(seen == {True, False} for seen in spoke.values()), spoke


def test_both_tables_agree_on_every_block_in_any_state(small: Game) -> None:
    text, plain = compiled(small), compiled(small, record=False)
    for number, row in enumerate(some_rows(small)):
        turn = number % len(TURNS)
        table = Recording(small, row, 5, turn)
        play_turn(table, small)
        traced, silent, stream = list(row), list(row), []
        text.play(traced, turn_key(5, turn), turn, stream)
        plain.play(silent, turn_key(5, turn), turn)
        assert traced == silent == table.row
        assert text.events(stream) == tuple(table.events)


@pytest.mark.parametrize("turn", range(len(TURNS)))
def test_where_nothing_happens_nothing_rises(small: Game, turn: int) -> None:
    for name in NAMES:
        assert moved(small, name, {}, turn) <= 0
    far = {f"{side}_{unit}": 400 for side in ("jp", "cn") for unit in UNITS}
    for name in NAMES:
        assert moved(small, name, {f"hulls.{unit}": count for unit, count in far.items()}, turn) <= 0


EVERY_UNIT = tuple(f"{side}_{unit}" for side in SIDES for unit in UNITS)
SEVERE = {
    "custody": range(7), "custody_count": range(100), "video": range(4), "first_cannon": range(2), "rung.jp.cn": range(10),
    **{f"{name}.{side}": range(high) for side in SIDES for name, high in
       (("spoke", 4), ("pressure", 101), ("aligned", 101), ("at_odds", 3))},
    **{f"version.{a}.{b}": range(3) for a, b in (SIDES, SIDES[::-1])},
    **{f"{name}.{unit}": range(3) for unit in EVERY_UNIT for name in OF_UNITS},
    **{f"hulls.{unit}": range(401) for unit in EVERY_UNIT}, **{f"at.{unit}": (0, 1) for unit in EVERY_UNIT},
    **{f"distance.{unit}": range(3) for unit in EVERY_UNIT},
    **{f"mission.{unit}": (1, 2, 3, 4, 5, 6) for unit in EVERY_UNIT if not unit.endswith("boats")},
    **{f"mission.{unit}": (7, 8) for unit in EVERY_UNIT if unit.endswith("boats")},
    **{f"ruptured.{channel}": range(3) for channel in CHANNELS}, **{f"rupture.{channel}": range(2) for channel in CHANNELS},
}  # fmt: skip
"""Cells whose values go from mild to severe; of the zones the first alone is far from the islets."""


def test_what_is_more_severe_never_adds_less(small: Game) -> None:
    chance = random.Random(3)
    rises: set[str] = set()
    for number, row in enumerate(some_rows(small)):
        turn = number % len(TURNS)
        for name in NAMES:
            if name in ("settlement", "interdependence", "deadline"):
                continue  # The first two take away; the third looks at which stage it is, and is tried below.
            for severe, values in chance.sample(sorted(SEVERE.items()), 25):
                mild, worse = sorted(chance.sample(list(values), 2))
                low, high = list(row), list(row)
                low[cell(small, severe)], high[cell(small, severe)] = mild, worse
                before, after = total(small, name, low, turn), total(small, name, high, turn)
                assert before <= after, (name, severe, mild, worse)
                if before < after:
                    rises.add(name)
    assert rises == set(NAMES) - {"settlement", "interdependence", "deadline"}


WEIGHTS = {"tenths of a point", "tenths of a point a day", "permille"}


def test_a_larger_weight_never_moves_risk_less(small: Game) -> None:
    for name in NAMES:
        light = found(small, name)
        takes = name == "interdependence"
        for key, (field, _) in fields.declared(type(light.parameters)).items():
            if field.kind != "number" or field.unit not in WEIGHTS or key in ("resting", "relief"):
                continue
            more = getattr(light.parameters, key) + (100 if field.unit == "permille" else 1)
            heavy = changed(small, name, **{key: more})
            grew = False
            for number, row in enumerate(some_rows(small)):
                before, after = (amount_of(small, one, row, number % len(TURNS)) for one in (light, heavy))
                assert before >= after if takes else before <= after, (name, key)
                grew |= before != after
            assert grew, (name, key)


def mirrored(game: Game, row: Sequence[int]) -> list[int]:
    """The same row with the two sides in each other's place."""
    turned = list(row)
    for one in game.tracks.values():
        for number, label in enumerate(one.labels):
            other = opposite(one, label)
            if other in one.labels:
                turned[one.first + one.labels.index(other)] = row[one.first + number]
    return turned


def opposite(one: Track, label: str) -> str:
    if one.keys == ("pair",):
        return label
    return label.replace("jp", "?").replace("cn", "jp").replace("?", "cn")


def test_in_a_mirror_no_number_changes(small: Game) -> None:
    other = {"detention_jp": "detention_cn", "detention_cn": "detention_jp"}
    for name, row, turn, amount in each_movement(small):
        assert total(small, other.get(name, name), mirrored(small, row), turn) == amount, name


def test_neither_the_names_of_sides_nor_the_order_in_which_a_rule_names_them_change_a_number(
    small: Game, tmp_path: Path
) -> None:
    renamed = bound(tmp_path / "renamed", "xx", "aa")
    for name, row, turn, amount in each_movement(small):
        there = name.replace("jp", "xx").replace("cn", "aa")
        assert total(renamed, there, row, turn) == amount
        one = found(small, name)
        if hasattr(one.parameters, "sides"):
            turned = changed(small, name, sides=one.parameters.sides[::-1])
            assert amount_of(small, turned, row, turn) == amount, name


def test_a_use_left_unanswered_never_lowers_risk_more_than_one_answered(small: Game) -> None:
    better = 0
    for number, row in enumerate(some_rows(small)):
        turn = number % len(TURNS)
        for channel in CHANNELS:
            for side in SIDES:
                calls = {f"{name}.{channel}.{side}": 0 for name in ("asked", "answered", "unanswered", "believed")}
                silent = put(
                    small, list(row), {**calls, f"asked.{channel}.{side}": 1, f"unanswered.{channel}.{side}": 1}
                )
                spoke = put(small, list(row), {**calls, f"asked.{channel}.{side}": 1, f"answered.{channel}.{side}": 1})
                none = put(small, list(row), calls)
                for name in NAMES:
                    quiet, heard = total(small, name, silent, turn), total(small, name, spoke, turn)
                    assert quiet >= heard
                    assert quiet >= total(small, name, none, turn)
                    better += quiet > heard
    assert better


@pytest.mark.parametrize(("name", "cells"), STATES, ids=[name for name, _ in STATES])
def test_a_state_weighs_by_the_day_however_the_days_are_cut_into_turns(small: Game, name: str, cells: Cells) -> None:
    half, day, two = (moved(small, name, cells, turn) for turn in (0, 2, 3))
    assert half > 0
    assert (2 * half, 4 * half) == (day, two)


@pytest.mark.parametrize(("name", "cells"), ACTS, ids=[name for name, _ in ACTS])
def test_an_act_weighs_once_however_long_the_turn(small: Game, name: str, cells: Cells) -> None:
    assert len({moved(small, name, cells, turn) for turn in (0, 2, 3)}) == 1
    assert moved(small, name, cells) != 0


def test_units_of_others_in_a_list_count_for_neither_side(small: Game) -> None:
    others = [f"{name}.us_{unit}" for unit in ("guard", "navy") for name in (*OF_UNITS, "hulls", "at")]
    for number, row in enumerate(some_rows(small)):
        turn = number % len(TURNS)
        for name in ("armed", "belt", "accident", "third", "window"):
            none, some = (put(small, list(row), dict.fromkeys(others, amount)) for amount in (0, 3))
            assert total(small, name, none, turn) == total(small, name, some, turn), name


# ---- each of them


def test_custody_weighs_more_at_each_stage_and_stops_with_release(small: Game) -> None:
    stages = [moved(small, "detention_jp", {"custody": word, "custody_count": 1}) for word in CUSTODY]
    assert stages == [0, 4, 6, 8, 10, 12, 14, 0, 0]
    assert [moved(small, "detention_jp", {"custody": "held", "custody_count": count}) for count in (1, 2, 14)] == [
        4,
        6,
        6,
    ]
    assert parts(small, "detention_jp", {"custody": "extended", "custody_count": 1}, 1) == {
        "Side jp holds people of Side cn": 2, "how far their case has gone": 4, "their case was taken a step further": 8,
    }  # fmt: skip
    assert moved(small, "detention_jp", {"custody": "released"}, 1) == 0


def test_held_for_seventeen_days_weighs_more_than_sent_back_in_two(tmp_path: Path) -> None:
    game = bound(tmp_path / "pair", turns=(1440,) * 20)
    long = ["held", "arrested", "sent", *["detained"] * 9, *["extended"] * 5, *["released"] * 3]
    short = ["held", "arrested", *["deported"] * 18]
    kept, sent_back = (story(game, [{"custody": word, "custody_count": 1} for word in words], "risk.jp.cn")
                       for words in (long, short))  # fmt: skip
    assert max(kept) - 200 > 4 * (max(sent_back) - 200)
    assert kept[-1] > sent_back[-1]


@pytest.mark.parametrize(
    ("turn", "due", "expected"),
    [
        (2, 0, 0),
        (2, 1440, 0),  # It has passed.
        (2, 1441, 0),
        (2, 2160, 6),  # Twelve hours of the turn lie before it.
        (2, 2880, 12),
        (2, 2880 + 1440, 12),
        (2, 2880 + 2160, 6),
        (2, 2880 + 2880, 0),
        (3, 2880 + 2880, 24),
        (3, 2880 + 720, 6),
        (3, 2880 + 2880 + 2880 - 80, 0),  # It begins to press 80 minutes before the turn ends.
        (3, 2880 + 2880 + 2880 - 120, 1),
    ],
)
def test_a_deadline_presses_in_the_hours_before_it(small: Game, turn: int, due: int, expected: int) -> None:
    cells: Cells = {"custody": "detained", "custody_due": due}
    assert moved(small, "deadline", cells, turn) == expected
    assert moved(small, "deadline", {**cells, "custody": "released"}, turn) == 0


def test_a_deadline_weighs_the_same_in_all_however_the_days_are_cut_into_turns(tmp_path: Path) -> None:
    cut = bound(tmp_path / "cut", turns=(720,) * 12)
    whole = bound(tmp_path / "whole", turns=(1440,) * 6)
    for hours in range(12, 145, 12):
        cells: Cells = {"custody": "detained", "custody_due": hours * 60}
        assert sum(moved(cut, "deadline", cells, turn) for turn in range(12)) == sum(
            moved(whole, "deadline", cells, turn) for turn in range(6)
        )


def test_navies_weigh_by_ship_by_place_and_when_they_meet(small: Game) -> None:
    assert moved(small, "armed", {"at.cn_navy": "KOS"}) == 0
    assert moved(small, "armed", {"at.cn_navy": "SKN"}) == 6
    assert moved(small, "armed", {"at.cn_navy": "SCN", "in_contiguous.cn_navy": 1}) == 18
    assert moved(small, "armed", {"at.cn_navy": "STW", "in_contiguous.cn_navy": 1, "in_territorial.cn_navy": 1}) == 18
    assert moved(small, "armed", {"at.cn_navy": "SKN", "hulls.cn_navy": 0}) == 0
    assert moved(small, "armed", {"at.cn_navy": "SKN", "at.jp_navy": "SCN"}) == 18
    assert (
        moved(small, "armed", {"at.cn_navy": "SKN", "hulls.cn_navy": 1, "at.jp_navy": "SKN", "hulls.jp_navy": 1}) == 10
    )
    assert parts(small, "armed", {"at.cn_navy": "SKN"}) == {"armed ships of Side cn near the islets": 6}
    assert moved(small, "armed", {"at.cn_guard": "STW", "in_territorial.cn_guard": 1}) == 0


def test_presence_counts_beyond_the_habit_and_intrusion_always(small: Game) -> None:
    ours, theirs = "in_contiguous.jp_guard", "in_contiguous.cn_guard"
    assert moved(small, "belt", {ours: 1, theirs: 1}) == 12
    assert moved(small, "belt", {ours: 1, theirs: 1, "habit.jp.cn": 4}) == 4
    assert moved(small, "belt", {ours: 1, theirs: 1, "habit.jp.cn": 6}) == 0
    inside: Cells = {"in_territorial.jp_guard": 1, "in_territorial.cn_guard": 1, "habit.jp.cn": 100}
    assert moved(small, "belt", inside) == 12
    assert moved(small, "belt", {**inside, "hulls.cn_guard": 2}) == 8
    assert moved(small, "belt", {"in_territorial.cn_guard": 1, "habit.jp.cn": 100}) == 0


def test_presence_becomes_routine_quickly_and_never_wholly_goes_back(tmp_path: Path) -> None:
    game = bound(tmp_path / "habit", turns=(1440,) * 180)
    there = {"in_contiguous.jp_guard": 1, "in_territorial.cn_guard": 1, "hulls.cn_guard": 12, "hulls.jp_guard": 8}
    habit = story(game, [there] * 20 + [{}] * 160, "habit.jp.cn")
    assert habit[:11] == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 20]
    assert [habit[day] for day in (28, 29, 38, 39)] == [20, 19, 19, 18]
    assert all(old - new in (0, 1) for old, new in pairwise(habit[19:]))
    assert habit[-1] == habit[-20] == 10


def test_the_habit_moves_as_far_however_the_days_are_cut_into_turns(tmp_path: Path) -> None:
    there = {"in_contiguous.jp_guard": 1, "hulls.jp_guard": 30}
    ends = []
    for minutes in (480, 720, 1440, 4320):
        game = bound(tmp_path / str(minutes), turns=(minutes,) * (12 * 1440 // minutes))
        half = len(game.turns) // 2
        ends.append(story(game, [there] * half + [{}] * half, "habit.jp.cn")[half - 1])
    assert ends == [12] * 4


def test_collisions_are_told_apart_by_their_cause(small: Game) -> None:
    struck: Cells = {"struck.jp_guard": 1, "struck.cn_boats": 1}
    assert parts(small, "accident", struck) == {"collisions": 20}
    pressed = {**struck, "mission.jp_guard": "expel"}
    assert parts(small, "accident", pressed) == {
        "collisions": 20, "inadvertent: crews were told to press or to go close": 10}  # fmt: skip
    for mission, amount in zip(MISSION, (20, 20, 20, 20, 20, 30, 30, 20, 20), strict=True):
        assert moved(small, "accident", {**struck, "mission.jp_guard": mission}) == amount
    assert moved(small, "accident", {**struck, "distance.jp_guard": "close"}) == 30
    assert moved(small, "accident", {**struck, "distance.jp_guard": "standard"}) == 20
    assert moved(small, "accident", {**struck, "mission.jp_navy": "expel"}) == 20
    assert moved(small, "accident", {**struck, "lives_lost.cn_boats": 1}) == 110
    assert moved(small, "accident", {"near_miss.jp_guard": 2, "near_miss.cn_guard": 1}) == 10


def test_a_collision_that_was_meant_is_neither_accidental_nor_inadvertent(small: Game) -> None:
    pressed: Cells = {"struck.jp_guard": 1, "mission.jp_guard": "expel"}
    assert parts(small, "accident", pressed, turn=1) == {"collisions": 20, "deliberate: it was meant": 50}


def test_who_cannot_see_the_orders_of_ships_is_not_told_the_cause(small: Game) -> None:
    row = put(small, list(small.start_row), {"struck.jp_guard": 1, "mission.jp_guard": "expel"})
    _, events = spoken(small, "accident", row)
    (reason,) = [reason for one in why(small, events, "risk.jp.cn", "us_gov") for reason in one.reasons]
    assert [(part.label, part.amount) for part in reason.parts] == [("collisions", 20), ("other causes", 10)]


def test_boats_that_nobody_commands_weigh_among_coast_guards_of_both_sides(small: Game) -> None:
    boats: Cells = {"in_territorial.cn_boats": 1, "hulls.cn_boats": 60}
    watched: Cells = {**boats, "in_contiguous.jp_guard": 1, "in_territorial.cn_guard": 1}
    assert moved(small, "third", boats) == 0
    assert moved(small, "third", {**boats, "in_territorial.jp_guard": 1}) == 0
    assert moved(small, "third", watched) == 4 + 3
    assert moved(small, "third", {**watched, "mission.cn_boats": "land"}) == 4 + 3 + 6
    few = dict.fromkeys(("hulls.jp_guard", "hulls.cn_guard", "hulls.cn_boats"), 1)
    assert moved(small, "third", {**watched, **few, "mission.cn_boats": "land"}) == 4 + 6
    assert moved(small, "third", {**watched, "hulls.cn_guard": 0}) == 0
    assert moved(small, "third", {**watched, "hulls.cn_boats": 0, "mission.cn_boats": "land"}) == 0
    assert moved(small, "third", {**watched, "in_territorial.cn_boats": 0, "mission.cn_boats": "land"}) == 0


def test_more_incidents_than_can_be_looked_into_weigh_more_in_a_short_turn(small: Game) -> None:
    crowd: Cells = {
        "near_miss.jp_guard": 2,
        "fired_cannon.jp_guard": 1,
        "boarded.cn_boats": 1,
        "opened_fire.cn_navy": 1,
    }
    assert [moved(small, "window", crowd, turn) for turn in range(4)] == [20, 20, 15, 5]
    assert moved(small, "window", {"struck.jp_guard": 1, "struck.cn_guard": 1}, 0) == 0
    for further, amount in ((4, 35), (0, 15), (-4, 15)):
        one = changed(small, "window", further=lambda _, number=further: number)
        assert amount_of(small, one, put(small, list(small.start_row), crowd), 2) == amount


def test_accounts_weigh_when_they_contradict_each_other(small: Game) -> None:
    def both(ours: str, theirs: str, video: str = "none") -> int:
        return moved(small, "versions", {"version.jp.cn": ours, "version.cn.jp": theirs, "video": video})

    assert both("blames_other", "none") == both("partial", "partial") == both("none", "none", "leaked") == 0
    assert both("blames_other", "partial") == both("partial", "blames_other", "released") == 2
    assert both("blames_other", "blames_other") == both("blames_other", "blames_other", "held") == 4
    assert both("blames_other", "blames_other", "released") == both("blames_other", "blames_other", "leaked") == 6


def test_a_channel_breaks_in_a_turn_and_mends_over_many(tmp_path: Path) -> None:
    game = bound(tmp_path / "channel", turns=(1440,) * 30)
    shut, opened = {"status.trade": "suspended"}, {"status.trade": "operating"}
    plays: list[Cells] = [{}, shut, {}, {}, opened, *[{}] * 25]
    broken = story(game, plays, "rupture.trade")
    assert broken[:5] == [0, 60, 60, 60, 55]
    assert broken.index(0, 4) - 4 == 11
    risk = story(game, plays, "risk.jp.cn")
    steps = [new - old for old, new in pairwise([200, *risk])]
    assert steps[1] == 12 + 4 - 2
    assert steps[2] == steps[3] == 4 - 2
    assert steps[5] == 2 - 4


def test_what_was_not_yet_mended_breaks_no_further_than_whole(small: Game) -> None:
    row, _ = spoken(
        small, "rupture", put(small, list(small.start_row), {"status.trade": "suspended", "rupture.trade": 20})
    )
    assert row[cell(small, "rupture.trade")] == 60
    assert row[cell(small, "ruptured.trade")] == 1
    assert moved(small, "coercion", {"rupture.trade": 1}) == 2


def test_each_suspension_counts_in_its_own_turn_alone(tmp_path: Path) -> None:
    game = bound(tmp_path / "again", turns=(1440,) * 6)
    shut, opened = {"status.trade": "suspended"}, {"status.trade": "operating"}
    assert story(game, [shut, {}, opened, {}, shut, {}], "ruptured.trade") == [1, 0, 0, 0, 1, 0]


def test_trade_and_exchanges_restrain_a_little_and_not_during_incidents(small: Game) -> None:
    assert moved(small, "interdependence", {}) == -4
    assert moved(small, "interdependence", {"status.trade": "suspended"}) == -2
    assert moved(small, "interdependence", {"rung.jp.cn": 2}) == -4
    assert moved(small, "interdependence", {"rung.jp.cn": 3}) == 0
    assert moved(small, "interdependence", {"risk.jp.cn": 51}) == -1
    assert moved(small, "interdependence", {"risk.jp.cn": 20}) == 0


def test_governments_are_cornered_only_when_both_are_and_nobody_answers(small: Game) -> None:
    bound_: Cells = {"spoke.jp": 3, "spoke.cn": 4, "pressure.jp": 60, "pressure.cn": 90}
    assert parts(small, "cornered", bound_) == {
        "both governments are bound by their words": 15,
        "how hard both publics press": 4,
    }
    assert moved(small, "cornered", {**bound_, "pressure.jp": 40, "pressure.cn": 40}) == 15
    for cells in ({"spoke.jp": 2}, {"pressure.cn": 39}, {"answered.trade.jp": 1}, {"answered.contacts.cn": 1}):
        assert moved(small, "cornered", {**bound_, **cells}) == 0
    assert moved(small, "cornered", {**bound_, "unanswered.trade.jp": 1, "asked.trade.jp": 1}) == 19


def test_words_bind_beyond_their_turn_until_they_fade_or_are_settled(tmp_path: Path) -> None:
    game = bound(tmp_path / "words", turns=(1440,) * 9)
    spoken_: list[Cells] = [
        {"spoke.jp": 3},
        {},
        {"spoke.jp": 2},
        {},
        {},
        {"spoke.jp": 4},
        {},
        {},
        {"first_release": "now"},
    ]
    assert story(game, spoken_, "committed.jp") == [3, 2, 2, 1, 1, 4, 4, 3, 0]
    apart: Cells = {"committed.jp": 3, "committed.cn": 3, "spoke.cn": 3, "pressure.jp": 40, "pressure.cn": 40}
    row = put(game, list(game.start_row), apart)
    assert amount_of(game, found(game, "cornered"), row, 2) == 0
    kept = changed(game, "cornered", spoke=game.tracks["committed"])
    assert amount_of(game, kept, row, 2) == 15
    assert amount_of(game, kept, put(game, row, {"spoke.cn": 2}), 2) == 0
    assert amount_of(game, kept, put(game, row, {"spoke.cn": 0, "spoke.jp": 3}), 2) == 15


def test_an_act_of_a_new_kind_counts_once(tmp_path: Path) -> None:
    game = bound(tmp_path / "first", turns=(1440,) * 5)
    fired: Cells = {"fired_cannon.cn_guard": 1}
    assert story(game, [{}, fired, fired, {}, fired], "first_cannon") == [0, 1, 2, 2, 2]
    risk = story(game, [{}, fired, fired, {}, fired], "risk.jp.cn")
    assert risk[1] - risk[0] == 25 - 4
    assert risk[2] - risk[1] == risk[3] - risk[2] == risk[4] - risk[3] == -4


def test_third_states_draw_together_after_acts_and_drift_apart_slowly(tmp_path: Path) -> None:
    game = bound(tmp_path / "states", turns=(1440,) * 12)
    drawn = story(game, [{"rung.jp.cn": 8}, {"rung.jp.cn": 6}, *[{"rung.jp.cn": 0}] * 10], "aligned.cn")
    assert drawn == [4, 6, 6, 5, 5, 5, 5, 4, 4, 4, 4, 3]
    assert moved(game, "coalition", {"aligned.cn": 20}) == 0
    assert (
        amount_of(game, changed(game, "coalition", divisor=1), put(game, list(game.start_row), {"aligned.cn": 20}), 2)
        == 0
    )
    assert moved(game, "coalition", {"aligned.cn": 60, "aligned.jp": 40}) == 4 + 2


def test_a_settlement_takes_away_less_when_forced_and_less_when_shown_as_a_victory(small: Game) -> None:
    free: Cells = {"first_release": "now"}
    assert moved(small, "settlement", {}) == moved(small, "settlement", {"first_release": "before"}) == 0
    assert moved(small, "settlement", free) == -80
    assert moved(small, "settlement", {**free, "rupture.contacts": 1}) == -40
    assert (
        moved(small, "settlement", {**free, "spoke.cn": 4})
        == moved(small, "settlement", {**free, "spoke.jp": 4})
        == -40
    )
    assert parts(small, "settlement", {**free, "rupture.contacts": 1, "spoke.cn": 4}) == {
        "those held are free": -80, "it came after coercion": 40, "it is shown as a victory": 20}  # fmt: skip


def test_a_settlement_is_never_worse_than_none(small: Game) -> None:
    worst = changed(small, "settlement", forced_share=1000, victory_share=1000)
    assert all(amount_of(small, worst, row, 2) <= 0 for row in some_rows(small))


def test_a_settlement_counts_in_one_turn_alone(tmp_path: Path) -> None:
    game = bound(tmp_path / "settled", turns=(1440,) * 5)
    risk = story(game, [{"custody": "detained", "custody_count": 1}, {"custody": "released"}, {}, {}, {}], "risk.jp.cn")
    assert risk[1] - risk[0] == -80 - 4
    assert [new - old for old, new in pairwise(risk[1:])] == [-4, -4, -4]


def test_governments_new_in_office_or_at_odds_handle_incidents_worse(small: Game) -> None:
    assert moved(small, "novice", {"rung.jp.cn": 3, "at_odds.jp": 1}) == 0
    assert moved(small, "novice", {"rung.jp.cn": 4}) == 6 + 6 + 5
    assert moved(small, "novice", {"rung.jp.cn": 4, "at_odds.cn": 1}) == 6 + 6 + 4 + 5
    barely, old = changed(small, "novice", new=(1, 1, 0)), changed(small, "novice", new=(0, 0, 0))
    assert amount_of(small, barely, put(small, list(small.start_row), {"rung.jp.cn": 4}), 2) == 1 + 1 + 5
    expected: tuple[tuple[Cells, int], ...] = (
        ({}, 0), ({"at_odds.jp": 1}, 4), ({"at_odds.cn": 1}, 4), ({"at_odds.jp": 1, "at_odds.cn": 2}, 13))  # fmt: skip
    for cells, amount in expected:
        assert amount_of(small, old, put(small, list(small.start_row), {"rung.jp.cn": 4, **cells}), 2) == amount


Mistake = Callable[[str], str]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda text: text.replace("weight = 12", "weight = 300"), "0 to 200"),
        (lambda text: text.replace("mark = 'first_release'", "mark = 'first_relief'"), "No cell is called"),
        (lambda text: text.replace("threshold = 48", ""), "'threshold' is missing"),
    ],
)
def test_an_author_is_told_what_is_wrong_with_a_value(tmp_path: Path, wrong: Mistake, said: str) -> None:
    (tmp_path / "scenario.toml").write_text(wrong(world("jp", "cn", TURNS)))
    loaded = load(str(tmp_path), (), WHOLE)
    assert loaded.game is None
    assert said in loaded.report
