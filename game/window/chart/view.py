"""The chart of the game: one object that draws the map with its pieces and answers what lies where."""

from collections.abc import Sequence
from time import perf_counter

import pygame
from attrs import define, evolve, field

from game.core.model import Zone
from game.window.chart import crowd, labels
from game.window.chart import furniture as stands
from game.window.chart import inset as islets
from game.window.chart.atlas import Atlas, in_belts, read_atlas
from game.window.chart.base import read_base
from game.window.chart.camera import Camera
from game.window.chart.clusters import Seat
from game.window.chart.counters import Piece, counter
from game.window.chart.ground import SCALED, SHARP, WHOLE, Ground
from game.window.chart.hits import Hit, PlaceHit, ZoneHit
from game.window.chart.lettering import lettered
from game.window.chart.pointer import Pointer
from game.window.chart.projection import SHEET, Area, Frame, Lens, area_of, spot
from game.window.chart.scene import Coming, Scene, Window, begun, within
from game.window.chart.steps import finished
from game.window.chart.tiles import Style, Tiles
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.theme import Colour

LAYERS = ("belts", "adiz", "areas", "zones", "median", "graticule", "names", "bases")
"""What can be shown or left out."""

SHOWN = frozenset({"belts", "adiz", "areas", "zones", "graticule", "names"})
"""What is shown at first."""

Target = tuple[Hit, pygame.Rect]
"""Something that can be focused, and where it is in the window."""


