"""Law at home: leave that is asked, granted and lapses, and the terms of custody to the minute."""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from game.core import Order, resolve, start
from game.core.events import REFUSAL
from game.rules import Block, effects
from game.rules.law import (
    ARREST,
    ARRESTED,
    ASK_DETENTION,
    ASK_EXTENSION,
    ASKED,
    DEPORT,
    DEPORTED,
    DETAINED,
    EXTENDED,
    FREE,
    GRANTED,
    HELD,
    INDICT,
    INDICTED,
    NO_STEP,
    NONE,
    REFUSED,
    RELEASE,
    RELEASED,
    SEND,
    SENT,
    Clearance,
    Custody,
    clearance,
    custody,
)

sys.path.append(str(Path(__file__).parent))

from stories import Story, story

SHELF = (Block("clearance", "mechanisms", Clearance, clearance), Block("custody", "mechanisms", Custody, custody))

EFFECTS = (Block("put", "effect", effects.Put, effects.put),)

OF_CLEARANCE = """
[[track]]
id = "clearance"
name = "Leave"
keys = ["agency"]
words = ["none", "asked", "granted", "refused"]
[[track]]
id = "clearance_due"
name = "Waits until"
keys = ["agency"]
high = 100000
[[track]]
id = "clearance_ends"
name = "Holds until"
keys = ["agency"]
high = 100000
[[track]]
id = "clearance_moved"
name = "Leave moved"
keys = ["agency"]
high = 99
seen = "control"
lasting = false
"""
OF_CUSTODY = """
[[track]]
id = "custody"
name = "Custody"
words = ["free", "held", "arrested", "sent", "detained", "extended", "indicted", "released", "deported"]
[[track]]
id = "custody_due"
name = "Term ends"
high = 100000
[[track]]
id = "custody_count"
name = "Held"
high = 100
[[track]]
id = "legal_step"
name = "Step"
keys = ["agency"]
words = ["none", "arrest", "deport", "send", "ask_detention", "ask_extension", "indict", "release"]
lasting = false
[[track]]
id = "custody_moved"
name = "Custody moved"
high = 99
lasting = false
[[track]]
id = "released_now"
name = "Released now"
high = 99
lasting = false
[[track]]
id = "term_near"
name = "Term near"
high = 99
seen = "control"
lasting = false
"""
LEAVE = """
[[rule]]
id = "leave"
use = "clearance"
agency = "guard"
superior = "office"
known_to = ["court"]
"""
CELL = """
[[rule]]
id = "cell"
use = "custody"
agencies = ["guard", "court", "office"]
known_to = ["office", "guard", "court"]
persons = "The captain"
grants_detention = {detention}
grants_extension = {extension}
"""


# ---- leave


def leave(folder: Path, lapse: str, deadline: int = 24, holds: int = 48, turns: Sequence[int] = (720,) * 12) -> Story:
    return story(
        folder, SHELF, OF_CLEARANCE, f'{LEAVE}lapse = "{lapse}"\ndeadline = {deadline}\nholds = {holds}\n', turns
    )


@pytest.mark.parametrize(("lapse", "word"), [("granted", GRANTED), ("refused", REFUSED)])
def test_silence_until_the_deadline_means_what_the_author_says(tmp_path: Path, lapse: str, word: int) -> None:
    one = leave(tmp_path, lapse)
    one.play(clearance__guard=ASKED)
    assert one["clearance_due.guard"] == 720 + 24 * 60
    one.play()
    one.play()
    assert one["clearance.guard"] == ASKED  # An answer in the turn that begins at the deadline is in time.
    one.play()
    assert one["clearance.guard"] == word
    assert one["clearance_due.guard"] == 0
    assert any("has not answered in time" in sentence for sentence in one.told("guard"))


@pytest.mark.parametrize(("last", "lapses"), [(1440, False), (1441, True)])
def test_the_deadline_of_a_request_is_exact_to_the_minute(tmp_path: Path, last: int, lapses: bool) -> None:
    one = leave(tmp_path, "refused", turns=(60, last, 60))
    one.play(clearance__guard=ASKED)
    one.play()
    assert one["clearance.guard"] == (REFUSED if lapses else ASKED)
    one.play(clearance__guard=one["clearance.guard"] if lapses else GRANTED)
    assert one["clearance.guard"] == (REFUSED if lapses else GRANTED)


