"""The district's own figures by subject: the curve of catching up, and the rates one to three years on."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.growth.records import HIDDEN, CurvePoint, Figure, HorizonRates, SubjectCatchUp, Yardstick
from plc.growth.rows import share_figure
from plc.growth.words import subject_sentences
from plc.statistics.between_units import sums
from plc.statistics.time_to_catch_up import kaplan_meier


def yardsticks(cursor: Cursor) -> tuple[Yardstick, ...]:
    """Where "at level" begins on every scale in use."""
    return tuple(
        Yardstick(subject, grade, name, float(cut), bool(stated), source, year)
        for subject, grade, name, year, _, cut, stated, source in cursor.execute(
            load_sql("growth", "yardsticks")
        ).fetchall()
    )


def subject_catch_up(cursor: Cursor, years: pd.DataFrame) -> tuple[SubjectCatchUp, ...]:
    """One record per subject that has students seen in two years; hidden where too few stand behind it."""
    rates = cursor.execute(load_sql("growth", "district_rates")).df()
    teachers = dict(cursor.execute(load_sql("growth", "district_teachers")).fetchall())
    survival = cursor.execute(load_sql("growth", "survival_counts")).df()
    relative = {scale.subject for scale in yardsticks(cursor) if not scale.stated}
    found = []
    for subject, part in rates.groupby("subject", sort=True):
        name = str(subject)
        span = years.loc[years["subject"] == name, ["first_year", "last_year"]].iloc[0]
        enough_teachers = teachers.get(name, 0) >= MINIMUM_TEACHERS
        first = part[part["horizon"] == 1]
        enough = enough_teachers and not first.empty and int(first["others"].iloc[0]) >= MINIMUM_STUDENTS
        curve = _curve(survival[survival["subject"] == name]) if enough else ()
        on_track = (
            share_figure(first["adequate"].iloc[0], first["tracked"].iloc[0])
            if enough and first["tracked"].iloc[0] >= MINIMUM_STUDENTS
            else HIDDEN
        )
        found.append(
            SubjectCatchUp(
                subject=name,
                relative=name in relative,
                school_years=(int(span["first_year"]), int(span["last_year"])),
                sentences=subject_sentences(name, curve, relative=name in relative, on_track=on_track),
                curve=curve,
                rates=tuple(_rates(row) for row in part.to_dict("records")) if enough_teachers else (),
                on_track=on_track,
            )
        )
    return tuple(found)


def _curve(counts: pd.DataFrame) -> tuple[CurvePoint, ...]:
    """Years of the curve with at least ten students still followed, at most three."""
    if counts.empty:
        return ()
    years = counts["years"].to_numpy(dtype=int)
    size = int(years.max())
    curve = kaplan_meier(
        sums(years - 1, counts["caught_up"].to_numpy(dtype=float), size),
        sums(years - 1, counts["left_off"].to_numpy(dtype=float), size),
    )
    points = [
        CurvePoint(
            years=year + 1,
            at_risk=int(curve.at_risk[year]),
            share=float(curve.share[year]),
            lower=float(curve.lower[year]),
            upper=float(curve.upper[year]),
        )
        for year in range(min(len(curve), 3))
        if curve.at_risk[year] >= MINIMUM_STUDENTS
    ]
    return tuple(points)


def _rates(row: dict[Hashable, Any]) -> HorizonRates:
    def figure(count: str, starts: str, others: str) -> Figure:
        return share_figure(row[count], row[starts]) if row[others] >= MINIMUM_STUDENTS else HIDDEN

    return HorizonRates(
        years=int(row["horizon"]),
        caught_up=figure("caught_up", "starts", "others"),
        stayed=figure("stayed", "starts", "others"),
        kept_up=figure("kept_up", "level_starts", "level_others"),
    )
