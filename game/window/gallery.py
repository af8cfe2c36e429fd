"""Every screen as a picture, in both themes and several sizes: for looking at them critically.

Run: python -m game.window.gallery OUT [--size 1920x1080]... [--theme chart]... [--text 100]... [NAME]...
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs
import pygame

from game.core import Game
from game.play.background import PLAIN, Answer, Background, Question, ground_of
from game.play.batch import Batch
from game.play.forecast import Ahead
from game.play.journal import Journal
from game.play.session import Session
from game.scenario.library import playable
from game.window.app import App
from game.window.foresight import Foresight
from game.window.glass import Glass, prepare
from game.window.kit.theme import THEMES
from game.window.settings import Settings
from game.window.table import Table

SIZES = ("1280x720", "1920x1080", "3840x2160")
CALM = 4
"""Frames without change after which a screen has come to rest."""

Show = Callable[[App, Path], None]
"""Brings a screen into the window; the folder is for journals."""


@lru_cache(maxsize=8)
def _game(scenario: str) -> Game:
    return playable(scenario)


def table(
    app: App,
    folder: Path,
    scenario: str,
    people: Sequence[str],
    turns: int,
    *,
    seed: int = 64,
    pins: Mapping[str, str] | None = None,
    foresight: Foresight | None = None,
) -> Table:
    """A table at which some turns were played, nobody ordering anything but the computer."""
    path = folder / f"{scenario}-{len(list(folder.iterdir()))}.kuroshio"
    journal = Journal.create(path)
    seats = dict.fromkeys(people, "person")
    session = Session.begin(_game(scenario), seats, seed=seed, journal=journal, pins=pins)
    for _ in range(turns):
        for agency in people:
            session.lock(agency)
        if session.ended:
            break
        session.play_turn()
    return Table(app, session, journal, path, foresight)


class AtOnce(Background):
    """Forecasts of few runs that are there at once, and the same in every picture."""

    def __init__(self, game: Game) -> None:
        super().__init__(game.about)
        self.ahead: dict[Any, Ahead] = {}
        self.batch = Batch(game, ("doctrine",) * len(game.agencies), machine=False)

    def ask(self, question: Question) -> None:
        """Answer."""
        self.question, self.stage = question, PLAIN
        key = (question.agencies, question.known.turn)
        if key not in self.ahead:
            self.ahead[key] = Ahead(self.batch, ground_of(self.batch, question, 8), question.agencies, 4)
        self.answer = Answer(0, self.ahead[key].forecast(question.orders, 48, question.tried), whole=True)


def key(app: App, name: str, *, mod: int = 0, text: str = "") -> None:
    """A key as a person presses it."""
    code = pygame.key.key_code(name)
    app.handle(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text or (name if len(name) == 1 else "")))
    app.handle(pygame.event.Event(pygame.KEYUP, key=code, mod=mod))


def click(app: App, node: str) -> None:
    """A click into the middle of what has this key. *KeyError* when there is none."""
    found = app.stage.node(node)
    if found is None:
        raise KeyError(node)
    # What is scrolled out of view is brought into view first.
    app.stage.take(node, by_key=False)
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        app.handle(pygame.event.Event(kind, pos=found.rect.center, button=1))


# ---- the screens
def _desk(scenario: str, agency: str, turns: int, *steps: str) -> Show:
    def show(app: App, folder: Path) -> None:
        table(app, folder, scenario, [agency], turns).sit(agency)
        for step in steps:
            kind, _, rest = step.partition(":")
            (click if kind == "click" else key)(app, rest)

    return show


def _foreseen(scenario: str, agency: str, turns: int, *steps: str) -> Show:
    def show(app: App, folder: Path) -> None:
        app.settings.forecasts = True
        foresight = Foresight(AtOnce(_game(scenario)))
        table(app, folder, scenario, [agency], turns, foresight=foresight).sit(agency)
        for step in steps:
            key(app, step)

    return show


def _title(app: App, folder: Path) -> None:
    from game.window.screens.title import Title

    app.go(Title(app))


def _handover(app: App, folder: Path) -> None:
    at = table(app, folder, "trawler-2010", ["jp_jcg", "jp_mofa", "cn_mfa"], 1, pins={"jp_mofa": "1234"})
    at.session.lock("jp_jcg")
    at.go_on()


def _control(scenario: str, *steps: str) -> Show:
    def show(app: App, folder: Path) -> None:
        from game.window.screens.control import Control

        app.settings.forecasts = True
        people = {"trawler-2010": ["jp_jcg", "jp_kantei", "cn_mfa"], "airspace-2024": ["jp_mod", "cn_mfa"]}[scenario]
        at = table(app, folder, scenario, people, 2, foresight=Foresight(AtOnce(_game(scenario))))
        agency = people[0]
        given = next(
            option.order for option in at.session.view(agency).options if not (option.refusal or option.details)
        )
        noted = attrs.evolve(given, reason="They must see that we are there.", expects="They keep their distance.")
        at.session.draft(agency, [noted])
        at.session.lock(agency)
        at.take_control()
        assert isinstance(app.screen, Control)
        for step in steps:
            kind, _, rest = step.partition(":")
            app.screen.take_tab(rest) if kind == "tab" else click(app, rest)

    return show


def _all_locked(app: App, folder: Path) -> None:
    at = table(app, folder, "airspace-2024", ["jp_mod"], 1)
    at.session.lock("jp_mod")
    at.go_on()


def _resolution(scenario: str, turns: int, agency: str | None, forward: int) -> Show:
    def show(app: App, folder: Path) -> None:
        from game.window.screens.resolution import Resolution

        at = table(app, folder, scenario, [agency] if agency else [], turns)
        app.go(Resolution(at, turns, agency))
        for _ in range(forward):
            key(app, "right")

    return show


def _fall(app: App, folder: Path) -> None:
    from game.window.screens.resolution import Resolution

    screen = Resolution(table(app, folder, "trawler-2010", [], 2), 2, None)
    app.go(screen)
    screen.open_fall()


def _review(scenario: str, forward: int) -> Show:
    def show(app: App, folder: Path) -> None:
        from game.window.screens.review import Review

        app.go(Review(table(app, folder, scenario, [], 99)))
        for _ in range(forward):
            key(app, "right")

    return show


SCREENS: Mapping[str, Show] = {
    "title": _title,
    "handover": _handover,
    "handover-locked": _all_locked,
    "control": _control("trawler-2010", "tab:seats", "click:seat/jp_jcg"),
    "control-values": _control("airspace-2024", "tab:values"),
    "control-overrule": _control("airspace-2024", "tab:values", "click:value/risk.jp.cn"),
    "control-turns": _control("airspace-2024", "tab:turns"),
    "desk-tutorial": _desk("tutorial", "jp_jcg", 0),
    "desk": _desk("trawler-2010", "jp_jcg", 2, "key:escape"),
    "desk-composing": _desk("trawler-2010", "jp_jcg", 2, "key:escape", "key:6"),
    "desk-plan": _desk("airspace-2024", "jp_mod", 2, "key:1", "key:return", "key:2", "key:return"),
    "desk-china": _desk("airspace-2024", "cn_mfa", 1, "key:escape", "key:1"),
    "desk-forecast": _foreseen("trawler-2010", "jp_jcg", 2, "escape", "6"),
    "desk-forecast-plan": _foreseen("airspace-2024", "jp_mod", 2, "1", "return", "2", "return"),
    "desk-forecast-page": _foreseen("airspace-2024", "jp_mod", 2, "1", "return", "2", "return", "f"),
    "desk-brief": _desk("trawler-2010", "cn_mfa", 1, "key:b"),
    "desk-values": _desk("trawler-2010", "jp_kantei", 2, "key:v"),
    "desk-log": _desk("trawler-2010", "jp_kantei", 2, "key:l"),
    "desk-why": _desk("trawler-2010", "jp_kantei", 2, "key:w"),
    "desk-law": _desk("trawler-2010", "jp_jcg", 1, "key:g"),
    "desk-help": _desk("airspace-2024", "jp_mod", 1, "key:f1"),
    "desk-layers": _desk("airspace-2024", "jp_mod", 1, "key:m"),
    "desk-menu": _desk("airspace-2024", "jp_mod", 1, "click:tool/menu"),
    "resolution": _resolution("trawler-2010", 2, None, 0),
    "resolution-meeting": _resolution("trawler-2010", 1, None, 2),
    "resolution-risk": _resolution("airspace-2024", 2, None, 3),
    "resolution-fall": _fall,
    "resolution-seat": _resolution("trawler-2010", 2, "jp_jcg", 3),
    "review": _review("trawler-2010", 0),
    "review-air": _review("airspace-2024", 0),
    "review-decisions": _review("trawler-2010", 1),
    "review-mechanisms": _review("airspace-2024", 2),
    "review-record": _review("airspace-2024", 3),
    "review-sources": _review("airspace-2024", 4),
}  # fmt: skip
"""Every screen by name."""


def opened(size: tuple[int, int], theme: str = "chart", text: float = 1.0) -> App:
    """A window that nobody sees."""
    prepare()
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    pygame.font.init()
    surface = pygame.display.set_mode(size)
    return App(Glass("Kuroshio", surface), Settings(theme=theme, size=text, still=True, forecasts=False))


def settle(app: App, seconds: float = 20) -> None:
    """Let the window draw until nothing moves and nothing is being read."""
    end = time.monotonic() + seconds
    calm = 0
    while time.monotonic() < end and calm < CALM:
        app.turn(wait=False)
        restless = app.screen.busy or app.screen.building or app.stage.fresh or getattr(app.screen, "reading", False)
        calm = 0 if restless else calm + 1
        time.sleep(0.002)
    app.paint()


def pictures(
    out: Path, names: Sequence[str], sizes: Sequence[str], themes: Sequence[str], texts: Sequence[int]
) -> Iterator[Path]:
    """Write the pictures; each file as it is written."""
    out.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        wide, high = (int(part) for part in size.split("x"))
        for theme in themes:
            for text in texts:
                for name in names:
                    with tempfile.TemporaryDirectory() as folder:
                        app = opened((wide, high), theme, text / 100)
                        SCREENS[name](app, Path(folder))
                        settle(app)
                        file = out / f"{name}-{size}-{theme}-{text}.png"
                        pygame.image.save(app.glass.surface, file)
                        app.screen.leave()
                        yield file


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m game.window.gallery", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*", choices=[[], *SCREENS], metavar="NAME", help=", ".join(SCREENS))
    parser.add_argument("--size", action="append", default=[])
    parser.add_argument("--theme", action="append", default=[], choices=list(THEMES))
    parser.add_argument("--text", action="append", default=[], type=int)
    given = parser.parse_args()
    for file in pictures(
        given.out, given.names or list(SCREENS), given.size or SIZES, given.theme or list(THEMES), given.text or [100]
    ):
        sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
