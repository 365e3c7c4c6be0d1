"""Schools, teachers, students, sections and who sits where.

A *post* is one teacher's place: `M1.maths.6.2` is the second grade-6 maths teacher of school M1;
`all` teaches maths, reading and fluency to one class of grade 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from district.names import SCHOOLS, teacher_names
from district.plan import (
    CO_TAUGHT,
    COHORT,
    LANGUAGE_GROUP,
    MID_UNIT,
    PRIOR_RELIABILITY,
    TRANSFER_POST,
    TRANSFERS,
    TRUTHS,
    YEARS,
    first_monday,
    year_ends,
)
from district.seating import assign_classes

ELEMENTARY = ("E1", "E2", "E3", "E4", "E5", "E6")
MIDDLE = ("M1", "M2", "M3", "M4", "M5")
# Share of a cohort in each middle school; the small school K1 has one class a grade.
MIDDLE_SHARE = {"M1": 0.212, "M2": 0.196, "M3": 0.196, "M4": 0.192, "M5": 0.204}
SMALL_SCHOOL_SIZE = 25
# Schools differ in what their students bring: M5 and its feeders the most.
SCHOOL_MEAN = {"M1": 0.0, "M2": -0.25, "M3": 0.05, "M4": -0.15, "M5": 0.40, "K1": -0.05}
LEFT, NEWCOMERS = 20, 20  # of each cohort: gone after the first year, new in the second
SECTION_SWITCHES = 40  # students a year who change maths class in January


@dataclass(slots=True)
class Roster:
    """All tables; `seats` has one row per student and section with the days it lasted."""

    schools: pd.DataFrame
    teachers: pd.DataFrame
    students: pd.DataFrame
    sections: pd.DataFrame
    section_teachers: pd.DataFrame
    seats: pd.DataFrame


def build_roster(rng: np.random.Generator) -> Roster:
    """The district of two years."""
    posts = _posts(rng)
    teachers = _teachers(rng, posts)
    students = _students(rng)
    sections, section_teachers, seats = [], [], []
    for year in YEARS:
        present = _present(students, year)
        for (school, grade), members in present.groupby(["school", "grade"]):
            for subjects, offered in _courses(posts, school, int(grade), year):
                places = assign_classes(rng, members, offered, subjects[0])
                for subject in subjects:
                    for number, (post, inside) in enumerate(zip(offered, places, strict=True), start=1):
                        section_id = f"{school}-{subject[:2].upper()}{grade}-{year % 100}-{number}"
                        course = f"Grade {grade} {subject}"
                        if TRUTHS.get(post) and TRUTHS[post].fixture == "F2":
                            course += " honours"
                        sections.append((section_id, school, grade, subject, year, course, post))
                        section_teachers += _shares(section_id, post, number, offered)
                        seats += [(index, section_id) for index in inside]
    section_table = pd.DataFrame(
        sections, columns=["section_id", "school_id", "grade", "subject", "school_year", "course", "post"]
    )
    seat_table = pd.DataFrame(seats, columns=["student", "section_id"]).merge(
        section_table[["section_id", "subject", "school_year", "grade", "school_id", "post"]], on="section_id"
    )
    return Roster(
        schools=_schools(),
        teachers=teachers,
        students=students,
        sections=section_table,
        section_teachers=pd.DataFrame(section_teachers, columns=["section_id", "post", "share", "role"]),
        seats=_with_days(rng, seat_table, students),
    )


def _schools() -> pd.DataFrame:
    ids = list(SCHOOLS)
    return pd.DataFrame({"school_id": ids, "name": list(SCHOOLS.values()), "district_id": "sample"})


def _posts(rng: np.random.Generator) -> pd.DataFrame:
    """One row per post and year with its number of sections."""
    rows: list[tuple[str, int, int]] = []

    def add(post: str, first: int, second: int) -> None:
        rows.extend([(post, YEARS[0], first), (post, YEARS[1], second)])

    for number, school in enumerate(ELEMENTARY):
        for n in range(1, 7 if number < 4 else 6):
            add(f"{school}.all.5.{n}", 1, 1)
    for school in MIDDLE:
        for subject in ("maths", "reading"):
            for grade in (6, 7, 8):
                for n, (first, second) in enumerate(_loads(rng, school, subject, grade), start=1):
                    add(f"{school}.{subject}.{grade}.{n}", first, second)
    for post in ("K1.all.5.1", "K1.maths.6.1", "K1.maths.78.1", "K1.reading.678.1"):
        add(post, 1, 1)
    return pd.DataFrame(rows, columns=["post", "school_year", "sections"])


def _loads(rng: np.random.Generator, school: str, subject: str, grade: int) -> list[tuple[int, int]]:
    """Sections of each teacher of a middle-school course in the two years; about 7 a year in all."""
    match (school, subject, grade):
        case ("M1", "maths", 6):
            return [(3, 3), (1, 2), (2, 1), (1, 1)]
        case ("M2", "maths", 6):
            return [(2, 2), (2, 1), (2, 2), (1, 1), (0, 1)]
        case ("M3", "maths", 7):
            # The first and the fifth also share one class.
            return [(2, 2), (1, 2), (2, 1), (1, 1), (1, 1)]
        case ("M5", "maths", 8):
            return [(2, 2), (2, 1), (1, 2), (2, 2)]
    patterns = np.array([(2, 2), (2, 2), (2, 1), (1, 2)])
    return [tuple(int(n) for n in pair) for pair in rng.permutation(patterns)]


def _teachers(rng: np.random.Generator, posts: pd.DataFrame) -> pd.DataFrame:
    unique = posts["post"].unique()
    names = teacher_names(rng, len(unique))
    numbers = rng.permutation(len(unique)) + 1
    table = pd.DataFrame({"post": unique, "teacher_id": [f"T{n:03d}" for n in numbers], "name": names})
    planted = table["post"].map({post: truth.name for post, truth in TRUTHS.items()})
    table["name"] = planted.fillna(table["name"])
    table["school_id"] = table["post"].str[:2]
    return table


def _students(rng: np.random.Generator) -> pd.DataFrame:
    """Five cohorts; `entry` is the year in grade 5, abilities are true scores in SD of the district."""
    entries = np.repeat(np.arange(YEARS[1], YEARS[1] - 5, -1), COHORT)
    number = len(entries)
    ids = rng.choice(np.arange(20_000, 2_000_000), size=number, replace=False)
    middle = np.empty(number, dtype="<U2")
    elementary = np.empty(number, dtype="<U2")
    for entry in np.unique(entries):
        where = np.flatnonzero(entries == entry)
        middle[where], elementary[where] = _homes(rng, len(where))
    mean = np.array([SCHOOL_MEAN[school] for school in middle])
    general = rng.standard_normal(number)
    table = pd.DataFrame({"student_id": [f"{n:07d}" for n in ids], "entry": entries})
    table["middle"], table["elementary"] = middle, elementary
    for subject, loading in (("maths", 0.85), ("reading", 0.85), ("fluency", 0.80)):
        own = rng.standard_normal(number)
        ability = mean + 0.98 * (loading * general + np.sqrt(1 - loading**2) * own)
        table[subject] = np.sqrt(PRIOR_RELIABILITY) * (ability - ability.mean()) / ability.std()
    _stay(rng, table)
    _groups(rng, table, general)
    return table


def _homes(rng: np.random.Generator, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Middle and elementary school of one cohort; feeders overlap, the small school keeps its own."""
    sizes = [round((number - SMALL_SCHOOL_SIZE) * share) for share in MIDDLE_SHARE.values()]
    sizes[-1] += number - SMALL_SCHOOL_SIZE - sum(sizes)
    middle = np.repeat([*MIDDLE, "K1"], [*sizes, SMALL_SCHOOL_SIZE])
    # Students ordered along the town, with some noise, fill the elementary schools one by one.
    along = np.repeat(np.arange(6.0), [*sizes, SMALL_SCHOOL_SIZE]) + rng.normal(0, 0.35, number)
    order = np.argsort(np.where(middle == "K1", 99.0, along), kind="stable")
    seats = number - SMALL_SCHOOL_SIZE
    weights = np.array([6, 6, 6, 6, 5, 5])
    edges = np.round(np.cumsum(weights) / weights.sum() * seats).astype(int)
    elementary = np.full(number, "K1")
    elementary[order[:seats]] = np.array(ELEMENTARY)[np.searchsorted(edges, np.arange(seats), side="right")]
    return middle, elementary


