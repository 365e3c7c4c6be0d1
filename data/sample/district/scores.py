"""What students score: true scores, classes' effects, and the planted ones held exactly.

score of student i in section c on assessment a, in SD:
    0.78 true_i + effect_c + occasion_ca + residual_i + error_ia
A planted section's effect is its realised one: residuals are centred in it, so that chance adds nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from district import plan
from district.plan import BASELINE, PLANNED, TRUTHS, YEARS
from district.roster import Roster


def simulate(rng: np.random.Generator, roster: Roster) -> pd.DataFrame:
    """One row per student, assessment and standard ("" for the whole) with `z`, the score in SD.

    Columns: student, section_id, subject, grade, school_year, code, standard, z.
    """
    frames = []
    for subject in plan.SUBJECTS:
        effects = _section_effects(rng, roster, subject)
        true = roster.students[subject].to_numpy().copy()
        for year in YEARS:
            seats = roster.seats[(roster.seats["subject"] == subject) & (roster.seats["school_year"] == year)]
            frame, reached = _year(rng, seats, effects, true, PLANNED[subject])
            frames.append(frame)
            known = ~np.isnan(reached)
            moved = plan.CARRY_OVER * reached + rng.normal(0, plan.SUMMER_SD, len(true))
            true = np.where(known, moved, true)
    return pd.concat(frames, ignore_index=True)


def _section_effects(rng: np.random.Generator, roster: Roster, subject: str) -> pd.DataFrame:
    """Per section: `effect` relative to peers of its course and year, `pinned`, and by-standard parts."""
    sections = roster.sections[roster.sections["subject"] == subject].copy()
    posts = roster.teachers["post"]
    teacher = pd.Series(rng.normal(0, plan.TEACHER_SD, len(posts)), index=posts)
    school = pd.Series(rng.normal(0, plan.SCHOOL_SD, len(roster.schools)), index=roster.schools["school_id"])
    years = pd.DataFrame(
        rng.normal(0, plan.TEACHER_YEAR_SD, (len(posts), 2)), index=posts, columns=list(YEARS)
    )
    by_standard = pd.DataFrame(rng.normal(0, plan.TEACHER_STANDARD_SD, (len(posts), 4)), index=posts)
    lead = sections["post"].replace("shared", plan.CO_TAUGHT[0])
    sections["effect"] = (
        lead.map(teacher).to_numpy()
        + sections["school_id"].map(school).to_numpy()
        + np.array([years.at[post, year] for post, year in zip(lead, sections["school_year"], strict=True)])
        + rng.normal(0, plan.SECTION_SD, len(sections))
    )
    planted = [
        plan.CO_TAUGHT_EFFECT
        if post == "shared"
        else TRUTHS[post].effect.get(year)
        if post in TRUTHS
        else None
        for post, year in zip(sections["post"], sections["school_year"], strict=True)
    ]
    sections["planted"] = np.array([value if subject == "maths" else None for value in planted], dtype=float)
    sections["pinned"] = sections["planted"].notna()
    # Peers average 0, so that a planted effect is relative to them.
    ordinary = sections["effect"].where(~sections["pinned"])
    sections["effect"] -= ordinary.groupby([sections["grade"], sections["school_year"]]).transform("mean")
    sections["effect"] = sections["planted"].fillna(sections["effect"])
    sections["split"] = (sections["post"] == _fluency_post()) & (subject == "fluency")
    for k in range(4):
        sections[f"standard_{k}"] = np.where(sections["pinned"], 0.0, lead.map(by_standard[k]))
    return sections.set_index("section_id")


def _fluency_post() -> str:
    return next(post for post, truth in TRUTHS.items() if truth.fixture == "F5")


def _year(
    rng: np.random.Generator,
    seats: pd.DataFrame,
    effects: pd.DataFrame,
    true: np.ndarray,
    planned: tuple[plan.Planned, ...],
) -> tuple[pd.DataFrame, np.ndarray]:
    """One subject's year: its rows, and what each student reached (NaN where absent)."""
    first = seats.sort_values("begin", kind="stable").drop_duplicates("student")
    students = first["student"].to_numpy()
    place = pd.Series(np.arange(len(students)), index=students)
    prior = true[students] + rng.normal(0, np.sqrt(1 - plan.PRIOR_RELIABILITY), len(students))
    residual = rng.normal(0, plan.RESIDUAL_SD, len(students))
    bonus = _centre_planted(first, effects, prior, residual)
    frames = [_baseline_rows(first, prior)]
    for assessment in planned[1:]:
        day = plan.taken_on(assessment, str(first["subject"].iloc[0]), int(first["school_year"].iloc[0]))
        now = seats[(seats["begin"] <= day) & (seats["end"] > day)]
        at = place.loc[now["student"]].to_numpy()
        where = effects.loc[now["section_id"]]
        occasion = rng.normal(0, plan.OCCASION_SD, len(effects))[effects.index.get_indexer(now["section_id"])]
        error = rng.normal(0, assessment.noise_sd, len(now))
        noise = np.where(
            where["pinned"] | where["split"], _centred(error, now["section_id"]), error + occasion
        )
        core = plan.PRIOR_SLOPE * true[now["student"]] + residual[at] + where["effect"].to_numpy() + bonus[at]
        frames += _assessment_rows(rng, now, assessment, core + noise, where)
    section = effects.loc[first["section_id"], "effect"].to_numpy()
    reached = np.full(len(true), np.nan)
    # Two fifths of what a class added is still there a year later.
    reached[students] = plan.PRIOR_SLOPE * true[students] + residual + 0.4 * (section + bonus)
    return pd.concat(frames, ignore_index=True), reached


