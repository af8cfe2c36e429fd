"""Rows of the review's plates: moments in a list, causes of risk with their bars, objectives by agency, questions."""

from collections.abc import Sequence

import pygame

from game.core import Game
from game.play.decisive import Turning
from game.play.report import Driver, Judged
from game.window.kit import paint
from game.window.kit.controls import Control
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Look, ring
from game.window.kit.words import Run, flowed
from game.window.readouts import signed
from game.window.screens.curve import number_disc
from game.window.screens.figures import began
from game.window.screens.review_parts import side_mark
from game.words import say


class MomentRow(Control):
    """One moment: its number, what it was, what it came from, what players noted, and the amount."""

    def __init__(self, key: str, game: Game, number: int, one: Turning, act: Act) -> None:
        others = [say("Also: {text}", text=cause.text) for cause in one.causes[1:4]]
        super().__init__(key, act, tip=(began(one.headline), *([one.cause] if one.causes else one.told[1:4]), *others,
                                        say("A click opens the turn, step by step.")))  # fmt: skip
        self.number, self.one = number, one
        self.amount = signed(one.amount, tenths=True)
        agencies = {agency.id: agency for agency in game.agencies}
        own = agencies.get(one.agency)
        self.side = game.sides[own.side].id if own else ""
        self.number_of_side = own.side if own else -1
        self.lines = self._said(own.short or own.name if own else "")

    def _said(self, agency: str) -> list[tuple[str, str]]:
        """Lines below the headline: who and when, what players noted; each with its style."""
        one, lines = self.one, []
        turn = say("turn {turn}", turn=one.turn)
        who = f"{agency}, {turn}" if agency else began(turn)
        more = one.rule if one.rule != one.headline else one.label
        again = more.lower() == one.headline.lower()
        lines.append((who if again else f"{who} \N{MIDDLE DOT} {began(more)}", "who"))
        lines.append((self._test(bool(agency)), "sans"))
        lines += [(say("Reason: {text}", text=one.reason), "serif-italic")] if one.reason else []
        lines += [(say("Expected: {text}", text=one.expected), "serif-italic")] if one.expected else []
        return lines

    def _test(self, ordered: bool) -> str:
        """What the turn would have come to without the strongest cause."""
        one = self.one
        if not one.causes:
            return say("No single order or news of the turn decides it.")
        without = one.causes[0].without
        rest = say("it would not have come.") if without * one.amount <= 0 else say("{amount} would have come.",
                                                                               amount=signed(without, tenths=True))  # fmt: skip
        if not ordered:
            return say("But for the news of this turn {rest}", rest=rest)
        if one.told:
            return say("But for the order “{order}” {rest}", order=one.cause, rest=rest)
        return say("But for this order {rest}", rest=rest)

    def _room(self, kit: Kit, width: int) -> int:
        return width - kit.px(34) - kit.width(self.amount, "semibold", 19) - kit.px(14)

    def _wrapped(self, kit: Kit, width: int) -> list[tuple[str, str, float, bool]]:
        """Every line with style, size, and whether the mark of a side stands before it."""
        room = self._room(kit, width)
        found = [
            (line, "medium", 15.0, False) for line in kit.wrap(began(self.one.headline.rstrip(".")), room, "medium", 15)
        ]
        for text, style in self.lines:
            mark = style == "who" and bool(self.side)
            real = "sans" if style == "who" else style
            inner = room - (kit.px(18) if mark else 0)
            for number, line in enumerate(kit.wrap(text, inner, real, 13.5)):
                found.append((line, real, 13.5, mark and number == 0))
        return found

    def height(self, kit: Kit, width: int) -> int:
        """All lines with room around them."""
        return sum(kit.line(style, size) for _text, style, size, _mark in self._wrapped(kit, width)) + kit.px(20)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Number, lines, amount, hairline below."""
        kit, theme = look.kit, look.kit.theme
        if look.hover == self.key:
            paint.box(surface, self.rect.inflate(kit.px(12), -kit.px(4)), kit.px(8), theme.panel3)
        x, y = self.rect.x + kit.px(34), self.rect.y + kit.px(10)
        number_disc(surface, kit, (self.rect.x + kit.px(12), y + kit.line("medium", 15) // 2), self.number, 12)
        for text, style, size, mark in self._wrapped(kit, self.rect.w):
            left = x
            if mark:
                middle = (x + kit.px(6), y + kit.line(style, size) // 2)
                side_mark(surface, kit, middle, kit.px(10), self.side, self.number_of_side)
                left += kit.px(18)
            kit.text(surface, text, left, y, style, size, theme.ink if size == 15 else theme.ink2)
            y += kit.line(style, size)
        colour = theme.raises if self.one.amount > 0 else theme.lowers
        kit.text(surface, self.amount, self.rect.right, self.rect.y + kit.px(14), "semibold", 19, colour, "right")
        surface.fill(theme.line, (x, self.rect.bottom - kit.px(1), self.rect.w - kit.px(34), kit.px(1)))
        if look.focus == self.key:
            ring(surface, self.rect.inflate(0, -kit.px(6)), kit)


class DriverRow(Control):
    """One cause of risk over the whole game, as a bar to the side to which it moved it."""

    def __init__(self, key: str, one: Driver, least: int, most: int, act: Act) -> None:
        tip = (began(one.label), say("Over the whole game. A click tells in which turns."))
        super().__init__(key, act, tip=tip)
        self.one, self.least, self.most = one, min(0, least), max(0, most)

    def _label(self, kit: Kit, width: int) -> int:
        return min(max(kit.px(150), width * 47 // 100), width * 3 // 5)

    def _lines(self, kit: Kit, width: int) -> list[str]:
        return kit.wrap(began(self.one.label), self._label(kit, width) - kit.px(8), "sans", 14)

    def height(self, kit: Kit, width: int) -> int:
        """Its label."""
        return max(kit.px(29), len(self._lines(kit, width)) * kit.line("sans", 14) + kit.px(6))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Label, bar, amount beside its end."""
        kit, theme, rect = look.kit, look.kit.theme, self.rect
        if look.hover == self.key:
            paint.box(surface, rect.inflate(kit.px(10), 0), kit.px(6), theme.panel3)
        lines = self._lines(kit, rect.w)
        y = rect.centery - len(lines) * kit.line("sans", 14) // 2
        for line in lines:
            kit.text(surface, line, rect.x, y, "sans", 14)
            y += kit.line("sans", 14)
        left = rect.x + self._label(kit, rect.w)
        right = rect.right - kit.width("+00.0", "medium", 13) - kit.px(8)
        span = max(1, self.most - self.least)
        zero = round(left + (right - left) * -self.least / span)
        reach = max(kit.px(2), round((right - left) * abs(self.one.amount) / span))
        rises = self.one.amount > 0
        bar = pygame.Rect(zero if rises else zero - reach, 0, reach, kit.px(14))
        bar.centery = rect.centery
        fill = theme.lowers if not rises else theme.rungs[3] if self.one.amount * 3 >= self.most else theme.rungs[2]
        paint.box(surface, bar, kit.px(3), fill)
        surface.fill(theme.ink3, (zero, rect.y, kit.px(1), rect.h))
        text = signed(self.one.amount, tenths=True)
        # Of what lowers, the amount stands on the other side of the line, where there is room.
        y = rect.centery - kit.line("medium", 13) // 2
        kit.text(surface, text, (bar.right if rises else zero) + kit.px(6), y, "medium", 13)
        if look.focus == self.key:
            ring(surface, rect, kit)


