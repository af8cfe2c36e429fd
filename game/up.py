"""Set up and start from a fresh checkout, with nothing but Python: ``python -m game.up play`` or ``python -m game.up
test``.

Makes a virtual environment in ``.venv`` beside this package, installs Kuroshio into it, and runs the command there.
Further words are passed on. Standard library only: nothing else is installed yet when this runs.
"""

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".venv"
TOO_OLD = "Kuroshio needs Python 3.11 or newer; this is {version}. Install a newer one from python.org and try again."
NO_VENV = (
    "Python could not make a virtual environment in {place}. On Debian and Ubuntu: apt install python3-venv. ({error})"
)
NO_INSTALL = (
    "Kuroshio could not be installed: see the lines above. A connection to the package index is needed the first time."
)


def inside(name: str) -> str:
    """The path of a program of the virtual environment."""
    return str(PLACE / ("Scripts" if sys.platform == "win32" else "bin") / name)


def prepare(extra: str) -> None:
    """Make the environment and install Kuroshio with an extra, unless that was done for this pyproject.toml already."""
    mark = PLACE / "kuroshio-ready"
    wanted = f"{extra} {hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()}"
    if mark.is_file() and wanted in mark.read_text(encoding="utf-8").splitlines():
        return
    try:
        venv.create(PLACE, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(NO_VENV.format(place=PLACE, error=error))
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    command = [inside("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target]
    if subprocess.run(command, check=False).returncode:
        sys.exit(NO_INSTALL)
    known = mark.read_text(encoding="utf-8") if mark.is_file() else ""
    mark.write_text(f"{known}{wanted}\n", encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Run ``test`` (the test suite), or any command of Kuroshio; ``play`` when nothing is said."""
    if sys.version_info < (3, 11):
        sys.exit(TOO_OLD.format(version=sys.version.split()[0]))
    name, *rest = words or ["play"]
    if name == "test":
        prepare("test")
        return subprocess.run([inside("python"), "-m", "pytest", *rest], cwd=ROOT, check=False).returncode
    prepare("")
    # What people are told to type next has to work from here, where the command kuroshio is not on the path.
    started = "py -m game.up" if sys.platform == "win32" else "python3 -m game.up"
    command = [inside("python"), "-m", "game", name, *rest]
    return subprocess.run(command, env={**os.environ, "KUROSHIO_COMMAND": started}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
