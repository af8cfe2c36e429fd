"""Two explanations of why agencies show themselves: rivals among themselves, or sent by design."""

import sys
from pathlib import Path

import pytest

from game.core.events import SHIFT
from game.rules import Block
from game.rules.rivalry import CentralDesign, Rivalry, central_design, rivalry

sys.path.append(str(Path(__file__).parent))

from stories import Story, story

SHELF = (
    Block("rivalry", "home", Rivalry, rivalry),
    Block("central_design", "home", CentralDesign, central_design),
)

TRACKS = """
[[track]]
id = "standing"
name = "Standing"
keys = ["agency"]
high = 100
start = 50
[[track]]
id = "urge"
name = "Urge"
keys = ["agency"]
low = -100
high = 100
[[track]]
id = "in_hand"
name = "In hand"
keys = ["side"]
high = 20
[[track]]
id = "pressure"
name = "Pressure"
keys = ["side"]
high = 100
[[track]]
id = "belief"
name = "Belief"
keys = ["toward"]
high = 100
seen = "own"
[[track]]
id = "climate"
name = "Climate"
keys = ["pair"]
low = -10
high = 10
[[track]]
id = "shown"
name = "Shown"
keys = ["agency"]
high = 99
lasting = false
"""
COMPETE = """
[[rule]]
id = "compete"
use = "rivalry"
side = "north"
rivals = [
  {{ agency = "office", shown = 'shown.office' }},
  {{ agency = "guard", shown = 'shown.guard' }},
  {{ agency = "court", shown = 'shown.court', lacks_power = {lacks_power} }},
]
gain = 3
loss = 1
pull = 1000
powerless = 5
coordinator = {coordinator}
stakes = {stakes}
pace = {pace}
"""
DESIGN = """
[[rule]]
id = "design"
use = "central_design"
side = "north"
other = "south"
light = ["office", "guard"]
armed = ["court"]
by_pressure = 500
by_belief = 300
by_climate = 2
usual = 20
spread = 8
threshold = 60
held_back = 40
pace = {pace}
"""
RIVALS = ("office", "guard", "court")


def rivals(
    folder: Path, coordinator: int = 0, stakes: str = "1000", lacks_power: str = "false", pace: int = 1000
) -> Story:
    rules = COMPETE.format(coordinator=coordinator, stakes=stakes, lacks_power=lacks_power, pace=pace)
    return story(folder, SHELF, TRACKS, rules, (720,) * 12)


def design(folder: Path, pace: int = 1000) -> Story:
    return story(folder, SHELF, TRACKS, DESIGN.format(pace=pace), (720,) * 12)


def urges(one: Story) -> dict[str, int]:
    return {agency: one[f"urge.{agency}"] for agency in RIVALS}


def test_an_agency_that_shows_itself_gains_what_its_rivals_lose(tmp_path: Path) -> None:
    one = rivals(tmp_path)
    one.play(shown__guard=2)
    assert {agency: one[f"standing.{agency}"] for agency in RIVALS} == {"office": 48, "guard": 56, "court": 48}
    assert one["standing.guest"] == 50
    one.play(shown__guard=1, shown__office=1)
    assert {agency: one[f"standing.{agency}"] for agency in RIVALS} == {"office": 50, "guard": 58, "court": 46}
    one.play()
    assert {agency: one[f"standing.{agency}"] for agency in RIVALS} == {"office": 50, "guard": 58, "court": 46}


def test_those_behind_are_drawn_to_show_themselves_and_those_furthest_behind_the_most(tmp_path: Path) -> None:
    one = rivals(tmp_path)
    one.play()
    assert urges(one) == {"office": 0, "guard": 0, "court": 0}
    one.play(shown__guard=2)
    assert urges(one) == {"office": 8, "guard": 0, "court": 8}
    one.play(shown__guard=1, shown__office=1)
    assert urges(one) == {"office": 8, "guard": 0, "court": 12}
    assert one["urge.guest"] == 0


def test_an_agency_that_catches_up_is_drawn_no_longer_and_the_other_is(tmp_path: Path) -> None:
    one = rivals(tmp_path)
    one.play(shown__guard=3)
    assert one["urge.office"] == 12
    one.play(shown__office=6)
    assert one["urge.office"] == 0
    assert one["urge.guard"] > 0


@pytest.mark.parametrize("rank", [0, 250, 600, 1000])
def test_a_coordinator_damps_as_far_as_its_rank_reaches(tmp_path: Path, rank: int) -> None:
    one = rivals(tmp_path, coordinator=rank)
    one.play(shown__guard=10)
    assert one["urge.office"] == 40 - 40 * rank // 1000
    assert one["standing.guard"] == 80  # It damps what agencies are drawn to, and not what their acts are worth.


def test_presence_without_the_power_to_arrest_draws_too(tmp_path: Path) -> None:
    one = rivals(tmp_path, lacks_power="true")
    one.play()
    assert urges(one) == {"office": 0, "guard": 0, "court": 5}
    one.play(shown__court=4)
    assert urges(one) == {"office": 16, "guard": 16, "court": 5}


@pytest.mark.parametrize(("stakes", "expected"), [("0", 0), ("500", 8), ("1000", 16), ("3000", 48), ("-5", 0)])
def test_there_is_more_to_win_when_the_public_looks(tmp_path: Path, stakes: str, expected: int) -> None:
    one = rivals(tmp_path, stakes=stakes)
    one.play(shown__guard=4)
    assert one["urge.office"] == expected


