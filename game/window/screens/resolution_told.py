"""The panel that tells a step: what happened in words, how it was decided, what changed, beliefs, and the record."""

from collections.abc import Callable, Sequence

import pygame
from attrs import evolve, frozen

from game.core import Game
from game.core.events import DUE, MOVE, NOTE, PICK, PUT, REFUSAL, ROLL, SHIFT, TOLD, Part
from game.core.view import Reading
from game.play.telling import Said
from game.play.wording import running
from game.window.kit import paint
from game.window.kit.node import Column, Look, Node, Picture, Row, Rule, Spacer
from game.window.kit.rows import Tile, glyph
from game.window.kit.words import Label
from game.window.readouts import change, figure
from game.window.rungs import pitch, rungs
from game.window.screens.figures import ARROW, Bars, began, draw_told
from game.window.screens.resolution_story import OTHER, Chapter, Story, mark_word, on_record, plain
from game.words import say

Why = Callable[[str], None]
"""Opens the explanation of a value."""

BELIEFS = ((20, "takes it for accident or routine"), (40, "is wary"), (60, "suspects intent"),
           (80, "expects hostile acts"), (100, "is sure of hostile intent"))  # fmt: skip
"""What a belief up to this many points is called, for display alone. Designers' choice of words."""

LATE = ("beliefs", "ladder", "risk", "endings")
"""The steps after which beliefs stand where they are shown."""

MARKS = {
    "video": "video", "custody": "gavel", "custody_count": "users", "disclosed": "newspaper", "status": "messages-square",
    "harm": "triangle-alert", "version": "megaphone", "line": "landmark", "crew_home": "log-out", "sent_once": "scale",
    "account": "message-circle", "notice": "mail",
}  # fmt: skip
"""The icons of marks by their track."""

ICONS = {"injects": "newspaper", "movement": "ship", "orders": "flag", "encounters": "ship", "mechanisms": "messages-square",
         "home": "landmark", "endings": "flag"}  # fmt: skip
"""The icons of sentences by their step."""


@frozen
class Subject:
    """Who a sentence is about, by name and side, and what it says of them."""

    name: str
    side: str
    rest: str


def panel(story: Story, number: int, why: Why) -> list[Node]:
    """The nodes of a step, from top to bottom; they scroll."""
    chapter = story.chapters[number]
    nodes: list[Node] = []
    for title, body in (
        ("", _words(story, chapter)),
        (say("How it was decided"), _draws(chapter)),
        (say("What changed"), _changes(story, chapter, why)),
        (say("What each side believes"), _beliefs(story, number, why)),
        (say("On the record now"), _record(story, number, why)),
    ):
        if not body:
            continue
        if nodes:
            nodes.append(Rule(14, 12))
        if title:
            nodes += [Label(title, "semibold", 14, "ink2"), Spacer(6)]
        nodes += body
    return nodes or [Label(say("Nothing that may be known here happened in this turn."), "serif", 16, "ink2")]


# ---- words
def _words(story: Story, chapter: Chapter) -> list[Node]:
    """What happened, in sentences."""
    nodes: list[Node] = []
    for one in chapter.said:
        node = _sentence(story, chapter, one)
        if node is not None:
            nodes += [Spacer(8), node] if nodes else [node]
            for roll in one.rolls:
                nodes += [Spacer(6), draw_told(ROLL, roll)]
    return nodes


def _sentence(story: Story, chapter: Chapter, one: Said) -> Node | None:
    seen = sighting(story.game, one)
    if seen is not None:
        return sided(seen.side, Column([Label(seen.name, "semibold", 14), Label(seen.rest, "sans", 14, "ink2")]))
    if one.kind in (ROLL, PICK, SHIFT) or (one.kind in (PUT, MOVE) and plain(one)):
        return None
    if chapter.id == "injects" and one.kind == NOTE and one.rule == say("News"):
        return Row([glyph("newspaper", 18), Label(one.text, "serif", 16)], [22, -1], gap=10, align="top")
    if one.kind == REFUSAL:
        return Row([glyph("ban", 18, "raises"), Label(one.text, "serif", 16)], [22, -1], gap=10, align="top")
    subject = subject_told(story.game, one)
    if subject is None:
        icon = {TOLD: "megaphone", DUE: "timer"}.get(one.kind) or ICONS.get(chapter.id, "info")
        return Row([glyph(icon, 18), Label(one.text, "serif", 16)], [22, -1], gap=10, align="top")
    return sided(subject.side, Column([Label(subject.name, "semibold", 14), Label(subject.rest, "sans", 14, "ink2")]))


def subject_told(game: Game, one: Said) -> Subject | None:
    """Who a thing told is about, and what is said of them."""
    found = sighting(game, one) or subject_of(game, one.text)
    if found and one.kind == MOVE and one.cell.startswith("at.") and one.before != one.after:
        return evolve(found, rest=say("From {start} to {end}.", start=one.before_shown, end=one.after_shown))
    return found


