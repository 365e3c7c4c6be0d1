"""The district's own figures by subject: the curve of catching up, and the rates one to three years on."""

from __future__ import annotations

from typing import Any

import numpy as np

from plc.growth.figure_names import HORIZONS, whole_name
from plc.growth.records import CurvePoint, HorizonRates, SubjectCatchUp, Yardstick
from plc.growth.rows import share_figure
from plc.growth.words import subject_sentences
from plc.people.release_records import Release
from plc.statistics.time_to_catch_up import curve_of_years


def yardsticks_of(shown: Release) -> tuple[Yardstick, ...]:
    """Where "at level" began on every scale when the figures were released."""
    return tuple(Yardstick(**yardstick) for yardstick in shown.context["yardsticks"])


def subject_catch_up(shown: Release) -> tuple[SubjectCatchUp, ...]:
    """One record per subject that has students seen in two years; hidden where too few stand behind it."""
    relative = {scale.subject for scale in yardsticks_of(shown) if not scale.stated}
    found = []
    for span in shown.context["years"]:
        subject = str(span["subject"])
        if not any(table == whole_name(subject, "caught up 1") for table, _ in shown.cells):
            continue
        curve = _curve(shown, subject)
        on_track = share_figure(shown.figure(whole_name(subject, "on track 1")))
        found.append(
            SubjectCatchUp(
                subject=subject,
                relative=subject in relative,
                school_years=(int(span["first_year"]), int(span["last_year"])),
                sentences=subject_sentences(subject, curve, relative=subject in relative, on_track=on_track),
                curve=curve,
                rates=_rates(shown, subject),
                on_track=on_track,
            )
        )
    return tuple(found)


def _curve(shown: Release, subject: str) -> tuple[CurvePoint, ...]:
    """The years of the curve up to the first that too few students were followed to."""
    years: list[dict[str, Any]] = []
    for horizon in HORIZONS:
        figure = shown.figure(whole_name(subject, f"curve {horizon}"))
        if figure is None:
            break
        years.append(figure)
    if not years:
        return ()
    curve = curve_of_years(
        np.array([year["hits"] for year in years], dtype=np.float64),
        np.array([year["starts"] for year in years], dtype=np.float64),
    )
    return tuple(
        CurvePoint(
            years=place + 1,
            at_risk=int(curve.at_risk[place]),
            share=float(curve.share[place]),
            lower=float(curve.lower[place]),
            upper=float(curve.upper[place]),
        )
        for place in range(len(curve))
    )


def _rates(shown: Release, subject: str) -> tuple[HorizonRates, ...]:
    """The rates of every horizon of which anything is shown."""
    rates = []
    for horizon in HORIZONS:
        caught_up, stayed, kept_up = (
            share_figure(shown.figure(whole_name(subject, f"{measure} {horizon}")))
            for measure in ("caught up", "stayed", "kept up")
        )
        if any(figure.share is not None for figure in (caught_up, stayed, kept_up)):
            rates.append(HorizonRates(horizon, caught_up, stayed, kept_up))
    return tuple(rates)
