"""What the hand-over shows: a blank map, who is next with the ring, and a card for each seat."""

from functools import lru_cache
from typing import TYPE_CHECKING

import pygame

from game.core.model import Agency
from game.play.session import CONTROL, PERSON
from game.play.wording import turn_line
from game.window.chart.base import read_base
from game.window.emblem import emblem
from game.window.faces import face
from game.window.kit import paint
from game.window.kit.controls import Button
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Grid, Look, Node, Picture, Row, Spacer
from game.window.kit.pane import Pane
from game.window.kit.rows import Tile, glyph
from game.window.kit.theme import THEMES
from game.window.kit.words import Label
from game.words import say

if TYPE_CHECKING:
    from game.window.screens.handover import HandOver


@lru_cache(maxsize=2)
def blurred(name: str, size: tuple[int, int]) -> pygame.Surface:
    """The whole map without names, lines or units, blurred beyond reading and dimmed, to fill the window."""
    theme = THEMES[name]
    base = read_base(theme)
    picture = base.overview(160)
    share = max(size[0] / picture.get_width(), size[1] / picture.get_height())
    part = pygame.Rect(0, 0, round(size[0] / share), round(size[1] / share))
    part.center = picture.get_rect().center
    soft = pygame.transform.gaussian_blur(picture.subsurface(part), 2)
    veil = pygame.Surface(soft.get_size())
    veil.fill(theme.page)
    veil.set_alpha(165 if theme.dark else 120)
    soft.blit(veil, (0, 0))
    # Twice, so that the steps of the small picture do not show.
    half = pygame.transform.smoothscale(soft, (max(1, size[0] // 4), max(1, size[1] // 4)))
    return pygame.transform.smoothscale(pygame.transform.gaussian_blur(half, 6), size).convert()


# ---- top
def top(screen: "HandOver") -> Pane:
    """The name of the game at the left, the turn at the right."""
    kit, table = screen.kit, screen.table

    def sign(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        emblem(surface, (rect.x + look.kit.px(16), rect.centery), look.kit)

    words = Column([Label("Kuroshio", "serif-semibold", 20), Label(table.game.title, "sans", 13, "ink2", most=1)])
    turn = Label(turn_line(table.game, table.session.state.turn), "medium", 15, "ink2", align="right")
    row = Row([Picture(34, sign, wide=34), words, turn], [36, -1, -1], gap=10)
    rect = pygame.Rect(kit.px(40), kit.px(28), screen.app.size[0] - kit.px(80), 0)
    rect.h = row.height(kit, rect.w)
    return Pane("top", rect, row, plain=True)


# ---- middle
def middle(screen: "HandOver") -> Pane:
    """Who is next and the ring; or that all have locked, and the button that plays the turn."""
    kit = screen.kit
    wide, high = screen.app.size
    column = Column(_next(screen) if screen.agency else _all_locked(screen))
    width = min(kit.px(980), wide - kit.px(120))
    wanted = column.height(kit, width)
    begin, end = (
        kit.px(78 if screen.app.tiny else 64 if _tight(screen) else 84),
        high - _below_high(screen) - kit.px(16),
    )
    y = max(begin, begin + (end - begin - wanted) // 2)
    return Pane("middle", pygame.Rect((wide - width) // 2, y, width, wanted), column, plain=True)


def _roomy(screen: "HandOver") -> bool:
    return screen.app.size[1] / screen.kit.u >= 900


def _tight(screen: "HandOver") -> bool:
    return screen.app.size[1] / screen.kit.u < 700


def _next(screen: "HandOver") -> list[Node]:
    kit, table, held = screen.kit, screen.table, screen.held
    assert screen.agency is not None
    roomy, tight = _roomy(screen), _tight(screen)
    agencies = [table.agency(name) for name in held]
    side = table.game.sides[agencies[0].side]
    several = len(agencies) > 1
    name = _person(screen) if several else agencies[0].name
    about = ", ".join(one.short if len(agencies) > 4 else one.name for one in agencies) if several else side.name
    plate = 48 if tight else 56 if several else 88 if roomy else 68
    plates = [face(kit, one, side, plate) for one in agencies[:6]]
    faces = Row([Spacer(), *plates, Spacer()], [-1, *[0] * len(plates), -1], gap=14)
    size = _fitting(
        kit,
        name,
        64 if roomy else 28 if screen.app.tiny else 34 if tight else 46,
        min(kit.px(980), screen.app.size[0] - kit.px(120)),
    )
    gap = 22 if roomy else 5 if tight else 12
    ask = say("to take the seat") if not several else say("to take the seats")
    return [
        Label(say("Pass the laptop to"), "sans", 22 if roomy else 16 if tight else 18, "ink2", align="centre"), Spacer(gap),
        *([] if screen.app.tiny else [faces, Spacer(gap * 0.7)]),
        Label(name, "serif", size, align="centre"),
        Label(about, "sans", 18 if roomy else 16, "ink2", align="centre", most=2), Spacer(gap * 1.3),
        _ring(screen, 122 if roomy else 44 if screen.app.tiny else 64 if tight else 92), Spacer(gap * 0.7),
        _hold_line(say("Hold"), say("Space"), ask), Spacer(6),
        Label(screen.note or (say("Then type the PIN. ") if screen.guarded else "") + say("The others should look away."),
              "sans", 15, "raises" if screen.note and not screen.good else "ink2", align="centre"),
    ]  # fmt: skip


def _person(screen: "HandOver") -> str:
    """The person who is next and holds several agencies: the side, and which of its people where it has more than one."""
    table, side = screen.table, screen.table.agency(screen.held[0]).side
    mine = [name for name in table.people() if table.agency(name).side == side]
    people = list(dict.fromkeys(table.session.together(name) for name in mine))
    name = table.game.sides[side].name
    if len(people) == 1:
        return name
    number = people.index(screen.held) + 1
    return say("{side}, person {number} of {count}", side=name, number=number, count=len(people))


def _fitting(kit: Kit, text: str, size: float, room: int) -> float:
    """The largest size up to this one at which a name takes two lines at most."""
    while size > 28 and len(kit.wrap(text, room, "serif", size)) > (1 if size > 44 else 2):
        size -= 4
    return size


def _ring(screen: "HandOver", size: float) -> Node:
    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        radius = kit.px(size / 2 - 2)
        hot = look.hover == "ring" or screen.share > 0
        paint.disc(surface, rect.center, radius, (*theme.panel, 230 if hot else 150), theme.line2, kit.px(5))
        if screen.share:
            share = screen.share if not kit.still else 1.0
            paint.arc(surface, rect.center, radius - kit.px(2.5), share, theme.accent, kit.px(5))
        icon = "key-round" if screen.guarded else "eye"
        paint.icon(surface, icon, rect.center, kit.px(size * 0.33), theme.accent if hot else theme.ink)

    tip: tuple[str, ...] = (
        say("Take the seat"),
        say("Hold Space for a second, or the button of the mouse on this ring."),
    )
    if screen.kit.still:
        tip = (*tip, say("Without motion Enter does it too."))
    return Row([Spacer(), Picture(size, draw, wide=size, key="ring", tip=tip), Spacer()], [-1, 0, -1])


def _hold_line(before: str, keycap: str, after: str) -> Node:
    """A line of words with a key in it."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        cap = kit.width(keycap, "medium", 14) + kit.px(22)
        gap = kit.px(10)
        whole = kit.width(before, "sans", 18) + kit.width(after, "sans", 18) + cap + 2 * gap
        x = rect.centerx - whole // 2
        y = rect.centery - kit.line("sans", 18) // 2
        x += kit.text(surface, before, x, y, "sans", 18) + gap
        plate = pygame.Rect(x, 0, cap, kit.px(28))
        plate.centery = rect.centery
        paint.box(surface, plate, kit.px(6), theme.panel3, theme.line2, kit.px(1))
        kit.text(
            surface,
            keycap,
            plate.centerx,
            plate.centery - kit.line("medium", 14) // 2,
            "medium",
            14,
            theme.ink,
            "centre",
        )
        kit.text(surface, after, plate.right + gap, y, "sans", 18)

    return Picture(30, draw)


def _all_locked(screen: "HandOver") -> list[Node]:
    table = screen.table
    turn = table.session.state.turn + 1
    people = bool(table.people())
    title = say("All orders are locked") if people else say("The computer plays every seat")
    about = say("Turn everybody back to the screen: what happens now is for all.") if people else \
        say("Watch turn by turn what becomes of it.")  # fmt: skip
    words = say("Playing turn {turn}…", turn=turn) if screen.working else say("Play turn {turn}", turn=turn)
    button = Button("play", words, screen.play, kind="primary", high=56, icon="play", off=screen.working,
                    keycap="" if screen.working else say("Enter"))  # fmt: skip
    lock = Row([Spacer(), glyph("lock" if people else "cpu", 56, "accent"), Spacer()], [-1, 58, -1])
    return [
        *([] if screen.app.tiny else [lock, Spacer(18)]),
        Label(title, "serif", 56 if _roomy(screen) else 28 if screen.app.tiny else 46, align="centre"), Spacer(4),
        Label(about, "sans", 18, "ink2", align="centre"), Spacer(8 if screen.app.tiny else 30),
        Row([Spacer(), button, Spacer()], [-1, 300, -1]),
        *_thinking(screen),
        *([Spacer(14), Label(screen.note, "sans", 15, "raises", align="centre")] if screen.note else []),
    ]  # fmt: skip


def _thinking(screen: "HandOver") -> list[Node]:
    """How far the computer players are that look ahead."""
    thinking = screen.thinking
    if thinking is None:
        return []
    thought = thinking.thought
    done = thought.seats if thought else 0
    words = say("The computer decides for its seats: {done} of {seats} decided, {seconds} s. Esc goes back.",
                done=done, seats=thinking.seats, seconds=screen.seconds)  # fmt: skip

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        paint.box(surface, rect, kit.px(3), theme.panel3, theme.line2, kit.px(1))
        share = (done + (thought.share if thought else 0)) / thinking.seats
        full = pygame.Rect(rect.x, rect.y, max(rect.h, round(rect.w * share)), rect.h)
        paint.box(surface, full, kit.px(3), theme.accent)

    bar = Row([Spacer(), Picture(6, draw), Spacer()], [-1, 300, -1])
    return [Spacer(14), bar, Spacer(8), Label(words, "sans", 15, "ink2", align="centre")]


# ---- below
def below(screen: "HandOver") -> Pane:
    """The seats, and what else can be done here."""
    kit = screen.kit
    wide, high = screen.app.size
    column = Column([_seats(screen), Spacer(14), _others(screen)])
    width = _seats_wide(screen)
    tall = column.height(kit, width)
    rect = pygame.Rect((wide - width) // 2, high - tall - kit.px(22), width, tall)
    return Pane("below", rect, column, plain=True)


def _columns(screen: "HandOver") -> int:
    count = len(screen.table.game.agencies)
    return count if count <= 6 else -(-count // 2)


def _seats_wide(screen: "HandOver") -> int:
    kit, columns = screen.kit, _columns(screen)
    return min(screen.app.size[0] - kit.px(40 if screen.app.tiny else 64), kit.px(columns * 292 + (columns - 1) * 12))


def _below_high(screen: "HandOver") -> int:
    return Column([_seats(screen), Spacer(14), _others(screen)]).height(
        screen.kit, _seats_wide(screen)
    ) + screen.kit.px(22)


def _seats(screen: "HandOver") -> Node:
    return Grid([_seat(screen, agency) for agency in screen.table.game.agencies], _columns(screen), 12)


def _seat(screen: "HandOver", agency: Agency) -> Node:
    """One seat with its state; a click lets it go first, or takes its orders back."""
    session, kit = screen.table.session, screen.kit
    waiting = session.waiting()
    side = screen.table.game.sides[agency.side]
    act: Act | None = None
    now = False
    if session.seats[agency.id].policy != PERSON:
        icon, state, tip = "cpu", say("Plays itself"), say("The computer plays this seat.")
    elif agency.id not in waiting:
        icon, state, tip = "check", say("Orders locked"), say("All have locked.")
        if waiting:
            tip = say("Click to take the orders back, as long as others are still drafting.")
            act = _asker(screen, agency.id)
    elif agency.id in screen.held:
        icon, state, tip, now = "arrow-right", say("Now"), say("This seat is next."), True
    else:
        icon, state, tip = "hourglass", say("Waiting"), say("Click to let this seat go first.")
        act = _namer(screen, agency.id)
    computer = session.seats[agency.id].policy != PERSON
    # Beside many others only the short name has room; the card beside it tells the whole.
    name = agency.name if len(screen.table.game.agencies) <= 4 else agency.short
    called = Label(name, "medium", 14, "ink2" if computer else "ink", most=2)
    sign = glyph(icon, 14, "accent" if icon in ("check", "arrow-right") else "ink3")
    stands = Row([sign, Label(state, "sans", 13, "ink2", most=1)], [16, -1], gap=5)
    tips = (agency.name, side.name, tip)
    # Where letters are large the plate is no higher than its line, so that the words below have the whole width.
    child: Node = Row([face(kit, agency, side, 36), Column([called, stands])], [36, -1], gap=10)
    if screen.app.tiny:
        child = Column([Row([face(kit, agency, side, 17), called], [17, -1], gap=5), stands])
    return Tile(f"seat/{agency.id}", child, act, on=now, off=act is None, tip=tips, pad=8 if screen.app.tiny else 10)


def _asker(screen: "HandOver", agency: str) -> Act:
    return lambda: screen.ask("again", agency)


def _namer(screen: "HandOver", agency: str) -> Act:
    return lambda: screen.next_is(agency)


def _others(screen: "HandOver") -> Node:
    buttons: list[Node] = [
        Button("public", say("Public page"), lambda: screen.ask("public"), kind="quiet", icon="newspaper")
    ]
    if screen.table.session.history:
        words = say("What all know of turn {turn}", turn=len(screen.table.session.history))
        buttons.append(Button("last", words, screen.last_turn, kind="quiet", icon="history"))
    buttons += [
        Button("control", say("Control"), lambda: screen.ask("control", CONTROL), kind="quiet", icon="megaphone"),
        Button("help", say("Help"), lambda: screen.ask("help"), kind="quiet", icon="circle-help"),
        Button("pause", say("Pause"), lambda: screen.ask("pause"), kind="quiet", icon="pause"),
    ]
    return Row([Spacer(), *buttons, Spacer()], [-1, *[0] * len(buttons), -1], gap=14)