def sighting(game: Game, one: Said) -> Subject | None:
    """A unit that a side came to see, or lost from sight."""
    track, *keys = one.cell.split(".")
    if track != "plot" or len(keys) != 2 or not plain(one):
        return None
    unit = next(unit for unit in game.units if unit.id == keys[1])
    side = game.sides[unit.side].id
    by = next(side.name for side in game.sides if side.id == keys[0])
    words = game.tracks["plot"].words
    if one.after == 0 and words[0] == "unknown":
        return Subject(
            unit.name, side, say("{side} has lost it from sight; last seen in {zone}.", side=by, zone=one.before_shown)
        )
    return Subject(unit.name, side, say("Seen by {side} in {zone}.", side=by, zone=one.after_shown))


def subject_of(game: Game, text: str) -> Subject | None:
    """Who a sentence begins with: an agency or a unit."""
    known = [(one.name, game.sides[one.side].id) for one in game.agencies]
    known += [(one.name, game.sides[one.side].id) for one in game.units]
    found = [one for one in known if text.startswith(one[0]) and len(text) > len(one[0])]
    if not found:
        return None
    name, side = max(found, key=lambda one: len(one[0]))
    rest = text[len(name) :].lstrip(" :,")
    return Subject(name, side, began(rest)) if rest else None


def sided(side: str, child: Node) -> Node:
    """Words beside a bar in the colour of a side."""
    return _Sided(side, child)


class _Sided(Column):
    """A node with a bar at its left."""

    def __init__(self, side: str, child: Node) -> None:
        super().__init__([Row([Spacer(), child], [4, -1], gap=10)])
        self.side = side

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The bar, then the node."""
        bar = pygame.Rect(self.rect.x, self.rect.y + look.kit.px(2), look.kit.px(3), self.rect.h - look.kit.px(4))
        paint.box(surface, bar, look.kit.px(1), look.kit.theme.side(self.side))
        super().paint(surface, look)


# ---- chance
def _draws(chapter: Chapter) -> list[Node]:
    """Draws after which nothing else is told."""
    nodes: list[Node] = []
    for one in chapter.said:
        if one.kind in (ROLL, PICK):
            for roll in one.rolls:
                nodes += [Spacer(6), draw_told(one.kind, roll)] if nodes else [draw_told(one.kind, roll)]
    return nodes


# ---- numbers and marks
def _changes(story: Story, chapter: Chapter, why: Why) -> list[Node]:
    """The values that moved, each once, with the terms of the sum."""
    cells: dict[str, list[Said]] = {}
    for one in chapter.said:
        if sighting(story.game, one) is not None:
            continue
        moved = one.kind == SHIFT or (one.kind in (PUT, MOVE) and plain(one) and not on_record(story.game, one))
        if moved and not one.cell.startswith("belief."):
            cells.setdefault(one.cell, []).append(one)
    return [node for cell, said in cells.items() for node in (_change(story, cell, said, why), Spacer(2))]


def _change(story: Story, cell: str, said: Sequence[Said], why: Why) -> Node:
    first, last = said[0], said[-1]
    if cell.startswith("rung."):
        words: list[Node] = [Label(running(first.title), "medium", 14), _ladder(first.before, last.after)]
        if last.after and not story.everything:
            told = say("Which act reached this rung is not told to all at once; the review names it.")
            words.append(Label(told, "sans", 13, "ink3"))
        return _tile(cell, Column(words, gap=4), why)
    track = story.game.tracks[cell.partition(".")[0]]
    shown = [mark_word(track, value, word)
             for value, word in ((first.before, first.before_shown), (last.after, last.after_shown))]  # fmt: skip
    figures = f"{figure(first.unit, first.before, shown[0])} {ARROW} {figure(first.unit, last.after, shown[1])}"
    head = _headed(running(first.title), figures)
    if not first.parts:
        return _tile(cell, head, why)
    merged = _merged([part for one in said for part in one.parts])
    if [part.label for part in merged] == [say(OTHER)]:
        return _tile(cell, head, why)
    bars: Node
    if len(merged) == 1 and not cell.startswith("risk."):
        # One term is the whole change: a bar would tell nothing more.
        bars = Row([Label(began(merged[0].label), "sans", 14, "ink2"),
                    Label(change(first.unit, merged[0].amount), "medium", 14)], [-1, 0], align="top")  # fmt: skip
    else:
        most = max(abs(part.amount) for part in merged)
        bars = Bars(merged, first.unit, most, risk=cell.startswith("risk."))
    return _tile(cell, Column([head, bars], gap=3), why)


def _headed(title: str, figures: str) -> Node:
    """A title with its figures beside it, or below where they are long."""
    if len(figures) > 15:
        return Column([Label(title, "medium", 14), Label(figures, "semibold", 14, "ink2")])
    return Row([Label(title, "medium", 14), Label(figures, "semibold", 14)], [-1, 0], align="top")


def _merged(parts: Sequence[Part]) -> list[Part]:
    """Parts of one label together."""
    total: dict[str, int] = {}
    for part in parts:
        total[part.label] = total.get(part.label, 0) + part.amount
    return [Part(label, amount) for label, amount in total.items()]


def _tile(cell: str, child: Node, why: Why) -> Node:
    tip = (say("Why did it move?"), say("A click opens its rules, terms and sources."))
    return Tile(f"told/{cell}", child, lambda: why(cell), bare=True, pad=6, tip=tip)


def _ladder(before: int, after: int) -> Node:
    """The ten rungs, filled up to the one that was reached; a hollow triangle where it was before."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        area = pygame.Rect(rect.x, rect.y + kit.px(9), rect.w, kit.px(14))
        rungs(surface, look, area, after, filled=after or -1, below=kit.px(1))
        cell, gap = pitch(look, area.w)
        for step in {before, after}:
            x = round(rect.x + step * (cell + gap)) + max(2, round(cell)) // 2
            tip = [(x - kit.px(6), area.y - kit.px(9)), (x + kit.px(6), area.y - kit.px(9)), (x, area.y - kit.px(1))]
            if step == after:
                paint.polygon(surface, tip, theme.ink)
            else:
                paint.stroke(surface, tip, theme.ink3, 1, closed=True)

    return Picture(42, draw)


