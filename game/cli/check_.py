"""kuroshio check."""

import attrs
import click

from game.cli.common import PROBLEMS, document, plainly
from game.words import say


@click.command("check")
@click.argument("paths", nargs=-1, required=True)
@click.option("--warnings-as-errors", is_flag=True, help="Exit with 1 when there are warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@plainly
def command(paths: tuple[str, ...], warnings_as_errors: bool, as_json: bool) -> None:
    """Check scenarios, by folder or id, each with all its variants, and report every mistake at its line.

    \b
    Examples:
      kuroshio check my-scenario
      kuroshio check airspace-2024 --warnings-as-errors
    """
    from game.scenario.library import load
    from game.scenario.problems import in_order, report

    bad = False
    found = []
    for path in paths:
        loaded = load(path)
        problems = list(loaded.problems)
        for variant in loaded.variants:
            problems += load(path, (variant,)).problems
        ordered = in_order(problems)
        bad = bad or any(p.severity == "error" or warnings_as_errors for p in ordered)
        found.append({"path": path, "problems": [attrs.asdict(p) for p in ordered]})
        if not as_json:
            click.echo(f"{path}: {report(ordered, loaded.sources)}" if not ordered else report(ordered, loaded.sources))
    if as_json:
        document({"schema": "kuroshio.check.1", "scenarios": found})
    elif bad:
        click.echo(say("A scenario with errors cannot be played."), err=True)
    raise SystemExit(PROBLEMS if bad else 0)
