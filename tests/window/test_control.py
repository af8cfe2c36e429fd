"""Control at the window: it sees everything, and what it does is in the session, in the journal and on nobody's screen."""

from pathlib import Path

import pygame
import pytest
from hands import Hands, inside

from game.play.journal import Journal
from game.play.session import Session, rebuilt
from game.scenario.library import playable
from game.window.kit.controls import Choice
from game.window.kit.rows import Item
from game.window.screens.control import Control
from game.window.screens.control_panels import BESIDE
from game.window.screens.handover import HandOver
from game.window.screens.resolution import Resolution
from game.window.table import Table

ONE, OTHER = "jp_mod", "cn_mfa"


def evening(folder: Path, *, turns: int = 1, pins: dict[str, str] | None = None, size: tuple[int, int] = (1600, 900),
            secret: int = 0) -> tuple[Hands, Table]:  # fmt: skip
    """The hand-over of a session of two people; one of them has drafted something."""
    folder.mkdir(exist_ok=True)
    hands = Hands(folder, size=size, still=True)
    path = folder / "session.kuroshio"
    journal = Journal.create(path)
    session = Session.begin(playable("airspace-2024"), dict.fromkeys((ONE, OTHER), "person"), seed=5, journal=journal,
                            pins=pins)  # fmt: skip
    for _ in range(turns):
        session.lock(ONE)
        session.lock(OTHER)
        session.play_turn()
    free = [one.order for one in session.view(ONE).options if one.refusal is None and not one.details]
    session.draft(ONE, free[secret : secret + 1])
    table = Table(hands.app, session, journal, path)
    table.told = True
    table.go_on()
    return hands, table


def opened(hands: Hands) -> Control:
    """Control sits down from the hand-over."""
    hands.click("control")
    hands.enter()
    assert isinstance(hands.app.screen, Control)
    return hands.app.screen


def news(table: Table, agency: str) -> list[str]:
    """What control has told an agency since the last turn."""
    bit = table.game.agency_number(agency)
    return [event.label for event in table.session.news if event.seen >> bit & 1]


def again(table: Table) -> Session:
    """The session that the journal tells."""
    return rebuilt(table.journal.entries)


def test_control_is_asked_for_its_pin(tmp_path: Path) -> None:
    hands, table = evening(tmp_path, pins={"control": "white"})
    hands.click("control")
    assert "PIN of control" in hands.words
    hands.write("black")
    hands.enter()
    assert isinstance(hands.app.screen, HandOver)
    assert "not the PIN" in hands.words
    hands.write("white")
    hands.enter()
    assert isinstance(hands.app.screen, Control)
    table.close()