# ---- beliefs
def _beliefs(story: Story, number: int, why: Why) -> list[Node]:
    """What sides hold the others' intent for, as far as the reader may know it, once the step of beliefs is over."""
    chapter = story.chapters[number]
    if chapter.id not in LATE:
        return []
    moved = dict.fromkeys(one.cell for part in story.chapters for one in part.said if one.cell.startswith("belief."))
    before = {one.name: one.value for one in story.before()}
    found = [one for one in story.readings(number) if one.name in moved]
    cards = [_belief(story, one, before.get(one.name, one.value), why) for one in found[:6]]
    return [node for card in cards for node in (card, Spacer(8))][:-1]


def _belief(story: Story, one: Reading, before: int, why: Why) -> Node:
    side, other = one.name.split(".")[1:]
    names = {side.id: side.name for side in story.game.sides}
    word = next((word for limit, word in BELIEFS if one.value <= limit), BELIEFS[-1][1])
    moved = one.value - before
    child = sided(side, Column([
        Row([Label(say("{side} of {other}", side=names[side], other=names[other]), "sans", 14, "ink2"),
             Label(str(one.value), "semibold", 15), Label(change("", moved) if moved else "", "medium", 13, "ink2")], [-1, 0, 0]),
        Label(say("{side} {believes}.", side=names[side], believes=say(word)), "serif-italic", 15),
        Spacer(4),
        _meter(side, before, one.value),
    ]))  # fmt: skip
    tip = (one.title, say("From 0, no ill will, to 100, sure of hostile intent. A click tells why."))
    return Tile(f"belief/{one.name}", child, lambda: why(one.name), pad=10, tip=tip)


def _meter(side: str, before: int, now: int) -> Node:
    """A belief from 0 to 100, with a line where it stood before."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        bar = pygame.Rect(rect.x, rect.y + kit.px(2), rect.w, kit.px(6))
        paint.box(surface, bar, kit.px(3), theme.panel3 if not theme.dark else theme.line2)
        full = pygame.Rect(bar.x, bar.y, max(kit.px(6), bar.w * now // 100), bar.h)
        paint.box(surface, full, kit.px(3), theme.side(side))
        if before != now:
            x = bar.x + bar.w * before // 100
            surface.fill(theme.ink, (x - kit.px(1), rect.y, kit.px(2), rect.h))

    return Picture(10, draw)


# ---- the record
def _record(story: Story, number: int, why: Why) -> list[Node]:
    """The marks that all may know and that this turn has changed up to this step; those of this step stand first."""
    found: dict[str, tuple[Said, Said, bool]] = {}
    for place, chapter in enumerate(story.chapters[: number + 1]):
        for one in chapter.said:
            if on_record(story.game, one):
                first = found[one.cell][0] if one.cell in found else one
                found[one.cell] = (first, one, place == number)
    ordered = sorted(found.values(), key=lambda entry: not entry[2])
    return [node for first, last, new in ordered for node in (_mark(story, first, last, new, why), Spacer(1))]


def _mark(story: Story, first: Said, last: Said, new: bool, why: Why) -> Node:
    track = story.game.tracks[last.cell.partition(".")[0]]
    now, then = mark_word(track, last.after, last.after_shown), mark_word(track, first.before, first.before_shown)
    figures = f"{then} {ARROW} {now}" if new else now
    icon = MARKS.get(track.id, "flag")
    words = _headed(running(last.title), figures)
    row = Row([glyph(icon, 18, "accent" if new else "ink3"), words], [22, -1], gap=10, align="top")
    return _tile(last.cell, row, why)
