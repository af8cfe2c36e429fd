"""What the review shows, computed once when the game has ended: everything may be seen now."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from game.core import Event, Game, Order, score
from game.core.events import REFUSAL, SHIFT
from game.core.score import PairScore
from game.play.decisive import Turning, decisive, named
from game.play.report import Driver, Judged, drivers, objectives
from game.play.session import Moment, Session
from game.play.telling import Waterfall, risk_moves
from game.play.uses import Link, Use, links, uses
from game.window.kit.words import blocks_of
from game.words import say

COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


class Findings:
    """What came of a session; each finding is computed when it is first asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.game: Game = session.game
        self.history: Sequence[Moment] = session.history

    @cached_property
    def told(self) -> list[tuple[Event, ...]]:
        """All events of each turn, with what control did before it."""
        return [(*moment.said, *moment.events) for moment in self.history]

    @cached_property
    def scores(self) -> list[list[PairScore]]:
        """For each pair of sides the readings at the opening and after each turn."""
        first = self.history[0].before if self.history else self.session.state
        states = [first, *(moment.after for moment in self.history)]
        rows = [score(self.game, state).pairs for state in states]
        return [[row[pair] for row in rows] for pair in range(len(self.game.pairs()))]

    @cached_property
    def pairs(self) -> list[int]:
        """The pairs of sides whose risk moved, the one that moved most first; the first pair when none did."""
        moved = {n: sum(abs(a.risk - b.risk) for a, b in pairwise(row)) for n, row in enumerate(self.scores)}
        found = sorted((n for n in moved if moved[n]), key=lambda n: -moved[n])
        return found or [0]

    def pair_title(self, pair: int) -> str:
        """The two sides by name."""
        one, other = self.game.pairs()[pair]
        return say("{one} and {other}", one=self.game.sides[one].name, other=self.game.sides[other].name)

    def pair_ids(self, pair: int) -> tuple[str, str]:
        """The two sides by id."""
        one, other = self.game.pairs()[pair]
        return self.game.sides[one].id, self.game.sides[other].id

    @cached_property
    def moments(self) -> tuple[Turning, ...]:
        """The moments that moved risk most."""
        return decisive(self.game, self.history)

    @cached_property
    def drivers(self) -> tuple[Driver, ...]:
        """What moved risk over the whole game."""
        return drivers(self.game, self.told)

    @cached_property
    def moves(self) -> list[tuple[Waterfall, ...]]:
        """How risk moved in each turn."""
        return [risk_moves(self.game, moment, None, everything=True) for moment in self.history]

    @cached_property
    def used(self) -> tuple[Use, ...]:
        """What sides did with mechanisms."""
        return uses(self.game, self.told)

    @cached_property
    def links(self) -> dict[str, tuple[Link, ...]]:
        """The links of every use."""
        return links(self.game, self.told)

    @cached_property
    def objectives(self) -> dict[str, list[Judged]]:
        """By agency, whether its objectives were met."""
        found: dict[str, list[Judged]] = {}
        for one in objectives(self.game, self.session.state):
            found.setdefault(one.agency, []).append(one)
        return found

    @cached_property
    def questions(self) -> list[str]:
        """The questions for the talk, without the sources that they name."""
        blocks = blocks_of(self.game.texts.get("debrief", ""))
        numbered = [text for kind, mark, text in blocks if kind == "item" and mark[:1].isdigit()]
        found = numbered or [text for kind, _mark, text in blocks if kind == "item"]
        return [re.sub(r"\s*\([^()]*\b(?:19|20)\d\d\b[^()]*\)", "", text) for text in found]

    def title(self) -> str:
        """How long it was and how it ended, in one line."""
        count = len(self.history)
        ended = self.session.ended
        number = say(COUNTS[count]) if count < len(COUNTS) else str(count)
        turns = say("{count} turn", count=number) if count == 1 else say("{count} turns", count=number)
        name = ended.name if ended else say("the game goes on")
        return f"{turns}: {name[:1].lower()}{name[1:]}"

    def noted(self, turn: int) -> tuple[str, ...]:
        """What players noted to expect in a turn."""
        return tuple(
            say("{agency}: {text}", agency=self.short(order.agency), text=order.expects)
            for order in self.history[turn - 1].orders
            if order.expects
        )

    def short(self, agency: str) -> str:
        """An agency by its short name."""
        one = self.game.agency(agency)
        return one.short or one.name

    def side_number(self, agency: str) -> int:
        """The number of the side of an agency."""
        return self.game.agency(agency).side

    def in_words(self, order: Order) -> str:
        """An order as people read it."""
        return named(self.game, order)

    def refused(self, turn: int, order: Order) -> str:
        """Why an order was not carried out; "" when it was."""
        number = self.game.agency_number(order.agency)
        rule = f"refused.{order.action}"
        return next(
            (
                one.label
                for one in self.told[turn - 1]
                if one.kind == REFUSAL and one.rule == rule and one.who == number
            ),
            "",
        )

    def moved(self, pair: tuple[str, str], label: str) -> list[tuple[int, int, str]]:
        """The turns in which a cause moved risk: turn, amount, name of the entry."""
        found = []
        for turn, falls in enumerate(self.moves, 1):
            for fall in falls:
                rows = [(amount, rule) for name, amount, rule in fall.parts if name == label and fall.pair == pair]
                if rows:
                    found.append((turn, sum(amount for amount, _rule in rows), rows[0][1]))
        return found

    def change(self, turn: int, pair: int) -> int:
        """How far risk moved in a turn, what control did before it included."""
        row = self.scores[pair]
        return row[turn].risk - row[turn - 1].risk

    def happened(self, turn: int, pair: int) -> str:
        """What reached the rung of a turn, in the words of the ladder."""
        rung = say("Rung {rung}: ", rung=self.scores[pair][turn].rung)
        track = self.game.tracks.get("reached")
        cell = track.first + pair if track else -2
        return next((event.label for event in self.told[turn - 1] if event.cell == cell and event.kind != SHIFT
                     and event.label.startswith(rung)), "")  # fmt: skip


def without_tables(text: str) -> str:
    """A page whose tables are lists: each row an item, its first cell strong, the others after the heads of their columns."""
    lines: list[str] = []
    heads: list[str] = []
    for line in text.split("\n"):
        if not line.lstrip().startswith("|"):
            heads = []
            lines.append(line)
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not heads:
            heads = cells
        elif not all(set(cell) <= {"-", ":"} for cell in cells):
            rest = " ".join(f"{head}: {cell}." for head, cell in zip(heads[1:], cells[1:], strict=False) if cell)
            lines.append(f"- **{cells[0]}.** {rest}")
    return "\n".join(lines)
