"""Small simulated districts whose effects are known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plc.statistics.records import Exposures, FloatArray, IntArray, SectionSummaries


@dataclass(frozen=True)
class District:
    """A simulated district and what is true in it."""

    summaries: SectionSummaries
    exposures: Exposures
    teacher_effect: FloatArray
    school_effect: FloatArray
    home: IntArray

    @property
    def total(self) -> FloatArray:
        return self.teacher_effect + self.school_effect[self.home]

    def with_effect(self, effect: FloatArray) -> District:
        return replace(self, summaries=replace(self.summaries, effect=effect))


def simulate_district(
    seed: int,
    *,
    schools: int = 6,
    per_school: int = 6,
    years: int = 3,
    sections: int = 2,
    coteaching: float = 0.0,
    moving: float = 0.0,
    scale: float = 1.0,
) -> District:
    """Effects with SDs .06 (school), .13 (teacher), .05 (year), .09 (section); some 23 students a section."""
    random = np.random.default_rng(seed)
    teachers = schools * per_school
    home = np.repeat(np.arange(schools), per_school)
    grade = random.integers(0, 2, teachers)
    school_effect = random.normal(0, 0.06, schools) * scale
    teacher_effect = random.normal(0, 0.13, teachers) * scale
    rows: list[tuple[float, float, int, int, int]] = []
    taught: list[tuple[int, int, float]] = []
    for year in range(years):
        place = np.where(random.random(teachers) < moving, random.integers(0, schools, teachers), home)
        yearly = random.normal(0, 0.05, teachers) * scale
        for teacher in np.repeat(np.arange(teachers), sections):
            shares = [(int(teacher), 1.0)]
            if random.random() < coteaching:
                other = int(random.choice(np.flatnonzero(place == place[teacher])))
                shares = [(int(teacher), 0.6), (other, 0.4)] if other != teacher else shares
            variance = float(0.013 * random.uniform(0.7, 1.5)) * scale**2
            effect = school_effect[place[teacher]] + 0.1 * grade[teacher]
            effect += random.normal(0, 0.09) * scale + random.normal(0, np.sqrt(variance))
            effect += sum(share * (teacher_effect[j] + yearly[j]) for j, share in shares)
            taught += [(len(rows), j, share) for j, share in shares]
            stratum = int(grade[teacher]) * years + year
            rows.append((float(effect), variance, int(place[teacher]), stratum, 2024 + year))
    columns = list(zip(*rows, strict=True))
    section, teacher_index, weight = zip(*taught, strict=True)
    return District(
        SectionSummaries(
            effect=np.array(columns[0]),
            variance=np.array(columns[1]),
            school=np.array(columns[2]),
            stratum=np.array(columns[3]),
            school_year=np.array(columns[4]),
        ),
        Exposures(np.array(section), np.array(teacher_index), np.array(weight), teachers),
        teacher_effect,
        school_effect,
        home,
    )
