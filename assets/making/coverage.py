"""Find characters of the game's texts that no font has: SDL_ttf draws such a character as an empty box."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

from making.fetch import say

PLACES = (
    ("scenarios", {".toml", ".md", ".json", ".txt"}),
    ("game", {".py", ".toml", ".md", ".json", ".txt"}),
    ("assets/map", {".geojson", ".md"}),
)
CONTROLS = {"\n", "\r", "\t", "\ufeff"}


def used(root: Path) -> dict[str, str]:
    """Return every character of the texts, with one file where it stands."""
    found: dict[str, str] = {}
    for place, endings in PLACES:
        for path in sorted((root / place).rglob("*")):
            if path.suffix in endings and "__pycache__" not in path.parts:
                for character in path.read_text(encoding="utf-8"):
                    found.setdefault(character, path.relative_to(root).as_posix())
    return found


def covered(folder: Path) -> dict[str, set[int]]:
    """Return the characters of each font, by its name."""
    return {path.stem: set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(folder.glob("*.ttf"))}


def check(folder: Path, root: Path) -> bool:
    """Tell which characters no font has, and which of the Latin ones some Latin font lacks."""
    fonts = covered(folder)
    texts = {character: place for character, place in used(root).items() if character not in CONTROLS}
    anywhere = set().union(*fonts.values())
    missing = {character: place for character, place in texts.items() if ord(character) not in anywhere}
    for character, place in sorted(missing.items()):
        say(f"no font has U+{ord(character):04X} {character}, which stands in {place}")
    common = set.intersection(
        *(codes for name, codes in fonts.items() if name.startswith(("KuroshioSans", "KuroshioSerif")))
    )
    for character, place in sorted(texts.items()):
        if character not in missing and ord(character) < 0x2E80 and ord(character) not in common:
            say(f"not every Latin font has U+{ord(character):04X} {character}, which stands in {place}")
    say(f"characters: {len(texts)} used, {len(missing)} missing from all fonts")
    return not missing