@define(eq=False)
class Chart:
    """The chart. *pieces* and *marks* (zone id -> colour of a ring around it) are set by the caller as the game goes on.

    *selected* is the id of a piece, empty for none; *layers* a set of *LAYERS*; *focused* whether keys are for the
    chart; *covered* what opaque panels will be drawn over. All positions are pixels of the window.
    """

    kit: Kit
    date: str
    zones: Sequence[Zone]
    frame: Frame | None = None
    pieces: Sequence[Piece] = ()
    selected: str = ""
    layers: set[str] = field(factory=lambda: set(SHOWN))
    marks: dict[str, Colour] = field(factory=dict)
    focused: bool = False
    covered: Sequence[pygame.Rect] = ()
    area: pygame.Rect = field(factory=lambda: pygame.Rect(0, 0, 0, 0))
    free: pygame.Rect = field(factory=lambda: pygame.Rect(0, 0, 0, 0))
    atlas: Atlas = field(init=False)
    tiles: Tiles = field(init=False)
    ground: Ground = field(init=False)
    camera: Camera = field(init=False)
    inset: islets.Inset = field(init=False)
    pointer: Pointer = field(init=False)
    _scene: Scene | None = None
    _seen: Scene | None = None
    _known: frozenset[str] | None = None
    _layout: tuple[tuple[object, ...], stands.Layout] | None = None
    _late: bool = False
    _coming: Coming | None = None
    _drawn: tuple[object, ...] = ()
    _plate: tuple[tuple[object, ...], pygame.Surface] | None = None

    def __attrs_post_init__(self) -> None:
        self.atlas = read_atlas(self.date)
        self.tiles = Tiles(
            self.atlas, Style(self.kit.theme, self.kit.u, frozenset(self.layers)), read_base(self.kit.theme)
        )
        self.ground = Ground(self.tiles, self.kit)
        self.camera = Camera(self.tiles.level, self.kit.u, self.kit.still)
        self.inset = islets.Inset(self.atlas)
        self.pointer = Pointer(self)

    # ---- place and view
    def restyle(self, kit: Kit) -> None:
        """Draw from now on with another theme, scale or motion; nothing is done when it is the same as before."""
        if kit is self.kit:
            return
        self.kit, self.camera.u, self.camera.still = kit, kit.u, kit.still
        self.ground.renew(kit, self.area)
        self._scene = self._plate = None

    def place(self, area: pygame.Rect, free: pygame.Rect) -> None:
        """Fill *area* of the window; *free* is the part of it that no panel covers. The first time, fit the frame."""
        first = self.free.w == 0
        if (area, free) == (self.area, self.free):
            return
        # What was in the middle of the free part stays there.
        self.area, self.free = pygame.Rect(area), pygame.Rect(free)
        self.camera.resize(free.size, self._framed(self.frame))
        self.ground.renew(self.kit, self.area)
        self._plate = None
        if first:
            self.fit(animate=False)

    def fit(self, frame: Frame | None = None, animate: bool = True) -> None:
        """Show the whole of a frame, without one that of the scenario."""
        self.camera.show(self._framed(frame or self.frame), animate)

    def go_to(self, target: str | tuple[float, float], wide: float = 3.0, animate: bool = True) -> None:
        """Show a zone by its id, or a place (longitude, latitude), in a view so many degrees wide."""
        x, y = spot(self.atlas.waters[target].zone.label_point if isinstance(target, str) else target)
        self.camera.go(evolve(self.camera.goal, middle=(x, y), scale=self.free.w / wide), animate)

    def mark(self, zone: str, colour: Colour) -> None:
        """Draw a ring around the point of a zone."""
        self.marks[zone] = colour

    @property
    def lens(self) -> Lens:
        """The lens of the whole area."""
        seen = self.camera.lens
        middle = seen.under((self.area.centerx - self.free.x, self.area.centery - self.free.y))
        return Lens(middle, seen.scale, self.area.size)

    @property
    def busy(self) -> bool:
        """Whether the chart wants another frame."""
        inset = self.inset.busy and self._corner() is not None
        return self._unfinished or inset or self._drawn != self._wanted()

    @property
    def _unfinished(self) -> bool:
        parts = self.ground.missing or self._late or self._coming is not None or self._scene is not self._seen
        return parts or self.camera.moving

    # ---- drawing
    def draw(self, surface: pygame.Surface) -> None:
        """Draw the chart with its pieces; furniture comes on top of it with :meth:`furniture`."""
        before = surface.get_clip()
        surface.set_clip(self.area.clip(before))
        self.tiles.restyle(Style(self.kit.theme, self.kit.u, frozenset(self.layers)))
        self.camera.tick()
        now = (self._state(), self.area.topleft, [tuple(one) for one in self.covered])
        if self._plate is not None and self._plate[0] == now:
            # Only furniture changed, under the pointer: all the rest is a picture already.
            surface.blit(self._plate[1], self.area)
        else:
            again = self._drawn[:1] == (self._state(),)
            self._draw_all(surface)
            whole = before.contains(self.area) and surface.get_rect().contains(self.area)
            kept = again and whole and not self._unfinished
            self._plate = (now, self._copied(surface)) if kept else None
        surface.set_clip(before)
        self._drawn = self._wanted()

    def _copied(self, surface: pygame.Surface) -> pygame.Surface:
        """The chart as it is on a surface, kept; it rests, so there is time to make ready for the next motion."""
        plate, _, _ = (self.ground.sheet(number) for number in (WHOLE, SCALED, SHARP))
        plate.blit(surface, (0, 0), self.area)
        return plate

    def _draw_all(self, surface: pygame.Surface) -> None:
        lens, corner = self.lens, self.area.topleft
        self.ground.draw(surface, lens, self.covered, moving=self.camera.moving, yielding=self._coming is not None)
        self._work_on()
        scene = self._seen = self.scene()
        self._marks(surface, lens)
        hidden = self._covered()
        crowd.draw_ways(self.kit, surface, scene.crowd, lens, corner)
        if "graticule" in self.layers:
            counters = [rect for _, rect, _ in crowd.seats(self.kit, scene.crowd, lens, corner)]
            hidden += labels.degrees(self.kit, surface, lens, corner, self.free, hidden + counters)
        self._late = labels.draw(self.kit, surface, scene.labels, lens, corner, self.free, hidden)
        crowd.draw(self.kit, surface, scene.crowd, lens, corner, self.selected)

    def furniture(self, surface: pygame.Surface) -> None:
        """Draw what stands on the chart: inset, scale bar, legend, buttons, and an opened stack."""
        corner = self._corner()
        if corner:
            self.inset.prepare(self.kit, self.tiles, corner, self._in_belts(), self.selected)
            self.inset.draw(self.kit, surface)
        stands.draw(self.kit, surface, self.layout(), self.sides(), self.camera.goal, self.pointer.button)
        if self.pointer.fan:
            crowd.draw_fan(self.kit, surface, self.pointer.fan, self.selected)

    def scene(self) -> Scene:
        """Labels and places of counters for the view as it is, or was when they were worked out.

        For new pieces or layers it is there at once; after dragging and zooming a few frames later.
        """
        key = self._key()
        if self._scene is None or self._scene.key[0] != key[0]:
            self._coming = None
            self._scene = finished(self._settle(key).work)
        return self._scene

    def _key(self) -> tuple[object, ...]:
        """For what a scene is worked out; the first part for what it cannot wait."""
        fixed = (tuple(self.pieces), frozenset(self.layers), self.kit, tuple(self.free))
        return fixed, self.inset_shown(), self.camera.goal.scale

    def _work_on(self) -> None:
        """Work on at the scene of a view that has come to rest, as long as a frame allows."""
        kept, key, area = self.scene(), self._key(), self.lens.area
        if self.camera.moving or (kept.key == key and within(area, kept.area)):
            return
        if self.ground.tiled and self._coming is not None:
            return
        if self._coming is None or self._coming.key != key or not within(area, self._coming.area):
            self._coming = self._settle(key)
        started = perf_counter()
        try:
            while perf_counter() - started < labels.PATIENCE:
                next(self._coming.work)
        except StopIteration as end:
            self._coming, self._scene = None, end.value

    def _settle(self, key: tuple[object, ...]) -> Coming:
        belts = in_belts({one.zone for one in self.pieces}, self.atlas) if self.inset_shown() else frozenset()
        shown = [one for one in self.pieces if one.zone not in belts and one.zone in self.atlas.waters]
        window = Window(self.lens, self.area, self.free, self.layout(), self.inset_shown())
        return begun(self.kit, self.atlas, shown, frozenset(self.layers), window, key, self._scene)

    def _state(self) -> tuple[object, ...]:
        """What decides how the chart looks without its furniture."""
        return (self.camera.lens, self.camera.moving, tuple(self.pieces), self.selected, frozenset(self.layers),
                tuple(self.marks.items()), self.kit, tuple(self.free))  # fmt: skip

    def _wanted(self) -> tuple[object, ...]:
        return self._state(), self.pointer.state()

    # ---- what lies where
    def event(self, event: pygame.event.Event) -> bool:
        """Whether the chart used an event: dragging, wheel, double click, keys. Clicks are left to the caller."""
        return self.pointer.event(event)

    def button_at(self, at: tuple[int, int]) -> str:
        """The button of the furniture at a pixel: closer, farther, fit or layers; empty for none."""
        action: str = self.layout().action(at)
        return action

    def press(self, action: str) -> bool:
        """Do what a button says. Whether the chart could: layers are chosen by the caller."""
        middle = self.free.w / 2, self.free.h / 2
        if action == "fit":
            self.fit()
        elif action in {"closer", "farther"}:
            self.camera.zoom(1.5 if action == "closer" else 1 / 1.5, middle)
        return action in {"fit", "closer", "farther"}

    def hit(self, at: tuple[int, int]) -> Hit | None:
        """What is at a pixel: a piece, else a named place, else a zone in play."""
        if self.pointer.fan and self.pointer.fan.rect.collidepoint(at):
            return self.pointer.fan.piece(at)
        if not self.area.collidepoint(at) or any(one.collidepoint(at) for one in self.layout().rects()):
            return None
        seat = next((one for one, rect, _ in self._seats() if rect.collidepoint(at)), None)
        if seat is not None:
            return seat.pieces[0]
        inner = self.inset.point(at) if self._corner() else None
        found = None if inner else self._place_at(at)
        if found:
            return found
        lens = self.lens
        water = self.atlas.zone_at(inner or lens.point((at[0] - self.area.x, at[1] - self.area.y)))
        zone = next((one for one in self.zones if water and one.id == water.zone.id), None)
        return ZoneHit(zone) if zone else None

    def targets(self) -> list[Target]:
        """What the keyboard can focus, in order: pieces from north to south, then the zones in play that are seen."""
        found: list[Target] = [(one, rect) for seat, rect, _ in self._seats() for one in seat.pieces]
        found.sort(key=lambda one: (one[1].y, one[1].x))
        lens, side = self.lens, self.kit.px(32)
        for zone in self.zones:
            x, y = lens.seen(spot(zone.point))
            rect = pygame.Rect(0, 0, side, side)
            rect.center = round(x) + self.area.x, round(y) + self.area.y
            if self.free.contains(rect):
                found.append((ZoneHit(zone), rect))
        return found

    def stack_at(self, at: tuple[int, int]) -> tuple[Seat, pygame.Rect] | None:
        """The stack of several pieces at a pixel."""
        return next(
            ((one, rect) for one, rect, _ in self._seats() if len(one.pieces) > 1 and rect.collidepoint(at)), None
        )

    def _seats(self) -> list[tuple[Seat, pygame.Rect, tuple[float, float]]]:
        """All counters that can be seen, those of the inset first."""
        found = list(self.inset.seats()) if self._corner() else []
        hidden = self._covered()
        standing = crowd.seats(self.kit, self.scene().crowd, self.lens, self.area.topleft)
        return found + [one for one in standing if one[1].collidelist(hidden) < 0 and self.area.colliderect(one[1])]

    def _place_at(self, at: tuple[int, int]) -> PlaceHit | None:
        lens = self.lens
        for label in self.scene().labels:
            x, y = lens.seen(label.name.at)
            there = x + self.area.x, y + self.area.y
            mark = pygame.Rect(0, 0, self.kit.px(14), self.kit.px(14))
            mark.center = round(there[0]), round(there[1])
            if label.name.place and (label.rect(there).collidepoint(at) or (label.name.mark and mark.collidepoint(at))):
                return PlaceHit(label.name.place)
        return None

    # ---- furniture
    def layout(self) -> stands.Layout:
        """Where the furniture stands."""
        key = (self.kit, tuple(self.free), self.camera.goal, self.sides())
        if self._layout is None or self._layout[0] != key:
            self._layout = key, stands.laid_out(self.kit, self.free, self.sides(), self.camera.goal)
        return self._layout[1]

    def sides(self) -> tuple[str, ...]:
        """The sides that the legend names: those of the pieces, in the order of the theme."""
        there = {one.side for one in self.pieces}
        return tuple(one for one in self.kit.theme.sides if one in there)

    def inset_shown(self) -> bool:
        """Whether the inset stands on the chart."""
        return islets.wanted(self.kit, self.camera.goal.scale, self.free, self._belts())

    def _corner(self) -> pygame.Rect | None:
        """Where the inset stands; None when it is not shown, or has no place yet."""
        corner = self.scene().inset if self.inset_shown() else None
        return corner if corner and corner.w else None

    def forget(self) -> None:
        """Drop everything that could show one seat's knowledge to the next."""
        self.pieces, self.selected = (), ""
        self.marks.clear()
        self.pointer.leave()
        self._scene = self._coming = self._plate = None
        self.ground.forget()
        self.inset = islets.Inset(self.atlas)
        counter.cache_clear()
        lettered.cache_clear()

    def _belts(self) -> frozenset[str]:
        if self._known is None:
            self._known = in_belts((one.id for one in self.zones), self.atlas)
        return self._known

    def _in_belts(self) -> tuple[Piece, ...]:
        belts = self._belts()
        return tuple(one for one in self.pieces if one.zone in belts)

    def _covered(self) -> list[pygame.Rect]:
        """What furniture covers."""
        found = list(self.layout().rects())
        corner = self._corner()
        if corner:
            found.append(corner)
        return found

    def _framed(self, frame: Frame | None) -> Area:
        return area_of(frame) if frame else SHEET

    def _marks(self, surface: pygame.Surface, lens: Lens) -> None:
        for zone, colour in self.marks.items():
            x, y = lens.seen(spot(self.atlas.waters[zone].zone.label_point))
            at = x + self.area.x, y + self.area.y
            paint.disc(surface, at, self.kit.px(46), (*colour, 26), (*colour, 255), self.kit.px(2))