def _centre_planted(
    first: pd.DataFrame, effects: pd.DataFrame, prior: np.ndarray, residual: np.ndarray
) -> np.ndarray:
    """Centre residuals of planted sections in place; return the extra of F5's students by starting level."""
    bonus = np.zeros(len(first))
    low = prior < np.quantile(prior, 1 / 3)
    for section_id, inside in first.groupby("section_id").indices.items():
        row = effects.loc[section_id]
        if row["pinned"]:
            residual[inside] -= residual[inside].mean()
        if row["split"]:
            for level, effect in ((low, plan.FLUENCY_LOW), (~low, plan.FLUENCY_OTHERS)):
                members = inside[level[inside]]
                residual[members] -= residual[members].mean() if len(members) else 0.0
                bonus[members] = effect - row["effect"]
    return bonus


def _centred(values: np.ndarray, sections: pd.Series) -> np.ndarray:
    frame = pd.Series(values, index=sections.index)
    return (frame - frame.groupby(sections).transform("mean")).to_numpy()


def _baseline_rows(first: pd.DataFrame, prior: np.ndarray) -> pd.DataFrame:
    """The starting-point check of everyone there in the second week."""
    day = plan.taken_on(BASELINE, str(first["subject"].iloc[0]), int(first["school_year"].iloc[0]))
    rows = first[["student", "section_id", "subject", "grade", "school_year", "begin"]].assign(
        z=prior, code=BASELINE.code, standard=""
    )
    return rows[first["begin"] <= day].drop(columns="begin")


def _assessment_rows(
    rng: np.random.Generator,
    now: pd.DataFrame,
    assessment: plan.Planned,
    score: np.ndarray,
    where: pd.DataFrame,
) -> list[pd.DataFrame]:
    rows = now[["student", "section_id", "subject", "grade", "school_year"]].assign(
        z=score, code=assessment.code
    )
    if assessment.code != f"U{plan.STANDARDS_UNIT}":
        return [rows.assign(standard="")]
    parts = []
    deviations = rng.normal(0, plan.STANDARD_SD, (len(now), 4))
    deviations -= deviations.mean(axis=1, keepdims=True)
    for k in range(4):
        names = [
            plan.STANDARDS[subject, grade][k]
            for subject, grade in zip(now["subject"], now["grade"], strict=True)
        ]
        shifted = score + deviations[:, k] + where[f"standard_{k}"].to_numpy()
        parts.append(rows.assign(z=shifted, standard=names))
    return parts
