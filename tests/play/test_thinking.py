"""Computer players that think in another process order what they would order in the session's own."""

import time
from pathlib import Path

import pytest
from runs import bound

from game.core import Game
from game.play.journal import Journal
from game.play.session import Session
from game.play.thinking import Thinking

PATIENCE = 90
"""Seconds; the process reads the scenario anew and may compile it."""


@pytest.fixture(scope="module")
def game() -> Game:
    return bound("tutorial")


def begun(game: Game, path: Path) -> Session:
    seats = {agency.id: "lookahead" for agency in game.agencies}
    return Session.begin(game, seats, seed=11, journal=Journal.create(path))


def decided(thinking: Thinking) -> list[float]:
    """Wait until all is decided; how far it was at each word of it."""
    end = time.monotonic() + PATIENCE
    far = []
    while thinking.waiting:
        assert time.monotonic() < end
        if thinking.look() and thinking.thought:
            far.append(thinking.thought.seats + thinking.thought.share)
        time.sleep(0.01)
    return far


def test_the_same_orders_and_the_same_journal(game: Game, tmp_path: Path) -> None:
    here, there = begun(game, tmp_path / "here.kuroshio"), begun(game, tmp_path / "there.kuroshio")
    thinking = Thinking(there)
    try:
        for turn in range(2):
            thinking.ask()
            assert thinking.waiting
            assert thinking.orders is None
            far = decided(thinking)
            assert far == sorted(far)
            assert far[-1] == len(game.agencies)
            moment = there.play_turn(thinking.orders)
            assert moment == here.play_turn(), turn
            assert thinking.orders is None, "what was decided is for one turn"
    finally:
        thinking.close()
    kept = [[(one.kind, one.body) for one in session._journal.entries] for session in (here, there) if session._journal]
    assert kept[0] == kept[1]
    assert any(moment.orders for moment in here.history)


def test_the_same_turn_is_asked_once(game: Game, tmp_path: Path) -> None:
    thinking = Thinking(begun(game, tmp_path / "once.kuroshio"))
    try:
        thinking.ask()
        decided(thinking)
        found = thinking.thought
        thinking.ask()
        assert not thinking.waiting
        assert thinking.thought is found
    finally:
        thinking.close()


def test_what_control_changes_meanwhile_is_asked_anew(game: Game, tmp_path: Path) -> None:
    session = begun(game, tmp_path / "changed.kuroshio")
    thinking = Thinking(session)
    try:
        thinking.ask()
        decided(thinking)
        session.reseat(game.agencies[0].id, "doctrine")
        assert thinking.orders is None
        thinking.ask()
        assert thinking.waiting
        decided(thinking)
        assert thinking.orders is not None
        assert {order.agency for order in thinking.orders} <= {game.agencies[1].id}
        session.overrule("risk.jp.cn", 300, "to see")
        assert thinking.orders is None
    finally:
        thinking.close()


def test_where_the_process_has_gone_nobody_waits(game: Game, tmp_path: Path) -> None:
    thinking = Thinking(begun(game, tmp_path / "gone.kuroshio"))
    thinking.ask()
    end = time.monotonic() + PATIENCE
    while thinking._elsewhere._process is None or thinking._elsewhere._connection is None:
        assert time.monotonic() < end
        time.sleep(0.01)
    thinking._elsewhere._process.kill()
    while thinking.waiting:
        assert time.monotonic() < end
        thinking.look()
        time.sleep(0.01)
    assert thinking.orders is None
    thinking.close()
