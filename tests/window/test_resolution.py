"""The resolution: people go through a turn step by step, sums hold, everything fits, and nothing hidden shows."""

import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame
import pytest
from attrs import evolve
from runs import bound

from game.core import Game, Part
from game.core.chance import pick
from game.core.events import SHIFT
from game.play.session import Moment, Session
from game.window.app import App
from game.window.glass import Glass
from game.window.kit.controls import Control
from game.window.kit.kit import Kit
from game.window.kit.node import Node
from game.window.kit.rows import Tile
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.window.readouts import points
from game.window.screens.resolution import PACES, Resolution
from game.window.screens.resolution_story import Story
from game.window.screens.why import causes, why_pane
from game.window.settings import Settings
from game.window.table import Table

SCENARIOS = ("airspace-2024", "trawler-2010")
SMALL, WIDE = (1280, 720), (1920, 1080)
SECRET = "LEAK"


def played(name: str, turns: int = 2, seed: int = 64) -> Session:
    """A session of computer players."""
    session = Session.begin(bound(name), {}, seed=seed)
    for _ in range(turns):
        session.play_turn()
    return session


@pytest.fixture(scope="module")
def sessions() -> dict[str, Session]:
    return {name: played(name) for name in SCENARIOS}


def window(size: tuple[int, int] = SMALL, text: float = 1.0, **settings: object) -> App:
    """A window that nobody sees."""
    pygame.init()
    surface = pygame.display.set_mode(size)
    return App(Glass("test", surface), Settings(size=text, **{"still": True, **settings}))  # type: ignore[arg-type]


def opened(session: Session, turn: int = 1, agency: str | None = None, *, app: App | None = None,
           everything: bool = False, back: Callable[[], None] | None = None) -> Resolution:  # fmt: skip
    """The resolution of a turn in a window."""
    app = app or window()
    screen = Resolution(Table(app, session, None, Path("none")), turn, agency, everything=everything, back=back)
    app.go(screen)
    return screen


def key(screen: Resolution, code: int) -> None:
    """Somebody presses a key."""
    screen.app.handle(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode=""))


def click(screen: Resolution, name: str) -> None:
    """Somebody clicks a control."""
    node = screen.app.stage.node(name)
    assert node is not None, name
    at = node.rect.center
    screen.app.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    screen.app.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    screen.app.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))


def nodes(screen: Resolution) -> Iterator[Node]:
    return (node for pane in screen.app.stage.panes for node in pane.node.walk())


def texts(screen: Resolution) -> str:
    """All labels and cards of a screen."""
    labels = [node.text for node in nodes(screen) if isinstance(node, Label)]
    return "\n".join([*labels, *("\n".join(node.tip) for node in nodes(screen))])


# ---- going through a turn
def test_the_space_bar_goes_through_the_turn_to_whatever_comes_next(sessions: dict[str, Session]) -> None:
    left: list[int] = []
    screen = opened(sessions["trawler-2010"], agency="jp_jcg", back=lambda: left.append(1))
    count = len(screen.story.chapters)
    assert count > 4
    for number in range(count):
        assert screen.chapter == number
        assert not left
        key(screen, pygame.K_SPACE)
    assert left == [1]


def test_keys_and_clicks_go_back_and_forth(sessions: dict[str, Session]) -> None:
    left: list[int] = []
    screen = opened(sessions["trawler-2010"], agency="jp_jcg", back=lambda: left.append(1))
    key(screen, pygame.K_RIGHT)
    key(screen, pygame.K_RETURN)
    assert screen.chapter == 2
    key(screen, pygame.K_LEFT)
    key(screen, pygame.K_BACKSPACE)
    key(screen, pygame.K_LEFT)
    assert screen.chapter == 0
    click(screen, "next")
    click(screen, "next")
    click(screen, "previous")
    assert screen.chapter == 1
    click(screen, "step/3")
    assert screen.chapter == 3
    key(screen, pygame.K_ESCAPE)
    assert left == [1]


