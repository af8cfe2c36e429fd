"""What control opens in front of its panels: overruling a value, going back, the files it writes, help."""

import re
from typing import TYPE_CHECKING

from game.play.allowed import SessionProblem
from game.play.wording import shown_value
from game.window.front import front, question
from game.window.kit.controls import Button, Choice
from game.window.kit.entry import Entry
from game.window.kit.node import Node, Row, Rule, Spacer
from game.window.kit.pane import Pane
from game.window.kit.words import Label, Rich
from game.window.panes import heading, shown_as
from game.window.readouts import MINUS, TENTHS, figure, unit_word
from game.words import say

if TYPE_CHECKING:
    from game.window.screens.control import Control

HELP = """\
Control is a person without an agency. You see everything; whatever you do stands in the journal, and players see that it came
from control.

- **Seats**: who has locked and what is drafted, with reasons. Reopen a seat, or hand it to another player. When time is up,
  **End planning** locks what was drafted and tells those who were late.
- **News**: say something to some agencies or all. Below stands what the scenario brings by itself, and when.
- **Values**: every value; a click tells why it stands where it does, and lets you put another in its place, with a reason.
- **Turns**: every turn again, step by step and with everything; or back to its beginning. The old line stays in the journal.
- **The map** shows everything, or what one agency knows.
- **What may come** is played from all that is so, not from what a seat knows.
"""

POINTS = re.compile(r"(-?[0-9]{1,8})(?:\.([0-9]))?")
WHOLE = re.compile(r"-?[0-9]{1,9}")
"""What may be typed for a value."""

KEYS = (
    ("Esc", "back to the seats, or close what is open"),
    ("Tab, Shift and Tab", "to the next thing, and to the one before"),
    ("F", "what may come, with all figures"),
    ("M", "layers of the map"),
    ("N, Shift N", "the next unit or zone on the map, and the one before"),
    ("F2  F11", "light or dark theme, full screen"),
    ("F1 or ?", "this page"),
)


def value_pane(screen: "Control", name: str) -> Pane:
    """A value, why it stands there, and another in its place."""
    game = screen.game

    def again() -> None:
        screen.put(lambda: value_pane(screen, name))

    one = next(reading for reading in screen.readings if reading.name == name)
    track = game.tracks[name.partition(".")[0]]
    body: list[Node] = []
    if track.meaning:
        body += [Label(track.meaning, "serif", 16), Spacer(8)]
    body += [Row([Label(say("Now"), "sans", 14, "ink2"), Label(shown_as(game, one), "semibold", 17)], [120, -1]), Spacer(6),
             Row([Button("value/why", say("Why it stands there"), lambda: screen.why(name, again), kind="chip"), Spacer()],
                 [0, -1]), Rule(12, 8), heading(say("Put another value in its place")), Spacer(4)]  # fmt: skip
    value: int | None = None
    if track.words:
        value = int(screen.value.text or one.value)
        names = [shown_value(game, track, number).replace("_", " ") for number in range(len(track.words))]
        body.append(Choice("overrule/value", names, value, lambda number: _type(screen, str(number)),
                           screen.app.stage.open_list))  # fmt: skip
    else:
        low, high = (figure(track.unit, limit) for limit in (track.low, track.high))
        hint = say(
            "From {low} to {high}, {unit}", low=low, high=high, unit=unit_word(track.unit) or say("a whole number")
        )
        body += [Label(hint, "sans", 13, "ink2"), Spacer(4),
                 Entry("overrule/value", screen.value, longest=12, changed=screen.typed,
                       entered=lambda: screen.app.stage.take("overrule/reason", by_key=False))]  # fmt: skip
        try:
            value = meant(screen, name, track.unit)
        except SessionProblem as problem:
            body += [Spacer(4), Label(str(problem), "medium", 14, "raises")]
    off = value is None or value == one.value or not screen.reason.text.strip()
    body += [Spacer(10), Label(say("Your reason, for the journal and for those who can see the value"), "sans", 13, "ink2"),
             Spacer(4), Entry("overrule/reason", screen.reason, lines=2, changed=screen.typed,
                              entered=None if off else lambda: screen.overrule(name, value or 0))]  # fmt: skip
    if screen.said and not screen.good:
        body += [Spacer(6), Label(screen.said, "medium", 14, "raises")]
    buttons = [
        Button("overrule", say("Overrule"), lambda: screen.overrule(name, value or 0), kind="primary",
               off=off, tip=(say("Overrule"), say("It needs another value and a reason."))),
        Button("overrule/no", say("Leave it"), screen.close_front, keycap=say("Esc")),
    ]  # fmt: skip
    return front(screen.app, "value", one.title, body, screen.close_front, wide=620, buttons=buttons)


