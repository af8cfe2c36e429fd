"""The parts of the build script `assets/build.py`. Nothing here is used by the game."""
