"""An attacker who adds and subtracts every figure ever released, and knows a class, learns of nobody.

The attacker does not know how figures are chosen: she sees sums of unknown values of students, one unknown
for each value a student ever had, and asks which sums of few people's values they fix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plc.core.disclosure import LOWEST_MINIMUM, MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.database import IN_MEMORY
from plc.people.release_records import Kind, Proposal, Table
from plc.people.releases import Release, read_release, release

KIND = Kind("test")
SCHOOL, LUNCH, TOTAL = "maths/school", "maths/lunch", "maths"
TABLES = (Table(SCHOOL, TOTAL, "school", for_all=False), Table(LUNCH, TOTAL, "lunch"))


@dataclass
class District:
    """Students with school, lunch, teacher and a value that can change."""

    rows: pd.DataFrame

    def proposal(self) -> Proposal:
        cells = {
            (table, str(cell)): {"sum": int(part["value"].sum()), "n": len(part)}
            for table, column in ((SCHOOL, "school"), (LUNCH, "lunch"))
            for cell, part in self.rows.groupby(column)
        }
        return Proposal(TABLES, cells, {TOTAL: {"sum": int(self.rows["value"].sum())}})

    def tables(self) -> dict[str, pd.DataFrame]:
        """What the owner of a kind leaves on the cursor."""
        unit = self.rows["student"]
        places = [
            pd.DataFrame({"frame": "maths", "dimension": column, "unit": unit, "cell": self.rows[column]})
            for column in ("school", "lunch")
        ]
        return {
            "proposed_unit": pd.DataFrame(
                {
                    "whole": TOTAL,
                    "unit": unit,
                    "student_key": unit,
                    "contribution": self.rows["value"].astype(str),
                }
            ),
            "proposed_place": pd.concat(places, ignore_index=True),
            "proposed_teacher": pd.DataFrame(
                {"whole": TOTAL, "unit": unit, "teacher_key": self.rows["teacher"]}
            ),
            "proposed_whole": pd.DataFrame({"whole": [TOTAL], "frame": ["maths"]}),
        }


def release_district(database: Database, district: District) -> Release:
    with database.write() as cursor:
        for name, frame in district.tables().items():
            cursor.register("given", frame)
            cursor.execute(f"create or replace temp table {name} as select * from given").fetchall()
            cursor.unregister("given")
        release(cursor, LOCAL_STEWARD, KIND, district.proposal())
        found = read_release(cursor, KIND.name)
    assert found is not None
    return found


# School, lunch, teacher, and the number of the unknown.
Seen = tuple[str, str, int, int]
State = dict[int, Seen]


@dataclass
class Attacker:
    """Keeps every figure and every roster she ever saw, as sums of unknowns (student, value)."""

    states: list[State] = field(default_factory=list)
    sums: dict[tuple[str, str, int], int] = field(default_factory=dict)
    symbols: dict[tuple[int, int], int] = field(default_factory=dict)

    def watch(self, district: District, shown: Release) -> None:
        state = {}
        for student, school, lunch, teacher, value in district.rows[
            ["student", "school", "lunch", "teacher", "value"]
        ].itertuples(index=False):
            # A value that comes back is the one it was.
            symbol = self.symbols.setdefault((student, value), len(self.symbols))
            state[student] = (school, lunch, teacher, symbol)
        self.states.append(state)
        for (table, cell), seen in shown.cells.items():
            if seen.figure is not None:
                self.sums.setdefault((table, cell, seen.figure["sum"]), len(self.states) - 1)

    def row(self, table: str, cell: str, state: int) -> np.ndarray:
        place = {SCHOOL: 0, LUNCH: 1}.get(table)
        row = np.zeros(len(self.symbols))
        for member in self.states[state].values():
            if place is None or member[place] == cell:
                row[member[3]] += 1
        return row

    def knowledge(self, *, leader: bool) -> np.ndarray:
        rows = [
            self.row(table, cell, state)
            for (table, cell, _), state in self.sums.items()
            if leader or table != SCHOOL
        ]
        return np.array(rows) if rows else np.zeros((0, len(self.symbols)))

    def own(self, teacher: int) -> np.ndarray:
        mine = {m[3] for state in self.states for m in state.values() if m[2] == teacher}
        return np.eye(len(self.symbols))[sorted(mine)]

    def targets(self, *, teaches: bool) -> Iterator[tuple[str, np.ndarray]]:
        """Sums that nobody may learn: small cells, small changes, one or two teachers, one student."""
        for student in range(len(self.symbols)):
            yield "a student", np.eye(len(self.symbols))[student]
        for number, state in enumerate(self.states):
            teachers = sorted({m[2] for m in state.values()})
            for size in (1, 2):
                for some in combinations(teachers, size):
                    yield "teachers", self._of(state, lambda m, some=some: m[2] in some)
            for place in (0, 1):
                for cell in sorted({m[place] for m in state.values()}):
                    here = {s: m for s, m in state.items() if m[place] == cell}
                    if self._few(here.items(), here.items(), teaches=teaches):
                        yield f"cell {cell}", self._of(here, lambda _: True)
                    for teacher in {m[2] for m in here.values()}:
                        yield f"teacher in {cell}", self._of(here, lambda m, t=teacher: m[2] == t)
                    for earlier in self.states[:number]:
                        there = {s: m for s, m in earlier.items() if m[place] == cell}
                        gone = [(s, m) for s, m in there.items() if here.get(s, (0,) * 4)[3] != m[3]]
                        come = [(s, m) for s, m in here.items() if there.get(s, (0,) * 4)[3] != m[3]]
                        change = self._of(dict(come), lambda _: True) - self._of(dict(gone), lambda _: True)
                        if change.any() and self._few(gone, come, teaches=teaches):
                            yield f"change in {cell}", change

    def _of(self, state: State, wanted: Callable[[Seen], bool]) -> np.ndarray:
        row = np.zeros(len(self.symbols))
        for member in state.values():
            if wanted(member):
                row[member[3]] += 1
        return row

    @staticmethod
    def _few(gone: Iterable[tuple[int, Seen]], come: Iterable[tuple[int, Seen]], *, teaches: bool) -> bool:
        """Too few people, or nearly one teacher's or two's. One who teaches has taken hers away already."""
        people = [*gone, *come]
        students = {s for s, _ in people}
        teachers = {m[2] for _, m in people}
        return len(teachers) < MINIMUM_TEACHERS or any(
            len(students - {s for s, m in people if m[2] in some}) < left
            for taking, left in ((0 if teaches else 1, MINIMUM_STUDENTS), (2, LOWEST_MINIMUM))
            for some in combinations(teachers, taking)
        )

    def learns(self, *, leader: bool, teacher: int | None = None) -> list[str]:
        known = self.knowledge(leader=leader)
        own = np.zeros((0, len(self.symbols))) if teacher is None else self.own(teacher)
        system = np.vstack([known, own])
        if not len(system):
            return []
        basis = np.linalg.svd(system, full_matrices=False)
        rank = int((basis.S > 1e-8).sum())
        space = basis.Vh[:rank]
        free = own.sum(axis=0) == 0 if len(own) else np.ones(len(self.symbols), dtype=bool)
        found = []
        for name, target in self.targets(teaches=teacher is not None):
            # What she knows of her own class she did not learn here.
            if not (target * free).any():
                continue
            if np.linalg.norm(target - space.T @ (space @ target)) < 1e-7:
                found.append(name)
        return found


def district_of(rng: np.random.Generator, *, schools: int, per_school: int, size: int) -> District:
    students = []
    for school in range(schools):
        for place in range(int(rng.integers(1, per_school + 1))):
            for _ in range(int(rng.integers(2, size + 1))):
                students.append((f"S{school}", school * 10 + place + 1))
    frame = pd.DataFrame(students, columns=["school", "teacher"])
    frame["student"] = np.arange(len(frame)) + 1
    shares = rng.dirichlet([4.0, 1.0, 0.3])
    frame["lunch"] = rng.choice(["free", "paid", "unknown"], p=shares, size=len(frame))
    frame["value"] = rng.integers(1, 10**6, size=len(frame))
    return District(frame)


def put_back(rng: np.random.Generator, district: District, earlier: District, share: float) -> None:
    """Some results are again what they were: a wrong file is taken back."""
    rows = district.rows
    before = earlier.rows.set_index(["student", "teacher"])["value"]
    held = pd.MultiIndex.from_frame(rows[["student", "teacher"]])
    back = held.isin(before.index) & (rng.random(len(rows)) < share)
    rows.loc[back, "value"] = before.loc[held[back]].to_numpy()


def change_district(rng: np.random.Generator, district: District) -> District:
    """Some leave, some come, some move, some results change: anything from one student to most."""
    rows = district.rows.copy()
    share = float(rng.choice([0.01, 0.05, 0.2, 0.6]))
    rows = rows[rng.random(len(rows)) > share * rng.random()]
    if rows.empty:
        rows = district.rows.copy()
    again = rng.random(len(rows)) < share * rng.random()
    rows.loc[again, "value"] = rng.integers(1, 10**6, size=int(again.sum()))
    movers = np.flatnonzero(rng.random(len(rows)) < share * rng.random())
    for mover in movers:
        other = rows.iloc[int(rng.integers(len(rows)))]
        # A result belongs to the teacher of its year: another class comes with another result.
        moved = [other["school"], other["teacher"], int(rng.integers(1, 10**6))]
        rows.iloc[mover, rows.columns.get_indexer(["school", "teacher", "value"])] = moved
    for mover in np.flatnonzero(rng.random(len(rows)) < share * rng.random()):
        rows.iloc[mover, rows.columns.get_loc("lunch")] = rng.choice(["free", "paid", "unknown"])
    come = rows.sample(
        int(rng.integers(0, 1 + int(len(rows) * share))), random_state=int(rng.integers(10**6))
    )
    highest = int(district.rows["student"].max()) + 1
    come = come.assign(student=np.arange(len(come)) + highest, value=rng.integers(1, 10**6, size=len(come)))
    return District(pd.concat([rows, come], ignore_index=True))


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    schools=st.integers(1, 4),
    per_school=st.integers(1, 5),
    size=st.integers(3, 16),
    releases=st.integers(1, 4),
)
def test_no_reader_learns_of_few_people_from_any_number_of_releases(
    seed: int,
    schools: int,
    per_school: int,
    size: int,
    releases: int,
) -> None:
    rng = np.random.default_rng(seed)
    district = district_of(rng, schools=schools, per_school=per_school, size=size)
    attacker = Attacker()
    seen = [district]
    with Database(IN_MEMORY) as database:
        for number in range(releases):
            if number:
                district = change_district(rng, district)
                put_back(rng, district, seen[int(rng.integers(number))], float(rng.choice([0.0, 0.5, 0.95])))
                seen.append(district)
            attacker.watch(district, release_district(database, district))
    assert attacker.learns(leader=True) == []
    for teacher in sorted({m[2] for state in attacker.states for m in state.values()}):
        assert attacker.learns(leader=False, teacher=teacher) == []


def small_district() -> District:
    """Three schools of four teachers with ten students each; one group of three."""
    rows = pd.DataFrame(
        [
            (f"S{school}", 4 * school + place + 1)
            for school in range(3)
            for place in range(4)
            for _ in range(10)
        ],
        columns=["school", "teacher"],
    )
    rows["student"] = np.arange(len(rows)) + 1
    rows["lunch"] = np.where(rows["student"] % 40 == 1, "few", np.where(rows["student"] % 2, "free", "paid"))
    rows["value"] = 1000 + rows["student"] ** 2
    return District(rows)


def sums(shown: Release) -> dict[tuple[str, str], int | None]:
    return {key: cell.figure and cell.figure["sum"] for key, cell in shown.cells.items()}


def test_a_group_of_three_is_hidden_with_a_second_group() -> None:
    with Database(IN_MEMORY) as database:
        shown = sums(release_district(database, small_district()))
    assert shown[LUNCH, "few"] is None
    assert [cell for cell in ("free", "paid") if shown[LUNCH, cell] is None] != []
    assert all(shown[SCHOOL, f"S{school}"] is not None for school in range(3))
    assert shown[TOTAL, ""] is not None


def test_one_student_who_moves_changes_no_figure_until_enough_have() -> None:
    district = small_district()
    with Database(IN_MEMORY) as database:
        before = sums(release_district(database, district))
        for number in range(1, 13):
            district.rows.loc[number - 1, "value"] += 7
            after = sums(release_district(database, district))
            # Ten of one class are still one teacher's; two of a second do not make three teachers.
            assert after == before, number
        # Nor are a class, two of a second and two of a third more than nearly that class.
        district.rows.loc[[20, 21], "value"] += 7
        assert sums(release_district(database, district)) == before
        district.rows.loc[[12, 13, 14, 22, 23, 24], "value"] += 7
        after = sums(release_district(database, district))
    assert after[SCHOOL, "S0"] != before[SCHOOL, "S0"]
    assert after[SCHOOL, "S1"] == before[SCHOOL, "S1"]


@pytest.mark.parametrize("changed", [1, 10])
def test_results_that_are_again_what_they_were_leave_nobody_beside_them(changed: int) -> None:
    """A class, or one child, is put right; a wrong file of five others comes, and then the right one."""
    district = small_district()
    attacker = Attacker()
    with Database(IN_MEMORY) as database:

        def watch() -> dict[tuple[str, str], int | None]:
            shown = release_district(database, district)
            attacker.watch(District(district.rows.copy()), shown)
            return sums(shown)

        first = watch()
        district.rows.loc[: changed - 1, "value"] += 7
        assert watch() == first
        district.rows.loc[10:59, "value"] += 100_000
        wrong = watch()
        assert wrong[TOTAL, ""] != first[TOTAL, ""]
        district.rows.loc[10:59, "value"] -= 100_000
        watch()
    assert attacker.learns(leader=True) == []
    # Of the class put right, of one with a wrong file, and of neither.
    for teacher in (1, 3, 12):
        assert attacker.learns(leader=False, teacher=teacher) == []


def test_a_wrong_file_that_is_put_right_leaves_the_figures_as_they_were() -> None:
    district = small_district()
    with Database(IN_MEMORY) as database:
        first = sums(release_district(database, district))
        district.rows.loc[:59, "value"] += 100_000
        assert sums(release_district(database, district)) != first
        district.rows.loc[:59, "value"] -= 100_000
        assert sums(release_district(database, district)) == first


def test_what_a_student_added_before_is_kept_as_a_word_under_a_key() -> None:
    district = small_district()
    before = set(district.rows["value"].astype(str))
    with Database(IN_MEMORY) as database:
        release_district(database, district)
        district.rows["value"] += 100_000
        release_district(database, district)
        with database.read() as cursor:
            gone = cursor.execute("select contribution from figure_unit where died is not null").fetchall()
    assert len(gone) == 120
    assert not {word for (word,) in gone} & before


def test_a_total_is_kept_while_it_would_tell_of_a_kept_cell() -> None:
    """Many change in two schools and one student in the third: the total would tell what she changed."""
    district = small_district()
    with Database(IN_MEMORY) as database:
        before = sums(release_district(database, district))
        district.rows.loc[:79, "value"] += 7
        district.rows.loc[80, "value"] += 7
        after = sums(release_district(database, district))
    assert after[SCHOOL, "S2"] == before[SCHOOL, "S2"]
    changed = [key for key in ((SCHOOL, "S0"), (SCHOOL, "S1"), (TOTAL, "")) if after[key] != before[key]]
    assert 0 < len(changed) < 3


def test_nothing_new_makes_no_release() -> None:
    district = small_district()
    with Database(IN_MEMORY) as database:
        first = release_district(database, district)
        assert release_district(database, district).generation == first.generation
