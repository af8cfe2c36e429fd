"""The right of the desk: the plan, and the order that is being composed with what can be said of it beforehand."""

from collections.abc import Callable, Sequence

import pygame
from attrs import frozen

from game.core import Option, Order
from game.core.orders import Way
from game.play.outlook import Outlook, SpeakingRule
from game.play.wording import ways_named
from game.window.kit import paint
from game.window.kit.controls import Button, Choice, OpenList, Segments
from game.window.kit.entry import Entry
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Look, Node, Picture, Row, Rule, Spacer
from game.window.kit.rows import Item, Tile
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.window.planning import Planning
from game.window.screens.desk_agency import chosen, opener
from game.words import say

SEGMENTS_AT_MOST = 4
"""Ways of a detail that stand side by side; more are a drop-down."""

STEP_NAMES = {
    "encounters": "where units meet",
    "mechanisms": "in mechanisms",
    "home": "at home",
    "beliefs": "in beliefs",
    "ladder": "what happened",
    "risk": "in risk",
}


@frozen
class Acts:
    """What the order panel can do. *forecast*: what may come, with the orders as they stand; *outlook*: what can be said of
    the order in hand, None until it has been found; *said*: a sentence about the last try, empty for none.
    """

    choose: Callable[[str], None]
    way: Callable[[int, str], None]
    add: Act
    discard: Act
    drop: Callable[[str], None]
    pick: Callable[[str], None]
    lock: Act
    rule: Callable[[SpeakingRule], None]
    open_list: OpenList
    forecast: Callable[[], Sequence[Node]]
    outlook: Outlook | None = None
    said: str = ""


def panel(planning: Planning, acts: Acts, offsets: dict[str, int]) -> Node:
    """The whole panel: composing, or the plan."""
    if planning.composing is None:
        return plan(planning, acts, offsets)
    return composing(planning, acts, offsets)


def named(planning: Planning, order: Order) -> str:
    """An order in a line."""
    return say(
        "{name}: {chosen}", name=planning.option(order).name, chosen=chosen(planning.options(order.action), order)
    )


# ---- the plan
def pips(planning: Planning, acts: Acts) -> Node:
    """A small square for each order: drafted ones ticked, the present one filled."""
    buttons: list[Node] = []
    for number in range(1, planning.view.attention + 1):
        order = planning.drafts[number - 1] if number <= len(planning.drafts) else None
        here = planning.composing is not None and number == planning.number
        act = opener(acts.pick, order.action) if order else None
        tip = (say("Order {number}", number=number), chosen(planning.options(order.action), order)) if order else ()
        buttons.append(_Pip(f"pip/{number}", str(number), act, done=order is not None and not here, here=here, tip=tip))
    return Row(buttons, [30] * len(buttons), gap=6)


class _Pip(Button):
    """One order of the turn."""

    def __init__(self, key: str, text: str, act: Act | None, *, done: bool, here: bool, tip: Sequence[str]) -> None:
        super().__init__(key, text, act, kind="chip", tip=tip, off=act is None)
        self.done, self.here = done, here
        self.focusable = act is not None

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """A tick, a number, or an empty square."""
        kit, theme = look.kit, look.kit.theme
        fill = theme.accent if self.done or self.here else theme.panel3
        ink = theme.on_accent if self.done or self.here else theme.ink3
        paint.box(surface, self.rect, kit.px(6), fill, theme.accent if look.focus == self.key else None, kit.px(2))
        if self.done:
            paint.icon(surface, "check", self.rect.center, kit.px(16), ink)
        else:
            y = self.rect.centery - kit.line("semibold", 14) // 2
            kit.text(surface, self.text, self.rect.centerx, y, "semibold", 14, ink, "centre")


def title_row(title: str, planning: Planning, acts: Acts) -> Node:
    """The title with the squares of the orders."""
    return Row([Label(title, "serif-semibold", 20), pips(planning, acts)], [-1, 36 * planning.view.attention])


