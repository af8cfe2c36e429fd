"""After the hand-over nothing of the last seat is left: no pixel, caption, clipboard, focus, undo step or drawn text.

Two evenings are alike but for what the first seat drafts, types, opens and copies; what the next person can see and
reach must be the same, pixel by pixel.
"""

import gc
import time
from pathlib import Path

import pygame
import pytest
from hands import Hands, sits

from game.play.journal import Journal
from game.play.session import Session
from game.scenario.library import playable
from game.window.kit import entry, lettering
from game.window.kit.page import Page
from game.window.screens.handover import HandOver
from game.window.table import Table

FIRST, NEXT = "jp_jcg", "cn_mfa"
SEED = 11


def evening(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Hands, Table, list[str]]:
    """A window with a session of two people in its second turn; the clipboard as a list of what was put there."""
    folder.mkdir()
    monkeypatch.setattr("game.window.settings.home", lambda: folder)
    clipboard: list[str] = []
    monkeypatch.setattr(entry, "clip", clipboard.append)
    monkeypatch.setattr("game.window.screens.handover.clip", clipboard.append)
    hands = Hands(folder, size=(1280, 720), still=True)
    path = folder / "session.kuroshio"
    journal = Journal.create(path)
    seats = {FIRST: "person", NEXT: "person"}
    session = Session.begin(playable("trawler-2010"), seats, seed=SEED, journal=journal)
    session.lock(FIRST)
    session.lock(NEXT)
    session.play_turn()
    return hands, Table(hands.app, session, journal, path), clipboard


def first_person(hands: Hands, table: Table, secret: int) -> None:
    """What differs between the evenings: orders, notes, what was opened, where the map was moved, what was copied."""
    desk = sits(hands, table, FIRST)
    hands.key(pygame.K_1 + 5 * secret, str(1 + 5 * secret))
    hands.app.stage.take("reason", by_key=False)
    hands.write(f"secret number {secret}")
    hands.key(pygame.K_a, mod=pygame.KMOD_CTRL)
    hands.key(pygame.K_c, mod=pygame.KMOD_CTRL)
    hands.enter()
    if secret:
        hands.key(pygame.K_v, "v")
        hands.key(pygame.K_ESCAPE)
        hands.key(pygame.K_n, "n")
        desk.chart.go_to("STW", 1.0)
        desk.chart.layers.add("median")
        hands.turns(10)
    assert desk.planning.past
    hands.key(pygame.K_k, "k")
    hands.turns(1)
    hands.enter()


def seen(hands: Hands) -> bytes:
    """All pixels, when nothing moves any more."""
    end = time.monotonic() + 30
    hands.turns(3)
    while (hands.app.screen.busy or hands.app.stage.fresh) and time.monotonic() < end:
        hands.turns(1)
    assert not hands.app.screen.busy
    hands.app.rebuild()
    hands.app.turn(wait=False)
    return pygame.image.tobytes(hands.app.glass.surface, "RGB")


def test_two_evenings_with_different_secrets_look_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = []
    for secret in (0, 1):
        hands, table, clipboard = evening(tmp_path / str(secret), monkeypatch)
        first_person(hands, table, secret)
        assert isinstance(hands.app.screen, HandOver)
        assert [order.reason for order in table.session.drafts(FIRST)] == [f"secret number {secret}"]
        assert any("secret" in text for text in clipboard)
        assert clipboard[-1] == ""
        assert len(lettering._pictures) < 200
        assert hands.app.stage.offsets == {}
        assert pygame.display.get_caption()[0] == "Kuroshio"
        assert not hands.app.settings.unfinished
        over = seen(hands)
        desk = sits(hands, table, NEXT)
        assert not desk.planning.past
        assert not desk.planning.future
        hands.key(pygame.K_z, mod=pygame.KMOD_CTRL)
        assert desk.planning.drafts == ()
        pictures.append((over, seen(hands)))
        table.close()
    assert pictures[0] == pictures[1]


def test_a_page_that_was_still_coming_goes_with_its_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hands, table, _clipboard = evening(tmp_path / "one", monkeypatch)
    desk = sits(hands, table, FIRST)
    hands.key(pygame.K_l, "l")
    assert desk.front.behind
    desk.hand_over()
    assert isinstance(hands.app.screen, HandOver)
    del desk
    hands.turns(3)
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Page) and not one.whole]
    table.close()


def test_what_is_public_does_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail: a turn more is seen."""
    hands, table, _clipboard = evening(tmp_path / "one", monkeypatch)
    desk = sits(hands, table, NEXT)
    before = seen(hands)
    desk.session.lock(FIRST)
    desk.session.lock(NEXT)
    table.session.play_turn()
    sits(hands, table, NEXT)
    assert seen(hands) != before
    table.close()
