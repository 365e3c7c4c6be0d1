"""What a stored scan says about itself: sensitivity, prediction, peers, funnel, and what figures are made of.

Made only where a scan is stored: the variants of reliability sum the results twice more, from starting
points on (steps 13 to 18). On 1 million rows everything here costs about two thirds of a scan (0.95 s of
processor time beside 1.4 s).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
import pandas as pd

from plc.bright_spots import notes, steps
from plc.bright_spots.contrasts import contrast_rows
from plc.bright_spots.funnel_grid import funnel_rows
from plc.bright_spots.ingredients import ingredient_rows, variant_rows
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.own_cells import (
    CellStarts,
    own_cell_rows,
    own_section_rows,
    reduce_cell_starts,
    stratum_rows,
)
from plc.bright_spots.prediction import Prediction, predict
from plc.bright_spots.reduction import Reduction, shift_reliability
from plc.bright_spots.sensitivity import SHIFTS, overlap_rows, robustness_words, sensitivity
from plc.bright_spots.tables import Names
from plc.bright_spots.tallies import SubjectFindings
from plc.core.progress import Progress, silent
from plc.database.database import Cursor

# Figures of a prediction that few data leave empty.
_MAYBE_MISSING: Final = ("slope", "lower", "upper", "coverage", "start_correlation")


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Rows by table of the database; a teacher's own carry her id."""

    tables: dict[str, pd.DataFrame]

    def noted(self, findings: pd.DataFrame) -> pd.DataFrame:
        """Rows of `scan_finding` whose notes say whether the flag holds under every check."""
        variants = self.tables.get("scan_variant")
        if variants is None or variants.empty:
            return findings
        words = {
            key: robustness_words(dict(zip(rows["variant"], rows["probability"], strict=True)))
            for key, rows in variants.groupby(["teacher_id", "subject"])
        }
        keys = zip(findings["teacher_id"], findings["subject"], findings["standard_id"], strict=True)
        added = [
            words.get((teacher, subject), "") if not standard else "" for teacher, subject, standard in keys
        ]
        noted = [
            notes.joined([note for note in (*notes.parted(kept), more) if note])
            for kept, more in zip(findings["notes"], added, strict=True)
        ]
        return findings.assign(notes=noted)


def diagnose(
    cursor: Cursor,
    reduction: Reduction,
    found: Sequence[tuple[int, SubjectFindings]],
    names: Names,
    *,
    options: ScanOptions,
    progress: Progress = silent,
) -> Diagnostics:
    """Diagnose the subjects of a scan, by their keys; the cursor holds what `reduce_results` kept.

    Overwrites the scan's temporary tables: nothing may read them afterwards.
    """
    progress(0.0, "Looking at what the figures are made of")
    starts = reduce_cell_starts(cursor)
    steps.keep(cursor, "52_stated_scale")
    shifted = {}
    for number, (variant, shift) in enumerate(SHIFTS.items()):
        progress(0.2 + 0.2 * number, "Trying other assumptions")
        shifted[variant] = shift_reliability(cursor, reduction, shift)
    frames: dict[str, list[pd.DataFrame]] = {}
    for number, (subject_key, subject) in enumerate(found):
        progress(0.6 + 0.4 * number / len(found), f"Trying other assumptions: {subject.name}")
        for table, rows in _subject_tables(subject, shifted, subject_key, starts, names, options).items():
            frames.setdefault(table, []).append(rows)
    return Diagnostics({table: pd.concat(rows, ignore_index=True) for table, rows in frames.items()})


def _subject_tables(
    subject: SubjectFindings,
    shifted: dict[str, Reduction],
    subject_key: int,
    starts: CellStarts,
    names: Names,
    options: ScanOptions,
) -> dict[str, pd.DataFrame]:
    robustness = sensitivity(subject, shifted, subject_key, options=options)
    own = {
        "scan_ingredient": ingredient_rows(subject, robustness),
        "scan_variant": variant_rows(subject, robustness),
        "scan_contrast": contrast_rows(subject, options=options),
        "scan_own_cell": own_cell_rows(subject, starts, names),
        "scan_own_section": own_section_rows(subject, starts, names),
    }
    check = predict(subject)
    return {
        table: rows.assign(teacher_id=names.teachers(rows["teacher_key"].to_numpy())).drop(
            columns="teacher_key"
        )
        for table, rows in own.items()
    } | {
        "scan_overlap": overlap_rows(robustness, subject=subject.name),
        "scan_prediction": _prediction_row(check),
        "scan_funnel": funnel_rows(subject),
        "scan_stratum": stratum_rows(subject),
    }


def _prediction_row(check: Prediction) -> pd.DataFrame:
    return pd.DataFrame([asdict(check)]).astype(dict.fromkeys(_MAYBE_MISSING, np.float64))
