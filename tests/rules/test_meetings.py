"""Meetings at sea: when there is one, what makes it dangerous, what comes of it, and who learns of it."""

import sys
from collections.abc import Callable, Iterable
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# Tests are no packages, so that the folder of the small game is named here.
sys.path.append(str(Path(__file__).parent))

from test_sea import MARKS, ZONES, agree, at_sea, moments, rolled, row_of, turn_of

from game.core import Event, Game
from game.core.events import SHIFT
from game.rules.meetings import CONFLICT, MISSIONS
from game.rules.sea import MOST_LIKELY

MISSION = MARKS["mission"]
NORTH, SOUTH, BOTH = 1, 2, 3
"""The bits of the two navies."""

# ---- groups of ships

MEETING = """
[[rule]]
id = "meeting"
use = "meeting"
unit = "watch"
others = ["escort", "south_ships", "north_ships"]
when = 'waiting == no'
company = {company}
standard = 40
close = 60
weather_weight = 30
fatigue = 50
training = {{ north = 15, south = 10 }}
silent = 25
escorting = 20
boats = ["boats", "activists"]
crowding = 10
ships = 4
collision = {collision}
lives = {lives}
defies = {{ north = 500, south = 500 }}
"""
CALM = {"company": 50, "collision": 300, "lives": 300}
MEETS = {
    "at__watch": "SCN", "at__escort": "SCN", "mission__watch": "warn_off", "mission__escort": "patrol", "stores__watch": 240,
    "stores__escort": 480, "hulls__watch": 1, "hulls__escort": 1, "signals__watch": "in_use", "signals__escort": "in_use",
}  # fmt: skip
"""Two groups of a ship each, fresh from port, that keep wide apart in good weather and use signals."""


def meeting(**changed: int) -> Game:
    """The small game with one rule for meetings, in turns of a day."""
    return at_sea(MEETING.format(**{**CALM, **changed}), (1440, 720, 4320))


def danger(game: Game, turn: int = 0, **cells: Any) -> int:
    """The danger of the group that was met."""
    found: int = turn_of(game, row_of(game, **{**MEETS, **cells}), turn=turn)[0]["danger.escort"]
    return found


def parts_of(events: Iterable[Event]) -> dict[str, int]:
    """The parts of the danger, by label."""
    return {part.label: part.amount for event in events if event.kind == SHIFT for part in event.parts}


def test_missions_conflict_both_ways_and_no_mission_in_port_conflicts() -> None:
    found = {(MISSION[a], MISSION[b]) for a, b in product(range(MISSIONS), repeat=2) if CONFLICT[a * MISSIONS + b]}
    assert found == {(b, a) for a, b in found}
    assert not any("in_port" in pair for pair in found)
    firm, at_all = ("warn_off", "expel", "arrest"), MISSION[1:]
    assert {pair for pair in found if set(pair) & set(firm)} == {
        pair for pair in product(at_all, repeat=2) if set(pair) & set(firm)
    }
    assert {tuple(sorted(pair)) for pair in found if not set(pair) & set(firm)} == {
        ("patrol", "patrol"), ("escort", "patrol"), ("patrol", "shadow"), ("escort", "shadow"), ("shadow", "shadow")
    }  # fmt: skip


@pytest.mark.parametrize("missions", list(product(MISSION, repeat=2)), ids="-".join)
def test_without_conflict_no_chance(missions: tuple[str, str]) -> None:
    game = meeting()
    one, other = missions
    cells, events = turn_of(game, row_of(game, **{**MEETS, "mission__watch": one, "mission__escort": other}))
    conflict = CONFLICT[MISSION.index(one) * MISSIONS + MISSION.index(other)]
    assert (cells["danger.escort"] > 0) == bool(conflict) == bool(rolled(events, "a close pass"))


@pytest.mark.parametrize(
    "apart",
    [
        {"at__escort": "SCS"},
        {"hulls__watch": 0},
        {"hulls__escort": 0},
        {"at__watch": "KOS", "at__escort": "KOS"},
        {"waiting": "yes"},
        {"mission__escort": "in_port"},
    ],
)
def test_who_is_apart_does_not_meet(apart: dict[str, Any]) -> None:
    _, events = turn_of(meeting(), row_of(meeting(), **{**MEETS, **apart}))
    assert not events


