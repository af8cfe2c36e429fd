"""Weather, stores, drifting boats and presence: what moves them, and that both tables agree on them.

The small game of these tests, and of those in test_meetings, is `tests/scenarios/small` at sea.
"""

import shutil
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import Event, Game
from game.core.chance import turn_key
from game.core.events import SHIFT
from game.core.state import digest
from game.core.table import Recording, clear
from game.core.traced import Traced, compiled
from game.core.turn import play_turn
from game.rules import SHELF, sea
from game.scenario.library import load

SMALL = Path(__file__).parent.parent / "scenarios" / "small"

UNITS = {
    "watch": ("north", "north_navy", "YAE", 240),
    "escort": ("south", "south_navy", "NGB", 480),
    "north_ships": ("north", "north_navy", "YAE", 0),
    "south_ships": ("south", "south_navy", "NGB", 600),
    "boats": ("south", "", "FUZ", 0),
    "activists": ("south", "", "FUZ", 0),
}
"""Side, commander, home and endurance. Their zones and turns stand in `WATERS`."""
ZONES = ("STW", "SCN", "SCS", "SKN", "YAE", "NGB", "FUZ", "GAS", "KOS")
TURNS = (720, 60, 1440, 4320)

NUMBERS = {"hulls": 400, "stores": 2000, "entries": 9999, "stay": 5000}
MARKS = {
    "mission": ("in_port", "patrol", "shadow", "escort", "warn_off", "expel", "arrest", "fish", "land"),
    "distance": ("wide", "standard", "close"),
    "signals": ("silent", "in_use"),
    "report_to": ("own_agency", "own_side", "other_side"),
}
NOTES = (
    *(
        "in_contiguous",
        "in_territorial",
        "near_miss",
        "struck",
        "lives_lost",
        "fired_cannon",
        "met_cannon",
        "boarded",
        "landed",
    ),
    *("locked_on", "opened_fire"),
)
CUSTODY = ("free", "held", "arrested", "sent", "detained", "extended", "indicted", "released", "deported")


def track(name: str, keys: str = "", **more: Any) -> str:
    """A track as an author writes it."""
    rows = [f'id = "{name}"', f'name = "{name}"', f"keys = [{keys}]"]
    for key, value in more.items():
        rows.append(f"{key} = {str(value).lower() if isinstance(value, bool) else value}")
    return "\n".join(["[[track]]", *rows, ""])


def waters() -> str:
    """The units and tracks of the small game at sea."""
    parts = []
    for name, (side, commander, home, endurance) in UNITS.items():
        commanded = f'commander = "{commander}"\n' if commander else ""
        parts.append(
            f'[[unit]]\nid = "{name}"\nname = "{name}"\nkind = "ship"\nside = "{side}"\n{commanded}'
            f'speed = 25\nat = "{home}"\nhome = "{home}"\nendurance = {endurance}\n'
        )
    parts += [track(name, '"unit"', high=high, start=0 if name == "stay" else 10) for name, high in NUMBERS.items()]
    parts += [track(name, '"unit"', words=list(words)) for name, words in MARKS.items()]
    parts += [track(name, '"unit"', high=99, lasting=False) for name in NOTES]
    parts += [
        track("way", '"unit"', high=3000),
        track("danger", '"unit"', high=1000, lasting=False),
        track("weather", '"zone"', high=3),
        track("incident", '"side"', words=["none", "unreported", "known"]),
        track("unheard", '"side"', high=99),
        track("heard", '"side"', high=99, lasting=False),
        track("facts", '"agency"', words=["nothing", "part", "all"]),
        track("custody", words=list(CUSTODY)),
        track("custody_count", high=999),
        track("recalled", words=["no", "yes"]),
        track("waiting", words=["no", "yes"]),
    ]
    return "\n".join(parts)


