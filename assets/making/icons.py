"""Copy Lucide icons, with white strokes so that the game can tint them by multiplication."""

from __future__ import annotations

from pathlib import Path

from making.fetch import Packages, say

PACKAGE, VERSION = "lucide-static", "1.62.0"

NAMES = """
a-large-small anchor arrow-down arrow-left arrow-right arrow-up ban binoculars book-open building-2 calendar check
chevron-down chevron-left chevron-right chevron-up circle circle-check circle-dot circle-help circle-question-mark
circle-x clipboard-list cloud-rain compass cpu crosshair download drone eye eye-off fish flag folder-open gavel globe
handshake history hourglass info key-round landmark languages layers life-buoy list locate-fixed lock lock-open log-out
mail maximize megaphone menu message-circle messages-square minus monitor moon network newspaper notebook-pen pause
pencil phone phone-off plane play plus radar radio redo-2 rotate-ccw satellite scale scroll-text search settings shield
ship siren skip-back skip-forward sun target timer trash-2 triangle-alert undo-2 user users video vote waves x
""".split()  # noqa: SIM905


def white(svg: str) -> str:
    """Make the strokes of an icon white; the licence line at its top stays."""
    if "currentColor" not in svg:
        raise SystemExit("An icon has no stroke of the current colour.")
    return svg.replace("currentColor", "#ffffff")


def build(folder: Path, packages: Packages) -> None:
    """Write the icons."""
    folder.mkdir(parents=True, exist_ok=True)
    found = packages.from_npm(PACKAGE, VERSION, [f"icons/{name}.svg" for name in NAMES])
    for path, content in found.items():
        target = folder / Path(path).name
        target.write_text(white(content.decode("utf-8")), encoding="utf-8", newline="\n")
    stale = {path.stem for path in folder.glob("*.svg")} - set(NAMES)
    for name in stale:
        (folder / f"{name}.svg").unlink()
    say(f"icons: {len(found)}")