def plan(planning: Planning, acts: Acts, offsets: dict[str, int]) -> Node:
    """The orders drafted so far, and locking."""
    count, most = len(planning.drafts), planning.view.attention
    rows: list[Node] = []
    for order in planning.drafts:
        option = planning.option(order)
        notes = [say("Why: {text}", text=order.reason)] if order.reason else []
        notes += [say("Expected: {text}", text=order.expects)] if order.expects else []
        inner = Column(
            [
                Row(
                    [
                        Label(option.name, "semibold", 15),
                        Button(
                            f"drop/{order.action}",
                            "",
                            opener(acts.drop, order.action),
                            kind="quiet",
                            icon="trash-2",
                            tip=(say("Take it out of the plan"),),
                        ),
                    ],
                    [-1, 34],
                ),
                Label(chosen(planning.options(order.action), order), "sans", 14, "ink2"),
                *[Label(note, "serif-italic", 14, "ink3") for note in notes],
            ]
        )
        rows += [
            Tile(
                f"plan/{order.action}",
                inner,
                opener(acts.pick, order.action),
                pad=12,
                tip=(say("A click opens it again."),),
            ),
            Spacer(8),
        ]
    if not rows:
        rows = [
            Label(say("No order yet."), "serif", 17),
            Spacer(4),
            Label(
                say(
                    "Choose an action; it opens here with what it costs, who must clear it, and which rules look at it. "
                    "You may give up to {most} orders, or none.",
                    most=most,
                ),
                "serif",
                15,
                "ink2",
            ),
        ]
    elif count < most:
        rows.append(Label(say("You may give {left} more, or lock now.", left=most - count), "sans", 14, "ink3"))
    rows += acts.forecast()
    note = [Label(acts.said, "medium", 14, "raises"), Spacer(8)] if acts.said else []
    button = Button(
        "lock", say("Lock orders"), acts.lock, kind="primary" if count else "plain", icon="lock", keycap="K", high=46
    )
    return Column(
        [
            title_row(say("Your plan"), planning, acts),
            Rule(12, 12),
            Scroll("plan", Column(rows), offsets),
            Spacer(8),
            *note,
            Label(say("Locked orders stay secret until everybody has locked."), "sans", 13, "ink3"),
            Spacer(8),
            button,
        ]
    )


# ---- composing
def composing(planning: Planning, acts: Acts, offsets: dict[str, int]) -> Node:
    """The order that is being composed."""
    order = planning.noted()
    assert order is not None
    options = planning.options(order.action)
    option = planning.option(order)
    drafted = planning.drafted(order.action) is not None
    title = say("Order {number} of {most}", number=planning.number, most=planning.view.attention)
    if planning.number > planning.view.attention:
        title = say("One order too many")
    body: list[Node] = [Label(option.name, "semibold", 17), Label(option.about, "serif", 15, "ink2"), Spacer(10)]
    body += choices(options, option, acts)
    body += details(option, ways_named(option, order) if option.details else (), acts)
    body += acts.forecast()
    body += notes(planning, acts)
    if acts.outlook is not None:
        body += looked_at(acts.outlook, acts)
    refusal = planning.refusal()
    said = refusal.message if refusal else acts.said
    warn: list[Node] = [Row([Warn(), Label(said, "medium", 14, "raises")], [22, -1]), Spacer(8)] if said else []
    buttons = Row(
        [
            Button("discard", say("Discard"), acts.discard),
            Button(
                "add",
                say("Change the plan") if drafted else say("Add to plan"),
                acts.add,
                kind="primary",
                keycap=say("Enter"),
                off=refusal is not None,
            ),
        ],
        [-4, -7],
        gap=10,
    )
    key = f"compose/{order.action}"
    return Column(
        [title_row(title, planning, acts), Rule(12, 12), Scroll(key, Column(body), offsets), Spacer(10), *warn, buttons]
    )