def test_leaders_who_have_the_matter_in_hand_override_rivalry_while_they_do(tmp_path: Path) -> None:
    one = rivals(tmp_path, lacks_power="true")
    one.play(shown__guard=4, in_hand__north=1)
    assert urges(one) == {"office": 0, "guard": 0, "court": 0}
    assert one["standing.guard"] == 62
    one.play(in_hand__north=0, in_hand__south=3)
    assert urges(one) == {"office": 16, "guard": 0, "court": 21}


def test_the_limits_of_standing_and_urge_hold_and_every_turn_counts_anew(tmp_path: Path) -> None:
    one = rivals(tmp_path, stakes="3000")
    for _ in range(10):
        one.play(shown__guard=9)
    assert (one["standing.guard"], one["standing.office"]) == (100, 0)
    assert one["urge.office"] == 100
    one.play(shown__office=40)
    assert one["standing.office"] == 100
    assert one["urge.office"] == 0


def test_urge_goes_its_way_by_and_by_and_what_news_added_to_it_wears_off(tmp_path: Path) -> None:
    one = rivals(tmp_path, pace=500)
    one.play(shown__guard=4)
    found = [one["urge.office"]]
    for _ in range(6):
        one.play()
        found.append(one["urge.office"])
    assert found[0] == 8
    assert found == sorted(found)
    assert found[-1] == 16
    one.play(urge__guard=20)
    assert one["urge.guard"] == 10
    one.play()
    assert one["urge.guard"] == 5
    one.play(in_hand__north=1)
    assert urges(one) == {"office": 0, "guard": 0, "court": 0}


def parts(one: Story, agency: str) -> dict[str, int]:
    """The parts of the last movement of an agency's urge."""
    cell = one.cell(f"urge.{agency}")
    return {
        part.label: part.amount
        for event in one.events
        if event.cell == cell and event.kind == SHIFT
        for part in event.parts
    }


def test_urge_opens_into_its_causes(tmp_path: Path) -> None:
    one = rivals(tmp_path, coordinator=250, lacks_power="true")
    one.play(shown__guard=2)
    assert parts(one, "court") == {
        "behind its rivals in standing": 8,
        "present without the power to arrest": 5,
        "damped by the coordinating office": -3,
    }
    one.play(shown__guard=2)
    assert parts(one, "court")["what drew it before"] == -10


# ---- central design


def test_orders_of_the_leadership_reach_the_agencies_by_and_by(tmp_path: Path) -> None:
    one = design(tmp_path, pace=500)
    found = []
    for _ in range(8):
        one.play(pressure__north=100)
        found.append((one["urge.office"], one["urge.court"]))
    assert found[0] == (15, -20)
    assert found == sorted(found, key=lambda pair: (pair[0], -pair[1]))
    assert abs(found[-1][0] - 30) <= 2
    assert abs(found[-1][1] + 40) <= 2


def test_lightly_armed_agencies_are_sent_first_and_armed_ones_held_back(tmp_path: Path) -> None:
    one = design(tmp_path)
    one.play(pressure__north=60, belief__north__south=50, climate__north__south=-3)
    wanted = 30 + 15 + 6
    assert urges(one) == {"office": wanted - 20, "guard": wanted - 28, "court": -40}
    assert one["urge.guest"] == 0


@pytest.mark.parametrize(("climate", "court"), [(-7, -40), (-8, 1), (-10, 5)])
def test_armed_agencies_are_sent_only_from_the_threshold_on(tmp_path: Path, climate: int, court: int) -> None:
    one = design(tmp_path)
    one.play(pressure__north=60, belief__north__south=50, climate__north__south=climate)
    assert one["urge.court"] == court


@pytest.mark.parametrize(("pressure", "court"), [(99, -40), (100, 0)])
def test_the_threshold_itself_is_enough(tmp_path: Path, pressure: int, court: int) -> None:
    one = design(tmp_path)
    one.play(pressure__north=pressure, climate__north__south=-5)
    assert one["urge.court"] == court


def test_in_a_calm_the_leadership_draws_everybody_back(tmp_path: Path) -> None:
    one = design(tmp_path)
    one.play(climate__north__south=5)
    assert urges(one) == {"office": -30, "guard": -38, "court": -40}


def test_who_showed_itself_means_nothing_to_a_central_design(tmp_path: Path) -> None:
    one, two = design(tmp_path / "one"), design(tmp_path / "two")
    one.play(pressure__north=70)
    two.play(pressure__north=70, shown__guard=9, standing__office=0, in_hand__north=2)
    assert urges(one) == urges(two)


def test_the_two_explanations_differ_in_who_goes(tmp_path: Path) -> None:
    # The same heated turn, in which a light agency shows itself: rivalry draws the armed one after it, design does not.
    heated = {"pressure__north": 70, "belief__north__south": 40, "shown__office": 3}
    one, two = rivals(tmp_path / "one"), design(tmp_path / "two")
    one.play(**heated)
    two.play(**heated)
    assert one["urge.court"] > 0 > two["urge.court"]
    assert one["urge.office"] == 0 < two["urge.office"]


def test_a_seat_that_may_not_see_a_belief_is_not_told_the_part_that_comes_from_it(tmp_path: Path) -> None:
    one = design(tmp_path)
    cell = one.cell("urge.office")
    seen = {label: mask for (rule, _, number, label), mask in one.game.part_seen.items() if number == cell}
    guest = 1 << one.game.agency_number("guest")
    assert not seen["belief in the other side's hostile intent"] & guest
    assert seen["pressure at home"] & guest