def _stay(rng: np.random.Generator, table: pd.DataFrame) -> None:
    """Mark who left after the first year, came for the second, or transferred in mid-unit."""
    table["first_year"], table["last_year"] = YEARS
    table["transfer"] = False
    for entry in range(YEARS[1] - 3, YEARS[1]):
        cohort = rng.permutation(table.index[(table["entry"] == entry) & (table["middle"] != "K1")])
        table.loc[cohort[:LEFT], "last_year"] = YEARS[0]
        table.loc[cohort[LEFT : LEFT + NEWCOMERS], "first_year"] = YEARS[1]
    school, grade = TRANSFER_POST[:2], int(TRANSFER_POST.split(".")[2])
    seventh = table.index[(table["entry"] == YEARS[1] - (grade - 5)) & (table["middle"] == school)]
    free = seventh[
        (table.loc[seventh, "first_year"] == YEARS[0]) & (table.loc[seventh, "last_year"] == YEARS[1])
    ]
    chosen = rng.choice(free, size=TRANSFERS, replace=False)
    table.loc[chosen, "first_year"] = YEARS[1]
    table.loc[chosen, "transfer"] = True


def _groups(rng: np.random.Generator, table: pd.DataFrame, general: np.ndarray) -> None:
    """Student groups, with the planted group of 3 among 24 English learners of one grade and school."""
    number = len(table)
    low_income = rng.random(number) < 1 / (1 + np.exp(0.5 + 0.55 * general))
    disability = rng.random(number) < 1 / (1 + np.exp(2.0 + 0.6 * general))
    learner = rng.random(number) < 1 / (1 + np.exp(2.3 + 0.5 * general))
    language = np.where(
        learner, rng.choice(["Spanish", "Vietnamese", "Arabic"], size=number, p=[0.7, 0.2, 0.1]), "English"
    )
    school, grade, year, cells = LANGUAGE_GROUP
    there = (
        (table["middle"] == school)
        & (table["entry"] == year - (grade - 5))
        & (table["last_year"] == YEARS[1])
    )
    language[there] = "English"
    chosen = rng.choice(table.index[there], size=sum(cells.values()), replace=False)
    language[chosen] = np.repeat(list(cells), list(cells.values()))
    table["group_low_income"] = np.where(low_income, "yes", "no")
    table["group_disability"] = np.where(disability, "yes", "no")
    table["group_english_learner"] = np.where(language == "English", "no", "yes")
    table["group_home_language"] = language


