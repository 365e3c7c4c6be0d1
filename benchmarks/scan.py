"""How fast the scan is, and on how much memory: `python -m benchmarks.scan`.

Generates its own rows, then runs every measurement in a child process of its own, so that peak memory
is that measurement's alone. Prints one Markdown table.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.measurements import MEASUREMENTS

ROWS = (1_000_000, 10_000_000)
HUGE_ROWS = 50_000_000
# Beyond these sizes the import and statsmodels' fit would take longer than everything else together.
IMPORT_ROWS = 1_000_000
STATSMODELS_ROWS = 1_000_000
TIMEOUT_SECONDS = 1_800
REPEATS_BELOW = 5_000_000
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """One measurement: the least of its repeats in seconds; processor time and peak memory of that child."""

    rows: int
    name: str
    seconds: float
    processor_seconds: float
    megabytes: float
    note: str


@click.command()
@click.option("--rows", "sizes", multiple=True, type=int, help="Results to generate (repeatable).")
@click.option("--huge", is_flag=True, help="Add 50 million results (needs about 10 GB of disk).")
@click.option(
    "--import/--no-import",
    "imported",
    default=True,
    show_default=True,
    help="Time the import of a million rows too.",
)
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Where to put the databases (default: temporary)."
)
def main(sizes: tuple[int, ...], huge: bool, imported: bool, folder: Path | None) -> None:
    """Time the scan on generated districts."""
    timings: list[Timing] = []
    for rows in [*(sizes or ROWS), *([HUGE_ROWS] if huge else [])]:
        names = ["bare moments", "scan without standards", "scan"]
        names += ["import from Parquet + scan"] if imported and rows <= IMPORT_ROWS else []
        names += ["statsmodels"] if rows <= STATSMODELS_ROWS else []
        timings += _measure_all(rows, names, folder)
    click.echo(table(timings))


def table(timings: list[Timing]) -> str:
    """The Markdown table of some timings."""
    bare = {timing.rows: timing.seconds for timing in timings if timing.name == "bare moments"}
    lines = [
        "| results | measurement | seconds | results/second | times bare moments | processor seconds "
        "| peak memory (MB) | note |",
        "|---:|---|---:|---:|---:|---:|---:|---|",
    ]
    for timing in timings:
        lines.append(
            f"| {timing.rows:,} | {timing.name} | {timing.seconds:.2f} | {timing.rows / timing.seconds:,.0f} "
            f"| {timing.seconds / bare[timing.rows]:.1f} | {timing.processor_seconds:.1f} "
            f"| {timing.megabytes:,.0f} | {timing.note} |"
        )
    return "\n".join(lines)


def _measure_all(rows: int, names: list[str], folder: Path | None) -> list[Timing]:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        generated = _child("generate", Path(place), rows)
        click.echo(f"{generated['rows']:,} results generated in {generated['seconds']:.1f} s", err=True)
        return [_timing(name, Path(place), int(generated["rows"])) for name in names]


def _timing(name: str, place: Path, rows: int) -> Timing:
    repeats = REPEATS if rows < REPEATS_BELOW and name != "statsmodels" else 1
    found = [_child(name, place, rows) for _ in range(repeats)]
    fastest = min(found, key=lambda one: float(one["seconds"]))
    seconds, processor, megabytes = (
        float(fastest[part]) for part in ("seconds", "processor_seconds", "megabytes")
    )
    timing = Timing(rows, name, seconds, processor, megabytes, str(fastest["note"]))
    click.echo(f"{name}: {timing.seconds:.2f} s, {timing.megabytes:,.0f} MB {timing.note}", err=True)
    return timing


def _child(name: str, place: Path, rows: int) -> dict[str, float | str]:
    command = [sys.executable, "-m", "benchmarks.measurements", name, str(place), str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS)
    if done.returncode:
        raise click.ClickException(f"{name} failed:\n{done.stderr[-2_000:]}")
    found: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    assert {"generate", "scan"} <= set(MEASUREMENTS)  # noqa: S101
    main()
