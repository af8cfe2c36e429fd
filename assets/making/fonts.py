"""Subset, rename and adapt the fonts.

SDL_ttf cannot switch OpenType features and has no fallback from one font to another. So tabular digits are put where
the plain ones were, features that would change what a person typed (such as an arrow for `->`) are left out, and the
fonts for Japanese, Chinese and Korean share the em, ascent and descent of Kuroshio Sans: runs of the same size that
start at the same height stand on the same baseline.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from making.fetch import Packages, say

INTER = ("inter-ui", "4.1.1")
SERIF = ("source-serif", "4.5.1")
NOTO_VERSION = "5.3.0"


class Latin(NamedTuple):
    """A Latin font to make: its file in the package, and its family and style."""

    package: tuple[str, str]
    path: str
    family: str
    style: str


class Eastern(NamedTuple):
    """A font for Japanese, Chinese or Korean to make."""

    code: str
    script: str
    family: str


LATIN = (
    Latin(INTER, "web/Inter-Regular.woff2", "Kuroshio Sans", "Regular"),
    Latin(INTER, "web/Inter-Medium.woff2", "Kuroshio Sans", "Medium"),
    Latin(INTER, "web/Inter-SemiBold.woff2", "Kuroshio Sans", "SemiBold"),
    Latin(SERIF, "TTF/SourceSerif4-Regular.ttf", "Kuroshio Serif", "Regular"),
    Latin(SERIF, "TTF/SourceSerif4-It.ttf", "Kuroshio Serif", "Italic"),
    Latin(SERIF, "TTF/SourceSerif4-Semibold.ttf", "Kuroshio Serif", "SemiBold"),
)
EASTERN = (
    Eastern("jp", "japanese", "Kuroshio Han JP"),
    Eastern("sc", "chinese-simplified", "Kuroshio Han SC"),
    Eastern("tc", "chinese-traditional", "Kuroshio Han TC"),
    Eastern("kr", "korean", "Kuroshio Hangul KR"),
)

# fmt: off
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F),  # Latin, with macrons
    (0x1CD, 0x1DC), (0x218, 0x21B), (0x2BB, 0x2BF), (0x2C6, 0x2DD),  # pinyin, Romanian, apostrophes, accents
    (0x300, 0x30C), (0x327, 0x328), (0x394, 0x394), (0x3A9, 0x3A9), (0x3BC, 0x3BC), (0x3C0, 0x3C0), (0x3C3, 0x3C3),
    (0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20BF),  # punctuation, small digits, currencies
    (0x2100, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF),  # letters, arrows, mathematics, technical
    (0x2460, 0x2473), (0x25A0, 0x25FF), (0x2600, 0x27BF),  # numbers in circles, shapes, symbols
)
# fmt: on
CODES = frozenset(code for first, last in RANGES for code in range(first, last + 1))
FEATURES = ["kern", "mark", "mkmk", "ccmp", "liga"]
EAST = 0x2E80
EM = 1024  # the ascent and descent of Inter are whole numbers in this em, as in its own of 2048
DROPPED = ["BASE", "DSIG", "STAT", "VORG", "vhea", "vmtx", "prep", "gasp", "meta"]
WEIGHTS = {"Regular": 400, "Italic": 400, "Medium": 500, "SemiBold": 600}


def common_korean() -> set[int]:
    """Return the Korean syllables of the standard KS X 1001, of which everyday text is made, and single letters."""
    syllables = {ord(bytes([row, cell]).decode("euc_kr")) for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF)}
    return syllables | set(range(0x3130, 0x3190))


def opened(content: bytes) -> TTFont:
    """Read a font; its date of change stays, so that the result is always the same."""
    return TTFont(io.BytesIO(content), recalcTimestamp=False)


def reduced(font: TTFont, codes: set[int], features: list[str]) -> None:
    """Leave only some characters and layout features in a font."""
    options = subset.Options()
    options.layout_features = features
    options.drop_tables += DROPPED
    options.notdef_outline = True
    options.glyph_names = False
    options.hinting = False
    options.name_IDs = ["*"]
    reducer = subset.Subsetter(options)
    reducer.populate(unicodes=codes)
    reducer.subset(font)


def with_tabular_digits(font: TTFont) -> None:
    """Put the tabular digits of Inter where its proportional ones were."""
    glyphs = set(font.getGlyphOrder())
    plain = font.getBestCmap()
    for table in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in table.cmap and f"{plain[code]}.tf" in glyphs:
                table.cmap[code] = f"{plain[code]}.tf"


def rename(font: TTFont, family: str, style: str) -> None:
    """Give a font its new name; the copyright, version and licence stay."""
    names = font["name"]
    file_name = f"{family.replace(' ', '')}-{style}"
    plain = style in {"Regular", "Italic"}
    said = {
        1: family if plain else f"{family} {style}",
        2: style if plain else "Regular",
        3: f"Kuroshio;{file_name}",
        4: family if style == "Regular" else f"{family} {style}",
        6: file_name,
        10: "Subset, renamed and adapted for the game Kuroshio.",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
    }
    if not plain:
        said |= {16: family, 17: style}
    kept = {key: names.getDebugName(key) for key in (0, 5)}
    names.names = []
    for key, text in sorted((kept | said).items()):
        if text:
            names.setName(text, key, 3, 1, 0x409)
    font["OS/2"].usWeightClass = WEIGHTS[style]


def with_metrics(font: TTFont, model: TTFont) -> None:
    """Give a font the em, ascent and descent of another."""
    scale_upem(font, EM)
    factor = EM / model["head"].unitsPerEm
    heading, table = font["hhea"], font["OS/2"]
    heading.ascent = table.sTypoAscender = table.usWinAscent = round(model["hhea"].ascent * factor)
    heading.descent = table.sTypoDescender = round(model["hhea"].descent * factor)
    table.usWinDescent = -heading.descent
    heading.lineGap = table.sTypoLineGap = 0


def save(font: TTFont, folder: Path, family: str, style: str) -> None:
    """Write a font and tell its size."""
    font.flavor = None
    rename(font, family, style)
    target = folder / f"{family.replace(' ', '')}-{style}.ttf"
    font.save(target)
    say(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size / 1024:.0f} KB")


def latin(folder: Path, packages: Packages) -> TTFont:
    """Write the Latin fonts; return the regular one of Kuroshio Sans."""
    model = None
    for made in LATIN:
        font = opened(packages.from_npm(*made.package, [made.path])[made.path])
        if made.package == INTER:
            with_tabular_digits(font)
        reduced(font, set(CODES), FEATURES)
        save(font, folder, made.family, made.style)
        model = model or font
    return model


def eastern(folder: Path, packages: Packages, model: TTFont) -> None:
    """Write the fonts for Japanese, Chinese and Korean.

    Those for Japanese and for simplified characters are complete, because the same character has another shape in
    each. That for traditional characters holds only what both lack, that for Korean only the syllables
    of everyday text.
    """
    latin_codes = set(model.getBestCmap())
    before: set[int] = set()
    for made in EASTERN:
        path = f"files/noto-sans-{made.code}-{made.script}-400-normal.woff2"
        font = opened(packages.from_npm(f"@fontsource/noto-sans-{made.code}", NOTO_VERSION, [path])[path])
        codes = {code for code in font.getBestCmap() if code >= EAST and code not in latin_codes}
        if made.code in {"tc", "kr"}:
            codes -= before
        if made.code == "kr":
            codes &= common_korean()
        reduced(font, codes, [])
        with_metrics(font, model)
        save(font, folder, made.family, "Regular")
        before |= codes


def build(folder: Path, packages: Packages) -> None:
    """Write all fonts."""
    folder.mkdir(parents=True, exist_ok=True)
    eastern(folder, packages, latin(folder, packages))