def test_groups_of_one_side_do_not_meet() -> None:
    game = meeting()
    row = row_of(game, **{**MEETS, "at__escort": "NGB", "at__north_ships": "SCN", "mission__north_ships": "expel"})
    assert not turn_of(game, row)[1]


EACH_CAUSE: dict[str, tuple[dict[str, Any], int]] = {
    "the distance that watch keeps": ({"distance__watch": "standard"}, 40),
    "escort comes closer still": ({"distance__escort": "close"}, 100),
    "bad weather": ({"weather__SCN": 2}, 60),
    "long at sea: watch": ({"stores__watch": 120}, 25),
    "long at sea: escort": ({"stores__escort": 0}, 50),
    "signals not in use on both": ({"signals__escort": "silent"}, 25),
    "boats are guarded": ({"mission__escort": "escort"}, 20),
    "fishing boats between them": ({"at__boats": "SCN", "hulls__boats": 35}, 35),
    "number of ships": ({"hulls__watch": 4, "hulls__escort": 3}, 20),
}
ALWAYS = {
    "ships of both in one zone": 50,
    "training of the crews: watch": -15,
    "training of the crews: escort": -10,
}


@pytest.mark.parametrize("name", EACH_CAUSE)
def test_each_cause_is_a_part_with_its_name(name: str) -> None:
    game = meeting()
    cells, amount = EACH_CAUSE[name]
    after, events = turn_of(game, row_of(game, **{**MEETS, **cells}))
    assert parts_of(events) == {**ALWAYS, name: amount}
    assert after["danger.escort"] == 25 + amount == rolled(events, "a close pass")[0][0]


def test_the_closer_of_the_two_decides_the_distance() -> None:
    game = meeting()
    steps = {"wide": 0, "standard": 40, "close": 100}
    for one, other in product(steps, repeat=2):
        assert danger(game, distance__watch=one, distance__escort=other) == 25 + max(steps[one], steps[other])


def test_the_chance_goes_by_the_length_of_the_turn() -> None:
    assert [danger(meeting(company=200), turn=turn) for turn in range(3)] == [175, 88, 525]


WORSE: dict[str, tuple[str, Callable[[int], Any]]] = {
    "ships of the one": ("hulls__watch", lambda step: (1, 3, 9, 45)[step]),
    "ships of the other": ("hulls__escort", lambda step: (1, 3, 9, 45)[step]),
    "weather": ("weather__SCN", lambda step: step),
    "distance of the one": ("distance__watch", lambda step: MARKS["distance"][min(step, 2)]),
    "distance of the other": ("distance__escort", lambda step: MARKS["distance"][min(step, 2)]),
    "boats": ("hulls__boats", lambda step: (0, 15, 120, 400)[step]),
    "fatigue": ("stores__escort", lambda step: (480, 300, 48, 0)[step]),
    "silence": ("signals__watch", lambda step: "silent" if step else "in_use"),
}


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize("pair", list(combinations(WORSE, 2)), ids=" and ".join)
def test_more_ships_worse_weather_and_a_shorter_distance_never_lower_the_chance(
    pair: tuple[str, str], turn: int
) -> None:
    game = meeting()
    (one, of_one), (other, of_other) = (WORSE[name] for name in pair)
    found = {
        (i, j): danger(game, turn, at__boats="SCN", **{one: of_one(i), other: of_other(j)})
        for i, j in product(range(4), repeat=2)
    }
    for (i, j), chance in found.items():
        assert chance >= max(found[max(i - 1, 0), j], found[i, max(j - 1, 0)])
        assert chance <= MOST_LIKELY


