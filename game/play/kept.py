"""Machine code kept in the user's cache folder.

What is read here is run, so it is read only from a folder and a file that belong to the user and that nobody else can
write, and only when its seal is right: the hash of its name and all that follows. A file that is cut off, damaged,
renamed or somebody else's is no file; the code is then compiled again and written anew.
"""

import contextlib
import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

SEAL = 32
"""Bytes of the seal, before the code."""
MOST = 40
"""How many files are kept; those not used for longest go first."""


def folder() -> Path:
    """Where code is kept: the cache folder that the system has for programs of this user."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return base / "Kuroshio" / "Cache" / "turns"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "kuroshio" / "turns"
    named = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(named) if named.startswith("/") else Path.home() / ".cache"
    return base / "kuroshio" / "turns"


def sealed(name: str, code: bytes) -> bytes:
    """The seal of code under a name."""
    return hashlib.sha256(name.encode() + b"\n" + code).digest()


def read(name: str) -> bytes | None:
    """The code kept under a name; None where there is none, or none that may be run."""
    path = folder() / f"{name}.code"
    try:
        if not (ours(folder(), stat.S_ISDIR) and ours(path, stat.S_ISREG)):
            return None
        found = path.read_bytes()
        if found[:SEAL] != sealed(name, found[SEAL:]):
            return None
        os.utime(path)
    except (OSError, RuntimeError):
        return None
    return found[SEAL:]


def write(name: str, code: bytes) -> None:
    """Keep code under a name. A folder that cannot be written costs only the time to compile again."""
    with contextlib.suppress(OSError, RuntimeError):
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not ours(place, stat.S_ISDIR):
            return
        number, name_now = tempfile.mkstemp(prefix=".", suffix=".new", dir=place)
        now = Path(name_now)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(sealed(name, code) + code)
            now.replace(place / f"{name}.code")
        finally:
            now.unlink(missing_ok=True)
        tidy(sorted(place.glob("*.code"), key=lambda path: path.stat().st_mtime))


def tidy(oldest_first: Sequence[Path]) -> None:
    """Take away what has not been used for longest."""
    for path in oldest_first[: max(0, len(oldest_first) - MOST)]:
        path.unlink(missing_ok=True)


def ours(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Whether a file or folder is what it should be and no link, belongs to the user, and nobody else can write it."""
    found = path.lstat()
    if not is_kind(found.st_mode):
        return False
    return sys.platform == "win32" or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
