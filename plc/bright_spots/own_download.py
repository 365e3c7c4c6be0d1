"""What a teacher may take away: her own cells, and every published number that her sections are made of."""

from __future__ import annotations

from typing import Final

import pandas as pd

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql

_HEADERS: Final = {
    "x1": "mean_start", "x2": "mean_start_squared", "x3": "mean_start_cubed", "at_top": "share_at_top",
    "b1": "slope", "b2": "slope_squared", "b3": "slope_cubed", "b4": "slope_at_top",
    "section_mean": "class_start", "component_value": "value",
}  # fmt: skip
FILES: Final = {
    "cells": "own_cells",
    "classes": "own_sections",
    "published": "own_components",
    "strata": "own_strata",
}

HOW_TO_FOLLOW: Final = """\
How to follow your own figures. The long version is docs/recompute.md.

cells.csv      one row per class and assessment      classes.csv  one row per class
published.csv  variances and coefficients by subject  strata.csv   totals of your peers' groups
All in SD of students' results on the same assessment. Join classes to cells by subject, school_year and
section_id.

residual  r = mean_result - slope*mean_start - slope_squared*mean_start_squared
              - slope_cubed*mean_start_cubed - slope_at_top*share_at_top
variance  q = variance_factor * (error/n + student*max(1/n - 1/N, 0))   n: students of cell, N: of class
weight    w = 1/(occasion + q)
effect    section_effect   = sum(w*r) / sum(w)
          section_variance = variance_factor*student/N + 1/sum(w)
          adjusted_effect  = section_effect - contextual_coefficient*class_start
peers     peer_mean        = sum_weighted_effect / sum_weight of your stratum
beyond peers: adjusted_effect - peer_mean
"""


def own_download(database: Database, viewer: Viewer) -> dict[str, pd.DataFrame]:
    """The tables by file name, of the viewer's own classes only. Raises `NotAllowed` for anyone else."""
    teacher_id = viewer.own_teacher_id(Permission.DATA_DOWNLOAD)
    with database.read() as cursor:
        frames = {
            name: cursor.execute(load_sql("bright_spots", statement), {"teacher_id": teacher_id}).df()
            for name, statement in FILES.items()
        }
    return {name: frame.rename(columns=_HEADERS) for name, frame in frames.items()}
