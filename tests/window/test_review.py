"""The review: every page is painted at every size, numbers open what they rest on, files are never written over."""

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import attrs
import pygame
import pytest
from runs import bound

from game.core import Game, Order, Refusal
from game.core.model import Action
from game.core.orders import find, in_words
from game.play.chronicle import of_session
from game.play.journal import Journal
from game.play.playout import read_script
from game.play.session import PERSON, Session
from game.window.app import App
from game.window.glass import Glass
from game.window.kit.node import Node
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label, Rich
from game.window.screens.curve import Curve, Scale
from game.window.screens.resolution import Resolution
from game.window.screens.review import DECISIONS, MECHANISMS, OVERVIEW, RECORD, SOURCES, Review
from game.window.screens.review_data import Findings, without_tables
from game.window.screens.title import Title
from game.window.settings import Settings
from game.window.table import Table

GAMES = (("tutorial", 7), ("airspace-2024", 5), ("trawler-2010", 64))
TABS = (OVERVIEW, DECISIONS, MECHANISMS, RECORD, SOURCES)
LOOKS = (
    ((1280, 720), "chart", 1.0),
    ((1280, 720), "projector", 1.0),
    ((1600, 900), "chart", 1.0),
    ((1920, 1080), "chart", 1.0),
    ((1920, 1080), "projector", 1.3),
    ((1920, 1080), "chart", 1.5),
    ((3840, 2160), "chart", 1.0),
)


def whole(game: Game, seed: int, journal: Journal | None = None) -> Session:
    """A whole game of computer players."""
    session = Session.begin(game, {}, seed=seed, journal=journal)
    while not session.ended:
        session.play_turn()
    return session


@pytest.fixture(scope="module")
def sessions() -> dict[str, Session]:
    return {name: whole(bound(name), seed) for name, seed in GAMES}


def with_people() -> Session:
    """A game in which a player noted a reason and an expectation with each order."""
    session = Session.begin(bound("tutorial"), {"jp_jcg": PERSON}, seed=7)
    while not session.ended:
        free = [option.order for option in session.view("jp_jcg").options if option.refusal is None]
        session.draft("jp_jcg", [attrs.evolve(free[0], reason="to be seen", expects="they will wait")])
        session.lock("jp_jcg")
        session.play_turn()
    return session


def opened(session: Session, size: tuple[int, int] = (1920, 1080), theme: str = "chart", text: float = 1.0, *,
           journal: Journal | None = None, path: Path = Path("none")) -> Review:  # fmt: skip
    """The review in a window that nobody sees."""
    pygame.init()
    app = App(Glass("test", pygame.display.set_mode(size)), Settings(still=True, theme=theme, size=text))
    screen = Review(Table(app, session, journal, path))  # type: ignore[arg-type]
    app.go(screen)
    return screen


def key(screen: Review, code: int) -> None:
    """Somebody presses a key."""
    screen.app.handle(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode=""))


def click(screen: Review, name: str) -> None:
    """Somebody clicks a control."""
    stage = screen.app.stage
    stage.take(name)
    node = stage.node(name)
    assert node is not None, name
    at = node.rect.center
    assert stage.at(at) is node, name
    screen.app.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    screen.app.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    screen.app.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))


def nodes(screen: Review) -> Iterator[Node]:
    return (node for pane in screen.app.stage.panes for node in pane.node.walk())


def texts(screen: Review) -> str:
    """All labels, pages and cards of a screen."""
    labels = [node.text for node in nodes(screen) if isinstance(node, Label)]
    pages = [text for node in nodes(screen) if isinstance(node, Rich) for _kind, _mark, text in node.blocks]
    return "\n".join([*labels, *pages, *("\n".join(node.tip) for node in nodes(screen))])


def curve(screen: Review) -> Curve:
    return next(node for node in nodes(screen) if isinstance(node, Curve))


# ---- looks
@pytest.mark.parametrize("name", [name for name, _seed in GAMES])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_is_painted_at_every_size(sessions: dict[str, Session], name: str,
                                             look: tuple[tuple[int, int], str, float]) -> None:  # fmt: skip
    screen = opened(sessions[name], *look)
    for tab in TABS:
        assert screen.tab == tab
        screen.app.turn(wait=False)
        fits(screen)
        key(screen, pygame.K_RIGHT)
    assert screen.tab == SOURCES


