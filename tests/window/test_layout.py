"""Every screen of the gallery in several looks: panes inside the window and apart, words inside their panes, none cut."""

from pathlib import Path

import pygame
import pytest

from game.window import gallery
from game.window.app import App
from game.window.kit.controls import Button, Choice, Control, Segments
from game.window.kit.node import Node
from game.window.kit.pane import Pane
from game.window.kit.rows import Item
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.window.screens.figures import began
from game.window.screens.waterfall import Waterfall

LOOKS = (
    ((1000, 640), 1.0),
    ((1280, 720), 1.0),
    ((1280, 720), 1.5),
    ((1920, 1080), 1.0),
    ((1920, 1080), 1.5),
    ((3840, 2160), 1.3),
)
LEAST_READ = 8
"""Letters of a cut text that tell nothing any more when there are fewer of them."""

FLOATING = ("guide",)
"""Panes that lie on the map and may touch nothing else."""


def inside_scroll(pane: Pane) -> set[int]:
    """The nodes that may be out of view."""
    return {id(node) for one in pane.node.walk() if isinstance(one, Scroll) for node in one.child.walk()}


def faults(app: App) -> list[str]:
    """What a designer would name."""
    found = []
    window = pygame.Rect((0, 0), app.size)
    panes = [pane for pane in app.stage.panes if pane.rect.w and pane.rect.h]
    for pane in panes:
        if not window.contains(pane.rect):
            found.append(f"pane {pane.name} is outside the window: {pane.rect}")
        hidden = inside_scroll(pane)
        for node in pane.node.walk():
            found += told(app, pane, node, id(node) in hidden)
    back = [pane for pane in panes if not pane.front and not pane.plain]
    for number, one in enumerate(back):
        for other in back[number + 1 :]:
            if one.rect.colliderect(other.rect):
                found.append(f"panes {one.name} and {other.name} overlap")
    for number, one in enumerate(back := [pane for pane in panes if not pane.front and pane.name not in FLOATING]):
        for other in back[number + 1 :]:
            for here, there in ((a, b) for a in words(one) for b in words(other) if a.rect.colliderect(b.rect)):
                found.append(f"{one.name} and {other.name}: {called(here)} lies on {called(there)}")
    return found


def words(pane: Pane) -> list[Node]:
    """What can be read or chosen in a pane, as far as it is in view."""
    hidden = inside_scroll(pane)
    return [
        node
        for node in pane.node.walk()
        if (isinstance(node, Label) or node.focusable) and id(node) not in hidden and node.rect.w
    ]


def called(node: Node) -> str:
    """A node in a message."""
    return f"{node.key or getattr(node, 'text', type(node).__name__)!s:.40}"


def told(app: App, pane: Pane, node: Node, hidden: bool) -> list[str]:
    """What is wrong with one node."""
    found = []
    name = f"{pane.name}: {called(node)}"
    if node.rect.w > 0 and not hidden and not pane.rect.inflate(2, 2).contains(node.rect):
        found.append(f"{name} is outside its pane: {node.rect} of {pane.rect}")
    if hidden and (node.rect.left < pane.rect.left or node.rect.right > pane.rect.right):
        found.append(f"{name} is wider than its pane: {node.rect} of {pane.rect}")
    if isinstance(node, Label) and node.text and node.rect.w > 0:
        wanted = node.height(app.kit, node.rect.w)
        if node.rect.h < wanted - 1:
            found.append(f"{name} is cut: {node.rect.h} of {wanted}")
        widest = max(app.kit.width(line, node.style, node.size) for line in node.lines(app.kit, node.rect.w))
        if widest > node.rect.w + app.kit.px(3):
            found.append(f"{name} is too wide: {widest} of {node.rect.w}")
        shown = " ".join(node.lines(app.kit, node.rect.w))
        if shown.endswith("…") and not node.text.endswith("…") and len(shown) <= LEAST_READ:
            found.append(f"{name} is cut to {shown}")
    if isinstance(node, Control) and node.rect.h < node.height(app.kit, node.rect.w) - 1:
        found.append(f"{name} is squeezed: {node.rect.h} of {node.height(app.kit, node.rect.w)}")
    return found + [f"{name}: {text} has no room" for text, wide, room in written(app, node) if wide > room]


def written(app: App, node: Node) -> list[tuple[str, int, int]]:
    """What a node writes itself and must not cut, how wide that is, and how much room there is."""
    kit = app.kit
    if node.rect.w <= 0:
        return []
    if isinstance(node, Button) and node.text:
        return [(node.text, sum(node._parts(kit)), node.rect.w - kit.px(8))]
    if isinstance(node, Segments):
        pairs = zip(node.names, node.cells, strict=True)
        return [(name, kit.width(name, "semibold", 13), cell.w - kit.px(6)) for name, cell in pairs]
    if isinstance(node, Choice):
        taken = node.names[node.taken]
        return [(taken, kit.width(taken, "medium", 14), node.rect.w - kit.px(40))]
    if isinstance(node, Item):
        room = node._room(kit, node.rect.w)[1]
        return [(word, kit.width(word, "medium", 14), room) for word in node.name.split()]
    if isinstance(node, Waterfall):
        words = [(word, bar) for bar in node.nodes for word in began(bar.bar.label).split()]
        return [(word, kit.width(word, "medium", 13), bar.rect.w - kit.px(6)) for word, bar in words]
    return []


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0][0]}-{round(look[1] * 100)}")
def test_nothing_overlaps_or_is_cut(look: tuple[tuple[int, int], float], tmp_path: Path) -> None:
    size, text = look
    found = {}
    for name, show in gallery.SCREENS.items():
        folder = tmp_path / name
        folder.mkdir()
        app = gallery.opened(size, "chart", text)
        assert app.kit.u == text * (2 if size[0] == 3840 else 1) or size[0] < 1280, "laid out in another text size"
        show(app, folder)
        for _ in range(3):
            app.turn(wait=False)
        wrong = faults(app)
        if wrong:
            found[name] = wrong
        app.screen.leave()
    assert not found, "\n".join(f"{name}: {fault}" for name, some in found.items() for fault in some)
