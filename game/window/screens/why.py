"""Why a number stands where it does: what moved it in a turn, with rule, terms, draws and source, turn by turn."""

from collections.abc import Callable, Sequence

from attrs import frozen

from game.core import Game
from game.core.events import SHIFT, Part, Roll
from game.core.explain import Explanation
from game.core.model import Rule
from game.play.outlook import meaning
from game.play.session import Session, SessionProblem
from game.play.telling import Said, told_in_steps
from game.play.wording import entry_name, running, zone_or_word
from game.window.app import App
from game.window.front import Front, front
from game.window.kit.controls import Button
from game.window.kit.node import Act, Column, Node, Row, Spacer
from game.window.kit.node import Rule as Hairline
from game.window.kit.words import Label
from game.window.readouts import TENTHS, change, figure, unit_word
from game.window.screens.figures import ARROW, Bars, began, curve, draw_told
from game.window.screens.resolution_story import Bar, plain
from game.words import say

UNKNOWN = "not known to you"
ROLLED = "roll"


@frozen
class Cause:
    """One change of a value as its reader may know it.

    *rule* and *meaning* are for people, empty where the reader may not know which entry spoke; *label* is the sentence of
    a change that is no sum, *told* what else the entry said.
    """

    title: str
    unit: str
    rule: str
    meaning: str
    source: str
    before: int
    after: int
    before_shown: str
    after_shown: str
    parts: tuple[Part, ...] = ()
    label: str = ""
    rolls: tuple[Roll, ...] = ()
    told: tuple[str, ...] = ()


def why_pane(app: App, session: Session, name: str, agency: str | None, close: Act, *, turn: int | None = None,
             everything: bool = False) -> Front:  # fmt: skip
    """The explanation of a value by its dotted name, in front of everything, to be built anew with every panes().

    *agency*: what this agency can work out; None for what all may know; *everything*: all of it, for control, and for
    everybody once the session has ended. *turn* (from 1): where to begin, else the last one in which the value moved.
    People page to the other turns in which it moved; where they are is forgotten with *close*.
    """
    kept = f"why/{name}/turn"

    def closing() -> None:
        app.stage.offsets.pop(kept, None)
        close()

    moved = [number for number in range(1, len(session.history) + 1)
             if causes(session, number, name, agency, everything=everything)]  # fmt: skip
    first = turn or (moved[-1] if moved else len(session.history))
    here = app.stage.offsets.get(kept, first)

    def page(to: int) -> Act:
        def go() -> None:
            app.stage.offsets[kept] = to
            app.stage.offsets.pop("why/body", None)
            app.rebuild()

        return go

    found = causes(session, here, name, agency, everything=everything) if here else ()
    title, about = _heading(session.game, name)
    fixed: list[Node] = [_pager(session, here, moved, page), *_summary(session, name, here, found, agency, everything)]
    return front(app, "why", title, _body(found), closing, wide=680, fixed=[*fixed, Spacer(14)], about=about)


# ---- what is known
def causes(
    session: Session, turn: int, name: str, agency: str | None, *, everything: bool = False
) -> tuple[Cause, ...]:
    """What moved a value, or the values of a track, in a turn (from 1), in order; empty when nothing did or it is hidden."""
    if agency is None and not everything:
        steps = told_in_steps(session.game, session.history[turn - 1], None)
        told = (one for step in steps for one in step.said)
        return tuple(_public(session.game, one) for one in told if one.cell and _named(one.cell, name))
    try:
        found = session.why(turn, name, None if everything else agency)
    except SessionProblem:
        return ()
    return tuple(cause for one in found for cause in _worked_out(session.game, one))


def _named(cell: str, name: str) -> bool:
    return cell == name or cell.startswith(f"{name}.")


def _public(game: Game, one: Said) -> Cause:
    rule = next((rule for rules in game.rules.values() for rule in rules if rule.name == one.rule), None)
    label = "" if one.kind == SHIFT or plain(one) else one.text
    name = say("Not known to all") if one.rule == say(UNKNOWN) else one.rule
    return Cause(one.title, one.unit, name, meaning(rule) if rule else "", rule.source if rule else "", one.before,
                 one.after, one.before_shown, one.after_shown, one.parts, label, one.rolls)  # fmt: skip


def _worked_out(game: Game, one: Explanation) -> list[Cause]:
    track = game.track_of(one.cell)
    found = []
    for reason in one.reasons:
        rule = _rule(game, reason.rule)
        before, after = (zone_or_word(game, track.shown(value)) for value in (reason.before, reason.after))
        found.append(Cause(one.title, one.unit, _rule_name(game, reason.rule), meaning(rule) if rule else "", reason.source,
                           reason.before, reason.after, before, after, reason.parts,
                           "" if reason.parts else reason.label, reason.rolls, reason.told))  # fmt: skip
    return found


def _rule(game: Game, name: str) -> Rule | None:
    return next((rule for rules in game.rules.values() for rule in rules if rule.id == name), None)


def _rule_name(game: Game, name: str) -> str:
    """What an entry is called; whose order it was is not told with it."""
    kind, _, rest = name.partition(".")
    if kind in ("order", "action", "refused"):
        action = next((one for one in game.actions if one.id == rest.partition(".")[0]), None)
        return action.name if action else ""
    return entry_name(game, name, 0) or (name if name == say(UNKNOWN) else "")


# ---- what is shown
def _heading(game: Game, name: str) -> tuple[str, str]:
    """The title of a value, and what it means."""
    track = game.tracks.get(name.partition(".")[0])
    if track is None:
        return name, ""
    key = name.partition(".")[2]
    title = track.titles[track.labels.index(key)] if key in track.labels else track.name
    return running(title or track.name), track.meaning


