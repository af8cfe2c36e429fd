"""Work that may be spread over frames: each step takes a small part of a frame, what was found comes at the end."""

from collections.abc import Generator
from typing import TypeVar

Found = TypeVar("Found")
Steps = Generator[None, None, Found]


def finished(work: Steps[Found]) -> Found:
    """Do all of a work at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Found = end.value
            return found
