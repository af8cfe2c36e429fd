"""The trial: every body of a game run once on symbols, so that what cannot be played is known before it is."""

import re
from typing import Any

import attrs

from game.core.model import (
    Game,
    Rule,
)
from game.core.symbols import RuleError
from game.core.tracing import Tracing
from game.core.turn import choose_orders, play_turn
from game.scenario.binder import POLICIES, Binder
from game.scenario.document import Entry
from game.scenario.positions import Path
from game.scenario.problems import brief
from game.words import say

WORK = 150_000
"""How many values may be written while the bodies of a scenario are tried: some seconds."""
_LINE = re.compile(r"([^/\\]+):([0-9]+): ")


class _TooMuch(Exception):
    """A scenario whose rules would take too long to check."""


class _Checking(Tracing):
    """The table on which the loader tries every body: what fails is reported at its entry, and the next one is tried."""

    def __init__(self, game: Game, binder: Binder) -> None:
        super().__init__(game, record=True)
        self.binder = binder
        self.work = 0
        self.good = True
        self.warned: set[str] = set()

    def text(self, value: Any) -> str:
        self.work += 1
        if self.work > WORK:
            raise _TooMuch
        return super().text(value)

    def perform(self, rule: Rule) -> None:
        if rule.untraced:
            self._warn(rule)
            return
        outer = self.lines, self.cache, self.blocks, self.known, self.rule, self.who
        try:
            super().perform(rule)
        except _TooMuch:
            raise
        except Exception as error:  # A block may be anybody's, and fail in any way.
            self.lines, self.cache, self.blocks, self.known, self.rule, self.who = outer
            self.good = False
            entry, path, use = self.binder.origins.get(rule.id, (self.binder.document.settings, (), rule.id))
            self.binder.report("SCN520", entry, path, *_why(use, error))

    def _warn(self, rule: Rule) -> None:
        """Tell once for each entry that its rule cannot be tried."""
        entry, path, use = self.binder.origins[rule.id]
        if rule.id not in self.warned:
            self.warned.add(rule.id)
            message = say("The block '{use}' cannot be traced, as it says itself: this scenario is played by the recording "
                          "table alone, some hundred times slower.", use=use)  # fmt: skip
            self.binder.document.report("SCN603", entry, path, message, severity="warning")

    def look_for(self, agency: int, entry: Entry, path: Path, look: Any) -> None:
        """Try a condition or an amount for the eyes of an agency."""
        self.as_seen_by(agency)
        try:
            look(self)
        except RuleError as error:
            self.good = False
            self.binder.unseen(agency, entry, path, str(error))
        self.as_seen_by(None)


def _why(use: str, error: Exception) -> tuple[str, str]:
    """What a block's failure means for the author of a scenario: a message and a hint."""
    if isinstance(error, RuleError):
        where, _, sentence = str(error).rpartition("\n  ")
        place = _LINE.search(where)
        code = where.partition(f":{place[2]}: ")[2] if place else ""
        hint = (
            say("The block stops in {file}, line {line}: {code}", file=place[1], line=place[2], code=code)
            if place
            else ""
        )
        return say("The block '{use}' cannot be used so: {reason}", use=use, reason=sentence), hint
    if isinstance(error, KeyError) and error.args:
        name = str(error.args[0])
        return say(
            "The block '{use}' needs a track '{name}', and the scenario has none.", use=use, name=brief(name)
        ), ""
    hint = say("Sides set against each other must be different, and tracks be kept by what the block expects.")
    if isinstance(error, IndexError):
        return say("The block '{use}' looks for a cell that is not there: {reason}.", use=use, reason=str(error)), hint
    return say("The block '{use}' cannot work with these values.", use=use), hint


def tried(binder: Binder, game: Game) -> Game | None:
    """Check every body by tracing it, and learn who can work out which part and which chance."""
    table = _Checking(game, binder)
    try:
        table.function(play_turn, game)
        table.record = False
        _check_sight(binder, table)
        if table.good:
            for policy in POLICIES:
                table.function(choose_orders, game, (policy,) * len(game.agencies))
    except _TooMuch:
        message = say("The rules and orders of this scenario are together too long to be checked.")
        binder.report("SCN523", binder.document.settings, (), message)
        return None
    return attrs.evolve(game, part_seen=table.part_seen, chance_seen=table.chance_seen) if table.good else None


def _check_sight(binder: Binder, table: _Checking) -> None:
    """What may be ordered, and what a computer player prefers, depends only on what the agency sees."""
    for action in table.game.actions:
        entry = binder.document.entries["action"][action.id]
        for number, requirement in enumerate(action.requirements):
            table.look_for(action.agency, entry, ("requires", number, "when"), requirement.holds)
        for row, choice in enumerate(action.choices):
            for number, requirement in enumerate(choice.requirements):
                table.look_for(action.agency, entry, ("choice", row, "requires", number, "when"), requirement.holds)
        for place, detail in enumerate(action.details):
            for row, way in enumerate(detail.choices):
                for number, requirement in enumerate(way.requirements):
                    path = ("detail", place, "choice", row, "requires", number, "when")
                    table.look_for(action.agency, entry, path, requirement.holds)
    for agency, (entry, item) in binder.doctrine.items():
        for name, look in item.weights.items():
            table.look_for(agency, entry, ("weights", name), look)
        for key in ("hold", "waiting", "belief"):
            table.look_for(agency, entry, (key,), getattr(item, key))