def _pager(session: Session, here: int, moved: Sequence[int], page: Callable[[int], Act]) -> Node:
    earlier = next((one for one in reversed(moved) if one < here), 0)
    later = next((one for one in moved if one > here), 0)
    words = say("Turn {turn}", turn=here) if here else say("No turn has been played yet.")
    date = session.game.turns[here - 1].clock if here else ""
    return Row([
        Column([Label(words, "semibold", 15), Label(date, "sans", 13, "ink3", most=1)]),
        Button("why/earlier", say("Earlier"), page(earlier), icon="chevron-left", kind="chip", off=not earlier,
               tip=(say("The turn before in which it moved"),)),
        Button("why/later", say("Later"), page(later), icon="chevron-right", kind="chip", off=not later,
               tip=(say("The next turn in which it moved"),)),
    ], [-1, 0, 0])  # fmt: skip


def _summary(session: Session, name: str, here: int, found: Sequence[Cause], agency: str | None,
             everything: bool) -> list[Node]:  # fmt: skip
    """Before and after in large figures, beside the curve over the turns."""
    titles = {one.title for one in found}
    values = _values(session, name, agency, everything)
    if len(titles) > 1 or not values:
        return []
    unit, words = _unit(session.game, name)
    if words:
        return [Spacer(8), _large(found)] if found else []
    line = curve(
        values[-12:], here - max(0, len(values) - 12), 92, lambda value: figure(unit, value), max(0, len(values) - 12)
    )
    if not found:
        return [Spacer(8), line]
    return [Spacer(8), Row([_large(found), line], [230, -1])]


def _large(found: Sequence[Cause]) -> Node:
    """The whole change of the turn in large figures."""
    first, last = found[0], found[-1]
    amount = last.after - first.before
    known = bool(first.parts) or first.before_shown == str(first.before)
    size = 26 if known else 18
    figures = f"{figure(first.unit, first.before, first.before_shown)} {ARROW} {figure(last.unit, last.after, last.after_shown)}"
    below = f"{change(first.unit, amount)} {unit_word(first.unit)}".strip() if known else ""
    return Column([Label(figures, "semibold", size), Label(below, "semibold", 14, "ink2")])


def _unit(game: Game, name: str) -> tuple[str, tuple[str, ...]]:
    track = game.tracks[name.partition(".")[0]]
    return track.unit, track.words


def _values(session: Session, name: str, agency: str | None, everything: bool) -> list[int]:
    """The value at the opening and after each turn, where the reader may know it."""
    game = session.game
    try:
        cells = game.cells_named(name)
    except KeyError:
        return []
    track = game.track_of(cells[0])
    bits = 1 << game.agency_number(agency) if agency else game.everyone
    if len(cells) != 1 or not track.lasting or not session.history:
        return []
    if not everything and track.seen[cells[0] - track.first] & bits != bits:
        return []
    return [session.history[0].before.row[cells[0]], *(moment.after.row[cells[0]] for moment in session.history)]


def _body(found: Sequence[Cause]) -> list[Node]:
    if not found:
        return [Label(say("It did not move in this turn, as far as is known here."), "serif", 16, "ink2")]
    most = max((abs(part.amount) for one in found for part in one.parts), default=1)
    several = len({one.title for one in found}) > 1
    nodes: list[Node] = []
    for number, one in enumerate(found):
        if number:
            nodes.append(Hairline(12, 12))
        nodes.append(_cause(one, most, several))
    return nodes


def _cause(one: Cause, most: int, several: bool) -> Node:
    """One change: the rule with what it says, the terms, the draws, the source."""
    rule = began(one.rule) or say("Not known here")
    figures = f"{figure(one.unit, one.before, one.before_shown)} {ARROW} {figure(one.unit, one.after, one.after_shown)}"
    long = len(figures) > 22
    head: list[Node] = [Label(running(one.title), "sans", 13, "ink3")] if several else []
    head.append(Row([Label(rule, "semibold", 15), *([] if long else [Label(figures, "semibold", 14, "ink2")])],
                    [-1] if long else [-1, 0], align="top"))  # fmt: skip
    if long:
        head.append(Label(figures, "medium", 14, "ink2"))
    if one.meaning:
        head.append(Label(one.meaning, "sans", 13, "ink3"))
    body: list[Node] = (
        [Spacer(4), Bars(one.parts, one.unit, most, risk=one.title.startswith("Risk"))] if one.parts else []
    )
    body += [Label(text, "serif", 15) for text in dict.fromkeys((one.label, *one.told)) if text]
    for roll in one.rolls:
        body += [Spacer(6), draw_told(ROLLED, roll)]
    if one.source:
        body += [Spacer(4), Label(say("Source: {source}", source=one.source), "serif-italic", 13, "ink3")]
    return Column([*head, *body], gap=2)


def tips_of(game: Game, bar: Bar) -> tuple[str, ...]:
    """What a card tells of a bar of the waterfall: its label with the amount, the rule and what it says, its source."""
    amount = bar.after - bar.before
    if bar.kind in ("start", "end"):
        return bar.label, say("Risk stands at {points} of 100 points.", points=figure(TENTHS, bar.after))
    head = f"{began(bar.label)}  {change(TENTHS, amount)}"
    if bar.kind == "rest":
        return head, *bar.merged
    rule = next((one for rules in game.rules.values() for one in rules if one.name == bar.rule), None)
    if rule is None:
        return (head, say("Rule: {rule}", rule=bar.rule)) if bar.rule else (head,)
    source = (say("Source: {source}", source=rule.source),) if rule.source else ()
    return head, *bar.merged, say("Rule: {rule}", rule=rule.name), meaning(rule), *source
