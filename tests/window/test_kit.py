"""The toolkit through real events: typing with an input method, lists, switches, scrolling, focus, cards."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pygame
import pytest
from hands import Hands

from game.window.app import Screen
from game.window.kit import entry
from game.window.kit.controls import Button, Choice, Segments, Toggle
from game.window.kit.entry import Entry, Typing
from game.window.kit.node import Column, Look, Node, Pad
from game.window.kit.page import Page
from game.window.kit.pane import Pane
from game.window.kit.rows import Item
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label, Rich, blocks_of


class Bench(Screen):
    """A screen with a few things to try."""

    def __init__(self, hands: Hands, nodes: Callable[["Bench"], Sequence[Node]]) -> None:
        super().__init__(hands.app)
        self.nodes = nodes
        self.typing = Typing()
        self.entered = 0
        self.taken = 0
        self.done: list[str] = []

    def panes(self) -> Sequence[Pane]:
        return [Pane("bench", pygame.Rect(40, 40, 420, 600), Pad(Column(list(self.nodes(self)), gap=6), 16))]

    def enter(self) -> None:
        self.entered += 1

    def take(self, number: int) -> None:
        self.taken = number
        self.changed()

    def do(self, name: str) -> Callable[[], None]:
        return lambda: self.done.append(name)


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    return Hands(tmp_path, still=True)


def bench(hands: Hands, nodes: Callable[[Bench], Sequence[Node]]) -> Bench:
    screen = Bench(hands, nodes)
    hands.app.go(screen)
    hands.turns()
    return screen


# ---- typing
def field(screen: Bench) -> list[Node]:
    return [Entry("field", screen.typing, lines=2, entered=screen.enter), Button("other", "Other", screen.do("other"))]


def composed(hands: Hands, text: str) -> None:
    hands.app.handle(pygame.event.Event(pygame.TEXTEDITING, text=text, start=0, length=len(text)))


def test_an_input_method_composes_before_it_commits(hands: Hands) -> None:
    screen = bench(hands, field)
    hands.click("field")
    hands.write("Why: ")
    composed(hands, "かいじょう")
    assert screen.typing.text == "Why: "
    assert screen.typing.composed == "かいじょう"
    # Enter belongs to the input method while it composes.
    hands.enter()
    assert screen.entered == 0
    hands.app.handle(pygame.event.Event(pygame.TEXTINPUT, text="海上保安庁"))
    assert screen.typing.text == "Why: 海上保安庁"
    assert screen.typing.composed == ""
    hands.turns()
    hands.enter()
    assert screen.entered == 1


def test_the_caret_moves_selects_and_rubs_out(hands: Hands) -> None:
    screen = bench(hands, field)
    hands.click("field")
    hands.write("abcdef")
    hands.key(pygame.K_HOME)
    hands.key(pygame.K_RIGHT, mod=pygame.KMOD_SHIFT)
    hands.key(pygame.K_RIGHT, mod=pygame.KMOD_SHIFT)
    assert screen.typing.span == (0, 2)
    hands.write("X")
    assert screen.typing.text == "Xcdef"
    hands.key(pygame.K_END)
    hands.key(pygame.K_BACKSPACE)
    hands.key(pygame.K_HOME)
    hands.key(pygame.K_DELETE)
    assert screen.typing.text == "cde"


def test_copy_cut_and_paste(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [""]
    monkeypatch.setattr(entry, "clip", lambda text: kept.__setitem__(0, text))
    monkeypatch.setattr(entry, "pasted", lambda: kept[0] + "\nnext line")
    screen = bench(hands, field)
    hands.click("field")
    hands.write("one two")
    hands.key(pygame.K_a, mod=pygame.KMOD_CTRL)
    hands.key(pygame.K_x, mod=pygame.KMOD_CTRL)
    assert (screen.typing.text, kept[0]) == ("", "one two")
    hands.key(pygame.K_v, mod=pygame.KMOD_CTRL)
    assert screen.typing.text == "one two next line"


def test_a_pin_is_not_copied_and_not_shown(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(entry, "clip", kept.append)
    screen = bench(hands, lambda screen: [Entry("pin", screen.typing, hidden=True)])
    hands.click("pin")
    hands.write("4711")
    hands.key(pygame.K_a, mod=pygame.KMOD_CTRL)
    hands.key(pygame.K_c, mod=pygame.KMOD_CTRL)
    assert kept == []
    node = hands.node("pin")
    assert isinstance(node, Entry)
    assert node._shown() == "••••"
    assert screen.typing.text == "4711"


def test_a_field_takes_no_more_than_it_holds(hands: Hands) -> None:
    screen = bench(hands, lambda screen: [Entry("field", screen.typing, longest=5)])
    hands.click("field")
    hands.write("abcdefgh")
    assert screen.typing.text == "abcde"


def test_a_click_puts_the_caret_where_it_points(hands: Hands) -> None:
    screen = bench(hands, field)
    hands.click("field")
    hands.write("a long sentence that needs more than one line of the field to be shown in full")
    hands.turns()
    node = hands.node("field")
    hands.press_at((node.rect.x + 13, node.rect.y + 14))
    assert screen.typing.caret == 0
    hands.press_at((node.rect.right - 8, node.rect.bottom - 12))
    assert screen.typing.caret == len(screen.typing.text)


def test_letters_typed_in_a_field_are_no_commands(hands: Hands) -> None:
    """A screen has keys of its own; in a field they are letters."""
    screen = bench(hands, field)
    keys: list[int] = []
    screen.event = lambda event: bool(keys.append(event.key)) if event.type == pygame.KEYDOWN else False  # type: ignore[method-assign]
    hands.click("field")
    hands.write("k1b")
    assert keys == []
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_k, "k")
    assert keys == [pygame.K_k]


# ---- controls
def test_tab_goes_round_and_enter_chooses(hands: Hands) -> None:
    screen = bench(
        hands,
        lambda s: [Button("a", "A", s.do("a")), Button("b", "B", s.do("b"), off=True), Button("c", "C", s.do("c"))],
    )
    for _ in range(3):
        hands.key(pygame.K_TAB)
        hands.enter()
    hands.key(pygame.K_TAB)
    hands.key(pygame.K_SPACE, " ")
    assert screen.done == ["a", "c", "a"]


def test_segments_by_key_and_pointer_pass_over_what_is_barred(hands: Hands) -> None:
    names = ("one", "two", "three")
    screen = bench(hands, lambda s: [Segments("seg", names, s.taken, s.take, offs=("", "not now", ""))])
    hands.app.stage.take("seg")
    hands.key(pygame.K_RIGHT)
    assert screen.taken == 2
    rect = hands.node("seg").rect
    hands.press_at((rect.x + 10, rect.centery))
    assert screen.taken == 0
    hands.press_at(rect.center)
    assert screen.taken == 0


def test_a_drop_down_opens_chooses_and_closes(hands: Hands) -> None:
    names = [f"zone {n}" for n in range(30)]
    screen = bench(hands, lambda s: [Choice("drop", names, s.taken, s.take, hands.app.stage.open_list)])
    hands.click("drop")
    hands.turns()
    hands.click("drop/2")
    assert screen.taken == 2
    hands.click("drop")
    hands.press_at((5, 5))
    assert hands.app.stage.list_pane is None
    hands.app.stage.take("drop")
    hands.key(pygame.K_DOWN)
    assert screen.taken == 3
    hands.click("drop")
    hands.key(pygame.K_ESCAPE)
    assert hands.app.stage.list_pane is None


def test_a_list_stays_open_while_the_screen_is_built_anew(hands: Hands) -> None:
    names = [f"zone {n}" for n in range(9)]
    screen = bench(hands, lambda s: [Choice("drop", names, s.taken, s.take, hands.app.stage.open_list)])
    hands.click("drop")
    screen.changed()
    hands.turns()
    hands.click("drop/4")
    assert screen.taken == 4
    assert hands.app.stage.list_pane is None


def test_a_long_drop_down_scrolls_to_its_end(hands: Hands) -> None:
    names = [f"zone {n}" for n in range(60)]
    screen = bench(hands, lambda s: [Choice("drop", names, s.taken, s.take, hands.app.stage.open_list)])
    hands.click("drop")
    hands.turns()
    hands.click("drop/59")
    assert screen.taken == 59


def test_a_switch_turns(hands: Hands) -> None:
    screen = bench(
        hands, lambda s: [Toggle("t", "Signals", bool(s.taken), lambda: s.take(1 - s.taken), about="in use")]
    )
    hands.click("t")
    assert screen.taken == 1
    hands.app.stage.take("t")
    hands.key(pygame.K_SPACE, " ")
    assert screen.taken == 0


# ---- scrolling
def rows(screen: Bench) -> list[Node]:
    items = [Item(f"row/{n}", f"Row {n}", screen.do(str(n))) for n in range(60)]
    return [Scroll("list", Column(items), screen.app.stage.offsets)]


def test_wheel_keys_and_focus_scroll(hands: Hands) -> None:
    screen = bench(hands, rows)
    view = hands.node("list")
    assert isinstance(view, Scroll)
    hands.app.handle(
        pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-2, precise_y=-2.0, pos=view.rect.center, flipped=False)
    )
    assert view.offset == 2 * view.step
    hands.key(pygame.K_PAGEDOWN)
    assert view.offset > 2 * view.step
    hands.app.stage.take("row/59")
    assert view.offset == view.length - view.rect.h
    hands.enter()
    assert screen.done == ["59"]
    # What is scrolled away cannot be clicked: the point belongs to what is seen there.
    assert hands.app.stage.at(hands.node("row/0").rect.center) is None


def test_an_offset_outlives_a_new_building_and_not_the_seat(hands: Hands) -> None:
    screen = bench(hands, rows)
    hands.app.stage.take("row/40")
    kept = hands.app.stage.offsets["list"]
    assert kept > 0
    screen.changed()
    view = hands.node("list")
    assert isinstance(view, Scroll)
    assert view.offset == kept
    bench(hands, rows)
    assert hands.app.stage.offsets.get("list", 0) == 0


# ---- cards
def test_a_card_tells_more_by_pointer_and_by_key(hands: Hands) -> None:
    bench(hands, lambda s: [Button("a", "A", None, tip=("Title", "more")), Button("b", "B", None)])
    before = hands.app.glass.surface.copy()
    hands.app.stage.take("a")
    hands.app.stage._since -= 1000
    hands.turns()
    assert hands.app.stage._tip == "a"
    assert pygame.image.tobytes(before, "RGB") != pygame.image.tobytes(hands.app.glass.surface, "RGB")
    hands.app.handle(
        pygame.event.Event(pygame.MOUSEMOTION, pos=hands.node("b").rect.center, rel=(1, 1), buttons=(0, 0, 0))
    )
    hands.turns()
    assert hands.app.stage._tip != "a"


def test_a_part_drawn_again_equals_the_whole(hands: Hands) -> None:
    """Hovering draws only an area; a whole picture of the same moment has the same pixels."""
    bench(hands, lambda s: [Item(f"row/{n}", f"Row {n}", None, tip=(f"Row {n}", "more of it")) for n in range(12)])
    for number in (0, 5, 11, 3):
        at = hands.node(f"row/{number}").rect.center
        hands.app.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(1, 1), buttons=(0, 0, 0)))
        hands.app.stage._since -= 1000
        hands.turns()
        part = pygame.image.tobytes(hands.app.glass.surface, "RGB")
        hands.app.paint()
        assert part == pygame.image.tobytes(hands.app.glass.surface, "RGB")


def test_texts_that_a_frame_has_no_time_for_come_in_the_next(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.window.app.LETTERS", -1.0)
    monkeypatch.setattr("game.window.app.SOON_ENOUGH", math.inf)
    hands.app.go(Bench(hands, lambda s: [Label(f"text number {n}") for n in range(11)]))
    pictures = []
    while hands.app.stage.fresh:
        hands.turns(1)
        pictures.append(pygame.image.tobytes(hands.app.glass.surface, "RGB"))
    assert len(set(pictures)) == len(pictures) == 3, "four texts in a frame, however late it is"
    monkeypatch.undo()
    assert pictures[-1] == hands.pixels()


# ---- pages
def test_a_page_keeps_its_words(hands: Hands) -> None:
    text = (
        "# Title\n\nA **strong** word, *weak* and `code`, [a link](x).\ngoes on\n\n- one\n- two\n\n1. first\n> quoted\n\n"
        "**Can.** Do.\n**Want.** Be."
    )
    found = blocks_of(text)
    assert [kind for kind, _mark, _words in found] == ["h1", "text", "item", "item", "item", "quote", "text", "text"]
    assert found[1][2] == "A **strong** word, weak and code, a link. goes on"
    screen = bench(hands, lambda s: [Rich(text), Label("end")])
    hands.turns()
    assert screen is hands.app.screen


def test_a_page_laid_out_little_by_little_stands_as_a_column_does(hands: Hands) -> None:
    kit, text = hands.app.kit, "# Title\n\nFirst.\n\n- one\n- two\n\n## Next\n\n" + "A long paragraph. " * 40

    def nodes() -> list[Node]:
        return [Rich(text), Label("between"), Rich(""), Rich("Second."), Item("", "row", None, about="more " * 60)]

    rect = pygame.Rect(10, 20, 200, 5000)
    column, page = Column(nodes(), gap=2), Page(iter(nodes()), gap=2)
    high = column.height(kit, rect.w)
    column.place(kit, rect)
    assert page.exceeds(kit, rect.w, 60)
    assert 0 < len(page.children()) < 4
    page.place(kit, rect)
    while not page.whole:
        assert len(page.go_on(kit, 0)) <= 1
    assert page.height(kit, rect.w) == high
    assert not page.exceeds(kit, rect.w, high)
    assert page.exceeds(kit, rect.w, high - 1)
    parts = [part for part in page.children() if not isinstance(part, Rich)]
    wanted = [node for node in column.children() if not isinstance(node, Rich)]
    assert [part.rect for part in parts] == [node.rect for node in wanted]
    pictures = []
    for node in (column, page):
        picture = pygame.Surface((300, 2000))
        node.paint(picture, Look(kit))
        pictures.append(pygame.image.tobytes(picture, "RGB"))
    assert pictures[0] == pictures[1]


def test_han_text_breaks_between_letters_and_not_before_a_full_stop(hands: Hands) -> None:
    kit = hands.app.kit
    text = "尖閣諸島周辺の接続水域に入域した。海上保安庁は警告した。"
    lines = kit.wrap(text, kit.width("尖閣諸島周辺の接続水域"), "sans", 14)
    assert "".join(lines) == text
    assert len(lines) > 1
    assert not any(line.startswith("。") for line in lines)