@lru_cache(maxsize=64)
def at_sea(rules: str, turns: tuple[int, ...] = TURNS) -> Game:
    """The small game at sea with these rules."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "small"
        shutil.copytree(SMALL, folder)
        (folder / "rules.toml").unlink()
        main = (folder / "scenario.toml").read_text(encoding="utf-8")
        main = main.replace('zones = ["KOS", "JDZ"]', "zones = [{}]".format(", ".join(f'"{zone}"' for zone in ZONES)))
        start, _, rest = main.partition("turns = [")
        clocks = "".join(f'{{ clock = "x", minutes = {minutes} }},' for minutes in turns)
        main = f"{start}turns = [{clocks}]\n{rest.partition(']')[2]}"
        (folder / "scenario.toml").write_text(main, encoding="utf-8")
        (folder / "waters.toml").write_text(waters() + rules, encoding="utf-8")
        loaded = load(str(folder), (), SHELF)
    assert loaded.game, loaded.report
    return loaded.game


@lru_cache(maxsize=64)
def text_of(game: Game, record: bool) -> Traced:
    """The game as Python text."""
    return compiled(game, record=record)


def row_of(game: Game, base: Sequence[int] = (), **cells: Any) -> list[int]:
    """The row at the start, or another, with some cells put: ``mission__watch="expel"``.

    A unit that is put somewhere lies there, unless it is put as *bound* for another zone.
    """
    row = list(base or game.start_row)
    for name, value in cells.items():
        (cell,) = game.cells_named(name.replace("__", "."))
        words = game.track_of(cell).words
        row[cell] = words.index(value) if isinstance(value, str) else value
        if name.startswith("at__") and f"bound__{name[4:]}" not in cells:
            row[game.cells_named(f"bound.{name[4:]}")[0]] = row[cell]
    return row


def turn_of(game: Game, row: Sequence[int], seed: int = 1, turn: int = 0) -> tuple[dict[str, Any], list[Event]]:
    """A turn on the recording table: every cell by name after it, words for marks, and the events."""
    table = Recording(game, clear(game, row), seed, turn)
    play_turn(table, game)
    cells = {}
    for one in game.tracks.values():
        for label, value in zip(one.labels, table.row[one.first : one.first + one.size], strict=True):
            cells[f"{one.id}.{label}" if label else one.id] = one.words[value] if one.words else value
    return cells, table.events


def rolled(events: Iterable[Event], name: str) -> list[tuple[int, bool]]:
    """The chances of the rolls of this name, and whether they hit."""
    return [(event.roll.chance, event.roll.hit) for event in events if event.roll and event.roll.name == name]


def agree(game: Game, row: Sequence[int], seed: int, turn: int) -> None:
    """Both tables play one turn alike, and the text without events comes to the same row."""
    recording = Recording(game, clear(game, row), seed, turn)
    play_turn(recording, game)
    stream: list[Any] = []
    traced, plain = clear(game, row), clear(game, row)
    text_of(game, True).play(traced, turn_key(seed, turn), turn, stream)
    events = text_of(game, True).events(stream)
    assert events == tuple(recording.events)
    assert digest(traced, events) == digest(recording.row, recording.events)
    text_of(game, False).play(plain, turn_key(seed, turn), turn)
    assert plain == recording.row


def moments(game: Game) -> st.SearchStrategy[list[int]]:
    """Rows of any values within the limits of the tracks that live at sea; hours and hulls often small."""
    known = {*NUMBERS, *MARKS, "at", "bound", "way", "weather", "incident", "unheard", "custody", "recalled", "waiting"}
    cells: dict[int, st.SearchStrategy[int]] = {}
    for one in game.tracks.values():
        if one.id in known:
            whole = st.integers(one.low, one.high)
            few = st.one_of(st.integers(one.low, min(one.high, 12)), whole) if one.id in NUMBERS else whole
            near = st.one_of(st.just(0), whole) if one.id in ("at", "bound") else few
            cells.update(dict.fromkeys(range(one.first, one.first + one.size), near))

    def whole_row(values: dict[int, int]) -> list[int]:
        return [values.get(cell, value) for cell, value in enumerate(game.start_row)]

    return st.fixed_dictionaries(cells).map(whole_row)


# ---- weather

WEATHER = """
[[rule]]
id = "weather"
use = "weather"
zones = ["STW", "SCN", "SKN"]
worsens = {worsens}
improves = {improves}
worst = {worst}
"""


def test_the_weather_of_an_area_changes_together_by_one_roll_and_by_the_length_of_the_turn() -> None:
    game = at_sea(WEATHER.format(worsens=200, improves=400, worst=2))
    for turn, chance in enumerate((100, 8, 200, 600)):
        cells, events = turn_of(game, row_of(game), turn=turn)
        (roll,) = rolled(events, "the weather gets worse")
        assert roll[0] == chance
        assert [cells[f"weather.{zone}"] for zone in ("STW", "SCN", "SKN")] == [int(roll[1])] * 3
        assert cells["weather.GAS"] == 0


def test_the_weather_stays_within_its_limits_and_zones_may_start_apart() -> None:
    game = at_sea(WEATHER.format(worsens=1000, improves=0, worst=2), (1440,))
    for seed in range(30):
        cells, events = turn_of(game, row_of(game, weather__STW=2, weather__SCN=1, weather__SKN=3), seed)
        worse = rolled(events, "the weather gets worse")[0][1]
        assert [cells[f"weather.{zone}"] for zone in ("STW", "SCN", "SKN")] == [2, 1 + worse, 3]


def test_the_weather_clears_when_it_has_not_got_worse() -> None:
    game = at_sea(WEATHER.format(worsens=0, improves=1000, worst=3), (4320,))
    results = [turn_of(game, row_of(game, weather__STW=3), seed)[0] for seed in range(40)]
    assert {cells["weather.STW"] for cells in results} == {2, 3}
    assert all(cells["weather.SCN"] == 0 for cells in results)


# ---- stores

ENDURANCE = """
[[rule]]
id = "endurance"
use = "endurance"
units = ["watch", "escort", "north_ships"]
reserve = 48
shelter = 3
refill = 4
relief = {relief}
fresh = 100
"""


def test_stores_fall_with_the_hours_away_and_are_filled_at_home_up_to_the_endurance() -> None:
    game = at_sea(ENDURANCE.format(relief=0))
    for turn, hours in enumerate((12, 1, 24, 72)):
        cells, _ = turn_of(game, row_of(game, at__watch="SCN", stores__watch=100, stores__escort=100), turn=turn)
        assert cells["stores.watch"] == 100 - hours
        assert cells["stores.escort"] == min(480, 100 + 4 * hours)


def test_a_group_on_its_way_out_is_away() -> None:
    game = at_sea(ENDURANCE.format(relief=0))
    cells, _ = turn_of(game, row_of(game, bound__watch="SCN", way__watch=100, stores__watch=100))
    assert cells["stores.watch"] == 88


@pytest.mark.parametrize(("stores", "goes"), [(0, True), (1, True), (48, True), (49, False), (240, False)])
def test_at_the_reserve_a_group_breaks_off_for_home(stores: int, goes: bool) -> None:
    game = at_sea(ENDURANCE.format(relief=0))
    cells, events = turn_of(game, row_of(game, at__watch="SCN", stores__watch=stores, mission__watch="patrol"))
    assert (cells["bound.watch"] == "YAE") == goes
    assert cells["mission.watch"] == ("in_port" if goes else "patrol")
    there, home = (ZONES.index(zone) for zone in ("SCN", "YAE"))
    assert cells["way.watch"] == (game.distances[there][home] if goes and stores else 0)
    assert any("stores are at the reserve" in event.label for event in events) == goes
    assert cells["at.watch"] == ("YAE" if stores == 0 else "SCN")


def test_a_group_whose_stores_are_used_up_is_in_port_whatever_it_is_ordered() -> None:
    game = at_sea(ENDURANCE.format(relief=0))
    for bound in ("SCN", "STW", "YAE"):
        cells, _ = turn_of(game, row_of(game, at__watch="SCN", bound__watch=bound, way__watch=50, stores__watch=0))
        assert (cells["at.watch"], cells["bound.watch"], cells["way.watch"]) == ("YAE", "YAE", 0)


@pytest.mark.parametrize("unit", ["watch", "north_ships"])
@pytest.mark.parametrize("weather", range(4))
def test_bad_weather_sends_a_group_home(unit: str, weather: int) -> None:
    game = at_sea(ENDURANCE.format(relief=1000))
    row = row_of(
        game, **{f"at__{unit}": "SCN", f"stores__{unit}": 200, f"mission__{unit}": "expel"}, weather__SCN=weather
    )
    cells, events = turn_of(game, row)
    assert (cells[f"bound.{unit}"] == "YAE") == (weather == 3)
    assert cells[f"mission.{unit}"] == ("in_port" if weather == 3 else "expel")
    assert any("weather is too bad" in event.label for event in events) == (weather == 3)


def test_relief_lets_a_group_stay_by_chance() -> None:
    game = at_sea(ENDURANCE.format(relief=500))
    stayed = set()
    for seed in range(40):
        cells, events = turn_of(game, row_of(game, at__watch="SCN", stores__watch=20, mission__watch="patrol"), seed)
        ((chance, relieved),) = rolled(events, "ships from port relieve a part of the group")
        assert chance == 500
        assert (cells["bound.watch"] == "SCN") == relieved
        assert cells["stores.watch"] == 20 - 12 + 100 * relieved
        stayed.add(relieved)
    assert stayed == {True, False}


@settings(deadline=None, max_examples=150)
@given(st.data(), st.integers(0, 2**32), st.integers(0, 3))
def test_parts_of_stores_add_up(data: st.DataObject, seed: int, turn: int) -> None:
    game = at_sea(ENDURANCE.format(relief=500))
    row = data.draw(moments(game))
    _, events = turn_of(game, row, seed, turn)
    for event in events:
        if event.kind == SHIFT:
            assert event.before + sum(part.amount for part in event.parts) == event.after


# ---- boats

DRIFT = """
[[rule]]
id = "drift"
use = "drift"
unit = "boats"
grounds = [{{ zone = "STW", weight = 10 }}, {{ zone = "SKN", weight = 30 }}, {{ zone = "GAS", weight = 60 }}]
changes = {changes}
season = {season}
escorts = ["escort", "south_ships"]
pull = {pull}
push = 2
recalled = 'recalled == yes'
obeyed = {obeyed}
fewest = 20
largest = 60
noise = {noise}
"""
STEADY = {"changes": 0, "season": 0, "pull": 0, "obeyed": 1000, "noise": 0}


def drifting(**changed: int) -> Game:
    """The small game with boats that do nothing but what is *changed*."""
    return at_sea(DRIFT.format(**{**STEADY, **changed}), (1440,))


def test_boats_put_to_sea_by_season_and_choose_grounds_by_weight() -> None:
    game = drifting(season=1000)
    bound = []
    for seed in range(600):
        cells, events = turn_of(game, row_of(game), seed)
        assert rolled(events, "the boats put to sea")[0][0] == sea.MOST_LIKELY
        if cells["bound.boats"] != "FUZ":
            assert cells["mission.boats"] == "fish"
            assert cells["way.boats"] == game.distances[ZONES.index("FUZ")][ZONES.index(cells["bound.boats"])]
            bound.append(cells["bound.boats"])
    shares = [bound.count(zone) * 100 // len(bound) for zone in ("STW", "SKN", "GAS")]
    assert shares == pytest.approx([10, 30, 60], abs=6)
    closed = drifting(season=0)
    assert all(turn_of(closed, row_of(closed), seed)[0]["bound.boats"] == "FUZ" for seed in range(50))


def test_an_escort_near_the_islets_draws_boats_there_and_never_away() -> None:
    game = drifting(changes=1000, pull=200)
    counts = []
    for escorts in ({}, {"at__escort": "SCN"}, {"at__escort": "SCN", "at__south_ships": "STW"}):
        row = row_of(game, at__boats="GAS", mission__boats="fish", **escorts)
        there = {seed for seed in range(400) if turn_of(game, row, seed)[0]["bound.boats"] == "STW"}
        counts.append(there)
    assert len(counts[0]) * 2 < len(counts[1]) < len(counts[2])
    far = row_of(game, at__boats="GAS", mission__boats="fish", at__escort="GAS")
    none = row_of(game, at__boats="GAS", mission__boats="fish", at__escort="STW", hulls__escort=0)
    for row in (far, none):
        assert {seed for seed in range(400) if turn_of(game, row, seed)[0]["bound.boats"] == "STW"} == counts[0]


@pytest.mark.parametrize("weather", range(4))
def test_boats_go_home_from_bad_weather_and_stay_there(weather: int) -> None:
    game = drifting(season=1000)
    cells, _ = turn_of(game, row_of(game, at__boats="STW", mission__boats="fish", weather__STW=weather))
    assert (cells["bound.boats"] == "FUZ") == (weather >= 2)
    assert cells["mission.boats"] == ("in_port" if weather >= 2 else "fish")
    if weather >= 2:
        harbour = row_of(game, weather__FUZ=weather)
        assert all(turn_of(game, harbour, seed)[0]["bound.boats"] == "FUZ" for seed in range(30))


def test_a_word_from_home_is_obeyed_by_chance_and_weighs_less_the_less_it_is_obeyed() -> None:
    home = []
    for obeyed in (0, 300, 1000):
        game = drifting(season=1000, changes=1000, obeyed=obeyed)
        row = row_of(game, at__boats="STW", mission__boats="fish", recalled="yes")
        home.append({seed for seed in range(200) if turn_of(game, row, seed)[0]["bound.boats"] == "FUZ"})
    assert not home[0]
    assert home[0] < home[1] < home[2] == set(range(200))
    game = drifting(season=1000)
    assert all(turn_of(game, row_of(game, recalled="yes"), seed)[0]["bound.boats"] == "FUZ" for seed in range(30))


@pytest.mark.parametrize("start", [0, 20, 45, 60, 200])
def test_boats_come_and_go_within_limits(start: int) -> None:
    game = drifting(noise=5)
    counts = {turn_of(game, row_of(game, hulls__boats=start), seed)[0]["hulls.boats"] for seed in range(200)}
    assert counts == {min(max(start + step, 20), 60) for step in range(-5, 6)}


def test_nobody_commands_the_boats_and_no_agency_sees_what_moves_them() -> None:
    game = drifting(season=1000)
    (number,) = [number for number, unit in enumerate(game.units) if unit.id == "boats"]
    assert game.units[number].commander == -1
    for seed in range(40):
        _, events = turn_of(game, row_of(game), seed)
        assert not any(event.seen for event in events if event.roll)
        assert not any(event.seen for event in events if event.cell in game.cells_named("bound"))


# ---- presence

PRESENCE = """
[[rule]]
id = "presence"
use = "presence"
units = ["watch", "escort", "boats"]
each_day = {each_day}
shelter = 3
"""


@pytest.mark.parametrize("zone", ZONES)
def test_presence_is_noted_by_the_belt_of_contested_waters(zone: str) -> None:
    game = at_sea(PRESENCE.format(each_day="true"))
    cells, events = turn_of(game, row_of(game, at__escort=zone, mission__escort="patrol"))
    legal = next(one.legal for one in game.zones if one.id == zone)
    home = zone == "NGB"
    assert cells["in_territorial.escort"] == (legal == "territorial_sea" and not home)
    assert cells["in_contiguous.escort"] == (legal == "contiguous_zone" and not home)
    assert cells["entries.escort"] == 10 + 10 * cells["in_territorial.escort"]
    labels = [event.label for event in events if event.label]
    assert all("nautical miles" in label and label.startswith("escort") for label in labels)


def test_ships_are_counted_when_they_enter_and_for_each_day_of_their_stay() -> None:
    for each_day, totals in ((True, [14, 14, 18, 30]), (False, [14, 14, 14, 14])):
        game = at_sea(PRESENCE.format(each_day=str(each_day).lower()))
        row = row_of(game, at__escort="STW", hulls__escort=4)
        for turn, (total, stay) in enumerate(zip(totals, [12, 13, 37, 109], strict=True)):
            table = Recording(game, clear(game, row), 1, turn)
            play_turn(table, game)
            row = table.row
            assert row[game.cells_named("entries.escort")[0]] == total
            assert row[game.cells_named("stay.escort")[0]] == stay


def test_fishing_boats_are_counted_apart() -> None:
    game = at_sea(PRESENCE.format(each_day="true"))
    cells, _ = turn_of(game, row_of(game, at__boats="STW", hulls__boats=30))
    assert [cells[f"entries.{unit}"] for unit in ("watch", "escort", "boats")] == [10, 10, 40]


@pytest.mark.parametrize("more", [{"hulls__escort": 0}, {"bound__escort": "NGB"}, {"weather__STW": 3}])
def test_no_hulls_a_way_home_or_bad_weather_and_nobody_is_present(more: dict[str, Any]) -> None:
    game = at_sea(PRESENCE.format(each_day="true"))
    cells, _ = turn_of(game, row_of(game, at__escort="STW", stay__escort=30, **more))
    assert (cells["in_territorial.escort"], cells["entries.escort"], cells["stay.escort"]) == (0, 10, 0)


# ---- all of them together


@settings(deadline=None, max_examples=300)
@given(st.data(), st.integers(0, 2**32), st.integers(0, 3))
def test_both_tables_agree(data: st.DataObject, seed: int, turn: int) -> None:
    rules = WEATHER.format(worsens=300, improves=500, worst=3) + ENDURANCE.format(relief=400)
    rules += DRIFT.format(changes=700, season=800, pull=50, obeyed=500, noise=7) + PRESENCE.format(each_day="true")
    game = at_sea(rules)
    agree(game, data.draw(moments(game)), seed, turn)
