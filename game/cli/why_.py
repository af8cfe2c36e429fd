"""kuroshio why."""

from pathlib import Path

import attrs
import click

from game.cli.common import document, plainly
from game.cli.seat import admitted
from game.words import say


@click.command("why")
@click.argument("journal", type=click.Path(path_type=Path))
@click.option("--turn", type=click.IntRange(1), required=True, help="The turn, from 1.")
@click.option("--track", "name", required=True, metavar="ID", help="What moved: risk, risk.jp.cn, climate.jp.cn ...")
@click.option("--as", "agency", metavar="AGENCY", help="Explain only what this agency can work out; asks for its PIN.")
@click.option("--control", is_flag=True, help="Explain all of it before the end; asks for control's PIN.")
@click.option("--pin", help="The PIN, where one was set.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@plainly
def command(
    journal: Path, turn: int, name: str, agency: str | None, control: bool, pin: str | None, as_json: bool
) -> None:
    """Explain why a number moved in a turn.

    Without --as, all of it: once the session has ended, or to control.

    \b
    Examples:
      kuroshio why session.kuroshio --turn 3 --track risk.jp.cn
      kuroshio why session.kuroshio --turn 3 --track belief.jp.cn --as jp_mofa
    """
    from game.play.journal import Journal
    from game.play.session import rebuilt
    from game.terminal.reasons import lines_of

    session = rebuilt(Journal.read(journal))
    otherwise = say("The session goes on. Explain for one agency with --as, or as control with --control.")
    admitted(session, agency, control, pin, otherwise)
    explained = session.why(turn, name, agency)
    if as_json:
        document(
            {
                "schema": "kuroshio.why.1",
                "turn": turn,
                "as": agency,
                "explanations": [attrs.asdict(e) for e in explained],
            }
        )
        return
    click.echo("\n".join(lines_of(explained, turn)))