@settings(deadline=None, max_examples=200)
@given(st.data(), st.integers(0, 2**32), st.sampled_from(list(WORSE)))
def test_in_any_meeting_nothing_worse_makes_a_collision_less_likely(data: st.DataObject, seed: int, name: str) -> None:
    game = meeting(collision=500)
    cells = {cell: of(data.draw(st.integers(0, 3))) for cell, of in WORSE.values()}
    step = data.draw(st.integers(0, 2))
    cell, of = WORSE[name]
    milder, worse = ({**MEETS, "at__boats": "SCN", **cells, cell: of(one)} for one in (step, step + 1))
    (before, _), (after, _) = (turn_of(game, row_of(game, **found), seed) for found in (milder, worse))
    assert before["danger.escort"] <= after["danger.escort"]
    assert before["struck.escort"] <= after["struck.escort"]
    assert before["lives_lost.escort"] <= after["lives_lost.escort"]


def test_signals_lower_the_chance_only_when_both_use_them() -> None:
    game = meeting()
    chances = {
        both: danger(game, signals__watch=both[0], signals__escort=both[1])
        for both in product(MARKS["signals"], repeat=2)
    }
    assert chances["in_use", "in_use"] == 25
    assert {chance for both, chance in chances.items() if both != ("in_use", "in_use")} == {50}


def test_the_chance_stays_below_certainty_and_the_limit_is_named() -> None:
    game = meeting(company=950)
    cells, events = turn_of(game, row_of(game, **{**MEETS, "distance__watch": "close"}))
    assert cells["danger.escort"] == MOST_LIKELY
    assert parts_of(events)["limits of the chance"] == MOST_LIKELY - (950 + 100 - 25)


def test_training_takes_away_no_more_than_there_is() -> None:
    game = meeting(company=5)
    cells, events = turn_of(game, row_of(game, **MEETS))
    assert cells["danger.escort"] == rolled(events, "a close pass")[0][0] == 0
    _, events = turn_of(game, row_of(game, **MEETS), turn=1)
    assert rolled(events, "a close pass")[0][0] == 0


@settings(deadline=None, max_examples=300)
@given(st.data(), st.integers(0, 2**32), st.integers(0, 2))
def test_parts_add_up_to_the_danger_and_to_the_chance(data: st.DataObject, seed: int, turn: int) -> None:
    game = meeting()
    row = data.draw(moments(game))
    cells, events = turn_of(game, row, seed, turn)
    shifts = [event for event in events if event.kind == SHIFT]
    rolls = rolled(events, "a close pass")
    assert [sum(part.amount for part in event.parts) for event in shifts] == [chance for chance, _ in rolls if chance]
    assert sum(chance for chance, _ in rolls) == sum(cells[f"danger.{unit}"] for unit in ("escort", "south_ships"))


def test_a_pass_may_end_in_a_collision_and_a_collision_in_deaths_noted_for_both_and_told_once() -> None:
    game = meeting(company=950)
    seen = set()
    for seed in range(300):
        cells, events = turn_of(game, row_of(game, **MEETS), seed)
        notes = {
            name: (cells[f"{name}.watch"], cells[f"{name}.escort"]) for name in ("near_miss", "struck", "lives_lost")
        }
        assert all(one == other for one, other in notes.values())
        passed, struck, died = (notes[name][0] for name in ("near_miss", "struck", "lives_lost"))
        assert not (passed and struck)
        assert struck or not died
        assert (passed or struck) == rolled(events, "a close pass")[0][1]
        told = [event.label for event in events if event.label.startswith("watch and escort")]
        assert len(told) == passed + struck + died
        seen.add((passed, struck, died))
    assert seen == {(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 1, 1)}


def test_water_cannon_is_used_by_those_who_are_to_make_others_leave_and_by_both_where_both_are() -> None:
    game = meeting()
    for one, other in product(("patrol", "warn_off", "expel"), repeat=2):
        row = row_of(game, **{**MEETS, "mission__watch": one, "mission__escort": other})
        found = set()
        for seed in range(60):
            cells, _ = turn_of(game, row, seed)
            found.add((cells["fired_cannon.watch"], cells["fired_cannon.escort"]))
        assert found == set(product((0, 1) if one == "expel" else (0,), (0, 1) if other == "expel" else (0,)))