class Warn(Picture):
    """The sign beside a sentence that says what is wrong."""

    def __init__(self) -> None:
        super().__init__(20, self._sign, wide=20)

    def _sign(self, surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        paint.icon(surface, "triangle-alert", rect.center, look.kit.px(18), look.kit.theme.raises)


def choices(options: Sequence[Option], taken: Option, acts: Acts) -> list[Node]:
    """The choices of an action: side by side when they are few and short, else a row each with the reason why not."""
    if len(options) == 1:
        return [Label(taken.choice_name, "medium", 14), Spacer(8)]
    short = len(options) <= SEGMENTS_AT_MOST and all(len(option.choice_name) <= 14 for option in options)
    if short and all(option.refusal is None for option in options):
        names = [option.choice_name for option in options]
        number = options.index(taken)
        return [Segments("choice", names, number, lambda n: acts.choose(options[n].order.choice)), Spacer(12)]
    rows: list[Node] = []
    for option in options:
        reason = say("Not now: {reason}", reason=option.refusal.message) if option.refusal else ""
        rows.append(
            _Radio(
                f"choice/{option.order.choice}",
                option.choice_name,
                opener(acts.choose, option.order.choice),
                on=option is taken,
                about=reason,
            )
        )
    return [*rows, Spacer(10)]


class _Radio(Item):
    """A choice with a ring that is filled when it is taken."""

    def __init__(self, key: str, name: str, act: Act, *, on: bool, about: str) -> None:
        super().__init__(key, name, act, about=about, icon="circle-dot" if on else "circle", on=on, lines=4)


def details(option: Option, taken: Sequence[Way], acts: Acts) -> list[Node]:
    """The details of an order: few ways side by side, many as a drop-down."""
    nodes: list[Node] = []
    for place, ((name, ways), now) in enumerate(zip(option.details, taken, strict=True)):
        names = [way.name + (say(" (not now)") if way.refusal else "") for way in ways]
        number = [way.id for way in ways].index(now.id)
        offs = [way.refusal.message if way.refusal else "" for way in ways]
        nodes.append(Label(name, "semibold", 13, "ink2"))
        if len(ways) <= SEGMENTS_AT_MOST:
            nodes.append(
                Segments(f"detail/{place}", [way.name for way in ways], number, _way(acts, place, ways), offs=offs)
            )
        else:
            nodes.append(Choice(f"detail/{place}", names, number, _way(acts, place, ways), acts.open_list))
        if offs[number]:
            nodes.append(Label(offs[number], "sans", 13, "raises"))
        nodes.append(Spacer(8))
    return nodes


def _way(acts: Acts, place: int, ways: Sequence[Way]) -> Callable[[int], None]:
    return lambda number: acts.way(place, ways[number].id)


def notes(planning: Planning, acts: Acts) -> list[Node]:
    """What the player may note: never needed, and what the talk afterwards lives on."""
    return [
        Label(say("Why do you give it? (for the talk afterwards)"), "sans", 13, "ink2"),
        Entry("reason", planning.reason, hint=say("Your reason"), lines=2, entered=acts.add),
        Spacer(6),
        Label(say("What do you expect the others to do?"), "sans", 13, "ink2"),
        Entry("expects", planning.expects, hint=say("The reaction you expect"), lines=2, entered=acts.add),
        Spacer(4),
    ]


# ---- what can be said beforehand
def looked_at(found: Outlook, acts: Acts) -> list[Node]:
    """Cost, clearance, who learns of it, which rules look at it, how the law reads it."""
    nodes: list[Node] = [Rule(8, 10)]
    nodes += _section(say("What it costs"), found.cost, "circle-check")
    nodes += _section(say("Who must clear it"), found.clearance or (say("Nobody: it is yours to order."),), "key-round")
    learned = ", ".join(found.learned_by)
    nodes += _section(say("Who learns that it was done"), (learned or say("nobody but you"),), "eye")
    if found.speaking:
        nodes.append(Label(say("Which rules look at it"), "semibold", 13, "ink2"))
        for number, rule in enumerate(found.speaking):
            where = say(STEP_NAMES.get(rule.step, rule.step))
            nodes.append(
                Item(
                    f"rule/{number}",
                    rule.name,
                    _opens(acts, rule),
                    about=rule.meaning,
                    right=where,
                    right_colour="ink3",
                    lines=2,
                    tip=(rule.name, rule.meaning, say("Source: {source}", source=rule.source)),
                )
            )
        nodes.append(Spacer(8))
    if found.readings:
        nodes.append(Label(say("How the law reads it"), "semibold", 13, "ink2"))
        nodes += [
            Row([Label(side, "medium", 13, "ink2"), Label(words, "serif", 14)], [70, -1], align="top")
            for side, words in found.readings
        ]
    return nodes


def _opens(acts: Acts, rule: SpeakingRule) -> Act:
    return lambda: acts.rule(rule)


def _section(title: str, lines: Sequence[str], icon: str) -> list[Node]:
    rows: list[Node] = [Label(title, "semibold", 13, "ink2")]
    rows += [Row([_Bullet(icon), Label(line, "sans", 14)], [20, -1], gap=8, align="top") for line in lines]
    return [*rows, Spacer(8)]


class _Bullet(Picture):
    """A small icon before a sentence."""

    def __init__(self, icon: str) -> None:
        super().__init__(20, self._sign, wide=20)
        self.icon = icon

    def _sign(self, surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit: Kit = look.kit
        paint.icon(surface, self.icon, rect.center, kit.px(15), kit.theme.ink3)