def test_orders_and_hidden_values_are_seen(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    hands.click(f"seat/{ONE}")
    drafted = table.session.drafts(ONE)[0]
    name = next(one.name for one in table.session.view(ONE).options if one.order.action == drafted.action)
    assert name in hands.words
    seen = {reading.name for reading in table.session.view(OTHER).readings}
    hidden = next(one for one in screen.readings if one.name not in seen and not one.resting)
    screen.take_tab("values")
    assert hands.app.stage.node(f"value/{hidden.name}")
    table.close()


def test_the_map_is_seen_with_other_eyes(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    everything = {piece.id: piece.zone for piece in screen.chart.pieces}
    assert set(everything) == {unit.id for unit in table.game.units}
    agencies = [agency.id for agency in table.game.agencies]
    found = []
    for agency in agencies:
        screen.take_eyes(agency)
        found.append({piece.id: piece.zone for piece in screen.chart.pieces if not piece.seen})
    assert all(set(one.items()) <= set(everything.items()) for one in found)
    assert any(one != everything for one in found)
    table.close()


def test_what_is_said_is_learned_by_those_who_are_marked(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    screen.take_tab("news")
    hands.click("say")
    assert not table.session.news
    hands.click("to/all")
    hands.click(f"to/{OTHER}")
    hands.app.stage.take("speak", by_key=False)
    hands.write("A fishing boat is missing.")
    hands.click("say")
    assert news(table, OTHER) == ["A fishing boat is missing."]
    assert news(table, ONE) == []
    assert "Said to" in hands.words
    assert "A fishing boat is missing." in hands.words, "control can read what it has said"
    assert not screen.text.text
    assert [event.label for event in again(table).news] == ["A fishing boat is missing."]
    table.close()


def test_why_leads_back_to_the_value_with_what_was_typed(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    screen.ask_value("risk.jp.cn")
    hands.write("35.5")
    hands.click("value/why")
    assert hands.app.stage.node("overrule") is None
    hands.key(pygame.K_ESCAPE)
    assert hands.node("overrule")
    assert screen.value.text == "35.5"
    table.close()


def test_everything_in_the_menu_can_be_reached_by_keys(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    opened(hands).menu()
    keys = [node.key for pane in hands.app.stage.panes if pane.front for node in pane.node.walk() if node.key]
    assert len(keys) == len(set(keys))
    table.close()


def test_a_side_is_marked_as_a_whole(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    screen.take_tab("news")
    everybody = set(screen.to)
    side = table.side(ONE)
    mine = {one.id for one in table.game.agencies if table.side(one.id) == side}
    hands.click(f"to/side/{side}")
    assert screen.to == everybody - mine
    hands.click(f"to/side/{side}")
    assert screen.to == everybody
    table.close()


def test_a_place_is_chosen_by_the_name_of_its_zone(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    unit = next(one for one in screen.readings if one.name.startswith("at."))
    screen.ask_value(unit.name)
    choice = hands.node("overrule/value")
    assert isinstance(choice, Choice)
    assert {zone.name for zone in table.game.zones} <= set(choice.names)
    table.close()


def test_long_values_stand_below_their_names(tmp_path: Path) -> None:
    hands, table = evening(tmp_path, size=(1280, 720))
    opened(hands).take_tab("values")
    rows = [node for pane in hands.app.stage.panes for node in pane.node.walk() if isinstance(node, Item)]
    assert any(row.about for row in rows)
    assert all(len(row.right) <= BESIDE for row in rows)
    table.close()


@pytest.mark.parametrize(("typed", "value", "problem"), [
    ("35.5", 355, ""), ("35", 350, ""), ("35,5", 355, ""), ("100", 1000, ""), ("", None, ""), ("abc", None, "one decimal"),
    ("3.55", None, "one decimal"), (".5", None, "one decimal"), ("-2", None, "goes from"), ("1000", None, "goes from"),
])  # fmt: skip
def test_a_value_is_overruled_with_a_reason(tmp_path: Path, typed: str, value: int | None, problem: str) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    screen.take_tab("values")
    hands.click("value/risk.jp.cn")
    risk = table.game.tracks["risk"]
    before = table.session.state.row[risk.first]
    hands.write(typed)
    hands.click("overrule")
    assert table.session.state.row[risk.first] == before, "not without a reason"
    hands.app.stage.take("overrule/reason", by_key=False)
    hands.write("The incident was graver.")
    assert value is not None or problem in hands.words
    hands.click("overrule")
    after = before if value is None else value
    assert table.session.state.row[risk.first] == again(table).state.row[risk.first] == after
    assert (screen.front is None) == (value is not None)
    assert problem in hands.words
    table.close()


def test_a_mark_is_overruled_by_its_word(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    name = next(one.name for one in screen.readings if len(table.game.track_of(screen_cell(table, one.name)).words) > 1)
    screen.ask_value(name)
    choice = hands.node("overrule/value")
    assert isinstance(choice, Choice)
    other = (choice.taken + 1) % len(choice.names)
    choice.choose(other)
    hands.app.stage.take("overrule/reason", by_key=False)
    hands.write("So ruled.")
    hands.enter()
    assert next(one.value for one in screen.readings if one.name == name) == other
    table.close()


def screen_cell(table: Table, name: str) -> int:
    """The cell of a value."""
    track = table.game.tracks[name.partition(".")[0]]
    return track.first + (list(track.labels).index(name.partition(".")[2]) if "." in name else 0)


def test_values_are_found_by_their_words(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    screen = opened(hands)
    screen.take_tab("values")
    at_rest = next(one for one in screen.readings if one.resting and one.name.startswith("risk."))
    assert hands.app.stage.node(f"value/{at_rest.name}") is None
    hands.app.stage.take("find", by_key=False)
    hands.write(at_rest.name)
    assert hands.app.stage.node(f"value/{at_rest.name}")
    assert hands.app.stage.node("value/risk.jp.cn") is None
    hands.write("zzz")
    assert "No value is called that" in hands.words
    table.close()


def test_going_back_to_a_turn(tmp_path: Path) -> None:
    hands, table = evening(tmp_path, turns=3)
    screen = opened(hands)
    screen.take_tab("turns")
    hands.click("rewind/2")
    hands.enter()
    assert len(table.session.history) == 3, "not without a reason"
    hands.app.stage.take("rewind/reason", by_key=False)
    hands.write("Let us try that again.")
    hands.enter()
    assert table.session.state.turn == again(table).state.turn == 1
    hands.turns(6)
    assert "beginning of turn 2" in hands.words
    hands.key(pygame.K_ESCAPE)
    assert isinstance(hands.app.screen, HandOver)
    assert "gone back to the beginning of turn 2" in hands.words
    assert table.session.waiting() == (ONE, OTHER)
    table.close()


def test_a_turn_step_by_step_and_back(tmp_path: Path) -> None:
    hands, table = evening(tmp_path, turns=2)
    opened(hands).take_tab("turns")
    hands.click("open/1")
    assert isinstance(hands.app.screen, Resolution)
    hands.app.screen.back()
    assert isinstance(hands.app.screen, Control)
    table.close()


def test_a_seat_is_reopened_and_reseated(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    table.session.lock(ONE)
    screen = opened(hands)
    hands.click(f"seat/{ONE}")
    hands.click("reopen")
    assert ONE in table.session.waiting()
    choice = hands.node("player")
    assert isinstance(choice, Choice)
    choice.choose(next(number for number, name in enumerate(choice.names) if "doctrine" in name))
    assert table.session.seats[ONE].policy == "person", "not before it is meant"
    hands.enter()
    assert table.session.seats[ONE].policy == again(table).seats[ONE].policy == "doctrine"
    assert screen.people() == (OTHER,)
    table.close()


def test_a_seat_is_handed_to_another_person(tmp_path: Path) -> None:
    hands, table = evening(tmp_path, pins={ONE: "4711"})
    opened(hands)
    hands.click(f"seat/{ONE}")
    choice = hands.node("player")
    assert isinstance(choice, Choice)
    choice.choose(choice.taken)
    assert table.session.drafts(ONE), "not before it is meant"
    hands.enter()
    seat = table.session.seats[ONE]
    assert (seat.policy, seat.pin) == ("person", "")
    assert not table.session.drafts(ONE)
    table.close()


def test_the_end_of_planning_locks_what_was_drafted(tmp_path: Path) -> None:
    hands, table = evening(tmp_path)
    table.session.lock(OTHER)
    opened(hands)
    drafted = table.session.drafts(ONE)
    hands.click("end")
    assert "(1 order)" in hands.words
    hands.key(pygame.K_ESCAPE)
    assert ONE in table.session.waiting(), "not before it is meant"
    hands.click("end")
    hands.enter()
    assert isinstance(hands.app.screen, HandOver)
    assert hands.app.screen.agency is None, "all have locked"
    assert table.session.drafts(ONE) == drafted != ()
    assert "Time was up" in news(table, ONE)[0]
    assert news(table, OTHER) == []
    table.close()


def test_nothing_that_control_saw_stays(tmp_path: Path) -> None:
    pictures = []
    for secret in (0, 1):
        hands, table = evening(tmp_path / str(secret), secret=secret)
        screen = opened(hands)
        hands.click(f"seat/{ONE}")
        screen.take_tab("values")
        hands.app.stage.take("find", by_key=False)
        hands.write("risk" if secret else "belief")
        hands.turns(5)
        screen.take_eyes(ONE if secret else OTHER)
        hands.key(pygame.K_ESCAPE)
        hands.key(pygame.K_ESCAPE)
        assert isinstance(hands.app.screen, HandOver)
        assert hands.app.stage.offsets == {}
        over = hands.pixels()
        table.sit(OTHER)
        hands.turns(60)
        hands.app.rebuild()
        pictures.append((over, hands.pixels()))
        table.close()
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("size", [(1280, 720), (853, 480), (1920, 1080)])
def test_it_fits(tmp_path: Path, size: tuple[int, int]) -> None:
    hands, table = evening(tmp_path, size=size)
    screen = opened(hands)
    for tab in ("seats", "news", "values", "turns"):
        screen.take_tab(tab)
        assert not inside(hands)
    table.close()
