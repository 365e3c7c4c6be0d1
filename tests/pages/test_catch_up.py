"""The page on catching up, by role: what it says, what it keeps to itself."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from plc.core.viewer import Role
from plc.database import Database

from .conftest import App, text_of

PAGE = "pages/school/catch_up.py"
MY_CLASSES = "pages/bright_spots/my_classes.py"
QUESTION = "When a student falls behind, how often do they catch up?"


def school_ids(database: Database, *, like: str) -> tuple[str, ...]:
    with database.read() as cursor:
        rows = cursor.execute("select school_id from school where name like $like", {"like": like}).fetchall()
    return tuple(row[0] for row in rows)


def texts(at: AppTest) -> str:
    return text_of(at)


def test_on_the_first_day_it_says_what_is_missing(empty: App) -> None:
    empty.sit(Role.TEACHER)
    at = empty.page(PAGE)
    assert at.title[0].value == QUESTION
    assert "no results yet" in at.info[0].value


def test_nobody_cannot_open_it(empty: App) -> None:
    with pytest.raises(ValueError, match="catch_up"):
        empty.start().switch_page(PAGE)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.FACILITATOR, Role.PRINCIPAL, Role.STEWARD])
def test_everyone_with_a_seat_reads_the_districts_answer_first(sample: App, role: Role) -> None:
    schools = school_ids(sample.open(), like="Harbor Light%") if role is Role.PRINCIPAL else ()
    teacher_id = "T049" if role in (Role.TEACHER, Role.FACILITATOR) else None
    sample.sit(role, teacher_id=teacher_id, school_ids=schools)
    at = sample.page(PAGE)
    answer = next(words.value for words in at.markdown if "Of the students who fall" in words.value)
    assert "Of the students who fall behind in maths, about" in answer
    assert "by the district's own yardstick" in answer
    assert "Student SD" not in texts(at)


def test_a_teacher_reads_her_own_figure_and_nobody_elses(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id="T049")
    at = sample.page(PAGE)
    words = texts(at)
    assert "of your 27 students who began a year behind" in words
    assert "Harbor Light" not in words
    with sample.open().read() as cursor:
        names = [
            row[0] for row in cursor.execute("select name from teacher where teacher_id <> 'T049'").fetchall()
        ]
    assert not [name for name in names if name and name in words]


def test_a_teacher_is_told_on_my_classes_what_may_stand_beside_her_name(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id="T049")
    told = "Your students catch up more often than expected"
    assert told not in texts(sample.page(MY_CLASSES))
    with sample.open().write() as cursor:
        cursor.execute("update own_catch_up set exceeds = true where teacher_id = 'T049'").fetchall()
    assert told in texts(sample.page(MY_CLASSES))


def test_a_principal_reads_her_school_and_no_other(sample: App) -> None:
    sample.sit(Role.PRINCIPAL, school_ids=school_ids(sample.open(), like="Harbor Light%"))
    words = texts(sample.page(PAGE))
    assert "Harbor Light" in words
    assert "Granite Falls" not in words
    assert "your" not in "".join(line for line in words.splitlines() if "began a year behind" in line)


def test_a_school_of_one_teacher_is_hidden_from_its_principal(sample: App) -> None:
    sample.sit(Role.PRINCIPAL, school_ids=school_ids(sample.open(), like="Larkspur Valley%"))
    at = sample.page(PAGE)
    assert "Too few to show: Larkspur Valley School." in texts(at)
    assert not any("Larkspur" in table.value.to_csv() for table in at.table)


def test_a_steward_reads_every_school_in_the_order_of_names(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(PAGE)
    frame = next(table.value for table in at.table if "Years of growth a year" in table.value)
    assert list(frame["Who"]) == sorted(frame["Who"])
    assert len(frame) == 6
    assert (frame["Caught up within a year"] == "too few to show").sum() >= 2


def test_every_picture_has_a_sentence_and_a_table(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(PAGE)
    charts = at.get("vega_lite_chart")
    assert len(charts) >= 2
    assert all(chart.proto.alt.strip().endswith("The table below holds the numbers.") for chart in charts)
    assert len(at.table) >= len(charts)


def test_no_hidden_school_reaches_the_browser_inside_a_picture(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(PAGE)
    frame = next(table.value for table in at.table if "Years of growth a year" in table.value)
    hidden = frame.loc[frame["Caught up within a year"] == "too few to show", "Who"]
    specs = json.dumps([chart.proto.spec for chart in at.get("vega_lite_chart")])
    assert len(hidden)
    assert not [name for name in hidden if name in specs]


def test_the_share_at_level_is_one_click_away(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(PAGE)
    at.segmented_control(key="catch_up.view").set_value("Share at level").run()
    assert not at.exception
    assert any("At level at the end of the latest year" in table.value for table in at.table)
    assert not any("Beside what was expected" in table.value for table in at.table)


def test_a_steward_states_a_cut_and_the_yardstick_changes(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(PAGE)
    at.number_input(key="catch_up.cut.score").set_value(20.0)
    at.text_input(key="catch_up.cut.source").set_value("State test, level 3")
    next(button for button in at.button if button.label == "State this cut").click()
    at.run()
    assert not at.exception
    assert "State test, level 3" in texts(at)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.FACILITATOR, Role.PRINCIPAL])
def test_nobody_but_a_steward_states_a_cut(sample: App, role: Role) -> None:
    schools = school_ids(sample.open(), like="Harbor%") if role is Role.PRINCIPAL else ()
    sample.sit(role, teacher_id=None if role is Role.PRINCIPAL else "T049", school_ids=schools)
    assert not sample.page(PAGE).number_input


@pytest.mark.parametrize(
    "word", ["rank", "best", "worst", "value-added", "underperform", "proof", "compliance"]
)
def test_words_that_judge_stay_off_the_page(sample: App, word: str) -> None:
    sample.sit(Role.STEWARD)
    assert word not in texts(sample.page(PAGE)).lower()