def test_commanders_learn_of_their_own_encounter_and_nobody_else() -> None:
    game = meeting(company=950)
    for seed in range(60):
        _, events = turn_of(game, row_of(game, **{**MEETS, "mission__watch": "expel"}), seed)
        assert {event.seen for event in events if event.roll or event.label} == {BOTH}


def test_three_groups_are_met_each_for_itself() -> None:
    game = meeting()
    row = row_of(game, **MEETS, at__south_ships="SCN", mission__south_ships="shadow", hulls__south_ships=1,
                 stores__south_ships=600)  # fmt: skip
    cells, events = turn_of(game, row)
    assert len(rolled(events, "a close pass")) == 2
    assert (cells["danger.escort"], cells["danger.south_ships"], cells["danger.watch"]) == (25, 50, 0)


# ---- navies

ARMED = """
[[rule]]
id = "armed"
use = "armed_meeting"
unit = "north_ships"
others = ["south_ships"]
lock_on = {{ north = 50, south = {lock_on} }}
signals_ease = 600
fire = {{ north = {fire}, south = {fire} }}
"""
NAVIES = {
    "at__north_ships": "GAS", "at__south_ships": "GAS", "mission__north_ships": "shadow", "mission__south_ships": "patrol",
    "distance__north_ships": "close",
}  # fmt: skip


def armed(**changed: int) -> Game:
    """The small game with two navies, in turns of a day."""
    return at_sea(ARMED.format(**{"lock_on": 200, "fire": 20, **changed}), (1440, 720))


def test_fire_control_radar_is_pointed_only_by_a_side_that_may_and_when_one_is_close() -> None:
    game = armed()
    locked = {"north_ships": 0, "south_ships": 0}
    for seed in range(600):
        cells, events = turn_of(game, row_of(game, **NAVIES), seed)
        assert [chance for chance, _ in rolled(events, "fire-control radar is pointed")] == [50, 200]
        for unit in locked:
            locked[unit] += cells[f"locked_on.{unit}"]
        assert not rolled(events, "fire is opened"), "one of them keeps its distance"
        apart = {**NAVIES, "distance__north_ships": "standard"}
        assert not turn_of(game, row_of(game, **apart), seed)[1]
    assert locked["north_ships"] == pytest.approx(120, abs=35)
    assert locked["south_ships"] == pytest.approx(30, abs=20)


def test_signals_on_both_make_a_lock_on_rarer() -> None:
    game = armed()
    both = {**NAVIES, "signals__north_ships": "in_use", "signals__south_ships": "in_use"}
    assert [
        chance for chance, _ in rolled(turn_of(game, row_of(game, **both))[1], "fire-control radar is pointed")
    ] == [20, 80]
    assert [c for c, _ in rolled(turn_of(game, row_of(game, **both), turn=1)[1], "fire-control radar is pointed")] == [
        10,
        40,
    ]


def test_fire_is_opened_only_by_one_that_was_locked_on_with_both_close_and_very_rarely() -> None:
    game = armed()
    close = {**NAVIES, "distance__south_ships": "close"}
    rolls, fired = 0, 0
    for seed in range(3000):
        cells, events = turn_of(game, row_of(game, **close), seed)
        asked = rolled(events, "fire is opened")
        assert len(asked) == cells["locked_on.north_ships"] + cells["locked_on.south_ships"]
        for unit in ("north_ships", "south_ships"):
            assert cells[f"opened_fire.{unit}"] <= cells[f"locked_on.{unit}"]
            fired += cells[f"opened_fire.{unit}"]
        rolls += len(asked)
    assert 0 < fired < rolls // 20
    never = armed(fire=0)
    assert not any(turn_of(never, row_of(never, **close), seed)[0]["opened_fire.south_ships"] for seed in range(300))


