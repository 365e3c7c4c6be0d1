"""Differences between figures of a team's tests: what plans that overlap and results that change give away.

A reader keeps every figure she was ever told and solves the linear system. A figure is the mean of the
classes that tried a practice less the mean of the others, each class counting as much as its students;
results that change are new unknowns. She knows her own classes and those opened to her, and reads the tests
of two teams. She must work out nothing that is of one colleague alone.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pytest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry import effect_renewal, few_teachers
from plc.inquiry.balancing_effects import LOW_STARTERS, SUBJECT, BalancingResult
from plc.inquiry.effect_record import FEW_TEACHERS, MEASURED, TOO_FEW, CheckRow, MeasuredEffect
from plc.inquiry.effect_renewal import Measurement, Outcome, keep_measurements
from plc.inquiry.effect_steps import FEW_STUDENTS
from plc.inquiry.effect_store import stored_figures
from plc.inquiry.effect_telling import SPREAD_TEACHERS, figures_told
from plc.inquiry.few_teachers import told
from plc.inquiry.result_signature import is_largely_other
from plc.inquiry.tested import Fidelity, PlannedTest, TestedClass
from plc.statistics.effect_designs import Design
from tests.security.attempts import Attempts

READER: Final = Viewer(Role.COACH, team_ids=("one", "two"))
TEACHERS: Final = tuple("ABCDEF")
SEEDS: Final = 3
# With a rule taken away some history of so many tells of somebody.
LAX_SEEDS: Final = 10
# Windows that touch, one within another, and one that ends before the outcome that another finds as well.
WINDOWS: Final = (
    (date(2026, 1, 5), date(2026, 2, 16), "unit 4"),
    (date(2026, 1, 12), date(2026, 2, 16), "unit 4"),
    (date(2025, 12, 1), date(2026, 1, 5), "unit 4"),
    (date(2026, 2, 16), date(2026, 3, 30), "unit 5"),
)
LOWEST: Final = BalancingResult(LOW_STARTERS, "", 40, 0.1, 0.1, 9.0, -0.1, 0.3, 0.2, warns=True)
# A class's results on an outcome, as they stood before their so-manieth change.
Value = tuple[str, str, int]


@dataclass(slots=True)
class District:
    """Tests whose measurements are numbered: what each figure is made of is known to the attack alone."""

    database: Database
    name: str = ""
    tests: dict[str, PlannedTest] = field(default_factory=dict)
    outcome: dict[str, str] = field(default_factory=dict)
    version: dict[tuple[str, str], int] = field(default_factory=dict)
    made_of: list[dict[Value, float]] = field(default_factory=list)
    # Of classes that more than one teaches: all who do, a letter each.
    taught: dict[str, str] = field(default_factory=dict)

    def plan(
        self, tried: Collection[str], compared: Collection[str], window: int = 0, team: str = "one"
    ) -> str:
        """A test that was started."""
        starts_on, ends_on, outcome = WINDOWS[window]
        test_id = f"test {self.name}{len(self.tests)}"
        classes = tuple(
            TestedClass(
                None, one, one[0], "S", one in tried, "", starts_on, frozenset(self.taught.get(one, one[0]))
            )
            for one in (*tried, *compared)
        )
        self.tests[test_id] = PlannedTest(
            test_id, team, "i", "P", Design.MATCHED, "maths", 7, 2026, None, None, None, None, 0.2,
            predicted_late=False, starts_on=starts_on, ends_on=ends_on, drawn=False, state="planned",
            classes=classes, balancing=(), fidelity=Fidelity(0, 0, 0, 0),
        )  # fmt: skip
        self.outcome[test_id] = outcome
        with self.database.write() as cursor:
            cursor.execute(
                "insert into practice_test (test_id, inquiry_id, team_id, practice_id, practice_version,"
                " iteration, version, design, subject, school_year, predicted_sd, prediction_words,"
                " predicted_at, starts_on, ends_on, adaptation, state, planned_by, planned_at) values"
                " ($test_id, 'i', $team, 'P', 1, 1, 1, 'matched', 'maths', 2026, 0.2, '',"
                " timestamp '2025-09-01', $starts_on, $ends_on, '', 'planned', 'T', timestamp '2025-09-01')",
                {"test_id": test_id, "team": team, "starts_on": starts_on, "ends_on": ends_on},
            ).fetchall()
            for one in classes:
                cursor.execute(
                    "insert into test_section values ($test_id, $class, $teacher, 'S', 7, $arm, '', null)",
                    {
                        "test_id": test_id, "class": one.section_id, "teacher": one.teacher_id,
                        "arm": "practice" if one.tried else "comparison",
                    },
                ).fetchall()  # fmt: skip
        return test_id

    def change(self, section_id: str, outcome: str) -> None:
        """A class's results come, or others take their place."""
        self.version[section_id, outcome] = self.version.get((section_id, outcome), 0) + 1

    def put_back(self, section_id: str, outcome: str, version: int) -> None:
        """A class's results are what they were."""
        self.version[section_id, outcome] = version

    def measure(
        self,
        test_id: str,
        *,
        few: Collection[str] = (),
        lowest: Collection[str] | None = None,
        advice: str | None = None,
        watched: str | None = None,
        outcome_subject: str = "maths",
    ) -> None:
        """Measure a test from what is there; nothing where a side has no class.

        `few`: classes with a few students alone; `lowest`: where there are students who started lowest;
        `watched`: another subject whose results stand beside it.
        """
        test, outcome = self.tests[test_id], self.outcome[test_id]
        there = [one for one in test.classes if (one.section_id, outcome) in self.version]
        values = {one: (one.section_id, outcome, self.version[one.section_id, outcome]) for one in there}
        combination: dict[Value, float] = {}
        for tried in (True, False):
            side = [one for one in there if one.tried is tried]
            students = {one: 15 + hash_of(values[one]) % 16 for one in side}
            for one in side:
                sign = 1 if tried else -1
                combination[values[one]] = sign * students[one] / sum(students.values())
        if len({one.tried for one in there}) < 2:
            return
        self.made_of.append(combination)
        effect = MeasuredEffect(
            test_id, "P", "matched", "", MEASURED, "", (), None, None, None, test.fidelity, 0.2, None, 1,
            effect=float(len(self.made_of) - 1), balancing=(LOWEST,) if lowest is not None else (),
        )  # fmt: skip
        effect = replace(effect, advice=advice)
        signatures = {(one.section_id, ""): "" for one in test.classes}
        for one in there:
            word = FEW_STUDENTS if one.section_id in few else ""
            signatures[one.section_id, ""] = word + repr(values[one])
        if lowest is not None:
            signatures |= {(one.section_id, LOW_STARTERS): "" for one in test.classes}
            signatures |= {(section_id, LOW_STARTERS): section_id for section_id in lowest}
        outcomes = (Outcome(outcome_subject, outcome, date(2026, 2, 10)),)
        if watched is not None:
            outcomes = (*outcomes, Outcome(watched, outcome, date(2026, 2, 10)))
        keep_measurements(self.database, [Measurement(test, effect, signatures, outcomes)])

    def read(self, reader: Viewer = READER) -> set[int]:
        """The figures the reader is told now."""
        found = set()
        for test_id in self.tests:
            effect = stored_figures(self.database, test_id)
            if effect is not None:
                effect = told(effect, database=self.database, viewer=reader)
                found |= set() if effect.effect is None else {int(effect.effect)}
        return found

    def learnt(self, figures: Collection[int], known: Collection[str]) -> list[str]:
        """The colleagues of whom these figures tell something that is of nobody else."""
        values = sorted({value for number in figures for value in self.made_of[number]})
        unknown = [value for value in values if value[0][0] not in known]
        system = np.array([[self.made_of[number].get(value, 0.0) for value in unknown] for number in figures])
        found = []
        for teacher in sorted({value[0][0] for value in unknown}):
            others = system[:, [place for place, value in enumerate(unknown) if value[0][0] != teacher]]
            if rank(system) > rank(others):
                found.append(teacher)
        return found