def test_without_a_screen_before_the_table_goes_on(
    sessions: dict[str, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[int] = []
    screen = opened(sessions["airspace-2024"])
    monkeypatch.setattr(screen.table, "go_on", lambda: went.append(1))
    key(screen, pygame.K_ESCAPE)
    for _ in screen.story.chapters:
        assert not went
        key(screen, pygame.K_SPACE)
    assert went == [1]


def test_a_slow_pace_goes_on_by_itself_until_the_end_and_not_with_reduced_motion(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["trawler-2010"], app=window(still=False))
    screen._pace(1)
    assert not screen.tick(screen.since + PACES[1] - 1)
    for number in range(1, len(screen.story.chapters)):
        assert screen.tick(screen.since + PACES[1])
        assert screen.chapter == number
    assert not screen.tick(screen.since + 10 * PACES[1])
    still = opened(sessions["trawler-2010"])
    still._pace(1)
    assert not still.tick(still.since + 10 * PACES[1])


def test_the_bar_on_top_follows_the_steps(sessions: dict[str, Session]) -> None:
    story = Story.of(bound("trawler-2010"), sessions["trawler-2010"].history[0], None)
    fall = story.moved()[0]
    name = f"risk.{'.'.join(fall.pair)}"
    values = [next(one.value for one in story.readings(n) if one.name == name) for n in range(len(story.chapters))]
    step = next(n for n, one in enumerate(story.chapters) if one.id == "risk")
    assert set(values[:step]) == {fall.before}
    assert values[step] == fall.after


# ---- sums
@pytest.mark.parametrize("name", SCENARIOS)
def test_bars_add_up_to_the_change_of_risk(name: str) -> None:
    session = played(name, 4)
    game = session.game
    readers = [(None, False), (None, True), *((agency.id, False) for agency in game.agencies)]
    for moment in session.history:
        for agency, everything in readers:
            story = Story.of(game, moment, agency, everything=everything)
            for fall in story.moved():
                for most in (3, 5, 10):
                    start, *parts, end = story.bars(fall, most)
                    assert 0 < len(parts) <= most
                    assert start.after == parts[0].before
                    assert all(one.after == other.before for one, other in pairwise(parts))
                    assert parts[-1].after == end.after == fall.after
                    assert sum(one.after - one.before for one in parts) == fall.after - fall.before
            moved = {".".join(fall.pair): fall.after - fall.before for fall in story.falls}
            for pair, change in moved.items():
                assert sum(one.risk.get(pair, 0) for one in story.chapters) == change


def test_when_risk_did_not_move_the_panel_says_so_and_shows_the_turns_before() -> None:
    session = played("airspace-2024")
    last = session.history[1]
    session.history[1] = evolve(last, events=(), after=evolve(last.after, row=last.before.row))
    for size in (SMALL, WIDE):
        screen = opened(session, 2, app=window(size))
        assert "Risk did not move in this turn" in texts(screen)
        screen.app.paint()
        assert len(screen.story.chapters) == 1


# ---- explanations
@pytest.mark.parametrize(("agency", "everything"), [(None, False), ("jp_jcg", False), (None, True)])
def test_every_value_that_is_told_opens_its_explanation(
    sessions: dict[str, Session], agency: str | None, everything: bool
) -> None:
    session = sessions["trawler-2010"]
    screen = opened(session, 2, agency, everything=everything)
    opened_now = 0
    for number in range(len(screen.story.chapters)):
        screen.show(number)
        for tile in [
            node for node in nodes(screen) if isinstance(node, Tile) and node.key.startswith(("told/", "belief/"))
        ]:
            name = tile.key.partition("/")[2]
            tile.press(tile.rect.center)
            assert screen.open
            assert causes(session, 2, name, agency, everything=everything), name
            key(screen, pygame.K_ESCAPE)
            assert screen.open is None
            opened_now += 1
    assert opened_now > 5


def test_a_bar_and_the_letter_w_tell_why_risk_moved(sessions: dict[str, Session]) -> None:
    screen = opened(sessions["trawler-2010"])
    for act in (lambda: click(screen, "bar/1"), lambda: key(screen, pygame.K_w)):
        act()
        assert screen.open
        assert "Risk, Japan and China" in texts(screen)
        key(screen, pygame.K_SPACE)
        assert screen.chapter == 0
        key(screen, pygame.K_ESCAPE)
        assert not screen.open


def test_an_explanation_pages_through_the_turns_in_which_the_value_moved() -> None:
    session = played("trawler-2010", 3)
    cell = session.game.tracks["risk"].first
    risk = [points(moment.after.row[cell]) for moment in session.history]
    assert len(set(risk)) == 3
    screen = opened(session, 2)
    key(screen, pygame.K_w)
    assert "Turn 2" in texts(screen)
    click(screen, "why/earlier")
    assert risk[0] in texts(screen)
    assert screen.app.stage.node("why/earlier").off  # type: ignore[union-attr]
    click(screen, "why/later")
    click(screen, "why/later")
    assert "Turn 3" in texts(screen)
    key(screen, pygame.K_ESCAPE)
    key(screen, pygame.K_w)
    assert risk[1] in texts(screen)


def test_nothing_is_explained_that_the_reader_may_not_know(sessions: dict[str, Session]) -> None:
    session = sessions["trawler-2010"]
    assert causes(session, 1, "belief.jp.cn", "jp_jcg")
    assert causes(session, 1, "belief.jp.cn", None, everything=True)
    for agency in ("cn_mfa", None):
        assert not causes(session, 1, "belief.jp.cn", agency)
        pane = why_pane(window(), session, "belief.jp.cn", agency, lambda: None)
        words = [node.text for node in pane.node.walk() if isinstance(node, Label)]
        assert any("did not move" in text for text in words)


# ---- secrecy
def altered(game: Game, moment: Moment, bits: int, salt: int) -> Moment:
    """The same turn for those with these bits, with other facts wherever they may not know them."""
    events = []
    for event in moment.events:
        parts = [
            game.part_seen.get((event.rule, event.who, event.cell, part.label), 0) & bits == bits
            for part in event.parts
        ]
        if event.seen & bits != bits:
            events.append(event._replace(label=SECRET, after=event.before))
        elif event.kind == SHIFT and not all(parts):
            hidden = [part for part, seen in zip(event.parts, parts, strict=True) if not seen]
            kept = tuple(part for part, seen in zip(event.parts, parts, strict=True) if seen)
            other = (Part(hidden[0].label, sum(one.amount for one in hidden) - salt), Part(hidden[-1].label, salt))
            events.append(event._replace(parts=(*kept, *other), label=SECRET))
        elif event.roll and game.chance_seen.get((event.rule, event.who, event.label), 0) & bits != bits:
            events.append(event._replace(roll=evolve(event.roll, chance=777, address=salt)))
        else:
            events.append(event)
    orders = tuple(evolve(order, reason=SECRET, expects=SECRET) for order in moment.orders)
    mine = tuple(old if sole(game, bits) == old.agency else new for old, new in zip(moment.orders, orders, strict=True))
    return evolve(moment, events=tuple(events), orders=mine, before=other_row(game, moment.before, bits, salt),
                  after=other_row(game, moment.after, bits, salt))  # fmt: skip


def sole(game: Game, bits: int) -> str:
    """The agency that has this bit alone."""
    return next((one.id for k, one in enumerate(game.agencies) if bits == 1 << k), "")


def other_row(game: Game, state: object, bits: int, salt: int) -> object:
    """A state with other values wherever those with these bits may not know them."""
    row = list(state.row)  # type: ignore[attr-defined]
    for track in game.tracks.values():
        for k in range(track.size):
            if track.seen[k] & bits != bits:
                row[track.first + k] = track.low + pick(salt, track.first + k, min(track.high, 2000) - track.low + 1)
    return evolve(state, row=tuple(row))  # type: ignore[misc]


def pictures(session: Session, turn: int, agency: str | None, written: list[str]) -> list[bytes]:
    """The pictures of all steps, and of the explanation of every value that is shown."""
    screen = opened(session, turn, agency)
    found = []

    def look() -> None:
        for _ in range(2000):
            screen.app.paint()
            if not screen.busy:
                break
        assert not screen.busy
        screen.app.paint()
        found.append(pygame.image.tobytes(screen.app.glass.surface, "RGB"))
        written.append(texts(screen))

    for number in range(len(screen.story.chapters)):
        screen.show(number)
        look()
        for name in sorted(
            {node.key for node in nodes(screen) if isinstance(node, Tile) and node.key.startswith("told/")}
        ):
            screen.why(name.partition("/")[2])
            look()
            screen.close()
    return found


@pytest.mark.parametrize(
    ("name", "agency"), [("trawler-2010", None), ("airspace-2024", None), ("trawler-2010", "cn_mfa")]
)
def test_no_pixel_and_no_word_tells_what_is_hidden(
    name: str, agency: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, twin = played(name), played(name)
    game = session.game
    bits = 1 << game.agency_number(agency) if agency else game.everyone
    twin.history = [altered(game, moment, bits, 7 + n) for n, moment in enumerate(session.history)]
    assert twin.history[1].events != session.history[1].events
    drawn: list[str] = []
    render = Kit.render

    def kept(kit: Kit, text: str, *rest: object) -> pygame.Surface:
        drawn.append(text)
        return render(kit, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Kit, "render", kept)
    words: list[list[str]] = [[], []]
    seen = [pictures(one, 2, agency, text) for one, text in zip((session, twin), words, strict=True)]
    assert len(seen[0]) > 4
    assert words[0] == words[1]
    assert seen[0] == seen[1]
    assert drawn
    assert SECRET not in "\n".join(drawn) + "\n".join(words[1])


def test_the_reasons_of_hidden_orders_leave_no_trace_on_the_public_screen() -> None:
    found = []
    for reason in ("we mean it", "a bluff"):
        session = Session.begin(bound("airspace-2024"), {"jp_mofa": "person"}, seed=5)
        option = next(one for one in session.view("jp_mofa").options if one.refusal is None)
        assert session.draft("jp_mofa", (evolve(option.order, reason=reason, expects=reason),)) is None
        session.lock("jp_mofa")
        session.play_turn()
        found.append(pictures(session, 1, None, []))
    assert found[0] == found[1]


# ---- room
WINDOWS = [(SMALL, 1.0), (SMALL, 1.5), ((1600, 900), 1.0), (WIDE, 1.0), (WIDE, 1.5), ((3840, 2160), 1.5)]


@pytest.mark.parametrize(("size", "text"), WINDOWS)
def test_panels_do_not_overlap_and_nothing_leaves_them(
    sessions: dict[str, Session], size: tuple[int, int], text: float
) -> None:
    for agency, everything in ((None, False), ("jp_jcg", False), (None, True)):
        screen = opened(sessions["trawler-2010"], 2, agency, everything=everything, app=window(size, text))
        room = pygame.Rect((0, 0), size)
        for number in range(len(screen.story.chapters)):
            screen.show(number)
            panes = screen.app.stage.panes
            for place, pane in enumerate(panes):
                assert room.contains(pane.rect)
                assert pane.rect.collidelist([one.rect for one in panes[place + 1 :]]) < 0
                scrolled = {
                    id(node) for view in pane.node.walk() if isinstance(view, Scroll) for node in view.child.walk()
                }
                for node in pane.node.walk():
                    if isinstance(node, Label | Control | Scroll):
                        assert node.rect.x >= pane.rect.x - 2, node
                        assert node.rect.right <= pane.rect.right + 2, node
                        if id(node) not in scrolled:
                            assert pane.rect.contains(node.rect), (node, getattr(node, "text", ""), pane.rect)
            free = screen.chart.free
            assert free.w > 300 * screen.kit.u
            assert free.h > 200 * screen.kit.u


def test_both_themes_are_drawn(sessions: dict[str, Session]) -> None:
    for theme in ("chart", "projector"):
        screen = opened(sessions["airspace-2024"], app=window(theme=theme))
        for number in range(len(screen.story.chapters)):
            screen.show(number)
            screen.app.turn(wait=False)
