"""kuroshio list."""

import click

from game.cli.common import document, plainly, talk
from game.words import say


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@plainly
def command(as_json: bool) -> None:
    """List the scenarios: id, title, seats, turns, variants.

    \b
    Examples:
      kuroshio list
      kuroshio list --json
    """
    from game.scenario.library import load, shipped_scenarios

    rows = []
    for name in shipped_scenarios():
        loaded = load(name)
        if loaded.game is None:
            talk(say("{name} cannot be played: 'kuroshio check {name}' says why.", name=name))
            continue
        game = loaded.game
        rows.append({"id": name, "title": game.title, "summary": game.about["settings"].get("summary", ""),
                     "seats": [agency.id for agency in game.agencies], "turns": len(game.turns),
                     "variants": list(loaded.variants)})  # fmt: skip
    if as_json:
        document({"schema": "kuroshio.list.1", "scenarios": rows})
        return
    for row in rows:
        click.echo(f"{row['id']}: {row['title']}")
        click.echo(f"  {row['summary']}")
        click.echo(say("  {seats} seats, {turns} turns", seats=len(row["seats"]), turns=row["turns"]))
        click.echo(say("  variants: {variants}", variants=", ".join(row["variants"]) or "-"))