@pytest.mark.parametrize("answer", [GRANTED, REFUSED])
def test_an_answer_in_time_stops_the_clock_and_is_told_to_both_and_to_those_beside_them(
    tmp_path: Path, answer: int
) -> None:
    one = leave(tmp_path, "granted")
    one.play(clearance__guard=ASKED)
    for agency in ("office", "guard", "court"):
        assert one.told(agency) == ["Guard asks Office for leave to act."]
    assert one.told("guest") == []
    one.play(clearance__guard=answer)
    assert one["clearance.guard"] == answer
    assert one["clearance_due.guard"] == 0
    said = "Office gives Guard leave to act." if answer == GRANTED else "Office refuses Guard leave to act."
    assert [one.told(agency) for agency in ("office", "guard", "court", "guest")] == [[said], [said], [said], []]
    one.play()
    assert one["clearance.guard"] == answer
    assert one.told() == []


@pytest.mark.parametrize("by", ["order", "silence", "before it was asked"])
def test_leave_wears_off_after_its_hours_however_it_came(tmp_path: Path, by: str) -> None:
    one = leave(tmp_path, "granted", deadline=6, holds=24)
    if by != "before it was asked":
        one.play(clearance__guard=ASKED)
    if by == "silence":
        one.play()
    else:
        one.play(clearance__guard=GRANTED)
    told_at = 720 * one.turn
    assert one["clearance.guard"] == GRANTED
    assert one["clearance_ends.guard"] == told_at + 24 * 60
    one.play()
    assert one["clearance.guard"] == GRANTED
    one.play()
    assert one["clearance.guard"] == NONE
    assert one["clearance_ends.guard"] == 0
    assert one.told("guard") == ["The leave that Guard had has run out."]
    one.play(clearance__guard=ASKED)
    assert one["clearance_due.guard"] == 720 * one.turn + 6 * 60


def test_leave_is_taken_back_and_a_request_withdrawn_and_both_may_be_asked_for_again(tmp_path: Path) -> None:
    one = leave(tmp_path, "refused")
    one.play(clearance__guard=GRANTED)
    one.play(clearance__guard=REFUSED)
    assert one.told("guard") == ["Office takes back the leave that Guard had."]
    assert one["clearance_ends.guard"] == 0
    one.play(clearance__guard=ASKED)
    one.play(clearance__guard=NONE)
    assert one["clearance_due.guard"] == 0
    one.play(clearance__guard=ASKED)
    assert one["clearance_due.guard"] == 720 * one.turn + 24 * 60
    assert one["clearance.guard"] == ASKED
    assert one["clearance.office"] == one["clearance.court"] == NONE


def test_asking_again_gives_up_the_leave_that_holds(tmp_path: Path) -> None:
    one = leave(tmp_path, "refused")
    one.play(clearance__guard=GRANTED)
    one.play(clearance__guard=ASKED)
    assert one["clearance_ends.guard"] == 0
    one.play(clearance__guard=GRANTED)
    assert one["clearance_ends.guard"] == 720 * one.turn + 48 * 60


# ---- custody

TURNS = (720,) * 60


def cell(
    folder: Path, more: str = "", turns: Sequence[int] = TURNS, detention: int = 1000, extension: int = 1000
) -> Story:
    return story(folder, SHELF, OF_CUSTODY, CELL.format(detention=detention, extension=extension) + more, turns)


def caught(folder: Path, more: str = "", **parameters: int) -> Story:
    """A captain held in the first turn of half a day, and fifteen people with him."""
    one = cell(folder, more, **parameters)
    one.play(custody=HELD, custody_count=15)
    return one


def until(one: Story, stage: int) -> Story:
    """The same story, brought to a stage by the steps that lead there."""
    steps = {ARRESTED: ("guard", ARREST), SENT: ("guard", SEND), DETAINED: ("court", ASK_DETENTION)}
    for reached, (agency, asked) in steps.items():
        if stage >= reached and one["custody"] < reached:
            one.play(**{f"legal_step__{agency}": asked})
            assert one["custody"] == reached
    while stage == EXTENDED and one["custody"] == DETAINED:
        one.play(legal_step__court=ASK_EXTENSION)
    if stage == INDICTED:
        one.play(legal_step__court=INDICT)
    assert one["custody"] == stage
    return one