def rank(matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> int:
    return int(np.linalg.matrix_rank(matrix, tol=1e-9)) if matrix.size else 0


def hash_of(value: Value) -> int:
    """The same on every run, as Python's own is not."""
    return sum(map(ord, repr(value))) * 7919


@pytest.fixture
def district(database: Database) -> District:
    return District(database)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The teachers the reader knows: herself, and whoever opened her results to her."""
    found: set[str] = set()

    def keep(cursor: Cursor, viewer: Viewer) -> None:
        cursor.execute(
            "create or replace temp table known_teacher as select unnest($known) as teacher_id",
            {"known": sorted(found) or [""]},
        ).fetchall()

    monkeypatch.setattr(few_teachers, "keep_visible_teachers", keep)
    return found


def overlapping_plans(district: District, known: set[str], chance: random.Random) -> list[str]:
    """Tests of two teams in the same classes, measured in any order; of whom the reader learns."""
    known |= set(chance.sample(TEACHERS, chance.choice((0, 1, 1, 2))))
    classes = [teacher + district.name for teacher in TEACHERS]
    for one in classes:
        for outcome in ("unit 4", "unit 5"):
            district.change(one, outcome)
    tests = []
    for _ in range(7):
        some = chance.sample(classes, chance.choice((2, 3, 4, 5, 5)))
        split = chance.randrange(1, len(some))
        window = chance.choice((0, 0, 1, 2, 3))
        tests.append(district.plan(some[:split], some[split:], window, chance.choice(("one", "two"))))
    for test_id in chance.sample(tests, len(tests)):
        district.measure(test_id)
    return district.learnt(sorted(district.read()), known)


def changing_results(district: District, known: set[str], chance: random.Random) -> list[str]:
    """One test whose results come, and change a class or a few at a time; of whom the reader learns."""
    known |= set(chance.sample(TEACHERS, chance.choice((0, 1, 1, 2))))
    some = [teacher + district.name for teacher in TEACHERS[: chance.choice((2, 4, 5, 6))]]
    split = chance.randrange(1, len(some))
    test_id = district.plan(some[:split], some[split:])
    late = chance.choice((0, 0, 1))
    for one in some[late:]:
        district.change(one, "unit 4")
    read: set[int] = set()
    for _ in range(6):
        district.measure(test_id)
        read |= district.read()
        for one in chance.sample(some, min(chance.choice((1, 1, 1, 2, 3)), len(some))):
            district.change(one, "unit 4")
    return district.learnt(sorted(read), known)


def results_put_back(district: District, known: set[str], chance: random.Random) -> list[str]:
    """One test of whose classes results change and are put back as they were; of whom the reader learns."""
    known |= set(chance.sample(TEACHERS, chance.choice((0, 1, 1, 2))))
    some = [teacher + district.name for teacher in TEACHERS[: chance.choice((4, 5, 6))]]
    split = chance.randrange(1, len(some))
    test_id = district.plan(some[:split], some[split:])
    for one in some:
        district.change(one, "unit 4")
    read: set[int] = set()
    for _ in range(8):
        district.measure(test_id)
        read |= district.read()
        for one in chance.sample(some, min(chance.choice((1, 2, 3, 3, 4)), len(some))):
            district.put_back(one, "unit 4", chance.choice((1, 1, 2)))
    return district.learnt(sorted(read), known)


def histories(database: Database, known: set[str], *, seeds: int) -> Iterator[tuple[str, list[str]]]:
    """So many random histories of each kind, and of whom the reader learns in each."""
    for seed in range(seeds):
        for kind in (overlapping_plans, changing_results, results_put_back):
            known.clear()
            district = District(database, name=f"{kind.__name__} {seed} ")
            yield district.name, kind(district, known, random.Random(seed))


def test_no_sequence_of_figures_tells_of_one_colleague(
    database: Database, known: set[str], attempts: Attempts
) -> None:
    for name, learnt in histories(database, known, seeds=SEEDS):
        attempts.judge(learnt, name)


@pytest.mark.parametrize(
    "lax",
    [
        {(few_teachers, "_overlapping"): lambda *_, **__: set()},
        # Kept twice: when a measurement is stored, and when a reader knows more than others.
        {
            (effect_renewal, "may_replace"): lambda *_: True,
            (few_teachers, "_renewals_tell"): lambda *_: False,
        },
        {(few_teachers, "_tells_of_one"): lambda *_: False},
    ],
    ids=["overlap", "renewal", "few"],
)
def test_without_a_rule_the_same_attack_works(
    database: Database, known: set[str], monkeypatch: pytest.MonkeyPatch, lax: dict[tuple[Any, str], object]
) -> None:
    """A check of the attack."""
    for (room, rule), anything in lax.items():
        monkeypatch.setattr(room, rule, anything)
    assert any(learnt for _, learnt in histories(database, known, seeds=LAX_SEEDS))


def test_figures_are_told_and_renewed_all_the_same(
    district: District, known: set[str], attempts: Attempts
) -> None:
    """The rules do not simply show nothing."""
    known.add("A")
    classes = ("A1", "B1", "C1", "D1")
    test_id = district.plan(classes[:2], classes[2:])
    for one in classes:
        district.change(one, "unit 4")
    district.measure(test_id)
    assert district.read() == {0}
    for one, figures in (("B1", {0}), ("C1", {0}), ("D1", {3})):
        district.change(one, "unit 4")
        district.measure(test_id)
        attempts.judge(district.read() != figures, f"the figure after {one} changed")


def test_of_three_tests_that_share_classes_the_first_told_shows_figures(
    district: District, known: set[str], attempts: Attempts
) -> None:
    known.add("A")
    trios = (("B1", "C1", "E1"), ("B1", "D1", "E1"), ("C1", "D1", "E1"))
    tests = [district.plan(("A1",), trio) for trio in trios]
    shifted = district.plan(("A1",), ("B1", "E1", "F1"), window=2, team="two")
    later = district.plan(("A1",), ("B1", "D1", "E1"), window=3)
    for one in ("A1", "B1", "C1", "D1", "E1", "F1"):
        for outcome in ("unit 4", "unit 5"):
            district.change(one, outcome)
    for test_id in (tests[1], tests[0], tests[2], shifted, later):
        district.measure(test_id)
    attempts.judge(district.read() != {0, 4}, "figures of tests that overlap")
    first = stored_figures(district.database, tests[0])
    assert first is not None
    words = told(first, database=district.database, viewer=READER)
    assert words.verdict == FEW_TEACHERS
    assert "shares classes with an earlier one" in words.sentence
    # Swapped sides, and a test withdrawn once it was told, are no way around it.
    with district.database.write() as cursor:
        cursor.execute("update practice_test set state = 'withdrawn' where test_id = 'test 1'").fetchall()
    swapped = district.plan(("B1", "D1", "E1"), ("A1",))
    district.measure(swapped)
    attempts.judge(district.read() != {0, 4}, "the same classes with their sides swapped")


@pytest.mark.parametrize("departments", [False, True])
def test_a_watched_subject_less_a_test_of_it_tells_of_no_colleague(
    district: District, known: set[str], attempts: Attempts, *, departments: bool
) -> None:
    known.add("A")
    maths = ("A1", "B1", "C1", "D1", "E1")
    reading = ("A2", "B2", "C2", "E2") if departments else ("A1", "B1", "C1", "E1")
    with district.database.write() as cursor:
        for place, one in enumerate((*maths, *reading) if departments else maths):
            subject = "maths" if place < len(maths) else "reading"
            enrol(cursor, one, subject, section_key=place, student_key=ord(one[0]))
    first = district.plan(maths[:2], maths[2:])
    second = district.plan(reading[:2], reading[2:], team="two")
    with district.database.write() as cursor:
        cursor.execute(
            "update practice_test set subject = 'reading' where test_id = $id", {"id": second}
        ).fetchall()
    for one in {*maths, *reading}:
        district.change(one, "unit 4")
    district.measure(first, watched="reading")
    district.measure(second, outcome_subject="reading")
    attempts.judge(district.read() != {0}, "one colleague between a test and what another watches")


def enrol(cursor: Cursor, section_id: str, subject: str, *, section_key: int, student_key: int) -> None:
    """A class with one student."""
    cursor.execute(
        "insert into section_version values ($key, $id, 1, 7, $subject, 2026, null, 1, null)",
        {"key": section_key, "id": section_id, "subject": subject},
    ).fetchall()
    cursor.execute(
        "insert into enrollment_version values ($student, $key, 1, null, null, 1, null)",
        {"student": student_key, "key": section_key},
    ).fetchall()


def test_whoever_knows_the_class_put_right_reads_the_new_figure(
    district: District, known: set[str], attempts: Attempts
) -> None:
    test_id = district.plan(("A1", "B1", "E1"), ("C1", "D1"))
    for one in ("A1", "B1", "C1", "D1", "E1"):
        district.change(one, "unit 4")
    district.measure(test_id)
    district.change("A1", "unit 4")
    district.measure(test_id)
    figures: Sequence[tuple[str, set[int]]] = (("", {0}), ("B", {0}), ("A", {1}), ("AB", {0}))
    for knows, expected in figures:
        known.clear()
        known |= set(knows)
        attempts.judge(district.read() != expected, f"the figure a reader who knows {knows!r} is told")
    known.clear()
    kept = stored_figures(district.database, test_id)
    assert kept is not None
    assert told(kept, database=district.database, viewer=READER).changed_since is not None


def test_one_teacher_alone_on_a_side_is_told_in_words(
    district: District, known: set[str], attempts: Attempts
) -> None:
    district.plan(("A1", "A2"), ("B1", "C1", "D1"))
    for one in ("A1", "A2", "B1", "C1", "D1"):
        district.change(one, "unit 4")
    district.measure("test 0")
    attempts.judge(district.read(), "her class less the mean of three others")
    known.add("A")
    assert district.read() == {0}


def test_classes_that_brought_no_results_do_not_count(
    district: District, known: set[str], attempts: Attempts
) -> None:
    district.plan(("A1", "B1"), ("C1", "D1"))
    known.add("A")
    for one in ("A1", "C1"):
        district.change(one, "unit 4")
    district.measure("test 0")
    attempts.judge(district.read(), "two classes of four")
    for one in ("B1", "D1"):
        district.change(one, "unit 4")
    district.measure("test 0")
    assert district.read() == {1}


def test_classes_of_a_few_students_hide_nobody(
    district: District, known: set[str], attempts: Attempts
) -> None:
    district.plan(("A1", "B1"), ("C1", "D1"))
    known.add("A")
    for one in ("A1", "B1", "C1", "D1"):
        district.change(one, "unit 4")
    district.measure("test 0", few=("B1", "D1"))
    attempts.judge(district.read(), "a class less another, and two of a few students")


def test_a_late_class_and_one_child_each_of_two_more_are_that_class(
    district: District, known: set[str], attempts: Attempts
) -> None:
    known.add("A")
    district.plan(("A1", "B1", "C1"), ("D1", "E1", "F1", "G1"))
    for one in ("A1", "C1", "D1", "E1"):
        district.change(one, "unit 4")
    district.measure("test 0")
    for late, few in (("B1", ()), ("F1", ("F1",)), ("G1", ("F1", "G1"))):
        district.change(late, "unit 4")
        district.measure("test 0", few=few)
    attempts.judge(district.read() != {0}, "a late class, and two children")
    # The rest of their classes comes.
    district.change("F1", "unit 4")
    district.change("G1", "unit 4")
    district.measure("test 0")
    assert district.read() == {len(district.made_of) - 1}


def test_what_was_told_is_not_forgotten_while_no_class_has_a_starting_point(
    district: District, known: set[str], attempts: Attempts
) -> None:
    known.add("A")
    classes = ("A1", "B1", "C1", "D1", "E1")
    test_id = district.plan(classes[:2], classes[2:])
    for one in classes:
        district.change(one, "unit 4")
    district.measure(test_id)
    # The starting test is undone for all, Bela's class put right, and the starting test loaded again.
    test = district.tests[test_id]
    few = measured(test_id=test_id, verdict=TOO_FEW)
    keep_measurements(district.database, [Measurement(test, few, {(one, ""): "" for one in classes}, ())])
    district.change("B1", "unit 4")
    district.measure(test_id)
    attempts.judge(
        bool(district.learnt(sorted({0} | district.read()), known)), "told, taken back and told again"
    )


def test_the_first_figure_is_kept_where_a_class_brought_one_child(
    district: District, known: set[str]
) -> None:
    test_id = district.plan(("A1",), ("B1",))
    known |= {"A", "B"}
    for one in ("A1", "B1"):
        district.change(one, "unit 4")
    district.measure(test_id, few=("B1",))
    assert district.read() == {0}


@pytest.mark.parametrize(
    ("before", "now", "largely"),
    [
        ("", "one", True),
        ("one", "", True),
        ("", "few one", False),
        ("few one", "", False),
        # Five students in all, two of whom share a byte.
        ("", f"one#{0x01010101}", True),
        (f"one#{0x01010101}", "", True),
        ("", f"few one#{0x01010101}", False),
        # A class in which a few were there before, and one of whom a few are left.
        (f"few one#{0x0101}", f"two#{0x0101010101010101}", True),
        (f"one#{0x0101010101010101}", f"few two#{0x0101}", True),
        (f"few one#{0x0101}", f"two#{0x01010101}", False),
    ],
)
def test_a_class_that_comes_or_leaves_counts_where_it_is_of_more_than_a_few(
    before: str, now: str, *, largely: bool
) -> None:
    assert is_largely_other(before, now) is largely


@pytest.mark.parametrize(("knows", "figures"), [("A", 2), ("ACDE", 1)])
def test_three_wrong_files_that_are_put_right_do_not_leave_a_colleagues_class(
    district: District, known: set[str], attempts: Attempts, knows: str, figures: int
) -> None:
    known |= set(knows)
    classes = ("A1", "B1", "C1", "D1", "E1", "F1", "G1", "H1")
    test_id = district.plan(classes[:3], classes[3:])
    for one in classes:
        district.change(one, "unit 4")
    district.measure(test_id)
    read = district.read()
    # Bela's class is put right; three files of a wrong column come, and next day the right ones.
    for versions in ({"B1": 2}, dict.fromkeys(("C1", "D1", "E1"), 2), dict.fromkeys(("C1", "D1", "E1"), 1)):
        for one, version in versions.items():
            district.put_back(one, "unit 4", version)
        district.measure(test_id)
        read |= district.read()
    attempts.judge(district.learnt(sorted(read), known), "the first figure less the last")
    assert len(read) == figures


def test_a_child_put_right_is_no_second_colleague(
    database: Database, known: set[str], attempts: Attempts
) -> None:
    """With a friend who opened to her a reader is left with a colleague's class, and one child of another."""
    known |= {"A", "C"}
    district = District(database)
    classes = ("A1", "B1", "C1", "D1", "E1", "F1")
    test_id = district.plan(classes[:3], classes[3:])
    for one in classes:
        district.change(one, "unit 4")
    district.measure(test_id)
    told_first = district.read()
    for one in ("A1", "B1", "C1"):
        district.change(one, "unit 4")
    district.change("D1", "unit 4")
    district.measure(test_id, few=("D1",))
    attempts.judge(district.read() - told_first, "two she knows, a class, and one child")
    for one in ("B1", "E1", "F1"):
        district.change(one, "unit 4")
    district.measure(test_id)
    known.clear()
    assert district.read() == {2}


def co_taught(district: District, **teachers: str) -> None:
    """Classes of the roster with all who teach them: `C1="CA"`."""
    district.taught |= teachers
    everyone = sorted(set("".join(teachers.values())))
    with district.database.write() as cursor:
        cursor.execute("insert into school_version values (1, 'S', 'School', 'D', 1, null)").fetchall()
        for key, teacher_id in enumerate(everyone):
            cursor.execute(
                "insert into teacher_version values ($key, $id, $id, 1, null)", {"key": key, "id": teacher_id}
            ).fetchall()
        for place, (section_id, taught) in enumerate(teachers.items()):
            enrol(cursor, section_id, "maths", section_key=place, student_key=place)
            for teacher_id in taught:
                cursor.execute(
                    "insert into section_teacher_version values ($section, $teacher, 0.5, null, 1, null)",
                    {"section": place, "teacher": everyone.index(teacher_id)},
                ).fetchall()


ANNA: Final = Viewer(Role.TEACHER, teacher_id="A", team_ids=("one",))


def test_a_class_that_i_teach_with_another_is_mine_and_not_an_unknown_colleagues(
    district: District, known: set[str], attempts: Attempts
) -> None:
    known.add("A")
    co_taught(district, C1="CA")
    few = district.plan(("A1", "B1"), ("C1", "D1"), window=2)
    test_id = district.plan(("A1", "B1", "C1"), ("D1", "E1", "F1"))
    for one in ("A1", "B1", "C1", "D1", "E1", "F1"):
        for outcome in ("unit 4", "unit 5"):
            district.change(one, outcome)
    district.measure(few)
    attempts.judge(as_told(district, few, ANNA).effect is not None, "two unknown teachers, and one on paper")
    with district.database.write() as cursor:
        cursor.execute("delete from test_effect_outcome").fetchall()
    district.measure(test_id)
    told_first = as_told(district, test_id, ANNA).effect
    assert told_first is not None
    for one in ("A1", "B1", "C1"):
        district.change(one, "unit 4")
    district.measure(test_id)
    attempts.judge(
        as_told(district, test_id, ANNA).effect not in (None, told_first), "two of mine, and a colleague's"
    )
    for one in ("D1", "E1"):
        district.change(one, "unit 4")
    district.measure(test_id)
    assert as_told(district, test_id, ANNA).effect not in (None, told_first)


def test_classes_that_share_a_teacher_are_of_one(
    district: District, known: set[str], attempts: Attempts
) -> None:
    known.add("A")
    co_taught(district, D1="DE", E1="E")
    classes = ("A1", "B1", "C1", "D1", "E1")
    district.plan(classes[:3], classes[3:])
    for one in classes:
        district.change(one, "unit 4")
    district.measure("test 0")
    attempts.judge(district.read(ANNA), "a side of two classes that one teaches")
    # With one of them on each side there are three that Anna does not know.
    with district.database.write() as cursor:
        cursor.execute("delete from test_effect_outcome").fetchall()
    mixed = district.plan(("A1", "B1", "D1"), ("C1", "E1"))
    district.measure(mixed)
    assert as_told(district, mixed, ANNA).effect is not None


def test_of_three_teachers_one_of_them_reads_words(
    district: District, known: set[str], attempts: Attempts
) -> None:
    district.plan(("A1",), ("B1", "C1"))
    for one in ("A1", "B1", "C1"):
        district.change(one, "unit 4")
    district.measure("test 0")
    known.add("A")
    attempts.judge(district.read(), "the sum of two colleagues, whom a spread would tell apart")
    known |= {"B", "C"}
    assert district.read() == {0}


def as_told(district: District, test_id: str, reader: Viewer = READER) -> MeasuredEffect:
    found = stored_figures(district.database, test_id)
    assert found is not None
    return told(found, database=district.database, viewer=reader)


def test_who_started_lowest_is_told_of_the_teachers_who_have_such_students(
    district: District, known: set[str], attempts: Attempts
) -> None:
    district.plan(("A1", "B1", "E1"), ("C1", "D1"))
    for one in ("A1", "B1", "C1", "D1", "E1"):
        district.change(one, "unit 4")
    known |= {"A", "B"}
    district.measure("test 0", lowest=("A1", "B1", "C1", "D1"))
    effect = as_told(district, "test 0")
    (lowest,) = effect.balancing
    attempts.judge(lowest.effect is not None or lowest.warns, "low starters of two colleagues alone")
    assert effect.effect == 0
    known.clear()
    assert as_told(district, "test 0").balancing[0].effect == LOWEST.effect


def measured(**figures: Any) -> MeasuredEffect:
    fidelity = Fidelity(0, 0, 0, 0)
    blank = MeasuredEffect(
        "t", "P", "matched", "", MEASURED, "", (), None, None, None, fidelity, 0.2, None, 1
    )
    return replace(blank, **figures)


@pytest.mark.parametrize(
    ("teachers", "of_side", "opened", "shown"),
    [
        (3, 2, 0, True),
        (3, 2, 1, False),
        (4, 2, 1, True),
        (4, 2, 2, False),
        (5, 1, 0, False),
        (0, 0, 0, False),
    ],
)
def test_another_subject_is_told_of_at_least_three_teachers_unknown_there(
    attempts: Attempts, teachers: int, of_side: int, opened: int, *, shown: bool
) -> None:
    reading = replace(LOWEST, kind=SUBJECT, target="reading", teachers=teachers, teachers_of_side=of_side)
    effect = figures_told(measured(balancing=(reading,)), unknown=9, opened=opened, closed_parts=())
    (row,) = effect.balancing
    attempts.judge(
        not shown and (row.effect is not None or row.warns), f"{teachers} teachers, {opened} known"
    )
    assert (row.effect is not None) is shown


def test_how_far_classes_stand_apart_is_told_of_six_unknown_teachers(attempts: Attempts) -> None:
    check = CheckRow(0.0976, 0.1497, 1.0, 0.5)
    full = measured(
        effect=0.09761, standard_error=0.14971, df=12.3, internal=check, robust=check, permutation=0.4,
        starting_level=0.31, ingredients={"own_ratio": 1.23456789, "base_variance": 0.0123, "carry": 0.5},
    )  # fmt: skip
    few = figures_told(full, unknown=SPREAD_TEACHERS - 1, opened=1, closed_parts=())
    attempts.judge(
        few.internal or few.robust or few.df or {"own_ratio", "base_variance"} & set(few.ingredients),
        "the spread of five classes",
    )
    for unknown in (SPREAD_TEACHERS - 1, SPREAD_TEACHERS, 0):
        effect = figures_told(full, unknown=unknown, opened=1, closed_parts=())
        assert (effect.effect, effect.standard_error, effect.starting_level) == (0.1, 0.15, None)
        assert (effect.internal is not None) is (unknown != SPREAD_TEACHERS - 1)


def test_the_word_of_a_withheld_test_does_not_move_with_my_own_class(
    district: District, known: set[str], attempts: Attempts
) -> None:
    known.add("A")
    district.plan(("A1",), ("B1",))
    for one in ("A1", "B1"):
        district.change(one, "unit 4")
    district.measure("test 0", advice="replicate")
    assert as_told(district, "test 0").advice == "replicate"
    district.change("A1", "unit 4")
    district.measure("test 0", advice="stop")
    effect = as_told(district, "test 0")
    attempts.judge(effect.advice != "replicate", "another word after my own class moved")
    assert effect.changed_since is not None
    # No more does it with the same two classes planned anew.
    district.plan(("A1",), ("B1",))
    district.measure("test 1", advice="stop")
    attempts.judge(as_told(district, "test 1").advice, "the word of the same test, planned once more")
    assert as_told(district, "test 0").advice == "replicate"
