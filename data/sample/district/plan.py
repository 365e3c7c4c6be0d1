"""What is fixed about the sample district: its years, calendar, variance components and planted teachers.

Effects are in student standard deviations (SD) of a course's scores. The components are those the
statistical method was calibrated with: school .06, teacher .11, teacher-year .05, section .09,
section x occasion .045; a student's residual of the year .50 and of one assessment .44.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SEED = 20260
YEARS = (2025, 2026)  # the calendar year in which a school year ends
COHORT = 800  # students entering grade 5 in one year; grades 5 to 8 over two years are five cohorts

SCHOOL_SD, TEACHER_SD, TEACHER_YEAR_SD, SECTION_SD, OCCASION_SD = 0.06, 0.11, 0.05, 0.09, 0.045
TEACHER_STANDARD_SD, STANDARD_SD = 0.045, 0.60
RESIDUAL_SD, ASSESSMENT_SD = 0.50, 0.44
WEEKLY_CHECK_SD = 0.60  # a short check is a noisy one
PRIOR_RELIABILITY = 0.88
# Variance 1 = slope^2 x .88 + .25 + .19 + .02 of classes.
PRIOR_SLOPE = 0.78
# A true score next year: what was reached this year, and what the summer and the new course change.
CARRY_OVER, SUMMER_SD = 0.98, 0.35

SUBJECTS = ("maths", "reading", "fluency")
STANDARDS = {
    ("maths", 5): ("5.NF.A.1", "5.NBT.B.7", "5.MD.C.5", "5.G.A.2"),
    ("maths", 6): ("6.RP.A.3", "6.NS.A.1", "6.EE.B.7", "6.SP.B.5"),
    ("maths", 7): ("7.RP.A.2", "7.NS.A.1", "7.EE.B.4", "7.G.B.6"),
    ("maths", 8): ("8.EE.C.7", "8.F.B.4", "8.G.B.7", "8.SP.A.2"),
    ("reading", 5): ("RL.5.2", "RI.5.3", "RL.5.6", "RI.5.8"),
    ("reading", 6): ("RL.6.2", "RI.6.3", "RL.6.6", "RI.6.8"),
    ("reading", 7): ("RL.7.2", "RI.7.3", "RL.7.6", "RI.7.8"),
    ("reading", 8): ("RL.8.2", "RI.8.3", "RL.8.6", "RI.8.8"),
}
STANDARDS_UNIT = 3  # the unit check that is scored by standard
MAX_SCORE, STANDARD_MAX_SCORE = 40, 10


@dataclass(frozen=True, slots=True)
class Planned:
    """One assessment of every course of a subject; `week` counts from the first week of school."""

    code: str
    name: str
    kind: str
    week: int
    noise_sd: float
    reliability: float


BASELINE = Planned("B", "starting point check", "baseline", 1, 0.0, PRIOR_RELIABILITY)
UNIT_CHECKS = (
    BASELINE,
    *(
        Planned(f"U{unit}", f"unit {unit} check", "common", week, ASSESSMENT_SD, 0.80)
        for unit, week in enumerate((5, 10, 15, 22, 28, 37), start=1)
    ),
)
# Ten weekly checks of one autumn term.
WEEKLY_CHECKS = (
    BASELINE,
    *(
        Planned(f"W{n:02d}", f"weekly check {n}", "common", 3 + n, WEEKLY_CHECK_SD, 0.68)
        for n in range(1, 11)
    ),
)
PLANNED = {"maths": UNIT_CHECKS, "reading": UNIT_CHECKS, "fluency": WEEKLY_CHECKS}


def first_monday(school_year: int) -> date:
    """The Monday of the first week of school, late in August."""
    day = date(school_year - 1, 8, 25)
    return day + timedelta(days=(-day.weekday()) % 7)


def taken_on(planned: Planned, subject: str, school_year: int) -> date:
    """The day of an assessment: each subject has its own weekday."""
    weekday = {"maths": 3, "reading": 1, "fluency": 4}[subject]
    return first_monday(school_year) + timedelta(weeks=planned.week, days=weekday)


def year_ends(school_year: int) -> date:
    """The last day of school."""
    return date(school_year, 6, 12)


MID_UNIT = {year: date(year, 1, 21) for year in YEARS}  # between the dates of units 3 and 4


@dataclass(frozen=True, slots=True)
class Truth:
    """A planted fact: the realised effect of each of a teacher's own sections, by school year."""

    fixture: str
    name: str
    effect: dict[int, float]
    words: str


# Keys are posts (see roster.py). Effects are what the classes really gained over peers, chance of
# the class included, so that "true +0.30" can be looked for in the output. Ms A's first year holds
# a little luck (+0.06), well within the standard error of three classes (0.08).
TRUTHS = {
    "M1.maths.6.1": Truth(
        "F1", "Ms Adeyemi", {2025: 0.36, 2026: 0.30},
        "true effect +0.30 SD in both years, 3 sections a year of 26 to 28 students",
    ),
    "M5.maths.8.1": Truth(
        "F2", "Mr Bauer", {2025: 0.0, 2026: 0.0},
        "honours classes: highest raw mean of all, true effect 0",
    ),
    "M2.maths.6.5": Truth(
        "F3", "Ms Castillo", {2026: 0.90},
        "7 students in one lucky year",
    ),
    "M1.maths.6.2": Truth(
        "F4", "Mr Dunne", {2025: 0.60, 2026: 0.0},
        "one high class in the first year, then average; true effect 0",
    ),
    "E2.all.5.1": Truth(
        "F5", "Ms Eriksen", {},
        "fluency: +1.15 SD for students who started in the upper two thirds, -0.30 for the lowest third",
    ),
    "M3.maths.7.1": Truth(
        "F8", "Ms Fujita", {2025: 0.25, 2026: 0.25},
        "60 % of a class taught together (see below), true effect +0.25",
    ),
    "M3.maths.7.5": Truth(
        "F8", "Mr Garner", {2025: -0.05, 2026: -0.05},
        "40 % of the same class, true effect -0.05; the shared class gains 0.6 x 0.25 - 0.4 x 0.05 = 0.13",
    ),
}  # fmt: skip
CO_TAUGHT = ("M3.maths.7.1", "M3.maths.7.5", 0.6)
CO_TAUGHT_EFFECT = 0.13
FLUENCY_LOW, FLUENCY_OTHERS = -0.30, 1.15
LONE_POST = "K1.maths.6.1"
TRANSFER_POST = "M4.maths.7.1"
TRANSFERS = 5
LANGUAGE_GROUP = ("M2", 6, 2026, {"Spanish": 11, "Vietnamese": 10, "Somali": 3})
SPANISH_VERSION = (8, 2026, "U4", -0.40)  # grade, year, check, and how much harder it is
