"""A table of people for tests: scripted answers in, every screen out."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

from game.terminal.paper import BLANK_LINES
from game.terminal.play import play

CURTAIN = "\n" * BLANK_LINES


class Table:
    """Plays with scripted answers, one run after the other on the same journal."""

    def __init__(self, folder: Path, **seats: str) -> None:
        self.journal = folder / "session.kuroshio"
        self.seats = seats or {"jp_mofa": "person"}
        self.out = io.StringIO()
        self.asked: list[str] = []

    def ask_from(self, answers: Iterable[str], last: Callable[[], str] | None = None) -> Callable[[str], str]:
        left = iter(answers)

        def ask(prompt: str) -> str:
            self.asked.append(prompt)
            self.out.write(prompt)
            for answer in left:
                return answer
            if last:
                return last()
            raise EOFError

        return ask

    def play(self, *answers: str, **more: object) -> int:
        """Play until the answers run out; returns the exit code."""
        settings: dict[str, object] = {
            "journal": self.journal,
            "seed": 5,
            "seats": self.seats,
            "orders_out": None,
        } | more
        scenario = settings.pop("scenario", "airspace-2024")
        variants = settings.pop("variants", ())
        ask = settings.pop("ask", None) or self.ask_from(answers)
        return play(scenario, variants, ask=ask, out=self.out, **settings)  # type: ignore[arg-type]

    @property
    def text(self) -> str:
        return self.out.getvalue()

    def screens(self) -> list[str]:
        """What stood on the screen between one clearing and the next."""
        return self.text.split(CURTAIN)