@pytest.mark.parametrize(("stage", "hours"), [(HELD, 24), (ARRESTED, 48), (SENT, 24)], ids=["held", "arrested", "sent"])
def test_hours_run_from_the_turn_of_the_step_and_silence_releases_by_law(
    tmp_path: Path, stage: int, hours: int
) -> None:
    one = until(caught(tmp_path), stage)
    began = 720 * (one.turn - 1)
    assert one["custody_due"] == began + hours * 60
    while one.turn * 720 <= one["custody_due"] - 720:
        one.play()
        assert one["custody"] == stage
    assert one.turn * 720 == began + hours * 60  # A step in the turn that begins now would be in time.
    one.play()
    assert one["custody"] == RELEASED
    assert one["released_now"] == 1
    assert one["custody_due"] == one["custody_count"] == 0
    assert "The captain: the term ran out without a step; released by law." in one.told()


IN_HOURS = {
    "held": ((("guard", NO_STEP), ("guard", NO_STEP)), 23, "guard", ARREST),
    "arrested": ((("guard", ARREST),), 48, "guard", SEND),
    "sent": ((("guard", ARREST), ("guard", SEND)), 24, "court", ASK_DETENTION),
}
"""For each term in hours: the steps that lead to it, its length (of those held what is left of 24 after the first turn
of an hour), who takes the next step and which.
"""


@pytest.mark.parametrize("name", IN_HOURS)
@pytest.mark.parametrize("late", [0, 1])
def test_each_term_in_hours_ends_on_its_minute(tmp_path: Path, name: str, late: int) -> None:
    steps, hours, agency, asked = IN_HOURS[name]
    one = cell(tmp_path, turns=(*[60] * (len(steps) - 1), hours * 60 + late, 60))
    one.row[one.cell("custody")] = HELD
    for who, what in steps:
        one.play(**{f"legal_step__{who}": what})
    stage = HELD + sum(what != NO_STEP for _, what in steps)
    assert one["custody"] == (RELEASED if late else stage)
    one.play(**{f"legal_step__{agency}": asked})
    assert one["custody"] == (RELEASED if late else stage + 1)


def test_nobody_is_free_by_law_before_a_step_could_be_taken(tmp_path: Path) -> None:
    one = cell(tmp_path, turns=(2880, 60, 60))
    one.row[one.cell("custody")] = HELD
    one.play()
    assert one["custody"] == HELD
    one.play()
    assert one["custody"] == RELEASED


def test_days_of_detention_end_at_midnight_and_an_extension_begins_where_detention_ends(tmp_path: Path) -> None:
    # The first turn begins at ten in the morning: fourteen hours to midnight.
    one = until(caught(tmp_path, "midnight = 840"), DETAINED)
    asked_on = (720 * (one.turn - 1) - 840) // 1440  # Days after the first midnight.
    assert one["custody_due"] == 840 + (asked_on + 10) * 1440
    first = one["custody_due"]
    until(one, EXTENDED)
    assert one["custody_due"] == first + 10 * 1440


@pytest.mark.parametrize("stage", [DETAINED, EXTENDED])
def test_detention_that_ends_without_a_decision_releases_by_law(tmp_path: Path, stage: int) -> None:
    one = until(caught(tmp_path), stage)
    due, freed = one["custody_due"], 0
    while one["custody"] == stage:
        assert 720 * one.turn <= due
        one.play()
        freed += one["released_now"]
    assert 720 * (one.turn - 1) <= due < 720 * one.turn
    assert (one["custody"], freed) == (RELEASED, 1)


def test_those_who_are_to_know_are_warned_once_a_term_ends_before_the_next_turn_does(tmp_path: Path) -> None:
    one = cell(tmp_path, turns=(60, 720, 2881, 720, 60))
    one.play(custody=HELD)
    assert one["term_near"] == 0
    one.play(legal_step__guard=ARREST)
    assert one["custody_due"] == 60 + 2880 < 60 + 720 + 2881
    assert one["term_near"] == 1
    assert one.told("court")[-1].startswith("The captain: the term ends before the next turn does.")
    assert not any("ends before" in sentence for sentence in one.told("guest"))
    one.play(legal_step__guard=SEND)
    assert one["custody"] == RELEASED  # A term of a day does not outlast a turn of two.


# ---- every path

STEPS = {"arrest": ARREST, "deport": DEPORT, "send": SEND, "detention": ASK_DETENTION, "extension": ASK_EXTENSION,
         "indict": INDICT, "release": RELEASE}  # fmt: skip
