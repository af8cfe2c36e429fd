"""Fetch packages with npm and pip, and read files out of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path


def say(text: str) -> None:
    """Write one line for the person who runs the script."""
    sys.stdout.write(text + "\n")


class Packages:
    """A folder of packages, each fetched when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def npm(self, name: str, version: str) -> Path:
        """Return the archive of an npm package."""
        archive = self.folder / f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"
        if not archive.exists():
            program = shutil.which("npm")
            if program is None:
                raise SystemExit("This needs npm, which is not installed.")
            say(f"fetching {name} {version} with npm")
            command = [program, "pack", "--silent", f"{name}@{version}"]
            subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        return archive

    def wheel(self, name: str, version: str) -> Path:
        """Return the wheel of a package of the Python Package Index."""
        archive = self.folder / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        if not archive.exists():
            say(f"fetching {name} {version} with pip")
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{name}=={version}"]
            subprocess.run(command, cwd=self.folder, check=True)  # noqa: S603
        return archive

    def from_npm(self, name: str, version: str, paths: list[str]) -> dict[str, bytes]:
        """Read files of an npm package, named by their path inside it."""
        wanted = {f"package/{path}": path for path in paths}
        found: dict[str, bytes] = {}
        with tarfile.open(self.npm(name, version)) as archive:
            for member in archive:
                handle = archive.extractfile(member) if member.name in wanted else None
                if handle is not None:
                    found[wanted[member.name]] = handle.read()
                if len(found) == len(wanted):
                    break
        missing = sorted(set(paths) - found.keys())
        if missing:
            raise SystemExit(f"{name} {version} has no {', '.join(missing)}.")
        return found

    def from_wheel(self, name: str, version: str, path: str) -> bytes:
        """Read one file of a wheel."""
        with zipfile.ZipFile(self.wheel(name, version)) as archive:
            return archive.read(path)
