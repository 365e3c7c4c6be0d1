"""The calibration tables, as Markdown that replaces its own earlier version and nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import plc
from plc.core import clock
from tests.calibration.gates import check
from tests.calibration.runs import FIRST_RESERVED_SEED, Run
from tests.calibration.scenarios import SCENARIOS
from tests.calibration.scoring import TEACHERS_IN_A_BIN, Measure, Scores, score

HEADER = Path(__file__).with_name("header.md").read_text(encoding="utf-8")
SECTIONS = ("fresh", "development")
COLUMNS = (
    "scenario",
    "flags",
    "FDR",
    "stated FDR",
    "recall",
    "AUC",
    "coverage",
    "slope",
    "largest gap",
    "gates",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario's runs and its scores, by teacher and (None: not run) by teacher and standard."""

    scenario: str
    scores: Scores
    standards: Scores | None
    seconds: float


def summarise(runs: Sequence[Run]) -> Row:
    """Pool the runs of one scenario."""
    by_standard = [run.standards for run in runs if run.standards is not None]
    return Row(
        scenario=runs[0].scenario,
        scores=score([run.teachers for run in runs], [run.expected for run in runs]),
        standards=score(by_standard, [run.expected_standards for run in runs]) if by_standard else None,
        seconds=float(np.mean([run.seconds_scanning for run in runs])),
    )


def words(rows: Sequence[Row], *, seeds: Sequence[int], results: int) -> str:
    """The section of the document that reports these rows."""
    fresh = min(seeds) >= FIRST_RESERVED_SEED
    title = "Fresh seeds" if fresh else "Development seeds"
    use = (
        "Frozen code, run once on seeds never used before."
        if fresh
        else "Decisions were made while looking at these seeds: trust the table of fresh seeds more."
    )
    failed = [
        f"- {row.scenario}: {gate.words}"
        for row in rows
        for gate in check(row.scenario, row.scores)
        if not gate.passed
    ]
    verdict = "All gates passed." if not failed else "Gates missed:\n\n" + "\n".join(failed)
    parts = [
        f"## {title} ({seeds_words(seeds)})",
        f"{clock.now():%Y-%m-%d}, code {code_version()}, {results:,} results a district, means over "
        f"{len(seeds)} runs ± Monte Carlo standard error. {use}",
        _table(rows, {row.scenario: row.scores for row in rows}),
        verdict,
        "### Calibration of the probability\n\nMean probability that the effect exceeds 0.10 → share truly "
        f"above, by tenths of the probability (those with {TEACHERS_IN_A_BIN} teachers or more). The largest "
        "gap in the table above is that of deciles of teachers.",
        _bins(rows),
    ]
    by_standard = {row.scenario: row.standards for row in rows if row.standards is not None}
    if by_standard:
        parts += [
            "### By teacher and standard",
            _table([row for row in rows if row.scenario in by_standard], by_standard, gated=False),
        ]
    return "\n\n".join(parts) + "\n"


def write(path: Path, text: str, *, fresh: bool) -> None:
    """Put the section into the document, in place of the same section of an earlier run."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    sections = {name: _section(old, name) for name in SECTIONS}
    sections["fresh" if fresh else "development"] = text
    parts = [f"{_mark(name)}{sections[name]}{_mark(name, end=True)}" for name in SECTIONS if sections[name]]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *parts]), encoding="utf-8")


def _section(document: str, name: str) -> str:
    start, stop = _mark(name), _mark(name, end=True)
    return document.split(start, 1)[1].split(stop, 1)[0] if start in document else ""


def _mark(name: str, *, end: bool = False) -> str:
    return f"<!-- {'end of ' if end else ''}{name} -->\n"


def code_version() -> str:
    """The program's version and the commit it was built from, marked where files had changed since."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = "+" if git("status", "--porcelain", "--", "plc") else ""
    return f"{plc.__version__} ({git('rev-parse', '--short', 'HEAD') or 'no commit'}{changed})"


def seeds_words(seeds: Sequence[int]) -> str:
    """`seeds 1-5`, or a list where they are not in a row."""
    if list(seeds) == list(range(seeds[0], seeds[-1] + 1)):
        return f"seeds {seeds[0]}-{seeds[-1]}"
    return "seeds " + ", ".join(map(str, seeds))


def _table(rows: Sequence[Row], scores: Mapping[str, Scores], *, gated: bool = True) -> str:
    columns = COLUMNS if gated else COLUMNS[:-1]
    lines = ["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
    lines += [_line(row, scores[row.scenario], gated=gated) for row in rows]
    return "\n".join(lines)


def _line(row: Row, found: Scores, *, gated: bool) -> str:
    cells = [
        f"{row.scenario}: {SCENARIOS[row.scenario].words}" if gated else row.scenario,
        f"{found.flags.mean:.1f}",
        *(
            _cell(measure)
            for measure in (
                found.false_discovery_rate,
                found.expected_false_discovery_rate,
                found.recall,
                found.auc,
                found.coverage,
                found.slope,
            )
        ),
        _number(found.calibration_gap),
    ]
    if gated:
        gates = check(row.scenario, found)
        cells.append(("pass" if all(gate.passed for gate in gates) else "**miss**") if gates else "reported")
    return "| " + " | ".join(cells) + " |"


def _bins(rows: Sequence[Row]) -> str:
    lines = ["| scenario | predicted → observed |", "|---|---|"]
    for row in rows:
        filled = [b for b in row.scores.tenths if b.teachers >= TEACHERS_IN_A_BIN]
        pairs = ", ".join(f"{b.predicted:.2f}→{b.observed:.2f}" for b in filled)
        lines.append(f"| {row.scenario} | {pairs} |")
    return "\n".join(lines)


def _cell(measure: Measure) -> str:
    if np.isnan(measure.mean):
        return "-"
    error = "" if np.isnan(measure.error) else f" ± {_number(measure.error)}"
    return _number(measure.mean) + error


def _number(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.3f}"
