"""The command line as people and scripts call it: ``from command import kuroshio``."""

import subprocess
import sys
from pathlib import Path


def kuroshio(*words: str, cwd: Path | None = None, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run([sys.executable, "-m", "game", *words], cwd=cwd, input=typed, capture_output=True, text=True,
                          encoding="utf-8", timeout=120, check=False)  # fmt: skip
