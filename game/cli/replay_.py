"""kuroshio replay."""

from pathlib import Path

import click

from game.cli.common import document, plainly
from game.words import say


@click.command("replay")
@click.argument("journal", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@plainly
def command(journal: Path, as_json: bool) -> None:
    """Recompute every turn of a journal and compare it with the record.

    \b
    Examples:
      kuroshio replay session.kuroshio
      kuroshio replay session.kuroshio --json
    """
    from game.play.journal import Journal
    from game.play.session import rebuilt

    entries = Journal.read(journal)
    session = rebuilt(entries)
    played = [entry.body for entry in entries if entry.kind == "played"]
    if as_json:
        document({"schema": "kuroshio.replay.1", "scenario": session.game.id, "variants": list(session.game.variants),
                  "entries": len(entries), "turns": [{"turn": b["turn"], "digest": b["digest"]} for b in played],
                  "agrees": True})  # fmt: skip
        return
    for body in played:
        click.echo(say("turn {turn}: {digest} agrees", turn=body["turn"], digest=body["digest"]))
    click.echo(
        say(
            "{entries} entries, {turns} turns: everything comes out as recorded.",
            entries=len(entries),
            turns=len(played),
        )
    )
