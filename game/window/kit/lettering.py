"""Letters: the fonts that travel with the game, text as cached pictures, and breaking lines.

SDL neither falls back to another font for a missing letter nor spaces small letters evenly. So each text is cut into
runs by the first font of a chain that has its letters, drawn at twice its size and scaled down.
"""

import math
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from struct import unpack_from
from time import perf_counter

import pygame

from game.scenario.shipped import shipped
from game.window.kit.theme import Colour

HAN = ("KuroshioHanJP-Regular", "KuroshioHanSC-Regular", "KuroshioHanTC-Regular", "KuroshioHangulKR-Regular")
STYLES = {
    "sans": ("KuroshioSans-Regular", *HAN),
    "medium": ("KuroshioSans-Medium", *HAN),
    "semibold": ("KuroshioSans-SemiBold", *HAN),
    "serif": ("KuroshioSerif-Regular", "KuroshioSans-Regular", *HAN),
    "serif-italic": ("KuroshioSerif-Italic", "KuroshioSans-Regular", *HAN),
    "serif-semibold": ("KuroshioSerif-SemiBold", "KuroshioSans-SemiBold", *HAN),
}
"""For each style of text the fonts in which a letter is looked for."""

LINE = {"serif": 1.42, "serif-italic": 1.42}
"""Height of a line in sizes; 1.36 where not named."""

FINE = 2
"""How much larger text is drawn than it is shown."""

AT_LEAST = 4
"""New texts that are drawn in a frame, however late it is."""

LETTERS_KEPT = 20_000
TEXTS_KEPT = 3_000


@lru_cache(maxsize=16)
def _file(name: str) -> bytes | None:
    path = shipped("assets") / "fonts" / f"{name}.ttf"
    return path.read_bytes() if path.is_file() else None


@lru_cache(maxsize=200)
def _font(name: str, pixels: int) -> pygame.font.Font | None:
    found = _file(name)
    return pygame.font.Font(BytesIO(found), pixels) if found else None


@lru_cache(maxsize=16)
def _letters(name: str) -> frozenset[int]:
    """The letters that a font has, from its character map: SDL draws a box for the others and does not tell."""
    found = _file(name)
    if found is None:
        return frozenset()
    tables = {found[12 + 16 * k : 16 + 16 * k]: 12 + 16 * k for k in range(unpack_from(">H", found, 4)[0])}
    cmap = unpack_from(">I", found, tables[b"cmap"] + 8)[0]
    letters: set[int] = set()
    for number in range(unpack_from(">H", found, cmap + 2)[0]):
        start = cmap + unpack_from(">HHI", found, cmap + 4 + 8 * number)[2]
        kind = unpack_from(">H", found, start)[0]
        if kind == 4:
            count = unpack_from(">H", found, start + 6)[0] // 2
            ends = unpack_from(f">{count}H", found, start + 14)
            begins = unpack_from(f">{count}H", found, start + 16 + 2 * count)
            for begin, end in zip(begins, ends, strict=True):
                letters.update(range(begin, end + 1))
        elif kind == 12:
            for k in range(unpack_from(">I", found, start + 12)[0]):
                begin, end, _glyph = unpack_from(">III", found, start + 16 + 12 * k)
                letters.update(range(begin, end + 1))
    return frozenset(letters - {0xFFFF})


@lru_cache(maxsize=LETTERS_KEPT)
def font_for(letter: str, style: str) -> str:
    """The first font of a style that has a letter; the first of all when none has it."""
    chain = STYLES[style]
    return next((name for name in chain if ord(letter) in _letters(name)), chain[0])


@lru_cache(maxsize=LETTERS_KEPT)
def _runs(text: str, style: str) -> tuple[tuple[str, str], ...]:
    """A text in stretches of letters that one font has."""
    if text.isascii() and text.isprintable():
        # The first font of every style has all of these.
        return ((STYLES[style][0], text),) if text else ()
    return tuple((name, "".join(run)) for name, run in groupby(text, lambda letter: font_for(letter, style)))


def missing(text: str) -> str:
    """The letters of a text that the fonts of some style do not have."""
    wanted = sorted({letter for letter in text if not letter.isspace()})
    return "".join(one for one in wanted if any(ord(one) not in _letters(font_for(one, style)) for style in STYLES))


def forget() -> None:
    """Drop every text that was drawn or measured: nothing of one seat is left for the next."""
    _pictures.clear()
    width.cache_clear()
    _runs.cache_clear()
    wrapped.cache_clear()
    cut.cache_clear()
    pieces.cache_clear()


@lru_cache(maxsize=LETTERS_KEPT)
def width(text: str, style: str, pixels: float) -> int:
    """How many pixels wide a text is at a size in pixels."""
    size = round(pixels * FINE)
    fonts = ((_font(name, size), run) for name, run in _runs(text, style))
    return round(sum(font.size(run)[0] for font, run in fonts if font) / FINE)


def line_height(style: str, pixels: float) -> int:
    """The height of a line of text, space between lines included."""
    return round(LINE.get(style, 1.36) * pixels)


Text = tuple[str, str, float, Colour]
"""A text to be drawn: its style, its size in pixels, its colour."""

_pictures: dict[Text, pygame.Surface] = {}
"""Texts that were drawn, the latest last."""


