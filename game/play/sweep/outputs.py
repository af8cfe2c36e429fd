"""What a finished sweep leaves: tables, effects, chart and manifest, all made of the parts alone."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from game.play.measures import MEASURES
from game.play.sweep.chart import chart
from game.play.sweep.effects import Effect, effects_of
from game.play.sweep.folder import DESIGN, MANIFEST, Folder
from game.play.sweep.plan import Plan, versions
from game.play.sweep.table import (
    Measure,
    measures_of,
    parquet_installed,
    points_rows,
    read_table,
    write_csv,
    write_parquet,
    write_runs,
)
from game.play.sweep.told import effects_rows, effects_text
from game.scenario.document import digest_of

SCHEMA = "kuroshio.sweep.1"


def manifest_of(plan: Plan) -> dict[str, Any]:
    """What was begun: program, scenario, design, seeds. Nothing in it depends on the machine but the time."""
    given = plan.design.given
    return {
        "schema": SCHEMA,
        "identity": plan.identity,
        "versions": versions(),
        "scenario": {"id": plan.game.id, "title": plan.game.title, "variants": list(plan.game.variants),
                     "digest": plan.game.digest},
        "design": {
            "hash": hashlib.sha256(plan.design.text.encode()).hexdigest(),
            "kind": given.kind,
            "points_hash": digest_of([[level.value for level in point] for point in plan.points]),
            "factors": [{"name": factor.name, "number": factor.number or None,
                         "levels": [level.value for level in factor.levels]} for factor in plan.factors],
        },
        "policy": given.policy, "policies": given.policies,
        "pair": ".".join(plan.sides), "measures": list(plan.wanted),
        "points": len(plan.points), "runs": plan.runs, "seeds": [given.first_seed, given.first_seed + plan.runs - 1],
        "started": now(), "finished": None,
    }  # fmt: skip


def now() -> str:
    """The time, in seconds, as all zones read it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def finish(plan: Plan, folder: Folder, manifest: dict[str, Any]) -> tuple[dict[str, Any], list[Effect], str]:
    """Write all that a sweep leaves. Gives the manifest, all effects, and those for people as text."""
    table = read_table(plan, folder.lines())
    measures = list(measures_of(table))
    asked = {*MEASURES, *plan.wanted}
    found = [(measure, effects_of(table, measure)) for measure in measures
             if measure.name in asked or len(set(measure.numbers)) > 1]  # fmt: skip
    effects = [one for _, some in found for one in some]
    main = [(measure, some) for measure, some in found if measure.main]
    text = effects_text(plan, main)
    names = [DESIGN, "runs.csv", "points.csv", "effects.csv", "effects.txt", "chart.svg"]
    folder.write("runs.csv", lambda file: write_runs(file, plan, folder.lines()))
    folder.write("points.csv", lambda file: write_csv(file, points_rows(table, measures)))
    folder.write("effects.csv", lambda file: write_csv(file, effects_rows(effects)))
    folder.write_text("effects.txt", text)
    folder.write_text("chart.svg", chart(plan, charted(main)))
    if parquet_installed():
        folder.write("runs.parquet", lambda file: write_parquet(file, table))
        names.append("runs.parquet")
    files = {name: hashlib.sha256((folder.path / name).read_bytes()).hexdigest() for name in names}
    done = {**manifest, "files": files, "finished": now()}
    folder.write_json(MANIFEST, done)
    return done, effects, text


def charted(main: Sequence[tuple[Measure, list[Effect]]]) -> list[tuple[Measure, list[Effect]]]:
    """The measures that the chart shows: at most eight, and no endings."""
    return [one for one in main if not one[0].name.startswith("ending = ")][:8]
