"""What a teacher may take away: her own cells, and every published number that her sections are made of."""

from __future__ import annotations

from typing import Final

import pandas as pd

from plc.bright_spots.tallies import LEAST_TEACHERS
from plc.core.disclosure import TOLD_DIGITS, in_two_digits
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

# A hundredth of an SD, and as much of what is multiplied into one; variances are squares of them.
# Variances and coefficients have two digits besides.
_DIGITS: Final = {
    "x1": 2, "x2": 2, "x3": 2, "at_top": 2, "b1": 3, "b2": 3, "b3": 3, "b4": 3, "component_value": 4,
    "section_variance": 4,
}  # fmt: skip

HOW_TO_FOLLOW: Final = """\
How to follow your own figures. The long version is docs/recompute.md.

cells.csv      one row per class and assessment      classes.csv  one row per class
published.csv  variances and coefficients by subject  strata.csv   your peers' groups: classes and teachers
All in SD of students' results on the same assessment, to a hundredth, so that a step differs by one or two.
Join classes to cells by subject, school_year and section_id.

residual  r = mean_result - slope*mean_start - slope_squared*mean_start_squared
              - slope_cubed*mean_start_cubed - slope_at_top*share_at_top
variance  q = variance_factor * (error/n + student*max(1/n - 1/N, 0))   n: students of cell, N: of class
weight    w = 1/(occasion + q)
effect    section_effect   = sum(w*r) / sum(w)
          section_variance = variance_factor*student/N + 1/sum(w)
          adjusted_effect  = section_effect - contextual_coefficient*class_start
peers     peer_mean        : the mean of your stratum, each class by its weight
beyond peers: adjusted_effect - peer_mean

published.csv leaves out what rests on fewer than three other teachers with several classes. A
contextual_coefficient that is left out counts as 0; the variances left out are in none of these steps.
"""


def own_download(database: Database, viewer: Viewer) -> dict[str, pd.DataFrame]:
    """The tables by file name, of the viewer's own classes only, to the digits that figures are told with.

    Raises `NotAllowed` for anyone else.
    """
    teacher_id = viewer.own_teacher_id(Permission.DATA_DOWNLOAD)
    own: dict[str, object] = {"teacher_id": teacher_id}
    with database.read() as cursor:
        frames = {
            name: cursor.execute(
                load_sql("bright_spots", statement),
                own | {"least": LEAST_TEACHERS} if name == "published" else own,
            ).df()
            for name, statement in FILES.items()
        }
    published = frames["published"]
    published["component_value"] = published["component_value"].map(in_two_digits)
    return {name: _told(frame).rename(columns=_HEADERS) for name, frame in frames.items()}


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without the digits that would tell two looks around a colleague's upload apart."""
    figures = frame.select_dtypes("float").columns
    return frame.round({name: _DIGITS.get(name, TOLD_DIGITS) for name in figures})
