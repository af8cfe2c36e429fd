"""The hand-over: seats are taken, handed on and unlocked by real events, and nothing of a seat is left on it."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pygame
import pytest

sys.path.append(str(Path(__file__).parent))

from hands import Hands, inside

from game.core import Game, Order
from game.play.journal import Journal
from game.play.session import Session
from game.scenario.library import playable
from game.window.kit.words import Label
from game.window.screens.handover import HandOver
from game.window.table import Table

JAPAN = ("jp_kantei", "jp_mofa", "jp_mod")


@pytest.fixture(scope="module")
def airspace() -> Game:
    return playable("airspace-2024")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.window.settings.home", lambda: tmp_path)


@pytest.fixture
def sat(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The seats that were opened, in the place of their desks."""
    found: list[str] = []
    monkeypatch.setattr(Table, "sit", lambda self, agency: found.append(agency))
    return found


def seated(
    folder: Path,
    game: Game,
    seats: Mapping[str, str] | Sequence[str],
    *,
    name: str = "one",
    pins: Mapping[str, str] | None = None,
    groups: Any = (),
    told: bool = True,
    **settings: Any,
) -> tuple[Hands, Table]:
    hands = Hands(folder, **settings)
    players = seats if isinstance(seats, Mapping) else dict.fromkeys(seats, "person")
    path = folder / f"{name}.kuroshio"
    journal = Journal.create(path)
    session = Session.begin(game, players, seed=5, journal=journal, pins=pins, groups=groups)
    table = Table(hands.app, session, journal, path)
    table.told = told
    table.go_on()
    hands.turns(2)
    return hands, table


def screen(hands: Hands) -> HandOver:
    assert isinstance(hands.app.screen, HandOver)
    return hands.app.screen


def test_before_the_first_turn_everybody_reads_together(tmp_path: Path, airspace: Game, sat: list[str]) -> None:
    hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"], told=False)
    assert "Read this together" in hands.words
    assert airspace.disclaimer in hands.words
    assert str(table.path) in hands.words
    hands.hold(1.2)
    assert sat == []
    hands.enter()
    assert "Read this together" not in hands.words
    table.go_on()
    assert screen(hands).front == ""
    table.close()


def test_space_must_be_held_for_a_second(tmp_path: Path, airspace: Game, sat: list[str]) -> None:
    hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"])
    assert "Ministry of Foreign Affairs of Japan" in hands.words
    hands.key(pygame.K_SPACE, " ")
    hands.hold(0.05)
    hands.enter()
    hands.turns(3)
    assert sat == []
    assert screen(hands).share == 0
    hands.hold(1.3)
    assert sat == ["jp_mofa"]
    table.close()


def test_the_mouse_may_hold_the_ring(tmp_path: Path, airspace: Game, sat: list[str]) -> None:
    hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"])
    at = hands.node("ring").rect.center
    hands.press_at(at)
    hands.turns(1)
    assert screen(hands).share == 0
    hands.app.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    pygame.time.wait(1100)
    hands.turns(2)
    assert sat == ["jp_mofa"]
    table.close()


def test_without_motion_enter_is_enough(tmp_path: Path, airspace: Game, sat: list[str]) -> None:
    hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"], still=True)
    assert not screen(hands).busy
    hands.enter()
    assert sat == ["jp_mofa"]
    table.close()


def test_a_pin_is_asked_three_times(tmp_path: Path, airspace: Game, sat: list[str]) -> None:
    hands, table = seated(tmp_path, airspace, JAPAN, pins={"jp_mofa": "4711"}, groups=[JAPAN])
    hands.hold(1.3)
    assert sat == []
    assert "PIN of Japan (Kantei, MOFA, MOD)" in hands.words
    # What the Space that was held types is not in the field.
    assert screen(hands).pin.text == ""
    for left in (2, 1):
        hands.write("0000")
        hands.enter()
        assert f"Tries left: {left}" in hands.words
    hands.write("0000")
    hands.enter()
    assert "was not given. Nothing was shown." in hands.words
    assert screen(hands).front == ""
    assert sat == []
    hands.hold(1.3)
    hands.write("4711")
    assert "4711" not in hands.words
    hands.enter()
    assert sat == ["jp_kantei"]
    table.close()


def test_another_seat_may_go_first(tmp_path: Path, airspace: Game, sat: list[str]) -> None:
    hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"])
    hands.click("seat/cn_mfa")
    assert screen(hands).agency == "cn_mfa"
    hands.click("seat/us_gov")
    assert screen(hands).agency == "cn_mfa"
    hands.hold(1.3)
    assert sat == ["cn_mfa"]
    table.close()


def test_orders_are_taken_back_with_the_pin(tmp_path: Path, airspace: Game, sat: list[str]) -> None:
    hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"], pins={"jp_mofa": "1"})
    table.session.lock("jp_mofa")
    table.go_on()
    hands.turns(1)
    assert screen(hands).agency == "cn_mfa"
    hands.click("seat/jp_mofa")
    assert "Take back orders?" in hands.words
    hands.enter()
    assert table.session.locked("jp_mofa")
    hands.write("1")
    hands.enter()
    assert not table.session.locked("jp_mofa")
    assert screen(hands).agency == "jp_mofa"
    assert "may draft again" in hands.words
    table.close()


