"""A screenful at a time for people at a terminal, and never a stop for anybody else."""

import io
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import game
from game.terminal.listen import Listener
from game.terminal.paper import LAST_LINES, LINE_BEFORE_GONE, Paper

MORE = "-- more: Enter goes on, q skips --"


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[Paper, Terminal, Listener]]]:
    """A terminal of ten rows, and what is typed there."""

    def made(*typed: str, rows: int = 10, columns: int = 80) -> tuple[Paper, Terminal, Listener]:
        monkeypatch.setenv("LINES", str(rows))
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr("game.terminal.paper._understands_escapes", lambda: True)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in typed)))
        out = Terminal()
        paper = Paper(out)
        return paper, out, Listener(paper)

    return made


def numbered(count: int) -> list[str]:
    return [f"line {number}" for number in range(1, count + 1)]


def test_a_screenful_stops_and_enter_goes_on(screen: Callable[..., tuple[Paper, Terminal, Listener]]) -> None:
    paper, out, listener = screen("", "", "yes")
    paper.lines(numbered(25))
    assert listener.yes("Well?", default=False)
    first, second, third = out.getvalue().split(MORE + LINE_BEFORE_GONE)
    assert first.split() == " ".join(numbered(9)).split()
    assert second.splitlines() == numbered(18)[9:]
    assert third.splitlines()[:-1] == numbered(25)[18:]
    assert third.splitlines()[-1].startswith("Well?")


def test_what_fits_on_a_screen_does_not_stop(screen: Callable[..., tuple[Paper, Terminal, Listener]]) -> None:
    paper, out, listener = screen("a", "b", "c")
    for _ in range(3):
        paper.lines(numbered(9))
        listener.ask("? ")
    paper.lines(numbered(9))
    paper.clear()
    paper.lines(numbered(9))
    assert MORE not in out.getvalue()


def test_q_skips_to_the_last_lines(screen: Callable[..., tuple[Paper, Terminal, Listener]]) -> None:
    paper, out, listener = screen("q", "answer", "q", "")
    paper.lines(numbered(60))
    assert listener.ask("? ") == "answer"
    after = out.getvalue().partition(MORE + LINE_BEFORE_GONE)[2]
    assert after.splitlines() == ["...", *numbered(60)[-LAST_LINES:], "? "]
    assert out.getvalue().count(MORE) == 1
    # What was skipped so that nothing is left out is shown without a mark.
    paper.lines(numbered(9 + LAST_LINES))
    listener.ask("? ")
    assert out.getvalue().count("...") == 1
    after = out.getvalue().rpartition(LINE_BEFORE_GONE)[2]
    assert after.splitlines() == [*numbered(9 + LAST_LINES)[-LAST_LINES:], "? "]


def test_what_was_skipped_does_not_outlive_a_clearing(
    screen: Callable[..., tuple[Paper, Terminal, Listener]],
) -> None:
    paper, out, listener = screen("q", "answer")
    with paper.privately():
        paper.lines(f"secret {number}" for number in range(60))
    listener.ask("? ")
    assert "secret 59" not in out.getvalue()


def test_wide_signs_and_long_lines_take_their_rows(screen: Callable[..., tuple[Paper, Terminal, Listener]]) -> None:
    paper, out, _listener = screen(columns=40)
    paper.raw(["尖" * 20] * 9)
    assert MORE not in out.getvalue()
    paper.clear()
    paper.raw(["尖" * 21] * 5)
    assert out.getvalue().count("尖" * 21) == 4


def test_the_end_of_input_at_a_stop_is_an_end_and_no_loop(
    screen: Callable[..., tuple[Paper, Terminal, Listener]],
) -> None:
    paper, out, listener = screen()
    paper.lines(numbered(500))
    with pytest.raises(EOFError):
        listener.ask("? ")
    assert out.getvalue().count(MORE) == 1
    paper.lines(numbered(5))
    paper.flush()
    assert out.getvalue().endswith("line 5\n")


@pytest.mark.parametrize(("typing", "showing"), [(True, False), (False, True), (False, False)])
def test_without_a_terminal_at_both_ends_nothing_stops(
    monkeypatch: pytest.MonkeyPatch, typing: bool, showing: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal() if typing else io.StringIO())
    out = Terminal() if showing else io.StringIO()
    paper = Paper(out)
    Listener(paper)
    paper.lines(numbered(500))
    assert out.getvalue().splitlines() == numbered(500)


def test_a_stand_in_for_the_keyboard_is_never_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    out = Terminal()
    paper = Paper(out)
    Listener(paper, lambda _prompt: "")
    paper.lines(numbered(500))
    assert MORE not in out.getvalue()


def test_a_real_terminal(tmp_path: Path) -> None:
    """The whole program at a terminal of 24 rows: no stretch between two stops is longer than the screen."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    root = str(Path(game.__file__).parent.parent)
    child = subprocess.Popen(
        [sys.executable, "-m", "game", "play", "--terminal", "airspace-2024", "--seat", "jp_mofa+jp_mod=person", "--seed", "5"],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path, start_new_session=True,
        env={**os.environ, "TERM": "xterm", "LINES": "24", "COLUMNS": "80", "PYTHONPATH": root, "PYTHONUTF8": "1"},
    )  # fmt: skip
    os.close(theirs)
    shown = ""

    def until(*words: str) -> tuple[str, str]:
        """What was shown up to the first of these words, and that word."""
        nonlocal shown
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            if found := re.search("|".join(map(re.escape, words)), shown):
                before, shown = shown[: found.start()], shown[found.end() :]
                return before, found[0]
            if select.select([ours], [], [], 1)[0]:
                shown += os.read(ours, 65536).decode()
        pytest.fail(f"never came: {words}, after {shown[-500:]!r}")

    stretches = []
    try:
        for prompt in ("Enter when nobody else can see the screen: ", "MOFA, turn 1> "):
            found = ""
            while found != prompt:
                before, found = until(MORE, prompt)
                stretches.append(before.rpartition("\x1b[H")[2])
                os.write(ours, b"\n")
        until("MOFA, turn 1> ")
        os.write(ours, b"look\n")
        until(MORE)
        os.write(ours, b"q\n")
        last, _ = until("MOFA, turn 1> ")
        os.write(ours, b"quit\n")
        until("Go on with:")
        assert child.wait(60) == 0
    finally:
        child.kill()
        child.wait()
        os.close(ours)
    assert len(stretches) >= 5
    assert max(stretch.count("\n") for stretch in stretches) in (23, 24)
    assert "Type a number to order" in last
    assert last.count("\n") <= LAST_LINES + 2
