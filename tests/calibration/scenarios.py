"""The districts the calibration imagines: one true model, and the ways it can go wrong.

A *scenario* states what is true; the engine is never told. Values are student-level standard
deviations of the peer group's assessment, standard deviations (not variances) throughout.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Components:
    """True standard deviations of everything that moves an assessment result besides the starting point.

    Source: the components that the method was designed on; teacher .11 and school .07 are the size that
    district studies report, section .09 the class shock that makes one class weak evidence.
    """

    school: float = 0.07
    teacher: float = 0.11
    teacher_year: float = 0.05
    section: float = 0.09
    occasion: float = 0.045
    student: float = 0.57
    residual: float = 0.44
    standard: float = 0.045
    section_standard: float = 0.03

    @property
    def total_variance(self) -> float:
        """Variance of an assessment's result that is not the starting point."""
        of_results = (self.school, self.teacher, self.teacher_year, self.section, self.occasion)
        return sum(sd**2 for sd in (*of_results, self.student, self.residual))


@dataclass(frozen=True, slots=True)
class Sorting:
    """How students reach classes: standard deviations of a class's mean true starting point, by cause.

    `with_teacher` is the correlation between a teacher's lasting effect and the starting points of her
    classes; `context` the true effect of a class's mean starting point on each of its students.
    """

    school: float = 0.30
    teacher: float = 0.25
    section: float = 0.25
    with_teacher: float = 0.0
    context: float = 0.065

    @property
    def between(self) -> float:
        """Variance of class means of the true starting point (its total variance is 1)."""
        return self.school**2 + self.teacher**2 + self.section**2


NOT_SORTED = Sorting(school=0.0, teacher=0.0, section=0.0, context=0.0)


@dataclass(frozen=True, slots=True)
class Mess:
    """Shares of students without a starting point, absences, students who move, co-taught sections."""

    missing_prior: float = 0.0
    absent: float = 0.0
    movers: float = 0.0
    co_taught: float = 0.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of district.

    `reliability` is the true one of the starting point (the engine assumes 0.88); `ceiling` the share of
    scores at the maximum, on the starting point and on every outcome; `tail_df` the degrees of freedom of
    t-distributed teacher effects and student residuals (None: normal); `exemplary` the share of teachers
    whose effect is raised by `exemplary_shift`; `drift` the yearly autocorrelation of the teacher-year
    effect; `unobserved` a lasting bias per teacher that no data show. A district has `teachers` teachers,
    or as many as the asked-for rows need; `districts` of them make one run. With `cohorts` students rise
    through the grades and start from last year's results, which hold last year's teacher too.
    """

    name: str
    words: str
    components: Components = field(default_factory=Components)
    sorting: Sorting = field(default_factory=Sorting)
    mess: Mess = field(default_factory=Mess)
    years: int = 3
    reliability: float = 0.88
    ceiling: float = 0.0
    tail_df: float | None = None
    exemplary: float = 0.0
    exemplary_shift: float = 0.30
    drift: float = 0.0
    unobserved: float = 0.0
    teachers: int | None = None
    districts: int = 1
    cohorts: bool = False


BASE = Scenario("base", "classes differ in starting point, unrelated to their teachers' effects")
SORTING = replace(
    BASE,
    name="sorting",
    words="stronger teachers get stronger classes (correlation 0.5)",
    sorting=Sorting(with_teacher=0.5),
)
NOTHING_BUT_STUDENTS = Components(school=0, teacher=0, teacher_year=0, standard=0)

_ALL = (
    BASE,
    replace(
        BASE,
        name="clean",
        words="students placed at random, no context effect, no class, year or occasion shocks",
        sorting=NOT_SORTED,
        components=Components(teacher_year=0, section=0, occasion=0, section_standard=0),
    ),
    SORTING,
    replace(
        SORTING,
        name="sorting_reliability_75",
        words="sorting, and a starting point of reliability 0.75",
        reliability=0.75,
    ),
    replace(
        BASE,
        name="compensatory",
        words="stronger teachers get weaker classes (correlation -0.5)",
        sorting=Sorting(with_teacher=-0.5),
    ),
    replace(BASE, name="ceiling", words="20 % of scores at the maximum, on both tests", ceiling=0.20),
    # t with 4 degrees of freedom: the heaviest tail whose variance is still well behaved.
    replace(
        BASE,
        name="heavy_tails",
        words="t-distributed (4 df) teacher effects and student residuals",
        tail_df=4.0,
    ),
    replace(BASE, name="mixture", words="8 % of teachers exemplary, raised by 0.30", exemplary=0.08),
    replace(
        BASE,
        name="class_shocks",
        words="class and occasion shocks twice as large",
        components=Components(section=0.18, occasion=0.09),
    ),
    replace(
        SORTING,
        name="messy",
        words="sorting; 25 % without a starting point, 25 % co-taught, 20 % movers, 8 % absences",
        mess=Mess(missing_prior=0.25, absent=0.08, movers=0.20, co_taught=0.25),
    ),
    replace(BASE, name="one_year", words="one school year only", years=1),
    replace(BASE, name="small_30", words="districts of 30 teachers, two subjects", teachers=30, districts=24),
    replace(BASE, name="small_90", words="districts of 90 teachers, two subjects", teachers=90, districts=8),
    replace(
        BASE,
        name="null",
        words="no school, teacher or teacher-year effects at all",
        components=NOTHING_BUT_STUDENTS,
    ),
    # Stationary SD .09 with a lasting part of .08: the current effect has the usual total of about .14.
    replace(
        BASE,
        name="drift",
        words="6 years, teacher-year effects with yearly autocorrelation 0.8",
        years=6,
        drift=0.8,
        components=Components(teacher=0.08, teacher_year=0.09),
    ),
    replace(
        BASE,
        name="unobserved_sorting",
        words="lasting bias of SD 0.08 per teacher that no data show",
        unobserved=0.08,
    ),
    replace(
        SORTING,
        name="cohorts",
        words="some sorting; students rise through the grades and start from last year's results",
        cohorts=True,
    ),
    replace(BASE, name="base_reliability_80", words="base, true reliability 0.80", reliability=0.80),
    replace(BASE, name="base_reliability_96", words="base, true reliability 0.96", reliability=0.96),
    replace(SORTING, name="sorting_reliability_80", words="sorting, true reliability 0.80", reliability=0.80),
    replace(SORTING, name="sorting_reliability_96", words="sorting, true reliability 0.96", reliability=0.96),
)

SCENARIOS: dict[str, Scenario] = {scenario.name: scenario for scenario in _ALL}