class Patience:
    """How long new texts may be drawn in a frame: those left out are *owed*, and drawn in the next."""

    def __init__(self) -> None:
        self.end = math.inf
        self.left = 0
        self.owed = False

    def begin(self, end: float) -> None:
        """Until this moment of the clock (`time.perf_counter`), but a few texts in any case."""
        self.end, self.left, self.owed = end, AT_LEAST, False

    def lost(self) -> bool:
        """Whether another new text must wait for the next frame."""
        self.left -= 1
        if self.left >= 0 or perf_counter() < self.end:
            return False
        self.owed = True
        return True


patience = Patience()


def ready(text: str, style: str, pixels: float, colour: Colour) -> bool:
    """Whether a text was drawn, or may be drawn now."""
    return (text, style, pixels, colour) in _pictures or patience.end == math.inf or not patience.lost()


def drawn(text: str, style: str, pixels: float, colour: Colour) -> pygame.Surface:
    """A text as a picture, one line high. Kept for the next time: do not alter it."""
    key = (text, style, pixels, colour)
    picture = _pictures.pop(key, None) or _draw(*key)
    if len(_pictures) >= TEXTS_KEPT:
        del _pictures[next(iter(_pictures))]
    _pictures[key] = picture
    return picture


def _draw(text: str, style: str, pixels: float, colour: Colour) -> pygame.Surface:
    size = round(pixels * FINE)
    wide, high = max(1, width(text, style, pixels)), line_height(style, pixels)
    fine = pygame.Surface((wide * FINE, high * FINE), pygame.SRCALPHA)
    fine.fill((*colour, 0))
    first = _font(STYLES[style][0], size)
    ascent, descent = (first.get_ascent(), -first.get_descent()) if first else (size, 0)
    base = (high * FINE - ascent - descent) // 2 + ascent
    x = 0
    for name, run in _runs(text, style):
        font = _font(name, size)
        if font:
            picture = font.render(run, True, colour)
            # Pixels without ink must have its colour too, or scaling darkens the edges of letters.
            picture.fill((*colour, 0), special_flags=pygame.BLEND_RGBA_MAX)
            fine.blit(picture, (x, base - font.get_ascent()))
            x += font.size(run)[0]
    return pygame.transform.smoothscale(fine, (wide, high))


CLOSE = 8
"""How near to the end of a line, in pixels, a sum of widths is not trusted."""


@lru_cache(maxsize=TEXTS_KEPT)
def wrapped(text: str, style: str, pixels: float, most: int) -> tuple[str, ...]:
    """A text broken into lines of at most *most* pixels: between words, and between Han letters and kana."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        # Pieces measured one by one may come to a pixel more than the whole, which is what widths are asked for.
        if width(paragraph, style, pixels) <= most:
            lines.append(paragraph.rstrip())
            continue
        line = ""
        room: float = most
        for whole in pieces(paragraph):
            piece, wide = whole, width(whole, style, pixels)
            left = room - wide + (width(" ", style, pixels) if piece.endswith(" ") else 0)
            # Pieces may also come to less than the whole: where that matters the line is measured as it is to stand.
            if line and (left < 0 or (left < CLOSE and width((line + piece).rstrip(), style, pixels) > most)):
                lines.append(line.rstrip())
                line, room = "", most
            while not line and wide > most and len(piece) > 1:
                cut = _fitting(piece, style, pixels, most)
                lines.append(piece[:cut])
                piece, wide = piece[cut:], width(piece[cut:], style, pixels)
            line += piece
            room -= wide
        lines.append(line.rstrip())
    return tuple(lines)


def _fitting(word: str, style: str, pixels: float, most: int) -> int:
    """How many letters of a word that is too long fit into a line; one at least."""
    cut = len(word) - 1
    while cut > 1 and width(word[:cut], style, pixels) > most:
        cut -= 1
    return max(1, cut)


@lru_cache(maxsize=LETTERS_KEPT)
def pieces(text: str) -> tuple[str, ...]:
    """What must not be broken: words with the space after them, single Han letters and kana."""
    found: list[str] = []
    word = ""
    for letter in text:
        if letter == " ":
            found.append(word + letter)
            word = ""
        elif "\u2e80" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" or "\uff00" <= letter <= "\uffef":
            if word:
                found.append(word)
            # A full stop or a closing bracket does not begin a line.
            if found and letter in "、。，．）」』】！？：；":
                found[-1] += letter
                word = ""
            else:
                found.append(letter)
                word = ""
        else:
            word += letter
    return (*found, word) if word else tuple(found)


@lru_cache(maxsize=TEXTS_KEPT)
def cut(text: str, style: str, pixels: float, most: int) -> str:
    """A text shortened with three dots so that it fits into one line."""
    if width(text, style, pixels) <= most:
        return text
    low, high = _about(text, style, pixels, most)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", style, pixels) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def _about(text: str, style: str, pixels: float, most: int) -> tuple[int, int]:
    """Between which numbers of letters a text is cut: its words were measured before, which long texts are slow to be."""
    ends, room = [0], float(most)
    for piece in pieces(text):
        ends.append(ends[-1] + len(piece))
        room -= width(piece, style, pixels)
        if room < 0:
            break
    # Words measured one by one come to some pixels more or less than the text; and three dots need room.
    return ends[max(0, len(ends) - 4)], min(len(text), ends[-1] + 1)