def test_ships_that_were_struck_may_fire_too() -> None:
    rules = MEETING.format(**{**CALM, "company": 950, "collision": 500}).replace('"watch"', '"north_ships"')
    rules = rules.replace('["escort", "south_ships", "north_ships"]', '["south_ships"]')
    game = at_sea(rules + ARMED.format(lock_on=0, fire=20), (1440,))
    close = {**NAVIES, "distance__south_ships": "close"}
    for seed in range(60):
        cells, events = turn_of(game, row_of(game, **close), seed)
        radar = cells["locked_on.south_ships"]
        assert len(rolled(events, "fire is opened")) == (2 if cells["struck.north_ships"] else radar)


# ---- boats

INSPECTION = """
[[rule]]
id = "inspection"
use = "inspection"
unit = "watch"
boats = "boats"
outside = "SKN"
warned = {leave}
expelled = {leave}
pursued = {leave}
strikes = 100
weather_weight = 50
crowding = 20
boards = {boards}
crew = 15
"""
POACHING = {
    "at__watch": "STW", "at__boats": "STW", "mission__watch": "arrest", "mission__boats": "fish", "hulls__boats": 30,
}  # fmt: skip


def inspecting(**changed: int) -> Game:
    """The small game with one inspection, in turns of a day."""
    return at_sea(INSPECTION.format(**{"leave": 0, "boards": 1000, **changed}), (1440, 720))


@pytest.mark.parametrize("mission", MISSION)
def test_boats_are_told_to_leave_by_those_with_orders_for_it_and_boarded_only_with_orders_to_arrest(
    mission: str,
) -> None:
    game = inspecting()
    cells, events = turn_of(game, row_of(game, **{**POACHING, "mission__watch": mission}))
    assert len(rolled(events, "the boats leave")) == (mission in ("warn_off", "expel", "arrest"))
    arrested = mission == "arrest"
    assert (cells["boarded.boats"], cells["custody"], cells["custody_count"], cells["hulls.boats"]) == (
        (1, "held", 15, 29) if arrested else (0, "free", 0, 30)
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"at__boats": "SCN", "at__watch": "SCN"},
        {"at__boats": "SCN"},
        {"hulls__boats": 0},
        {"hulls__watch": 0},
        {"mission__boats": "in_port"},
    ],
)
def test_outside_the_inner_belt_and_without_boats_nobody_inspects(changed: dict[str, Any]) -> None:
    assert not turn_of(inspecting(), row_of(inspecting(), **{**POACHING, **changed}))[1]


def test_boats_that_leave_strike_nobody_and_are_bound_outside() -> None:
    game = inspecting(leave=1000)
    for seed in range(30):
        cells, events = turn_of(game, row_of(game, **POACHING), seed)
        assert cells["bound.boats"] == "SKN"
        assert cells["way.boats"] == game.distances[ZONES.index("STW")][ZONES.index("SKN")]
        assert not rolled(events, "a boat and a patrol ship collide")
        assert cells["custody"] == "free"


def test_more_boats_and_worse_weather_never_make_a_blow_less_likely() -> None:
    game = inspecting()
    for turn in range(2):
        chances = {}
        for boats, weather in product(range(4), repeat=2):
            row = row_of(game, **{**POACHING, "hulls__boats": (1, 30, 90, 400)[boats], "weather__STW": weather})
            ((chance, _),) = rolled(turn_of(game, row, turn=turn)[1], "a boat and a patrol ship collide")
            chances[boats, weather] = chance
        for (boats, weather), chance in chances.items():
            assert chance >= max(chances[max(boats - 1, 0), weather], chances[boats, max(weather - 1, 0)])
        assert chances[1, 1] == (100 + 50 + 60) // (turn + 1)
        assert chances[3, 3] == (MOST_LIKELY if turn == 0 else 525)


def test_a_blow_is_noted_for_both_and_only_for_boats_that_stay() -> None:
    game = inspecting(leave=500)
    seen = set()
    for seed in range(100):
        cells, events = turn_of(game, row_of(game, **POACHING), seed)
        left = rolled(events, "the boats leave")[0][1]
        assert cells["struck.watch"] == cells["struck.boats"] <= (not left)
        assert {event.seen for event in events if event.roll} == {NORTH}
        seen.add((left, cells["struck.boats"]))
    assert seen == {(True, 0), (False, 0), (False, 1)}