def meant(screen: "Control", name: str, unit: str) -> int | None:
    """The value that was typed, None where nothing was. What is shown in points is typed in points. Raises
    *SessionProblem*.
    """
    typed = screen.value.text.strip().replace(MINUS, "-").replace(",", ".")
    if not typed:
        return None
    if unit == TENTHS:
        found = POINTS.fullmatch(typed)
        if found is None:
            raise SessionProblem(
                say("Points are a number with at most one decimal, such as 12.5, not '{typed}'.", typed=typed)
            )
        typed = found[1] + (found[2] or "0")
    elif not WHOLE.fullmatch(typed):
        raise SessionProblem(say("A whole number is wanted here, such as 3, not '{typed}'.", typed=typed))
    value, track = int(typed), screen.game.tracks[name.partition(".")[0]]
    if not track.low <= value <= track.high:
        low, high = (figure(unit, limit) for limit in (track.low, track.high))
        raise SessionProblem(say("This value goes from {low} to {high}.", low=low, high=high))
    return value


def _type(screen: "Control", text: str) -> None:
    screen.value.text = text
    screen.changed()


def rewind_pane(screen: "Control", turn: int) -> Pane:
    """Whether the game goes back to the beginning of a turn, and why."""

    def go_back() -> None:
        screen.rewind(turn)

    body: list[Node] = [
        Label(say("What was ordered and said since then no longer holds, and everybody plans turn {turn} anew. The old line "
                  "stays in the journal.", turn=turn), "serif", 16), Spacer(10),
        Label(say("Your reason, for the journal"), "sans", 13, "ink2"), Spacer(4),
        Entry("rewind/reason", screen.reason, lines=2, changed=screen.typed,
              entered=go_back if screen.reason.text.strip() else None),
    ]  # fmt: skip
    if screen.said and not screen.good:
        body += [Spacer(6), Label(screen.said, "medium", 14, "raises")]
    buttons = [
        Button("rewind", say("Go back"), go_back, kind="primary", off=not screen.reason.text.strip(),
               tip=(say("Go back"), say("It needs a reason."))),
        Button("rewind/no", say("Not now"), screen.close_front, keycap=say("Esc")),
    ]  # fmt: skip
    title = say("Back to the beginning of turn {turn}?", turn=turn)
    return front(screen.app, "rewind", title, body, screen.close_front, wide=580, buttons=buttons)


def end_pane(screen: "Control") -> Pane:
    """Whether planning ends: once all have locked, nobody can change anything in this turn."""
    late = screen.session.waiting()
    text = say("This locks what was drafted, and tells them: {names}. Once all have locked, nobody can reopen.",
               names=", ".join(_with_count(screen, agency) for agency in late))  # fmt: skip
    return question(screen.app, "end", say("End planning?"), text, say("End planning"), screen.end_planning,
                    screen.close_front)  # fmt: skip


def _with_count(screen: "Control", agency: str) -> str:
    """A seat with the number of its drafts."""
    name, count = screen.game.agency(agency).short, len(screen.session.drafts(agency))
    if not count:
        return say("{name} (no orders)", name=name)
    return say("{name} (1 order)", name=name) if count == 1 else say("{name} ({count} orders)", name=name, count=count)


def reseat_pane(screen: "Control", agency: str, policy: str, player: str) -> Pane:
    """Whether a seat changes its player."""

    def hand_on() -> None:
        screen.reseat(agency, policy)

    title = say("Hand the seat to {player}?", player=player)
    text = say("{name}: what is drafted is lost, and the seat has no PIN afterwards. Who held it with others keeps the others.",
               name=screen.game.agency(agency).name)  # fmt: skip
    return question(screen.app, "reseat", title, text, say("Hand it on"), hand_on, screen.close_front)


def help_pane(screen: "Control") -> Pane:
    """What control can do."""
    body: list[Node] = [Rich(say(HELP)), Spacer(10), heading(say("Keys"))]
    body += [
        Row([Label(say(keys), "medium", 14), Label(say(text), "sans", 14, "ink2")], [190, -1], align="top")
        for keys, text in KEYS
    ]
    return front(screen.app, "help", say("Control"), body, screen.close_front, wide=780)
