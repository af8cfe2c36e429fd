"""The title: sessions are begun, taken up, and refused with one sentence, all by real events."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pygame
import pytest

sys.path.append(str(Path(__file__).parent))

from hands import Hands, inside

from game.play.journal import Journal, Unreadable
from game.play.offering import offered
from game.play.session import Session, rebuilt
from game.scenario.library import playable, shipped_scenarios
from game.window import play as starting
from game.window.display import NoDisplay
from game.window.opening import fresh, kept, recent, replayed
from game.window.screens.handover import HandOver
from game.window.screens.review import Review
from game.window.screens.title import Title
from game.window.screens.title_left import gist
from game.window.screens.title_seats import Seats


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.window.settings.home", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    made = titled(tmp_path)
    yield made
    close(made)


def titled(folder: Path, *, settings: dict[str, Any] | None = None, **more: Any) -> Hands:
    made = Hands(folder, **(settings or {}))
    made.app.go(Title(made.app, **more))
    screen = made.app.screen
    assert isinstance(screen, Title)
    made.turns(1)
    screen.shelf.wait()
    made.turns(2)
    return made


def close(hands: Hands) -> None:
    table = getattr(hands.app.screen, "table", None)
    if table:
        table.close()
    hands.app.screen.leave()


def title(hands: Hands) -> Title:
    assert isinstance(hands.app.screen, Title)
    return hands.app.screen


def session_kept(folder: Path) -> Session:
    (path,) = folder.glob("sessions/*.kuroshio")
    return rebuilt(Journal.read(path))


def began(hands: Hands) -> HandOver:
    hands.turns(4)
    screen = hands.app.screen
    assert isinstance(screen, HandOver), hands.words
    return screen


def test_offers_are_what_the_scenarios_hold() -> None:
    for name in shipped_scenarios():
        offer, game = offered(name), playable(name)
        assert (offer.agencies, offer.sides, offer.title) == (game.agencies, game.sides, game.title)
        assert offer.turns == len(game.turns)
        assert len(gist(offer.summary)) > 24


def test_the_tutorial_is_first_and_enter_begins_it_with_one_person(hands: Hands, tmp_path: Path) -> None:
    assert title(hands).shelf.offers[0].id == "tutorial"
    assert "Begin here" in hands.words
    hands.enter()
    screen = began(hands)
    assert screen.agency == "jp_jcg"
    screen.table.close()
    session = session_kept(tmp_path)
    assert {name: seat.policy for name, seat in session.seats.items()} == {"jp_jcg": "person", "cn_ccg": "doctrine"}
    assert Path(hands.app.settings.journal).parent == tmp_path / "sessions"


def test_scenario_seats_variant_seed_and_clock_are_chosen(hands: Hands, tmp_path: Path) -> None:
    number = [one.id for one in title(hands).shelf.offers].index("airspace-2024")
    hands.key(pygame.K_1 + number, str(number + 1))
    hands.click("people/7")
    # The list of a seat: the last choice is the computer at random.
    hands.click("seat/us_gov")
    hands.click("seat/us_gov/9")
    # A person who holds an agency already takes another of the same side.
    hands.click("seat/jp_mofa")
    hands.click("seat/jp_mofa/0")
    hands.click("variant/no_gate")
    hands.click("clock")
    hands.click("clock/2")
    hands.click("more")
    hands.click("seed")
    hands.write("77")
    hands.click("start")
    began(hands).table.close()
    session = session_kept(tmp_path)
    assert session.state.seed == 77
    assert session.game.about["variants"] == ["no_gate"]
    assert session.seats["us_gov"].policy == "random"
    assert session.together("jp_mofa") == ("jp_kantei", "jp_mofa")
    assert hands.app.settings.minutes == 8


def test_one_person_cannot_hold_agencies_of_two_sides(hands: Hands) -> None:
    hands.key(pygame.K_2, "2")
    hands.click("people/2")
    seats = title(hands).seats
    assert seats is not None
    before = dict(seats.who)
    hands.click("seat/jp_jcg")
    hands.click("seat/jp_jcg/1")
    assert seats.who == before
    assert "One person holds agencies of one side only" in hands.words
    hands.click("people/1")
    assert "of one side only" not in hands.words


def test_pins_are_kept_scrambled(hands: Hands, tmp_path: Path) -> None:
    hands.click("pins")
    hands.click("pin/1")
    hands.write("secret")
    assert "secret" not in hands.words
    hands.click("pin/control")
    hands.write("over")
    hands.key(pygame.K_ESCAPE)
    assert title(hands).front == ""
    hands.click("start")
    began(hands).table.close()
    session = session_kept(tmp_path)
    assert session.seats["jp_jcg"].admits("secret")
    assert not session.seats["jp_jcg"].admits("x")
    assert session.control.admits("over")
    assert not session.control.admits("")


def test_a_seed_that_is_none_is_told_in_a_sentence(hands: Hands, tmp_path: Path) -> None:
    hands.click("more")
    hands.click("seed")
    hands.write("12x")
    hands.enter()
    hands.turns(3)
    assert "A seed is a whole number" in hands.words
    assert not list(tmp_path.glob("sessions/*"))
    hands.enter()
    assert title(hands).problem == ""


def begun(folder: Path) -> Path:
    path = fresh("tutorial")
    with Journal.create(path) as journal:
        session = Session.begin(playable("tutorial"), {"jp_jcg": "person"}, seed=5, journal=journal)
        session.lock("jp_jcg")
        session.play_turn()
    return path


def test_continue_has_the_focus_and_takes_the_session_up(tmp_path: Path) -> None:
    path = begun(tmp_path)
    found = kept(path)
    assert found is not None
    assert found.turn == 2
    hands = titled(tmp_path, settings={"journal": str(path)})
    assert "An exercise: two ships and one telephone, turn 2" in hands.words
    assert hands.app.stage.focus == "continue"
    hands.enter()
    screen = began(hands)
    assert len(screen.table.session.history) == 1
    assert screen.front == ""
    close(hands)


def test_a_finished_game_is_offered_to_look_back_at(tmp_path: Path) -> None:
    path = begun(tmp_path)
    with Journal.open(path) as journal:
        session = Session.resume(journal)
        for _ in session.game.turns[1:]:
            session.lock("jp_jcg")
            session.play_turn()
        assert session.ended
    hands = titled(tmp_path, settings={"journal": str(path)})
    assert "An exercise: two ships and one telephone, finished" in hands.words
    assert "Look back" in hands.words
    assert "Continue" not in hands.words
    hands.enter()
    hands.turns(3)
    assert isinstance(hands.app.screen, Review)
    close(hands)


def test_whether_a_game_has_ended_early_is_found_by_playing_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = kept(begun(tmp_path))
    assert found
    assert replayed(found) == found
    monkeypatch.setattr("game.window.opening.rebuilt", lambda entries: SimpleNamespace(ended=True))
    assert replayed(found).turn == 0


def test_a_choice_takes_the_focus_from_continue(tmp_path: Path) -> None:
    hands = titled(tmp_path, settings={"journal": str(begun(tmp_path))})
    hands.key(pygame.K_1, "1")
    hands.enter()
    screen = began(hands)
    assert screen.table.session.history == []
    close(hands)


def test_open_a_file_by_path_and_from_the_list(tmp_path: Path) -> None:
    path = begun(tmp_path)
    for by_path in (True, False):
        hands = titled(tmp_path)
        hands.click("open")
        if by_path:
            hands.write(str(path))
            hands.enter()
        else:
            assert recent() == [path]
            hands.click(f"file/{path.name}")
        assert began(hands).table.path == path
        close(hands)


@pytest.mark.parametrize("harm", ["bytes", "gone", "shape"])
def test_a_file_that_cannot_be_read_is_one_sentence_and_stays_as_it_is(tmp_path: Path, harm: str) -> None:
    path = begun(tmp_path)
    if harm == "bytes":
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(content)
    elif harm == "gone":
        path = path.with_name("nothing.kuroshio")
    else:
        path.write_bytes(b"no journal at all")
    before = path.read_bytes() if path.exists() else b""
    hands = titled(tmp_path, settings={"journal": str(path)})
    assert "Continue" not in hands.words
    hands.click("open")
    hands.write(str(path))
    hands.enter()
    hands.turns(3)
    assert title(hands).problem
    assert "Traceback" not in hands.words
    assert "That did not work" in hands.words
    assert (path.read_bytes() if path.exists() else b"") == before
    hands.enter()
    assert title(hands).problem == ""
    close(hands)


@pytest.mark.parametrize(
    ("size", "text", "theme"),
    [((1280, 720), 1.5, "chart"), ((1920, 1080), 1.5, "projector"), ((1920, 1080), 1.0, "chart")],
)
def test_twelve_seats_can_all_be_reached_and_nothing_leaves_the_window(
    tmp_path: Path, size: tuple[int, int], text: float, theme: str
) -> None:
    hands = titled(tmp_path, settings={"size": size, "theme": theme}, scenario="trawler-2010")
    hands.app.settings.size = text
    hands.app.restyle()
    hands.turns(2)
    assert inside(hands) == []
    offer = title(hands).offer
    assert offer is not None
    assert len(offer.agencies) == 12
    room = pygame.Rect((0, 0), size)
    for agency in offer.agencies:
        hands.app.stage.take(f"seat/{agency.id}")
        assert room.contains(hands.node(f"seat/{agency.id}").rect)
    assert room.contains(hands.node("start").rect)
    close(hands)


def test_seats_follow_the_proposal() -> None:
    offer = offered("trawler-2010")
    seats = Seats(offer)
    seats.propose(2)
    assert len(seats.people()) == 2
    assert seats.like(2)
    assert not seats.like(1)
    seats.take("us_gov", 3)
    assert seats.people()[3] == ("us_gov",)
    assert seats.seating().players["tw_gov"] == "doctrine"


# ---- the command line
def test_wrong_use_is_told_before_a_window_opens(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.kuroshio"
    damaged.write_bytes(b"no journal")
    nothing: dict[str, Any] = {"journal": None, "seed": None, "seats": None}
    for code, arguments, words in (
        (2, ("no-such", (), nothing), "No scenario is called 'no-such'"),
        (2, ("tutorial", (), nothing | {"seats": {"jp_x": "person"}}), "No agency is called 'jp_x'"),
        (2, ("tutorial", (), nothing | {"seats": {"jp_jcg": "nobody"}}), "nobody"),
        (1, (None, (), nothing | {"journal": damaged}), "damaged.kuroshio"),
    ):
        scenario, variants, more = arguments
        assert starting.play(scenario, variants, **more) == code
        assert words in capsys.readouterr().out
    assert [one.name for one in tmp_path.glob("*.kuroshio")] == ["damaged.kuroshio"]


def test_scenario_and_seats_go_straight_to_the_game(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(starting.Window, "run", lambda self: seen.append(self.screen))
    path = tmp_path / "evening.kuroshio"
    seats = {"jp_kantei+jp_mofa": "person", "cn_mfa": "person"}
    assert starting.play("airspace-2024", ("no_gate",), journal=path, seed=3, seats=seats) == 0
    assert isinstance(seen[0], HandOver)
    session = rebuilt(Journal.read(path))
    assert session.groups == (("jp_kantei", "jp_mofa"),)
    assert session.state.seed == 3
    # The same journal is taken up.
    assert starting.play(None, (), journal=path, seed=None, seats=None) == 0
    assert isinstance(seen[1], HandOver)
    assert starting.play(None, (), journal=None, seed=None, seats=None) == 0
    assert isinstance(seen[2], Title)
    assert starting.play("airspace-2024", ("no_gate",), journal=None, seed=9, seats=None) == 0
    assert isinstance(seen[3], Title)
    assert (seen[3].wanted, seen[3].variants, seen[3].seed.text) == ("airspace-2024", {"no_gate"}, "9")


def test_without_a_display_the_caller_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "no such driver")
    pygame.display.quit()
    with pytest.raises(NoDisplay):
        starting.play(None, (), journal=None, seed=None, seats=None)


def test_a_problem_in_the_window_is_a_sentence_in_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hands = Hands(tmp_path, kind=starting.Window)
    window = hands.app
    assert isinstance(window, starting.Window)
    window.go(Title(window))
    title(hands).shelf.wait()
    hands.turns(2)

    def broken(*_: object) -> bool:
        raise Unreadable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Title, "event", broken)
        hands.key(pygame.K_F5)
        hands.turns(1)
    assert "The disk is full." in hands.words
    hands.enter()
    assert window.problem == ""
    close(hands)
