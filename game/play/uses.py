"""What became of mechanisms, turn by turn: who used them, and the links of every use as they happened.

Mechanisms keep notes by mechanism and side for each link of a use; these notes are the only source here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from game.core import Event, Game
from game.core.chance import SUBJECT_LIMIT
from game.core.events import NOTE, PUT, ROLL
from game.core.model import Track
from game.rules.channels import CodeOfConduct
from game.words import say

OUTCOMES = ("asked", "refused", "answered", "unanswered")
"""The notes by which uses are counted."""

LINKS: Mapping[str, str] = {
    "asked": say("Asked for"),
    "rang": say("Sent, or rang"),
    "refused": say("Refused"),
    "unanswered": say("Not answered"),
    "answered": say("Answered"),
    "late": say("Went no further"),
    "believed": say("Believed"),
}
"""The notes of the links of a use, and what they are called."""

STATUS, DRAWN = "status", "drawn"
"""The other kinds of links: the mechanism itself opened or closed, and a draw on which a link hung."""


@frozen
class Use:
    """That a side's use of a mechanism was asked for, refused, answered or left unanswered in a turn (from 1)."""

    turn: int
    mechanism: str
    side: str
    kind: str


@frozen
class Link:
    """One link of a use, or what became of the mechanism itself.

    *kind* is one of `LINKS`, `STATUS` or `DRAWN`; *side* whose use it is, "" where it is nobody's; *agency* who ordered
    it, where it was ordered; *text* a sentence; *met*, for a draw, whether it came about.
    """

    turn: int
    mechanism: str
    side: str
    kind: str
    text: str
    agency: str = ""
    met: bool = True


def uses(game: Game, told: Sequence[Sequence[Event]]) -> tuple[Use, ...]:
    """What sides did with mechanisms, in the order in which it happened; *told* are the events of each turn."""
    found = []
    for turn, events in enumerate(told, 1):
        for event in events:
            for kind in OUTCOMES:
                place = _noted(game, event, kind)
                if place is not None:
                    found.append(Use(turn, game.mechanisms[place[0]], game.sides[place[1]].id, kind))
    return tuple(found)


def links(game: Game, told: Sequence[Sequence[Event]]) -> dict[str, tuple[Link, ...]]:
    """For each mechanism all links of its uses, with the draws on which they hung."""
    of_rule = {rule.id: rule.parameters for rule in game.rules["mechanisms"] if hasattr(rule.parameters, "mechanism")}
    found: dict[str, list[Link]] = {mechanism: [] for mechanism in game.mechanisms}
    for turn, events in enumerate(told, 1):
        for event in events:
            link = _link(game, turn, event, of_rule)
            if link:
                found[link.mechanism].append(link)
    return {mechanism: tuple(several) for mechanism, several in found.items()}


def _link(game: Game, turn: int, event: Event, of_rule: Mapping[str, Any]) -> Link | None:
    if event.kind == ROLL and event.roll and event.rule in of_rule:
        parameters = of_rule[event.rule]
        text = say("{name}: {result} (chance {chance} in 1000, drawn {drawn})", name=event.roll.name.rstrip("."),
                   result=say("yes") if event.roll.hit else say("no"), chance=event.roll.chance,
                   drawn=event.roll.drawn)  # fmt: skip
        # The last bits of its address say about whom or what a draw was.
        subject = event.roll.address % SUBJECT_LIMIT
        if isinstance(parameters, CodeOfConduct):
            text, side = f"{game.units[subject].name}, {text}", game.sides[game.units[subject].side].id
        else:
            side = game.sides[subject].id
        return Link(turn, game.mechanisms[parameters.mechanism], side, DRAWN, text, met=event.roll.hit)
    status = game.tracks.get("status")
    if event.kind == PUT and status and _holds(status, event) and event.before != event.after:
        mechanism = game.mechanisms[(event.cell - status.first) // status.shape[1]]
        text = event.label or say("{before} -> {after}", before=status.shown(event.before),
                                  after=status.shown(event.after))  # fmt: skip
        return Link(turn, mechanism, "", STATUS, text, _ordered_by(game, event))
    for kind, name in LINKS.items():
        place = _noted(game, event, kind)
        if place is not None:
            user = game.sides[place[1]]
            text = event.label or say("{name}: {side}.", name=name, side=user.name)
            return Link(turn, game.mechanisms[place[0]], user.id, kind, text, _ordered_by(game, event))
    return None


def _noted(game: Game, event: Event, kind: str) -> tuple[int, int] | None:
    """The mechanism and the side of a note of this kind."""
    track = game.tracks.get(kind)
    if event.kind != NOTE or track is None or not _holds(track, event):
        return None
    return divmod(event.cell - track.first, track.shape[1])


def _holds(track: Track, event: Event) -> bool:
    return track.first <= event.cell < track.first + track.size


def _ordered_by(game: Game, event: Event) -> str:
    return game.agencies[event.who].id if event.rule.startswith(("order.", "action.")) else ""
