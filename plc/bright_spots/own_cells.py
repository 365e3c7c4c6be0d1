"""A teacher's own cells and sections with every published number that her section effects are made of.

`docs/recompute.md` says how to follow them. Cells and sections are kept under the teacher they belong
to; a stratum's totals only where enough other teachers stand behind them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plc.bright_spots import steps
from plc.bright_spots.steps import Columns
from plc.bright_spots.tables import Names
from plc.bright_spots.tallies import LEAST_TEACHERS, SubjectFindings
from plc.database.database import Cursor
from plc.statistics.records import IntArray


@dataclass(frozen=True, slots=True)
class CellStarts:
    """cells: section_key, scale_key, mean_result, x1, x2, x3, at_top; slopes: section_key, b1 .. b4."""

    cells: Columns
    slopes: Columns


def reduce_cell_starts(cursor: Cursor) -> CellStarts:
    """Means of results and starting points by cell; the cursor holds what `reduce_results` left."""
    return CellStarts(cells=steps.read(cursor, "50_cell_start"), slopes=steps.read(cursor, "51_slope_row"))


def own_cell_rows(found: SubjectFindings, starts: CellStarts, names: Names) -> pd.DataFrame:
    """One row per teacher, section and assessment: what a residual is made of."""
    subject = found.subject
    section = subject.cell_section
    place = _places(starts.cells, subject.cells)
    scale = np.searchsorted(names.scale_keys, subject.cells["scale_key"])
    cells = pd.DataFrame(
        {
            "section": section,
            "assessment_name": names.assessment_names[scale],
            "taken_on": names.taken_on[scale],
            "students": subject.cells["students"].astype(np.int64),
            **{name: starts.cells[name][place] for name in ("mean_result", "x1", "x2", "x3", "at_top")},
            "mean_residual": subject.cells["mean_residual"],
            "square_residual": subject.cells["square_residual"],
        }
    )
    return _sections_of_teachers(found, names).merge(cells, on="section").drop(columns="section")


def own_section_rows(found: SubjectFindings, starts: CellStarts, names: Names) -> pd.DataFrame:
    """One row per teacher and section: its slopes, its company, its effect and its peers."""
    subject, estimates = found.subject, found.estimates
    columns = subject.sections
    slope = np.searchsorted(starts.slopes["section_key"], columns["section_key"])
    sections = pd.DataFrame(
        {
            "section": np.arange(len(slope)),
            "grade": columns["grade"].astype(np.int64),
            "stratum": estimates.summaries.stratum.astype(np.int64),
            "students": subject.pairs["students"].astype(np.int64),
            "students_without_start": (columns["students"] - columns["started"]).astype(np.int64),
            **{name: starts.slopes[name][slope] for name in ("b1", "b2", "b3", "b4")},
            "section_mean": columns["section_mean"],
            "variance_factor": estimates.section_effects.variance_factor,
            "section_effect": estimates.section_effects.effect,
            "section_variance": estimates.section_effects.variance,
            "adjusted_effect": estimates.summaries.effect,
            "peer_mean": estimates.peer_mean,
        }
    )
    rows = _sections_of_teachers(found, names).merge(sections, on="section").drop(columns="section")
    hidden = ~np.isin(rows["stratum"], _published(found))
    rows.loc[hidden, "peer_mean"] = np.nan
    return rows.assign(stratum=rows["stratum"].where(~hidden).astype("Int64"))


def stratum_rows(found: SubjectFindings) -> pd.DataFrame:
    """The totals of each stratum that enough teachers share: the peers' mean is one by the other."""
    estimates, columns = found.estimates, found.subject.sections
    components, stratum = estimates.components, estimates.summaries.stratum
    spread = components.school + components.teacher + components.teacher_year + components.section
    weight = 1.0 / (estimates.summaries.variance + spread)
    rows = (
        pd.DataFrame(
            {
                "stratum": stratum.astype(np.int64),
                "grade": columns["grade"].astype(np.int64),
                "school_year": columns["school_year"].astype(np.int64),
                "sum_weight": weight,
                "sum_weighted_effect": weight * estimates.summaries.effect,
            }
        )
        .groupby("stratum", as_index=False)
        .agg(
            grades=("grade", _listed),
            school_years=("school_year", _listed),
            sections=("grade", "size"),
            sum_weight=("sum_weight", "sum"),
            sum_weighted_effect=("sum_weighted_effect", "sum"),
        )
    )
    rows = rows.assign(subject=found.name, teachers=estimates.strata.teachers[rows["stratum"]])
    return rows[rows["stratum"].isin(_published(found))]


def _listed(values: pd.Series) -> str:
    return ",".join(map(str, np.unique(values).tolist()))


def _published(found: SubjectFindings) -> IntArray:
    """Strata in which no teacher has too few peers."""
    strata = found.estimates.strata
    return np.flatnonzero(strata.teachers >= LEAST_TEACHERS)


def _sections_of_teachers(found: SubjectFindings, names: Names) -> pd.DataFrame:
    """Pairs of teacher and section she leads or shares: teacher_key, subject, section, ids and her share."""
    subject = found.subject
    section, teacher = subject.led
    where = np.searchsorted(names.section_keys, subject.sections["section_key"][section])
    return pd.DataFrame(
        {
            "teacher_key": subject.teacher_keys[teacher],
            "subject": found.name,
            "section": section,
            "section_id": names.section_ids[where],
            "school_year": subject.sections["school_year"][section].astype(np.int64),
            "share": subject.exposures.weight[subject.leads],
        }
    )


def _places(all_cells: Columns, cells: Columns) -> NDArray[np.intp]:
    """Where each of a subject's cells stands among all, both ordered by section and scale."""
    width = int(all_cells["scale_key"].max(initial=0)) + 1

    def key(columns: Columns) -> NDArray[np.int64]:
        return columns["section_key"].astype(np.int64) * width + columns["scale_key"]

    return np.asarray(np.searchsorted(key(all_cells), key(cells)), dtype=np.intp)
