"""The chart: projection, clamping, tiles without seams, what is drawn on which date, what lies under the pointer."""

import os
from collections.abc import Iterator

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.model import Zone
from game.scenario.map import read_map
from game.window.chart import crowd, inset
from game.window.chart.atlas import read_atlas
from game.window.chart.counters import Piece
from game.window.chart.hits import PlaceHit, ZoneHit
from game.window.chart.projection import SHEET, Lens, area_of, place, spot
from game.window.chart.tiles import SIDE, level_for, origin
from game.window.chart.view import Chart
from game.window.kit.kit import Kit
from game.window.kit.theme import PROJECTOR

FRAME = (118.5, 22.8, 131.5, 33.8)
WINDOW = (800, 600)
FREE = pygame.Rect(60, 40, 700, 540)
SERVICES = ("coast_guard", "navy", "air", "civilian")
KINDS = ("ship", "ship", "aircraft", "boats")


def zones() -> tuple[Zone, ...]:
    return tuple(Zone(z.id, z.name, (z.names.ja,), (), z.label_point, z.legal) for z in read_map("2010-09-07").zones)


def pieces(count: int = 24) -> tuple[Piece, ...]:
    where, sides = [z.id for z in zones()], ("jp", "cn", "us", "tw")
    return tuple(
        Piece(f"p{n}", f"U{n}", f"Unit {n}", sides[n % 4], SERVICES[n % 4], KINDS[n % 4], where[n * 7 % 45])
        for n in range(count)
    )


@pytest.fixture
def screen() -> Iterator[pygame.Surface]:
    pygame.display.init()
    pygame.font.init()
    yield pygame.display.set_mode(WINDOW)
    pygame.display.quit()


def chart(date: str = "2010-09-07", there: tuple[Piece, ...] = (), kit: Kit | None = None) -> Chart:
    made = Chart(kit or Kit(still=True), date, zones(), FRAME)
    made.pieces = there
    made.place(pygame.Rect(0, 0, *WINDOW), FREE)
    return made


def settle(made: Chart, surface: pygame.Surface) -> pygame.Surface:
    for _ in range(400):
        made.draw(surface)
        made.furniture(surface)
        if not made.busy:
            return surface.copy()
    raise AssertionError("The chart never comes to rest.")


def same(one: pygame.Surface, other: pygame.Surface) -> bool:
    return pygame.image.tobytes(one, "RGB") == pygame.image.tobytes(other, "RGB")


@given(lon=st.floats(116, 134), lat=st.floats(21, 36))
def test_projection_returns_to_where_it_began(lon, lat):
    assert place(spot((lon, lat))) == pytest.approx((lon, lat))
    lens = Lens(spot((125, 27)), 210.5, (1280, 720))
    assert lens.point(lens.pixel((lon, lat))) == pytest.approx((lon, lat))


@given(x=st.floats(90, 160), y=st.floats(-60, 0), scale=st.floats(60, 3000))
def test_a_clamped_lens_looks_at_the_sheet_alone(x, y, scale):
    lens = Lens((x, y), scale, (1000, 900)).clamped()
    left, top, right, bottom = lens.area
    assert left >= SHEET[0] - 1e-6
    assert right <= SHEET[2] + 1e-6
    assert top >= SHEET[1] - 1e-6
    assert bottom <= SHEET[3] + 1e-6


def test_zooming_leaves_what_is_under_the_pointer():
    lens = Lens(spot((125, 27)), 100, (1000, 800))
    assert lens.zoomed(250, (300, 200)).point((300, 200)) == pytest.approx(lens.point((300, 200)))


@given(scale=st.floats(30, 3000))
def test_a_level_below_is_never_larger(scale):
    assert level_for(scale, 200.0, below=True).scale <= scale * (1 + 1e-9) or scale > 200 * SIDE / 4


def test_fit_shows_the_whole_frame(screen):
    made = chart()
    for size in ((700, 540), (300, 500), (760, 200)):
        made.place(pygame.Rect(0, 0, *WINDOW), pygame.Rect(10, 10, *size))
        made.fit()
        seen, wanted = made.camera.lens.area, area_of(FRAME)
        assert seen[0] <= wanted[0] + 1e-6
        assert seen[1] <= wanted[1] + 1e-6
        assert seen[2] >= wanted[2] - 1e-6
        assert seen[3] >= wanted[3] - 1e-6