def fits(screen: Review) -> None:
    """Panes lie beside one another inside the window; what is in one stays in it, or can be scrolled to."""
    window = pygame.Rect((0, 0), screen.app.size)
    panes = screen.app.stage.panes
    assert all(window.contains(pane.rect) for pane in panes)
    assert not any(one.rect.colliderect(other.rect) for one, other in combinations(panes, 2))
    for pane in panes:
        scrolled = {inner for node in pane.node.walk() if isinstance(node, Scroll) for inner in node.child.walk()}
        for node in pane.node.walk():
            if node in scrolled:
                assert pane.rect.left <= node.rect.left
                assert node.rect.right <= pane.rect.right
            elif node.rect.w and node.rect.h:
                assert pane.rect.contains(node.rect), (pane.name, node, node.rect)
            if isinstance(node, Label) and node.text:
                assert node.height(screen.kit, node.rect.w) <= node.rect.h, node.text
                lines = node.lines(screen.kit, node.rect.w)
                # Lines are broken by their words one by one, which may come to a few pixels less than the whole.
                assert max(screen.kit.width(line, node.style, node.size) for line in lines) <= node.rect.w + 4, (
                    node.text
                )


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_callouts_lie_on_the_plot_and_not_on_each_other(sessions: dict[str, Session],
                                                        look: tuple[tuple[int, int], str, float]) -> None:  # fmt: skip
    for name, _seed in GAMES:
        drawn = curve(opened(sessions[name], *look))
        assert len(drawn.flags) == len(drawn.pins)
        shown = [pin.rect for pin in drawn.pins]
        assert not any(one.colliderect(other) for one, other in combinations(shown, 2))
        plot = drawn.plot.move(drawn.rect.topleft)
        assert all(plot.contains(rect) for rect in shown)


def test_a_scale_has_all_values_on_it() -> None:
    for values in ([100, 177, 545], [140, 160, 130], [0, 0], [990, 1000], [0, 1000], [37]):
        scale = Scale.around(values)
        assert scale.low <= min(values)
        assert max(values) <= scale.high <= 1000
        assert (scale.high - scale.low) % scale.step == 0


# ---- what opens
def test_a_turn_on_the_curve_opens_step_by_step_and_comes_back(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["trawler-2010"])
    app = screen.app
    screen.app.stage.take("turn/6")
    key(screen, pygame.K_RETURN)
    shown = app.screen
    assert isinstance(shown, Resolution)
    assert (shown.turn, shown.agency, shown.everything) == (6, None, True)
    assert shown.back is not None
    shown.back()
    assert app.screen is screen
    app.turn(wait=False)


def test_a_moment_opens_its_turn(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["trawler-2010"])
    last = len(screen.found.moments)
    for name in (f"listed/{last}", f"moment/{last}"):
        click(screen, name)
        shown = screen.app.screen
        assert isinstance(shown, Resolution)
        assert shown.turn == screen.found.moments[-1].turn
        screen.come_back()


def test_a_cause_opens_its_turns_which_add_up(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["trawler-2010"])
    cause = screen.found.drivers[0]
    click(screen, f"driver/{cause.label}")
    moved = screen.found.moved(cause.pair, cause.label)
    assert sum(amount for _turn, amount, _rule in moved) == cause.amount
    assert [node.key for node in nodes(screen) if node.key.startswith("moved/")] == [
        f"moved/{turn}" for turn, *_ in moved
    ]
    screen.app.turn(wait=False)
    key(screen, pygame.K_ESCAPE)
    assert screen.front is None
    assert screen.app.screen is screen


def test_all_causes_and_objectives_open(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["trawler-2010"])
    click(screen, "causes")
    shown = [node.key for node in nodes(screen) if node.key.startswith("cause/")]
    assert len(shown) == len([one for one in screen.found.drivers if one.pair == ("jp", "cn") and one.amount])
    screen.app.turn(wait=False)
    key(screen, pygame.K_ESCAPE)
    click(screen, "objective/jp_mofa")
    assert all(one.name in texts(screen) for one in screen.found.objectives["jp_mofa"])


def test_a_mark_opens_the_chain_of_its_mechanism(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["airspace-2024"])
    click(screen, "used/hotline/7")
    assert (screen.tab, screen.mechanism) == (MECHANISMS, "hotline")
    assert "Defence hotline" in texts(screen)
    click(screen, "chain/exchanges")
    assert screen.mechanism == "exchanges"


def found(game: Game, order: Order) -> tuple[Action, int]:
    """The action and number of an order that was given."""
    named = find(game, order)
    assert not isinstance(named, Refusal)
    return named