LEADS = {
    (HELD, ARREST): ARRESTED, (HELD, DEPORT): DEPORTED, (HELD, RELEASE): RELEASED,
    (ARRESTED, SEND): SENT, (ARRESTED, DEPORT): DEPORTED, (ARRESTED, RELEASE): RELEASED,
    (SENT, ASK_DETENTION): DETAINED, (SENT, INDICT): INDICTED, (SENT, DEPORT): DEPORTED, (SENT, RELEASE): RELEASED,
    (DETAINED, ASK_EXTENSION): EXTENDED, (DETAINED, INDICT): INDICTED, (DETAINED, DEPORT): DEPORTED,
    (DETAINED, RELEASE): RELEASED,
    (EXTENDED, INDICT): INDICTED, (EXTENDED, DEPORT): DEPORTED, (EXTENDED, RELEASE): RELEASED,
    (INDICTED, RELEASE): RELEASED,
}  # fmt: skip
"""Every step that the law allows, by stage, and where it leads: written out apart from the rule's own table."""


@pytest.mark.parametrize("asked", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("stage", range(FREE, DEPORTED + 1))
def test_each_step_at_each_stage_is_taken_or_refused_as_the_law_has_it(tmp_path: Path, stage: int, asked: int) -> None:
    one = cell(tmp_path)
    due = 60 if stage in (HELD, ARRESTED, SENT, DETAINED, EXTENDED) else 0
    one.play(custody=stage, custody_due=due + 720 if due else 0, custody_count=3)
    one.row[one.cell("custody_count")] = 3
    one.play(legal_step__court=asked)
    after = LEADS.get((stage, asked))
    refusals = [event for event in one.events if event.kind == REFUSAL]
    if after is None:
        assert len(refusals) == 1
        assert refusals[0].seen == 0b0111
        assert one["custody"] == (RELEASED if due else stage)
    else:
        assert not refusals
        assert one["custody"] == after
    freed = one["custody"] in (RELEASED, DEPORTED) and stage not in (RELEASED, DEPORTED)
    assert one["released_now"] == freed
    assert one["custody_count"] == (0 if freed else 3)
    moved = one["custody"] != stage
    assert one["custody_moved"] == moved
    one.play()
    assert one["released_now"] == 0 or one["custody"] == RELEASED != after


def test_nobody_is_released_twice(tmp_path: Path) -> None:
    one = until(caught(tmp_path), SENT)
    one.play(legal_step__guard=RELEASE, legal_step__court=RELEASE, legal_step__office=DEPORT)
    assert one["released_now"] == one["custody_moved"] == 1
    assert one["custody"] == RELEASED
    assert sum(event.kind == REFUSAL for event in one.events) == 2
    for _ in range(4):
        one.play(legal_step__court=RELEASE)
        assert one["released_now"] == 0
        assert one["custody"] == RELEASED


def test_steps_of_several_agencies_in_one_turn_follow_each_other_in_the_order_of_the_rule(tmp_path: Path) -> None:
    one = caught(tmp_path)
    one.play(legal_step__guard=ARREST, legal_step__court=SEND, legal_step__office=ASK_DETENTION)
    assert one["custody"] == DETAINED
    assert one["custody_moved"] == 3
    assert one.told("guest") == [
        "The captain: arrested by Guard.",
        "The captain: sent to the prosecutors by Prosecutors.",
        "The captain: a judge grants detention for 10 days.",
    ]


def test_a_judge_who_refuses_detention_sets_free_and_one_who_refuses_an_extension_lets_the_term_run(
    tmp_path: Path,
) -> None:
    one = until(caught(tmp_path / "no", detention=0), SENT)
    one.play(legal_step__court=ASK_DETENTION)
    assert one["custody"] == RELEASED
    assert one["released_now"] == 1
    two = until(caught(tmp_path / "yes", extension=0), DETAINED)
    due = two["custody_due"]
    for _ in range(14):
        two.play()
    two.play(legal_step__court=ASK_EXTENSION)
    assert [event.label for event in two.events if event.kind == REFUSAL] == [
        "The captain: a judge refuses an extension; the term goes on."
    ]
    assert (two["custody"], two["custody_due"], two["released_now"]) == (DETAINED, due, 0)


def test_an_extension_is_asked_for_in_the_last_days_only(tmp_path: Path) -> None:
    one = until(caught(tmp_path), DETAINED)
    refused = 0
    while one["custody"] == DETAINED:
        early = one["custody_due"] - 720 * one.turn > 72 * 60
        one.play(legal_step__court=ASK_EXTENSION)
        assert early == (one["custody"] == DETAINED)
        assert early == any("too early" in event.label for event in one.events if event.kind == REFUSAL)
        refused += early
    assert refused > 5
    assert one["custody"] == EXTENDED


@pytest.mark.parametrize("minutes", [0, 1])
def test_the_last_days_begin_on_their_minute(tmp_path: Path, minutes: int) -> None:
    one = cell(tmp_path)
    one.play(custody=DETAINED, custody_due=72 * 60 + minutes, legal_step__court=ASK_EXTENSION)
    assert one["custody"] == (DETAINED if minutes else EXTENDED)


@pytest.mark.parametrize("minutes", [0, 1])
def test_a_term_is_near_when_it_ends_within_the_next_turn(tmp_path: Path, minutes: int) -> None:
    one = cell(tmp_path, turns=(60, 90, 60))
    one.play(custody=DETAINED, custody_due=150 - minutes)
    assert one["term_near"] == minutes


def test_an_agency_that_is_told_of_nothing_else_is_told_why_its_step_is_not_taken(tmp_path: Path) -> None:
    rules = CELL.format(detention=1000, extension=0).replace('known_to = ["office", "guard", "court"]', "known_to = []")
    one = story(tmp_path, SHELF, OF_CUSTODY, rules, TURNS)
    for stage, asked in ((FREE, ARREST), (DETAINED, ASK_EXTENSION)):
        one.play(custody=stage, custody_due=720 * one.turn + 1440, legal_step__court=asked)
        assert [event.seen for event in one.events if event.kind == REFUSAL] == [1 << one.game.agency_number("court")]


@pytest.mark.parametrize("stage", [HELD, ARRESTED, SENT, DETAINED])
def test_with_another_offence_suspected_only_the_prosecutors_clear_the_way_to_sending_back(
    tmp_path: Path, stage: int
) -> None:
    one = until(caught(tmp_path, "barred = 'custody_count > 10'"), stage)
    one.play(legal_step__guard=DEPORT)
    assert one["custody"] == (stage if stage < SENT else DEPORTED)
    assert any("another offence" in event.label for event in one.events) == (stage < SENT)


def test_the_next_incident_begins_a_custody_of_its_own(tmp_path: Path) -> None:
    one = caught(tmp_path)
    one.play(legal_step__guard=DEPORT)
    assert one["custody"] == DEPORTED
    one.play()
    one.play(custody=HELD, custody_count=2)
    assert one["custody_due"] == 720 * (one.turn - 1) + 24 * 60
    one.play(legal_step__guard=ARREST)
    one.play(legal_step__guard=RELEASE)
    assert one["released_now"] == 1


@pytest.mark.parametrize("chance", [0, 250, 500, 1000])
def test_judges_grant_as_often_as_the_author_says(tmp_path: Path, chance: int) -> None:
    one = until(caught(tmp_path, detention=chance), SENT)
    row, turn, granted = list(one.row), one.turn, 0
    for seed in range(400):
        one.row, one.turn, one.seed = list(row), turn, seed
        one.play(legal_step__court=ASK_DETENTION)
        granted += one["custody"] == DETAINED
    assert abs(granted - chance * 400 // 1000) <= (0 if chance in (0, 1000) else 40)


LENGTHS = (720, 60, 1440, 4320, 2880, 1441, 360)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_ordered_nobody_is_held_beyond_the_law_or_freed_twice(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    turns = [draw.choice(LENGTHS) for _ in range(60)]
    one = cell(tmp_path, f"midnight = {draw.randrange(1440)}", turns=turns, detention=700, extension=700)
    clock, since, freed, inside = 0, 0, 0, 0
    one.seed = seed
    for minutes in turns:
        before, cells = one["custody"], {}
        if before in (FREE, RELEASED, DEPORTED) and draw.random() < 0.5:
            before = cells["custody"] = HELD
            since, inside = clock, inside + 1
        for agency in ("guard", "court", "office"):
            if draw.random() < 0.3:
                cells[f"legal_step__{agency}"] = draw.choice((ARREST, SEND, SEND, *STEPS.values()))
        one.play(**cells)
        clock += minutes
        stage, running = one["custody"], HELD <= one["custody"] <= EXTENDED
        assert running == (one["custody_due"] > 0)
        if running:
            assert clock <= one["custody_due"]
            assert clock <= since + (24 + 48 + 24) * 60 + 20 * 1440
        gone = stage >= RELEASED and HELD <= before <= INDICTED
        assert one["released_now"] == gone
        freed += gone
    assert inside - 1 <= freed <= inside
    assert inside


# ---- by orders

ORDERS = """
[[action]]
id = "procedure"
name = "Procedure"
about = "A step."
agencies = ["guard", "court"]
choice = [
  { id = "arrest", name = "arrest", values = { step = 1 } },
  { id = "send", name = "send", values = { step = 3 } },
]
[[action.effect]]
use = "put"
mark = "legal_step.own"
to = 'choice.step'

[[action]]
id = "ask_leave"
name = "Ask for leave"
about = "Ask."
agencies = ["guard"]
requires = [{ when = 'clearance.own == none or clearance.own == refused', message = "It is asked or granted." }]
choice = [{ id = "ask", name = "ask" }]
[[action.effect]]
use = "put"
mark = "clearance.own"
to = "asked"

[[action]]
id = "give_leave"
name = "Answer a request"
about = "Answer."
agencies = ["office"]
requires = [{ when = 'clearance.guard == asked', message = "Nobody asks." }]
choice = [{ id = "yes", name = "yes", values = { answer = 2 } }, { id = "no", name = "no", values = { answer = 3 } }]
[[action.effect]]
use = "put"
mark = "clearance.guard"
to = 'choice.answer'

[[inject]]
id = "caught"
turn = 1
text = "A boat is caught."
[[inject.effect]]
use = "put"
mark = "custody"
to = "held"
"""


def test_orders_bring_leave_and_custody_about(tmp_path: Path) -> None:
    rules = f'{LEAVE}lapse = "refused"\ndeadline = 24\n{CELL.format(detention=1000, extension=1000)}{ORDERS}'
    one = story(tmp_path, (*EFFECTS, *SHELF), OF_CLEARANCE + OF_CUSTODY, rules, TURNS)
    state = start(one.game, 1)
    found = []
    for orders in (
        [Order("guard", "ask_leave", "ask")],
        [Order("office", "give_leave", "yes"), Order("guard", "procedure", "arrest")],
        [Order("court", "procedure", "arrest"), Order("guard", "procedure", "send")],
    ):
        state, _ = resolve(one.game, state, orders)
        found.append((state.row[one.cell("clearance.guard")], state.row[one.cell("custody")]))
    assert found == [(ASKED, HELD), (GRANTED, ARRESTED), (GRANTED, SENT)]


# ---- as it was


def of_2010(folder: Path, orders: dict[int, dict[str, int]]) -> Iterator[tuple[int, Story]]:
    """The turns from ten in the morning of the seventh of September, each with the day on which it begins."""
    minutes = (840, 1440, 1440, 3 * 1440, 3 * 1440, 3 * 1440, 1440, 3 * 1440, 1440, 3 * 1440, 3 * 1440)
    one = cell(folder, "midnight = 840", turns=minutes)
    day = 7
    for length in minutes:
        one.play(**orders.get(day, {}))
        yield day, one
        day += -(-length // 1440)


def test_the_terms_of_september_2010_come_out_as_they_were(tmp_path: Path) -> None:
    orders = {
        7: {"custody": HELD, "custody_count": 15},
        8: {"legal_step__guard": ARREST},
        9: {"legal_step__guard": SEND},
        10: {"legal_step__court": ASK_DETENTION},
        19: {"legal_step__court": ASK_EXTENSION},
        24: {"legal_step__court": RELEASE},
    }
    found = {day: (one["custody"], one["custody_due"]) for day, one in of_2010(tmp_path, orders)}
    ends = {day: 840 + (day - 8) * 1440 for day in (20, 30)}  # The midnights after the 19th and the 29th.
    assert [found[day][0] for day in (7, 8, 9, 10, 13, 16, 19, 20, 23, 24)] == [
        HELD, ARRESTED, SENT, DETAINED, DETAINED, DETAINED, EXTENDED, EXTENDED, EXTENDED, RELEASED,
    ]  # fmt: skip
    assert found[10][1] == ends[20]
    assert found[19][1] == ends[30]


def test_without_the_extension_of_september_2010_the_captain_is_free_on_the_twentieth(tmp_path: Path) -> None:
    orders = {
        7: {"custody": HELD}, 8: {"legal_step__guard": ARREST}, 9: {"legal_step__guard": SEND},
        10: {"legal_step__court": ASK_DETENTION},
    }  # fmt: skip
    found = {day: one["custody"] for day, one in of_2010(tmp_path, orders)}
    assert found[19] == DETAINED
    assert found[20] == RELEASED
