"""Politics at home: quick up and slow down, days of the calendar, what is not told, leaders, leaks and accounts."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from game.rules import Block
from game.rules.politics import (
    KEPT,
    LEAKED,
    NOTHING,
    SHOWN,
    Calendar,
    Leaders,
    Leak,
    MediaFilter,
    Memory,
    NewGovernment,
    Versions,
    calendar,
    leaders,
    leak,
    media_filter,
    memory,
    new_government,
    versions,
)

sys.path.append(str(Path(__file__).parent))

from stories import Story, story

SHELF = (
    Block("memory", "home", Memory, memory),
    Block("calendar", "home", Calendar, calendar),
    Block("media_filter", "home", MediaFilter, media_filter),
    Block("new_government", "home", NewGovernment, new_government),
    Block("leaders", "home", Leaders, leaders),
    Block("leak", "home", Leak, leak),
    Block("versions", "home", Versions, versions),
)

TRACKS = """
[[track]]
id = "memory"
name = "Memory"
keys = ["side"]
high = 100
[[track]]
id = "pressure"
name = "Pressure"
keys = ["side"]
high = 100
start = 20
[[track]]
id = "climate"
name = "Climate"
keys = ["pair"]
low = -10
high = 10
[[track]]
id = "belief"
name = "Belief"
keys = ["toward"]
high = 100
start = 40
[[track]]
id = "version"
name = "Version"
keys = ["toward"]
words = ["none", "partial", "blames_other"]
[[track]]
id = "video"
name = "Recording"
words = ["none", "held", "released", "leaked"]
[[track]]
id = "disclosed"
name = "The matter"
words = ["secret", "reported", "announced"]
[[track]]
id = "in_hand"
name = "In hand"
keys = ["side"]
high = 20
[[track]]
id = "at_odds"
name = "At odds"
keys = ["side"]
high = 99
lasting = false
[[track]]
id = "acts"
name = "Acts"
high = 99
lasting = false
"""
DAY = 1440


def home(folder: Path, rules: str, turns: Sequence[int] = (720,) * 60) -> Story:
    return story(folder, SHELF, TRACKS, rules, turns)


# ---- memory

REMEMBERS = """
[[rule]]
id = "remembers"
use = "memory"
side = "north"
happened = 'acts'
keeps = 500
fades = 20
feeds = {feeds}
revives = {revives}
"""


def remembering(folder: Path, turns: Sequence[int] = (720,) * 60, feeds: int = 0, revives: int = 0) -> Story:
    return home(folder, REMEMBERS.format(feeds=feeds, revives=revives), turns)


def test_memory_is_quick_up_and_slow_down(tmp_path: Path) -> None:
    one = remembering(tmp_path, (720,) * 99)
    one.play(acts=60)
    assert one["memory.north"] == 30
    assert one["memory.south"] == 0
    while one["memory.north"] > 15:
        one.play()
    assert 60 <= one.turn <= 80  # Half a day up; more than a month until half of it is gone.


@pytest.mark.parametrize("minutes", [90, 360, 720, 1440, 2880])
def test_memory_fades_by_the_day_whatever_the_length_of_turns(tmp_path: Path, minutes: int) -> None:
    one = remembering(tmp_path, (minutes,) * (14400 // minutes + 2))
    one.row[one.cell("memory.north")] = 100
    for _ in range(14400 // minutes):
        one.play()
    gone = 100 - one["memory.north"]
    assert 16 <= gone <= 21  # Ten days of 20 permille: 18 of 100 points if they compound daily.


def test_a_small_memory_fades_too_and_never_below_nothing(tmp_path: Path) -> None:
    one = remembering(tmp_path, (1440,) * 130)
    one.row[one.cell("memory.north")] = 3
    values = []
    for _ in range(130):
        one.play()
        values.append(one["memory.north"])
    assert values == sorted(values, reverse=True)
    assert values[0] == 3
    assert values[-1] == 0


def test_memory_does_not_fade_in_a_turn_that_touches_it(tmp_path: Path) -> None:
    one = remembering(tmp_path, (14400,) * 4)
    one.row[one.cell("memory.north")] = 50
    one.play(acts=1)
    assert one["memory.north"] == 50


def test_memory_presses_every_day_and_an_old_wound_hurts_when_touched_again(tmp_path: Path) -> None:
    one = remembering(tmp_path, (1440,) * 20, feeds=50, revives=300)
    one.play(acts=40)
    assert one["pressure.north"] == 20  # The first time there is nothing old to revive.
    assert one["memory.north"] == 20
    one.play()
    assert one["pressure.north"] == 21
    one.play(acts=2)
    assert one["pressure.north"] == 21 + 1 + 20 * 300 // 1000
    assert one["pressure.south"] == 20


def test_acts_below_nothing_are_no_acts(tmp_path: Path) -> None:
    rule = REMEMBERS.format(feeds=0, revives=500).replace("'acts'", "'acts - 5'")
    one = home(tmp_path, rule)
    one.row[one.cell("memory.north")] = 40
    one.play(acts=1)
    assert one["memory.north"] <= 40
    assert one["pressure.north"] == 20


# ---- calendar

DAYS = """
[[rule]]
id = "days"
use = "calendar"
days = [
  { label = "18 September", minute = 3000, sides = ["north", "south"], pressure = 6, memory = 2 },
  { label = "the fourth turn", turn = 4, sides = ["south"], revives = 500 },
  { label = "a festive year", turn = 5, sides = ["south"], pressure = -4 },
]
"""


def test_each_day_moves_the_publics_that_it_names_once_in_the_turn_in_which_it_falls(tmp_path: Path) -> None:
    one = home(tmp_path, DAYS, (1440,) * 8)
    one.row[one.cell("memory.south")] = 20
    found = []
    for _ in range(8):
        one.play()
        found.append((one["pressure.north"], one["pressure.south"], one["memory.north"], one["memory.south"]))
    assert found == [
        (20, 20, 0, 20),
        (20, 20, 0, 20),
        (26, 26, 2, 22),
        (26, 37, 2, 22),
        (26, 33, 2, 22),
        *[(26, 33, 2, 22)] * 3,
    ]


@pytest.mark.parametrize(("turns", "expected"), [((3000, 60), 2), ((3001, 60), 1), ((60, 2939, 1, 60), 4), ((60,), 0)])
def test_a_day_given_by_its_minute_falls_in_the_turn_that_holds_it(
    tmp_path: Path, turns: tuple[int, ...], expected: int
) -> None:
    one = home(tmp_path, DAYS.replace("turn = 4", "turn = 99").replace("turn = 5", "turn = 99"), turns)
    moved = []
    for number in range(1, len(turns) + 1):
        before = one["pressure.north"]
        one.play()
        moved += [number] * (one["pressure.north"] != before)
    assert moved == [expected] * bool(expected)


def test_a_day_without_turn_or_minute_never_falls(tmp_path: Path) -> None:
    rule = DAYS.replace("minute = 3000, ", "").replace("turn = 4, ", "").replace("turn = 5, ", "")
    one = home(tmp_path, rule, (1440,) * 8)
    for _ in range(8):
        assert one.play() == ()


# ---- what the media tell

FILTER = """
[[rule]]
id = "filter"
use = "media_filter"
side = "south"
other = "north"
agreed = 'acts > 0'
reported = {reported}
relief = 10
carries = 2
"""


@pytest.mark.parametrize(
    ("reported", "pressure", "climate"),
    [
        ("1000", 10, 0),
        ("700", 13, -1),
        ("300", 17, -1),
        ("200", 18, -2),
        ("0", 20, -2),
        ("-9", 20, -2),
        ("2000", 10, 0),
    ],
)
def test_what_is_not_reported_at_home_relieves_nobody_and_carries_less(
    tmp_path: Path, reported: str, pressure: int, climate: int
) -> None:
    one = home(tmp_path, FILTER.format(reported=reported))
    one.play()
    assert (one["pressure.south"], one["climate.north.south"]) == (20, 0)
    one.play(acts=1)
    assert (one["pressure.south"], one["climate.north.south"]) == (pressure, climate)
    assert one["pressure.north"] == 20


# ---- a new government

NEW = """
[[rule]]
id = "new"
use = "new_government"
side = "north"
inexperience = {chance}
speaks = 'acts > 0'
"""


@pytest.mark.parametrize("chance", [0, 200, 1000])
def test_ministries_of_a_new_government_speak_past_each_other_as_often_as_it_is_new(
    tmp_path: Path, chance: int
) -> None:
    one = home(tmp_path, NEW.format(chance=chance), (720,))
    count = 0
    for seed in range(500):
        one.row, one.turn, one.seed = list(one.game.start_row), 0, seed
        one.play(acts=1)
        assert one["at_odds.south"] == 0
        assert len(one.told("guest")) == one["at_odds.north"]
        count += one["at_odds.north"]
    assert abs(count - chance // 2) <= (0 if chance in (0, 1000) else 30)


def test_a_government_with_nothing_to_say_does_not_contradict_itself(tmp_path: Path) -> None:
    one = home(tmp_path, NEW.format(chance=1000))
    one.play()
    assert one["at_odds.north"] == 0
    one.play(acts=1)
    assert one["at_odds.north"] == 1
    one.play()
    assert one["at_odds.north"] == 0


# ---- leaders

LEAD = """
[[rule]]
id = "lead"
use = "leaders"
side = "north"
other = "south"
pressed = 60
alarmed = 300
turns = 3
binds = 2
attends = {attends}
"""


@pytest.mark.parametrize("cause", [{"pressure__north": 60}, {"risk__north__south": 300}])
def test_leaders_take_a_matter_in_hand_from_a_threshold_on_and_for_some_turns(
    tmp_path: Path, cause: dict[str, int]
) -> None:
    one = home(tmp_path, LEAD.format(attends=1000))
    one.play(**{name: value - 1 for name, value in cause.items()})
    assert one["in_hand.north"] == 0
    one.play(**cause)
    assert one["in_hand.north"] == 3
    assert one.told() == ["The leadership of North takes the matter in hand.", "leaders stand for it themselves"]
    found = []
    for _ in range(4):
        one.play(**dict.fromkeys(cause, 0))
        found.append(one["in_hand.north"])
    assert found == [2, 1, 0, 0]
    assert one["in_hand.south"] == 0


def test_leaders_keep_a_matter_that_stays_hot_and_are_bound_once(tmp_path: Path) -> None:
    one = home(tmp_path, LEAD.format(attends=1000))
    found = []
    for _ in range(8):
        one.play(risk__north__south=900)
        found.append(one["in_hand.north"])
    assert min(found) >= 1
    assert one["pressure.north"] == 22


@pytest.mark.parametrize("attends", [0, 300, 700])
def test_leaders_find_time_as_often_as_the_author_says_and_their_own_side_alone_knows_of_it(
    tmp_path: Path, attends: int
) -> None:
    one = home(tmp_path, LEAD.format(attends=attends), (720,))
    count = 0
    for seed in range(400):
        one.row, one.turn, one.seed = list(one.game.start_row), 0, seed
        one.play(risk__north__south=900)
        count += one["in_hand.north"] == 3
        assert [event.seen for event in one.events if event.roll] == [0b0111]
    assert abs(count - 400 * attends // 1000) <= (40 if attends else 0)


# ---- a leak

LEAKS = """
[[rule]]
id = "leaks"
use = "leak"
side = "north"
other = "south"
offices = 'acts'
chance = {chance}
own = 9
others = 4
third = ["south"]
believed = 5
"""


def leaked(folder: Path, chance: int, offices: int, minutes: int, runs: int = 400) -> int:
    """In how many of the runs a recording that so many offices hold has come out after a turn."""
    one = home(folder, LEAKS.format(chance=chance).replace('third = ["south"]\n', ""), (minutes,))
    count = 0
    for seed in range(runs):
        one.row, one.turn, one.seed = list(one.game.start_row), 0, seed
        one.play(video=KEPT, acts=offices)
        count += one["video"] == LEAKED
    return count


def test_a_recording_comes_out_the_sooner_the_more_offices_have_it(tmp_path: Path) -> None:
    found = [leaked(tmp_path / str(offices), 50, offices, 1440) for offices in (0, 1, 4, 10)]
    assert found[0] == 0
    assert found == sorted(set(found))
    assert abs(found[2] - 80) < 30


def test_the_chance_of_a_leak_grows_with_the_length_of_the_turn(tmp_path: Path) -> None:
    assert leaked(tmp_path / "short", 100, 1, 144) < leaked(tmp_path / "long", 100, 1, 4320)


@pytest.mark.parametrize("video", [NOTHING, SHOWN, LEAKED])
def test_only_a_recording_that_is_held_back_leaks(tmp_path: Path, video: int) -> None:
    one = home(tmp_path, LEAKS.format(chance=1000))
    for _ in range(10):
        one.play(video=video, acts=60)
        assert one["video"] == video
    assert one["pressure.north"] == 20


@pytest.mark.parametrize(("disclosed", "after"), [(0, 1), (1, 1), (2, 2)])
def test_a_leak_presses_on_both_and_makes_the_matter_public(tmp_path: Path, disclosed: int, after: int) -> None:
    one = home(tmp_path, LEAKS.format(chance=1000).replace('third = ["south"]', 'third = ["north"]'), (1440,) * 40)
    while one["video"] != LEAKED:
        one.play(video=KEPT, acts=60, disclosed=disclosed)
    assert one["disclosed"] == after
    assert (one["pressure.north"], one["pressure.south"]) == (29, 24)
    assert one["belief.north.south"] == 45
    one.play()
    assert (one["pressure.north"], one["pressure.south"]) == (29, 24)


# ---- accounts

TELL = """
[[rule]]
id = "tell"
use = "versions"
sides = ["north", "south"]
weight = 2
most = 60
{more}
"""
BLAME = {"version__north__south": 2, "version__south__north": 2}


def after(folder: Path, days: int, more: str = "", **cells: int) -> tuple[int, int]:
    """Belief of North and of South after so many days."""
    one = home(folder, TELL.format(more=more), (DAY,) * days)
    for _ in range(days):
        one.play(**cells)
    return one["belief.north.south"], one["belief.south.north"]


def test_two_accounts_that_blame_each_other_feed_belief_in_bad_faith_up_to_a_point(tmp_path: Path) -> None:
    assert after(tmp_path / "3", 3, **BLAME) == (46, 46)
    assert after(tmp_path / "30", 30, **BLAME) == (60, 60)


@pytest.mark.parametrize(("north", "south"), [(0, 0), (2, 0), (2, 1), (0, 2)])
def test_one_account_alone_contradicts_nobody(tmp_path: Path, north: int, south: int) -> None:
    assert after(tmp_path, 5, version__north__south=north, version__south__north=south) == (40, 40)


@pytest.mark.parametrize("video", [NOTHING, KEPT, SHOWN, LEAKED])
def test_an_open_recording_makes_one_side_surer_and_leaves_the_other_less_to_say(tmp_path: Path, video: int) -> None:
    more = 'borne_out = "north"\nproof = 500\ndoubt = 500'
    found = after(tmp_path, 4, more, video=video, **BLAME)
    assert found == ((52, 44) if video in (SHOWN, LEAKED) else (48, 48))


def test_a_recording_that_bears_out_neither_changes_nothing(tmp_path: Path) -> None:
    assert after(tmp_path, 4, "proof = 500\ndoubt = 500", video=SHOWN, **BLAME) == (48, 48)