def test_when_all_have_locked_enter_plays_the_turn(
    tmp_path: Path, airspace: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"])
    for agency in ("jp_mofa", "cn_mfa"):
        table.session.lock(agency)
    table.go_on()
    hands.turns(1)
    assert "All orders are locked" in hands.words
    monkeypatch.setattr(Table, "play_turn", lambda self: self.session.play_turn())
    hands.enter()
    assert "Playing turn 1" in hands.words
    hands.turns(2)
    assert len(table.session.history) == 1
    table.close()


def test_frames_go_on_while_computer_players_look_ahead(
    tmp_path: Path, airspace: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, table = seated(tmp_path, airspace, {"cn_mfa": "lookahead"})
    monkeypatch.setattr(Table, "play_turn", lambda self: self.session.play_turn(self.thinking.orders))
    monkeypatch.setattr(
        "game.play.lookahead.orders_ahead", lambda *known: pytest.fail("decided in the window's process")
    )
    hands.enter()
    hands.turns(2)
    assert "0 of 1 decided" in hands.words
    assert not table.session.history
    hands.key(pygame.K_ESCAPE)
    hands.turns(2)
    assert "decided" not in hands.words
    assert not table.session.history
    hands.enter()
    end = time.monotonic() + 90
    slowest = 0.0
    while not table.session.history and time.monotonic() < end:
        used = time.thread_time()
        hands.turns(1)
        slowest = max(slowest, time.thread_time() - used) if not table.session.history else slowest
        time.sleep(0.01)
    assert len(table.session.history) == 1
    assert slowest < 0.2, "a frame that decides takes half a second at least"
    table.close()


def test_people_of_one_side_are_numbered(tmp_path: Path, airspace: Game) -> None:
    hands, table = seated(tmp_path, airspace, JAPAN, groups=[JAPAN[:2]])
    named = [node.text for pane in hands.app.stage.panes for node in pane.node.walk() if isinstance(node, Label)]
    assert any(text.endswith("person 1 of 2") for text in named), named
    table.session.lock(JAPAN[0])
    table.session.lock(JAPAN[1])
    table.next = None
    table.go_on()
    assert table.agency(JAPAN[2]).name in hands.words
    assert "person" not in hands.words
    table.close()


def test_nobody_plays(tmp_path: Path, airspace: Game) -> None:
    hands, table = seated(tmp_path, airspace, {})
    assert "The computer plays every seat" in hands.words
    assert "Play turn 1" in hands.words
    table.close()


def test_help_public_page_and_pause(tmp_path: Path, airspace: Game) -> None:
    hands, table = seated(tmp_path, airspace, ["jp_mofa"])
    hands.key(pygame.K_F1)
    assert "speaks, overrules and rewinds" in hands.words
    hands.key(pygame.K_ESCAPE)
    hands.click("public")
    assert "What everybody was told" in hands.words
    hands.key(pygame.K_ESCAPE)
    hands.click("pause")
    assert str(table.path) in hands.words
    hands.click("pause/end")
    assert not hands.app.running
    table.close()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_everything_stands_inside_the_window_and_nothing_overlaps(tmp_path: Path, size: tuple[int, int]) -> None:
    game = playable("trawler-2010")
    for number, groups in enumerate(((), [[a.id for a in game.agencies if a.side == side] for side in (0, 1)])):
        people = [agency.id for agency in game.agencies if agency.side < 2]
        hands, table = seated(
            tmp_path, game, people, name=f"n{number}", size=size, groups=groups, pins={people[0]: "1"}
        )
        for agency in people:
            screen(hands).next_is(agency)
            assert inside(hands) == []
            rects = [pane.rect for pane in hands.app.stage.panes]
            assert not any(one.colliderect(other) for one in rects for other in rects if one is not other)
        table.close()


def test_nothing_of_the_last_seat_is_left(tmp_path: Path, airspace: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture is the same whatever was drafted, typed and copied before; the clipboard is emptied."""
    cleared: list[str] = []
    monkeypatch.setattr(pygame.scrap, "put_text", cleared.append)
    pictures = []
    for name in ("quiet", "busy"):
        hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"], name=name)
        drafts = [] if name == "quiet" else [possible(table.session, "jp_mofa")]
        assert table.session.draft("jp_mofa", drafts) is None
        assert len(table.session.drafts("jp_mofa")) == len(drafts)
        if name == "busy":
            hands.app.stage.offsets["log"] = 200
            hands.app.stage.focus = "reason"
        table.session.lock("jp_mofa")
        table.locked("jp_mofa")
        hands.turns(2)
        pictures.append(hands.pixels())
        assert hands.app.stage.offsets == {}
        table.close()
    assert pictures[0] == pictures[1]
    assert "" in cleared


def possible(session: Session, agency: str) -> Order:
    """An order that the agency can give now, with secrets in it."""
    number = session.game.agency_number(agency)
    for action in session.game.actions:
        for choice in action.choices if action.agency == number else ():
            order = Order(agency, action.id, choice.id, "a riddle", "they blink")
            if session.draft(agency, [order]) is None:
                return order
    raise AssertionError("nothing can be ordered")


def test_no_private_view_is_read(tmp_path: Path, airspace: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    def secret(*_: object) -> None:
        raise AssertionError("a private view was read")

    for name in ("view", "drafts", "why"):
        monkeypatch.setattr(Session, name, secret)
    hands, table = seated(tmp_path, airspace, ["jp_mofa", "cn_mfa"], told=False)
    hands.enter()
    hands.click("seat/cn_mfa")
    hands.key(pygame.K_F1)
    hands.turns(2)
    assert pygame.display.get_caption()[0] == "Kuroshio"
    table.close()