@pytest.mark.parametrize("wide", [9.0, 2.0])
def test_dragging_shows_the_same_picture_elsewhere(screen, wide):
    made = chart()
    made.layers = {"belts", "adiz", "areas", "zones", "graticule"}
    made.go_to((124.0, 26.5), wide)
    plain = pygame.Surface(WINDOW)

    def ground() -> pygame.Surface:
        settle(made, plain)
        made.tiles.paint(plain, plain.get_rect(), made.lens, made.tiles.level(made.lens.scale))
        return plain.copy()

    before, corner = ground(), origin(made.lens)
    made.camera.drag(-SIDE // 3, 41)
    made.tiles.kept.clear()
    after, now = ground(), origin(made.lens)
    dx, dy = now[0] - corner[0], now[1] - corner[1]
    assert (dx, dy) != (0, 0)
    shared = pygame.Rect(150, 100, 450, 380)
    assert same(before.subsurface(shared), after.subsurface(shared.move(dx, dy)))


def test_a_limit_of_a_later_day_is_not_drawn():
    early, late = ({shape.limit.id for shape in read_atlas(date).shapes} for date in ("2010-09-07", "2016-01-01"))
    assert "cn-adiz-2013" not in early
    assert "cn-adiz-2013" in late
    assert "cn-baseline-2012" not in early


def test_the_chart_of_2010_has_no_zone_of_2013(screen):
    views = []
    for date in ("2010-09-07", "2016-01-01"):
        made = chart(date)
        made.layers = {"adiz"}
        made.go_to((126.6, 28.0), 3.0)
        views.append(settle(made, screen))
    assert not same(*views)


def test_what_lies_under_the_pointer(screen):
    made = chart(there=pieces())
    settle(made, screen)
    for thing, rect in made.targets():
        if isinstance(thing, Piece) and made.free.contains(rect) and not made.button_at(rect.center):
            found = made.hit(rect.center)
            assert isinstance(found, Piece)
            assert found.zone == thing.zone
            assert found.title
            assert found.lines
    made.pieces = ()
    made.go_to("OTC", 2.5)
    settle(made, screen)
    found = made.hit((FREE.centerx + 90, FREE.centery + 70))
    assert isinstance(found, ZoneHit | PlaceHit)
    assert found.title
    assert found.lines
    assert made.hit((-5, -5)) is None


def test_names_never_cover_counters(screen):
    made = chart(there=pieces(40))
    for wide in (13.0, 7.0, 2.5):
        made.go_to((124.5, 27.0), wide)
        settle(made, screen)
        scene, lens = made.scene(), made.lens
        counters = [rect for _, rect, _ in crowd.seats(made.kit, scene.crowd, lens, (0, 0))]
        labels = [one.rect(lens.seen(one.name.at)) for one in scene.labels if not one.name.angle]
        assert labels
        assert all(rect.inflate(-2, -2).collidelist(counters) < 0 for rect in labels)
        assert all(one.inflate(-4, -4).collidelist([b for b in labels if b is not one]) < 0 for one in labels)


def test_the_same_view_is_drawn_alike(screen):
    one = settle(chart(there=pieces()), screen)
    assert same(one, settle(chart(there=pieces()), screen))
    made = chart(there=pieces())
    settle(made, screen)
    made.camera.zoom(2.0, (100, 100))
    settle(made, screen)
    made.fit()
    assert same(one, settle(made, screen))


def test_more_than_three_of_a_side_are_stacked(screen):
    there = tuple(Piece(f"f{n}", f"F{n}", "Boat", "cn", "civilian", "boats", "OTC") for n in range(5))
    made = chart(there=(*there, Piece("p", "PL", "Ship", "jp", "coast_guard", "ship", "OTC")))
    settle(made, screen)
    seats = [seat for seat, _, _ in crowd.seats(made.kit, made.scene().crowd, made.lens, (0, 0))]
    assert sorted(len(one.pieces) for one in seats) == [1, 5]
    assert all(one.label.startswith(one.pieces[0].side.upper()) for one in seats)
    rect = next(rect for thing, rect in made.targets() if isinstance(thing, Piece) and thing.side == "cn")
    made.event(pygame.event.Event(pygame.MOUSEMOTION, pos=rect.center, rel=(0, 0), buttons=(0, 0, 0)))
    assert made.pointer.fan is not None
    assert {one.id for one, _ in made.pointer.fan.cells} == {one.id for one in there}


def test_pieces_in_the_belts_stand_in_the_inset(screen):
    made = chart(there=(Piece("p", "PL", "Ship", "jp", "coast_guard", "ship", "STW"),))
    settle(made, screen)
    assert made.inset_shown()
    (group,) = made.inset.groups
    assert group.zone == "STW"
    assert not made.scene().crowd.groups
    made.go_to("STW", 1.5)
    settle(made, screen)
    assert not made.inset_shown()
    assert [group.zone for group, _ in made.scene().crowd.groups] == ["STW"]
    assert inset.READABLE * made.kit.u <= made.lens.scale


def test_dragging_and_keys_move_the_chart(screen):
    made = chart()
    made.go_to((125, 28), 4.0)
    before = made.camera.lens
    event = pygame.event.Event
    made.event(event(pygame.MOUSEBUTTONDOWN, button=1, pos=(300, 300)))
    assert made.event(event(pygame.MOUSEMOTION, pos=(340, 310), rel=(40, 10), buttons=(1, 0, 0)))
    assert made.event(event(pygame.MOUSEBUTTONUP, button=1, pos=(340, 310)))
    assert made.camera.lens.middle[0] == pytest.approx(before.middle[0] - 40 / before.scale)
    press = event(pygame.KEYDOWN, key=pygame.K_PLUS, mod=0)
    assert not made.event(press)
    made.focused = True
    assert made.event(press)
    assert made.camera.lens.scale > before.scale


def test_nothing_of_a_seat_is_left_after_forgetting(screen):
    made = chart(there=pieces())
    full = settle(made, screen)
    made.forget()
    assert not same(full, settle(made, screen))
    assert not [one for one, _ in made.targets() if isinstance(one, Piece)]


def test_the_theme_changes_at_once(screen):
    made = chart()
    light = settle(made, screen)
    made.restyle(Kit(PROJECTOR, 1.0, still=True))
    assert not same(light, settle(made, screen))
