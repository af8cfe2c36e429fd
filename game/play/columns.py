"""Tables for people, as lines of text."""

from collections.abc import Sequence


def lines_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a table as lines: the first column to the left, the others to the right under their heads."""
    columns = max(len(row) for row in rows)
    filled = [[*row, *[""] * (columns - len(row))] for row in rows]
    widths = [max(len(row[column].rstrip(" *")) for row in filled) for column in range(columns)]
    lines = []
    for row in filled:
        cells = [f"{row[0]:<{widths[0]}}"]
        for text, width in zip(row[1:], widths[1:], strict=True):
            bare = text.removesuffix(" *").rstrip()
            cells.append(f"{bare:>{width}}" + (" *" if text.endswith(" *") else "  "))
        lines.append("  ".join(cells).rstrip())
    return lines