class ObjectiveRow(Control):
    """The objectives of one agency: a disc for each, filled with a tick where it was met."""

    def __init__(self, key: str, game: Game, judged: Sequence[Judged], act: Act) -> None:
        agency = game.agency(judged[0].agency)
        tip = (agency.name, *(say("{answer}: {name}", answer=say("Met") if one.met else say("Not met"), name=one.name)
                              for one in judged))  # fmt: skip
        super().__init__(key, act, tip=tip)
        self.name, self.judged = judged[0].short, judged
        self.side, self.number_of_side = game.sides[agency.side].id, agency.side
        self.told = say("{met} of {all}", met=sum(one.met for one in judged), all=len(judged))

    def height(self, kit: Kit, width: int) -> int:
        """One line."""
        return max(kit.px(26), kit.line("sans", 14) + kit.px(5))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Side, name, discs, count."""
        kit, theme, rect = look.kit, look.kit.theme, self.rect
        if look.hover == self.key:
            paint.box(surface, rect.inflate(kit.px(10), 0), kit.px(6), theme.panel3)
        y = rect.centery - kit.line("sans", 14) // 2
        side_mark(surface, kit, (rect.x + kit.px(7), rect.centery), kit.px(11), self.side, self.number_of_side)
        kit.text(surface, self.name, rect.x + kit.px(20), y, "sans", 14)
        right = rect.right - kit.text(surface, self.told, rect.right, y, "medium", 13, theme.ink2, "right") - kit.px(10)
        room = right - rect.x - kit.px(26) - kit.width(self.name, "sans", 14)
        step = min(kit.px(21), room // len(self.judged))
        x = right - step * len(self.judged) + step // 2
        size = min(kit.px(8), step // 2)
        for one in self.judged:
            if one.met:
                paint.disc(surface, (x, rect.centery), size, theme.lowers)
                paint.icon(surface, "check", (x, rect.centery), round(size * 1.4), theme.panel)
            else:
                paint.disc(surface, (x, rect.centery), size, None, theme.line2, kit.px(2))
            x += step
        if look.focus == self.key:
            ring(surface, rect, kit)


class QuestionRow(Control):
    """A question for the talk."""

    def __init__(self, key: str, text: str, act: Act) -> None:
        super().__init__(key, act)
        self.text = text

    def _lines(self, kit: Kit, width: int) -> list[list[Run]]:
        return flowed(kit, self.text, width - kit.px(34), "serif", 16)

    def height(self, kit: Kit, width: int) -> int:
        """Its lines."""
        return len(self._lines(kit, width)) * kit.line("serif", 16) + kit.px(12)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Sign and text."""
        kit, theme = look.kit, look.kit.theme
        y = self.rect.y + kit.px(6)
        middle = (self.rect.x + kit.px(11), y + kit.line("serif", 16) // 2)
        paint.icon(surface, "messages-square", middle, kit.px(18), theme.accent)
        for line in self._lines(kit, self.rect.w):
            colour = theme.accent if look.hover == self.key else theme.ink
            x = self.rect.x + kit.px(34)
            for text, style in line:
                x += kit.text(surface, text, x, y, style, 16, colour)
            y += kit.line("serif", 16)
        if look.focus == self.key:
            ring(surface, self.rect, kit)