# ---- pages
def test_decisions_are_shown_by_side(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["airspace-2024"])
    key(screen, pygame.K_RIGHT)
    game = screen.table.game
    ordered: dict[str, set[str]] = {side.id: set() for side in game.sides}
    for order in (order for moment in screen.table.session.history for order in moment.orders):
        action, number = found(game, order)
        ordered[game.sides[game.agencies[action.agency].side].id].add(in_words(action, number))
    japan, china = (ordered[side] - ordered[other] for side, other in (("jp", "cn"), ("cn", "jp")))
    assert japan
    assert china
    assert all(words in texts(screen) for words in japan | china)
    screen._filter([side.id for side in game.sides].index("cn"))
    assert not any(words in texts(screen) for words in japan)
    assert all(words in texts(screen) for words in china)


def test_what_was_refused_says_why(sessions: dict[str, Session]) -> None:
    session = sessions["airspace-2024"]
    found = Findings(session)
    refusals = [found.refused(turn, order) for turn, moment in enumerate(session.history, 1) for order in moment.orders]
    told = [event.label for moment in session.history for event in moment.events if event.kind == "refusal"]
    assert sorted(filter(None, refusals)) == sorted(told) != []
    screen = opened(session)
    screen.take(DECISIONS)
    assert texts(screen).count("Not carried out") == len(told)


def test_what_players_noted_is_shown() -> None:
    screen = opened(with_people())
    assert set(curve(screen).notes) == {1, 2, 3}
    assert "JCG: they will wait" in texts(screen)
    screen.app.stage.take("noted/2")
    key(screen, pygame.K_RETURN)
    assert screen.tab == DECISIONS
    assert "Reason: to be seen" in texts(screen)
    assert "Expected: they will wait" in texts(screen)


def test_the_record_is_covered_until_people_ask(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["trawler-2010"])
    screen.take(RECORD)
    record = bound("trawler-2010").texts["history"].strip().splitlines()[-1][:40]
    assert record not in texts(screen)
    click(screen, "uncover")
    assert screen.uncovered
    assert "|" not in "".join(line[:1] for line in texts(screen).splitlines())
    screen.app.turn(wait=False)


def test_tables_become_lists() -> None:
    told = without_tables("Before\n\n| Switch | Claim |\n|---|---|\n| One | it holds |\n\nAfter")
    assert told.split("\n") == ["Before", "", "- **One.** Claim: it holds.", "", "After"]


# ---- files and the end
def test_export_writes_beside_the_journal_and_never_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "evening.kuroshio"
    with Journal.create(path) as journal:
        session = whole(bound("tutorial"), 7, journal)
        screen = opened(session, journal=journal, path=path)
        click(screen, "export")
        first = tmp_path / "evening.kuroshio.chronicle.txt"
        assert first.read_text(encoding="utf-8") == of_session(session, journal.entries)
        assert first.name in texts(screen)
        screen.close_front()
        first.write_text("kept", encoding="utf-8")
        click(screen, "export")
        assert first.read_text(encoding="utf-8") == "kept"
        again = tmp_path / "evening.kuroshio.chronicle-2.txt"
        assert again.read_text(encoding="utf-8") == of_session(session, journal.entries)
        script = read_script((tmp_path / "evening.kuroshio.orders.toml").read_text(encoding="utf-8"), "orders")
        assert len(script.turns) == len(session.history)
        assert again.name in texts(screen)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "evening.kuroshio"
    with Journal.create(tmp_path / "other.kuroshio") as journal:
        screen = opened(whole(bound("tutorial"), 7, journal), journal=journal, path=path)
        click(screen, "export")
        assert "cannot be written" in texts(screen)


@pytest.mark.parametrize("code", [pygame.K_f, pygame.K_ESCAPE])
def test_finish_asks_nothing_and_closes_the_journal(tmp_path: Path, code: int) -> None:
    with Journal.create(tmp_path / "evening.kuroshio") as journal:
        screen = opened(whole(bound("tutorial"), 7, journal), journal=journal, path=tmp_path / "evening.kuroshio")
        key(screen, code)
        assert isinstance(screen.app.screen, Title)
    Journal.open(tmp_path / "evening.kuroshio").close()


def test_tab_goes_round_everything(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["tutorial"], (1280, 720))
    seen = set()
    for _ in range(80):
        key(screen, pygame.K_TAB)
        seen.add(screen.app.stage.focus)
    screen.app.turn(wait=False)
    assert {"tabs", "export", "finish", "turn/1", "listed/1", "objective/jp_jcg", "question/0"} <= seen
