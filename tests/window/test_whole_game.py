"""A whole hot-seat game at the window by real events, as people click and type: from the title to the review."""

from pathlib import Path

import pygame
import pytest
from hands import Hands

from game.play.journal import Journal
from game.play.session import Session
from game.window import settings
from game.window.screens.desk import Desk
from game.window.screens.handover import HandOver
from game.window.screens.resolution import Resolution
from game.window.screens.review import Review
from game.window.screens.title import Title

AT_MOST = 400
"""Rounds of the loop that something may take."""


@pytest.fixture
def hands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hands:
    monkeypatch.setattr(settings, "home", lambda: tmp_path)
    return Hands(tmp_path, size=(1280, 720), still=True)


def until(hands: Hands, kind: type) -> None:
    """Let the loop go round until a screen has come."""
    for _ in range(AT_MOST):
        hands.turns(1)
        if isinstance(hands.app.screen, kind):
            return
        pygame.time.wait(10)
    raise AssertionError((kind, hands.app.screen))


def begun(hands: Hands, everyone: bool) -> None:
    """Begin the first scenario from the title."""
    hands.app.go(Title(hands.app))
    for _ in range(AT_MOST):
        hands.turns(1)
        pygame.time.wait(10)
        if hands.app.stage.node("start") and hands.app.stage.node("people/2"):
            break
    hands.click("people/2" if everyone else "people/1")
    hands.turns(2)
    hands.click("start")
    until(hands, HandOver)


def seated(hands: Hands) -> Desk:
    """Read what everybody reads, and take the seat."""
    hands.turns(2)
    if hands.app.stage.node("read/done"):
        hands.click("read/done")
    hands.enter()
    until(hands, Desk)
    desk = hands.app.screen
    assert isinstance(desk, Desk)
    return desk


def planned(hands: Hands, desk: Desk, words: str) -> None:
    """Draft an order with the keyboard and one with the mouse, each with a reason, and lock."""
    if desk.front.build:
        hands.key(pygame.K_ESCAPE)
    actions = [options[0].order.action for options in desk.planning.actions()]
    hands.key(pygame.K_1, "1")
    assert desk.planning.composing is not None
    hands.app.stage.take("reason", by_key=False)
    hands.write(words)
    hands.enter()
    assert [order.reason for order in desk.planning.drafts] == [words]
    hands.click("tab/actions")
    hands.click(f"action/{actions[-1]}")
    hands.click("add")
    assert len(desk.planning.drafts) == 2, desk.said
    hands.key(pygame.K_z, mod=pygame.KMOD_CTRL)
    assert len(desk.planning.drafts) == 1
    hands.key(pygame.K_z, mod=pygame.KMOD_CTRL | pygame.KMOD_SHIFT)
    assert len(desk.planning.drafts) == 2
    hands.key(pygame.K_k, "k")
    hands.turns(1)
    hands.enter()


def resolved(hands: Hands) -> None:
    """Go through the turn step by step."""
    until(hands, Resolution)
    for _ in range(20):
        if not isinstance(hands.app.screen, Resolution):
            return
        hands.turns(1)
        hands.key(pygame.K_SPACE, " ")
    raise AssertionError("the resolution does not end")


def test_two_people_play_to_the_review(hands: Hands) -> None:
    begun(hands, everyone=True)
    turns = 0
    while not isinstance(hands.app.screen, Review):
        for person in range(2):
            desk = seated(hands)
            planned(hands, desk, f"turn {turns} person {person}: 様子を見る")
        until(hands, HandOver)
        hands.turns(1)
        hands.enter()
        resolved(hands)
        hands.turns(1)
        turns += 1
        assert turns <= 3
    review = hands.app.screen
    assert isinstance(review, Review)
    path = review.table.path
    for _ in range(5):
        hands.turns(1)
        hands.key(pygame.K_RIGHT)
    review.table.close()
    journal = Journal.open(path)
    kept, again = journal.entries, Session.resume(journal)
    journal.close()
    assert again.ended
    assert len(again.history) == turns
    noted = [
        order["reason"]
        for entry in kept
        if entry.kind == "drafted"
        for order in entry.body["orders"]
        if order["reason"]
    ]
    assert any("様子を見る" in reason for reason in noted)


def test_closing_at_any_moment_loses_nothing(hands: Hands, tmp_path: Path) -> None:
    begun(hands, everyone=False)
    desk = seated(hands)
    path, agency = desk.table.path, desk.agency
    hands.key(pygame.K_1, "1")
    hands.click("add")
    drafted = desk.planning.drafts
    hands.key(pygame.K_2, "2")
    hands.app.stage.take("expects", by_key=False)
    hands.write("silence")
    composed = desk.planning.noted()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    hands.app.run()
    desk.table.close()

    later = Hands(tmp_path, still=True)
    later.app.settings = settings.Settings.read(tmp_path / "window.json")
    assert later.app.settings.journal == str(path)
    later.app.go(Title(later.app))
    for _ in range(AT_MOST):
        later.turns(1)
        pygame.time.wait(10)
        if later.app.stage.node("continue"):
            break
    later.click("continue")
    until(later, HandOver)
    desk = seated(later)
    assert desk.agency == agency
    assert desk.planning.drafts == drafted
    assert desk.planning.noted() == composed
    assert composed is not None
    assert composed.expects == "silence"
