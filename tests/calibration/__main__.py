"""Run the calibration grid: `python -m tests.calibration --grid`.

Prints a line per run and the table, writes the table into docs/calibration.md, and exits with 1 when a
gate is missed. Seeds from 601 on are for frozen code only and need `--frozen`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import click

from tests.calibration import effects_report, pooling_report, report
from tests.calibration.gates import check
from tests.calibration.runs import FIRST_RESERVED_SEED, run
from tests.calibration.scenarios import SCENARIOS
from tests.calibration.scoring import score

DOCUMENT = Path(__file__).parents[2] / "docs" / "calibration.md"


@click.command()
@click.option("--grid", is_flag=True, help="Run every scenario.")
@click.option("--scenario", "names", multiple=True, type=click.Choice(list(SCENARIOS)), help="Run this one.")
@click.option("--seeds", default="1-5", show_default=True, help="A range, such as 1-5, or a list: 1,4,9.")
@click.option("--rows", default=1_000_000, show_default=True, help="Results per district.")
@click.option("--standards/--no-standards", default=True, show_default=True, help="Judge standards too.")
@click.option("--frozen", is_flag=True, help="The code is frozen: reserved seeds may be used, once.")
@click.option("--effects", is_flag=True, help="Run the grid of measured effects instead.")
@click.option("--pooling", is_flag=True, help="Run the simulation of pools of tests instead.")
@click.option(
    "--write/--no-write", "written", default=None, help="Write the document (default: with --grid)."
)
def main(
    grid: bool,
    names: tuple[str, ...],
    seeds: str,
    rows: int,
    standards: bool,
    frozen: bool,
    written: bool | None,
    effects: bool,
    pooling: bool,
) -> None:
    """Simulate districts whose truth is known, scan them, and say how near the scan came."""
    if effects or pooling:
        other = effects_report if effects else pooling_report
        _run_other(other, _seeds(seeds), frozen=frozen, written=written is not False)
        return
    if not grid and not names:
        raise click.UsageError("Say --grid, or name a --scenario.")
    chosen = _seeds(seeds)
    if max(chosen) >= FIRST_RESERVED_SEED and not frozen:
        raise click.UsageError(f"Seeds from {FIRST_RESERVED_SEED} on are for frozen code; add --frozen.")
    rows_found = []
    for name in names or SCENARIOS:
        runs = []
        for seed in chosen:
            runs.append(run(name, seed, rows=rows, standards=standards))
            _say(name, seed, runs)
        rows_found.append(report.summarise(runs))
    text = report.words(rows_found, seeds=chosen, results=rows)
    click.echo(text)
    if written if written is not None else grid:
        report.write(DOCUMENT, text, fresh=min(chosen) >= FIRST_RESERVED_SEED)
    if not all(gate.passed for row in rows_found for gate in check(row.scenario, row.scores)):
        sys.exit(1)


def _run_other(other: ModuleType, seeds: list[int], *, frozen: bool, written: bool) -> None:
    """Another simulation with a document of its own."""
    if max(seeds) >= FIRST_RESERVED_SEED and not frozen:
        raise click.UsageError(f"Seeds from {FIRST_RESERVED_SEED} on are for frozen code; add --frozen.")
    text, held = other.run(seeds, say=lambda line: click.echo(line, err=True))
    click.echo(text)
    if written:
        other.DOCUMENT.write_text(text, encoding="utf-8")
    if not held:
        sys.exit(1)


def _say(name: str, seed: int, runs: list) -> None:  # type: ignore[type-arg]
    latest = runs[-1]
    found = score([latest.teachers], [latest.expected])
    click.echo(
        f"{name} seed {seed}: flags {found.flags.mean:.0f}, FDR {found.false_discovery_rate.mean:.3f}, "
        f"recall {found.recall.mean:.3f}, coverage {found.coverage.mean:.3f}, slope {found.slope.mean:.3f}, "
        f"{latest.seconds_scanning:.1f} s",
        err=True,
    )


def _seeds(words: str) -> list[int]:
    first, dash, last = words.partition("-")
    if dash:
        return list(range(int(first), int(last) + 1))
    return [int(word) for word in words.split(",")]


if __name__ == "__main__":
    main()