def test_one_case_of_custody_is_open_at_a_time() -> None:
    game = inspecting()
    for custody in ("held", "indicted"):
        cells, events = turn_of(game, row_of(game, **POACHING, custody=custody, custody_count=1))
        assert (cells["custody"], cells["custody_count"], cells["boarded.boats"]) == (custody, 1, 0)
        assert not rolled(events, "a boat is boarded")
    for custody in ("free", "released", "deported"):
        assert rolled(turn_of(game, row_of(game, **POACHING, custody=custody))[1], "a boat is boarded")


# ---- a landing

LANDING = """
[[rule]]
id = "landing"
use = "landing"
unit = "activists"
zone = "STW"
sets_out = 'recalled == no'
blockers = ["watch", "north_ships"]
warned = 200
expelled = 500
pursued = 700
waiting = 'waiting == yes'
people = 14
"""
ASHORE = {
    "at__activists": "STW", "mission__activists": "land", "hulls__activists": 1, "waiting": "yes", "recalled": "yes",
}  # fmt: skip
OUTCOME = ("landed.activists", "custody", "custody_count", "bound.activists", "hulls.activists")


def outcomes(row: list[int], seeds: int = 200) -> set[tuple[Any, ...]]:
    """How a landing can end."""
    game = at_sea(LANDING)
    return {tuple(turn_of(game, row, seed)[0][name] for name in OUTCOME) for seed in range(seeds)}


def test_nobody_in_the_way_and_they_land_and_are_held_by_those_who_wait() -> None:
    game = at_sea(LANDING)
    assert outcomes(row_of(game, **ASHORE)) == {(1, "held", 14, "STW", 0)}
    assert outcomes(row_of(game, **{**ASHORE, "waiting": "no"})) == {(1, "free", 0, "FUZ", 1)}


def test_the_firmest_group_on_the_spot_decides_whether_they_are_turned_away_in_time() -> None:
    game = at_sea(LANDING)
    strength = {"patrol": 0, "warn_off": 200, "expel": 500, "arrest": 700}
    for one, other in product(strength, repeat=2):
        row = row_of(
            game, **ASHORE, at__watch="STW", mission__watch=one, at__north_ships="STW", mission__north_ships=other
        )
        ((chance, _),) = rolled(turn_of(game, row)[1], "turned away in time")
        assert chance == max(strength[one], strength[other])
    row = row_of(game, **ASHORE, at__watch="STW", mission__watch="expel")
    assert outcomes(row) == {(1, "held", 14, "STW", 0), (0, "free", 0, "FUZ", 1)}
    for absent in ({"at__watch": "SCN"}, {"hulls__watch": 0}):
        row = row_of(game, **{**ASHORE, "at__watch": "STW", "mission__watch": "arrest", **absent})
        assert rolled(turn_of(game, row)[1], "turned away in time")[0][0] == 0


def test_the_boat_sets_out_when_its_condition_holds_and_lands_only_once() -> None:
    game = at_sea(LANDING)
    out, events = turn_of(game, row_of(game, hulls__activists=1))
    assert (out["bound.activists"], out["mission.activists"]) == ("STW", "land")
    assert out["way.activists"] == game.distances[ZONES.index("FUZ")][ZONES.index("STW")]
    assert not rolled(events, "turned away in time")
    for quiet in ({"recalled": "yes"}, {"hulls__activists": 0}, {"at__activists": "STW"}):
        assert not turn_of(game, row_of(game, **{"hulls__activists": 1, **quiet}))[1]
    cells, _ = turn_of(game, row_of(game, **ASHORE))
    assert cells["mission.activists"] == "in_port"


# ---- word from the sea

WORD = """
[[rule]]
id = "word"
use = "word_from_sea"
side = "north"
units = ["watch", "north_ships"]
happened = 'recalled == yes'
prompt = 900
slow = 300
after = 2
never = {never}
capital = ["north_navy"]
"""
TOLD = ("incident.north", "unheard.north", "heard.north", "facts.north_navy")