def _present(students: pd.DataFrame, year: int) -> pd.DataFrame:
    """Who is in grades 5 to 8 that year, with school and grade."""
    grade = 5 + year - students["entry"]
    inside = grade.between(5, 8) & (students["first_year"] <= year) & (students["last_year"] >= year)
    table = students[inside].copy()
    table["grade"] = grade[inside].astype(int)
    table["school"] = np.where(table["grade"] == 5, table["elementary"], table["middle"])
    return table


def _courses(
    posts: pd.DataFrame, school: str, grade: int, year: int
) -> list[tuple[tuple[str, ...], list[str]]]:
    """Per course of a school and grade: its subjects and one post per section."""
    mine = posts[(posts["school_year"] == year) & posts["post"].str.startswith(f"{school}.")]
    offered: dict[str, list[str]] = {}
    for post, sections in zip(mine["post"], mine["sections"], strict=True):
        _, subject, grades, _ = post.split(".")
        if str(grade) in grades:
            offered.setdefault(subject, []).extend([post] * sections)
    if (school, grade) == (CO_TAUGHT[0][:2], 7):
        offered["maths"].append("shared")
    return [
        (("maths", "reading", "fluency") if key == "all" else (key,), value) for key, value in offered.items()
    ]


def _shares(section_id: str, post: str, number: int, offered: list[str]) -> list[tuple[str, str, float, str]]:
    if post != "shared":
        return [(section_id, post, 1.0, "lead")]
    lead, partner, share = CO_TAUGHT
    return [(section_id, lead, share, "lead"), (section_id, partner, 1 - share, "co-teacher")]


def _with_days(rng: np.random.Generator, seats: pd.DataFrame, students: pd.DataFrame) -> pd.DataFrame:
    """Begin and end of each seat; transfers begin mid-unit, a few students change maths class in January."""
    seats["begin"] = seats["school_year"].map({year: first_monday(year) for year in YEARS})
    seats["end"] = seats["school_year"].map({year: year_ends(year) for year in YEARS})
    transferred = seats["student"].map(students["transfer"]) & (seats["school_year"] == YEARS[1])
    seats.loc[transferred, "begin"] = MID_UNIT[YEARS[1]]
    ordinary = ~seats["post"].isin(TRUTHS) & (seats["post"] != "shared") & (seats["post"] != TRANSFER_POST)
    middle = ordinary & (seats["subject"] == "maths") & seats["school_id"].str.startswith("M") & ~transferred
    added = []
    for year in YEARS:
        chosen = rng.choice(
            seats.index[middle & (seats["school_year"] == year)], SECTION_SWITCHES, replace=False
        )
        for index in chosen:
            seat = seats.loc[index]
            course = middle & (
                seats[["school_id", "grade", "school_year"]] == seat[["school_id", "grade", "school_year"]]
            ).all(axis=1)
            others = seats.loc[course & (seats["section_id"] != seat["section_id"]), ["section_id", "post"]]
            target = others.iloc[int(rng.integers(len(others)))]
            added.append({**seat.to_dict(), **target.to_dict(), "begin": MID_UNIT[year]})
            seats.loc[index, "end"] = MID_UNIT[year]
    return pd.concat([seats, pd.DataFrame(added)], ignore_index=True)