def told(row: list[int], never: int = 0, seeds: int = 100) -> set[tuple[Any, ...]]:
    """What the capital may know."""
    game = at_sea(WORD.format(never=never), (1440, 720))
    return {tuple(turn_of(game, row, seed)[0][name] for name in TOLD) for seed in range(seeds)}


def test_word_comes_at_once_or_later_and_then_the_capital_knows_a_part() -> None:
    game = at_sea(WORD.format(never=0), (1440, 720))
    assert told(row_of(game)) == {("none", 0, 0, "nothing")}
    assert told(row_of(game, recalled="yes")) == {("known", 0, 1, "part"), ("unreported", 1, 0, "nothing")}
    waiting = row_of(game, incident__north="unreported", unheard__north=4, facts__north_navy="all")
    assert told(waiting) == {("known", 0, 1, "all"), ("unreported", 5, 0, "all")}


@pytest.mark.parametrize("turn", range(2))
def test_word_comes_sooner_where_those_at_sea_may_tell_more_than_their_agency(turn: int) -> None:
    game = at_sea(WORD.format(never=0), (1440, 720))
    for one, other in product(MARKS["report_to"], repeat=2):
        row = row_of(game, recalled="yes", report_to__watch=one, report_to__north_ships=other)
        ((chance, _),) = rolled(turn_of(game, row, turn=turn)[1], "word comes to the capital")
        assert chance == (300 if one == other == "own_agency" else 900) // (turn + 1)


def test_after_some_turns_word_may_never_come() -> None:
    game = at_sea(WORD.format(never=1000), (1440, 720))
    for waited in range(4):
        found = told(row_of(game, incident__north="unreported", unheard__north=waited), never=1000)
        late = ("none", 0, 0, "nothing") if waited >= 2 else ("unreported", waited + 1, 0, "nothing")
        assert found == {("known", 0, 1, "part"), late}


def test_a_new_incident_waits_for_word_of_its_own() -> None:
    game = at_sea(WORD.format(never=1000), (1440, 720))
    row = row_of(game, recalled="yes", incident__north="known", unheard__north=9, facts__north_navy="part")
    assert told(row, never=1000) == {("known", 0, 1, "part"), ("unreported", 1, 0, "part")}


def test_the_capital_alone_is_told_whether_late_or_at_once() -> None:
    game = at_sea(WORD.format(never=0), (1440, 720))
    for row, late in (
        (row_of(game, recalled="yes"), False),
        (row_of(game, incident__north="unreported", unheard__north=1), True),
    ):
        said = [
            event for seed in range(50) for event in turn_of(game, row, seed)[1] if event.label.startswith("North:")
        ]
        assert said
        assert {event.seen for event in said} == {NORTH}
        assert {event.label.endswith("late.") for event in said} == {late}
        assert not any(event.seen for seed in range(50) for event in turn_of(game, row, seed)[1] if event.roll)


# ---- all of them together


SITUATIONS = {
    "any": {},
    "ships": MEETS,
    "firm ships": {**MEETS, "mission__watch": "expel", "mission__escort": "expel"},
    "navies": {**NAVIES, "distance__south_ships": "close"},
    "boats": POACHING,
    "activists": ASHORE,
    "activists in port": {"at__activists": "FUZ", "mission__activists": "in_port", "hulls__activists": 1},
    "no word": {"incident__north": "unreported", "unheard__north": 9},
}


@pytest.mark.parametrize("situation", SITUATIONS)
@settings(deadline=None, max_examples=120)
@given(data=st.data(), seed=st.integers(0, 2**32), turn=st.integers(0, 3))
def test_both_tables_agree(situation: str, data: st.DataObject, seed: int, turn: int) -> None:
    rules = MEETING.format(**{**CALM, "company": 400}) + ARMED.format(lock_on=200, fire=20)
    rules += INSPECTION.format(leave=300, boards=500) + LANDING + WORD.format(never=300)
    game = at_sea(rules)
    agree(game, row_of(game, data.draw(moments(game)), **SITUATIONS[situation]), seed, turn)
