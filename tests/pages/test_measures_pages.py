"""What an assessment is for: asked once, said under charts, and who signs that two versions are one test."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from plc.core.viewer import LOCAL_STEWARD, Role
from plc.results.measures import list_comparable, list_measures, state_purpose
from tests.pages.conftest import App, text_of
from tests.pages.test_seats import F1_TEACHER, MEASURES, MINE, UPLOAD
from tests.pages.test_uploads_pages import drop, results_file, upload_page

ENGLISH, SPANISH = "Grade 8 maths unit 4 check", "Grade 8 maths unit 4 check (Spanish)"


def field(at: AppTest, label: str) -> TextInput:
    return next(box for box in at.text_input if box.label == label)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run(timeout=90)
    assert not at.exception
    return at


def uploaded(app: App) -> AppTest:
    at = drop(upload_page(app), "unit 1.csv", results_file())
    at.button(key="upload.confirm").click().run(timeout=60)
    assert not at.exception
    return at


def test_a_new_assessment_is_asked_about_once_and_can_be_skipped(empty: App) -> None:
    at = uploaded(empty)
    assert "New here: what is it for?" in [header.value for header in at.header]
    press(at, "Keep")
    assert "Say in a sentence" in text_of(at)
    field(at, "What is it for?").input("To see what was learned")
    press(at, "Keep")
    assert "New here: what is it for?" not in [header.value for header in at.header]
    assert [measure.purpose for measure in list_measures(empty.open())] == ["To see what was learned"]
    at = empty.page(MEASURES)
    assert "nobody has said" not in text_of(at)


def test_what_a_colleague_says_meanwhile_stands_beside_ones_own_words(empty: App) -> None:
    at = uploaded(empty)
    (measure,) = list_measures(empty.open())
    state_purpose(empty.open(), LOCAL_STEWARD, replace(measure, purpose="Hers", scale="0 to 40"))
    field(at, "What is it for?").input("Mine")
    press(at, "Keep")
    assert "Two people wrote at once" in at.warning[0].title
    assert "Hers" in [element.value for element in at.text]
    assert field(at, "What is it for?").value == "Mine"
    press(at, "Keep")
    (measure,) = list_measures(empty.open())
    assert (measure.purpose, measure.scale) == ("Mine", "0 to 40")


def test_what_a_colleague_said_stands_there_until_mine_is_kept_over_it(empty: App) -> None:
    at = uploaded(empty)
    (measure,) = list_measures(empty.open())
    state_purpose(empty.open(), LOCAL_STEWARD, replace(measure, purpose="Hers"))
    field(at, "What is it for?").input("Mine")
    press(at, "Keep")
    at.run()
    assert "Hers" in [element.value for element in at.text]
    state_purpose(empty.open(), LOCAL_STEWARD, replace(measure, purpose="Hers, the second time"))
    press(at, "Keep")
    assert "Hers, the second time" in [element.value for element in at.text]
    at.run()
    assert "Two people wrote at once" in at.warning[0].title
    assert "Hers, the second time" in [element.value for element in at.text]
    press(at, "Keep")
    assert [measure.purpose for measure in list_measures(empty.open())] == ["Mine"]


def test_an_assessment_that_was_answered_is_not_asked_about_again(empty: App) -> None:
    at = uploaded(empty)
    field(at, "What is it for?").input("To see what was learned")
    press(at, "Keep")
    at.session_state["measures.open.0.maths"] = True
    at = at.switch_page(MEASURES).run()
    next(switch for switch in at.toggle if switch.label == "Say it anew").set_value(True).run()
    at = at.switch_page(UPLOAD).run()
    assert "New here: what is it for?" not in [header.value for header in at.header]


def test_what_a_colleague_answered_is_asked_no_longer_where_nothing_was_typed(empty: App) -> None:
    at = uploaded(empty)
    (measure,) = list_measures(empty.open())
    state_purpose(empty.open(), LOCAL_STEWARD, replace(measure, purpose="Hers"))
    at.run()
    assert "New here: what is it for?" not in [header.value for header in at.header]


def test_an_assessment_without_a_purpose_waits_on_its_page(empty: App) -> None:
    uploaded(empty)
    assert "Of 1 of 1 assessments nobody has said yet" in text_of(empty.page(MEASURES))


def test_a_chart_says_so_when_nobody_has_said_what_its_assessment_is_for(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    assert "Nobody has said yet what" not in text_of(sample.page(MINE))
    with sample.open().write() as cursor:
        cursor.execute("update assessment_version set purpose = null").fetchall()
    assert "Nobody has said yet what" in text_of(sample.page(MINE))


def test_two_language_versions_count_together_once_someone_signs(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(MEASURES)
    at.selectbox(key="measures.subject").select("maths").run()
    at.selectbox(key="measures.version").select(SPANISH)
    at.selectbox(key="measures.main").select(ENGLISH)
    at.text_input(key="measures.reason").input("Ten items in common")
    press(at, "Sign")
    assert "Sign with your name" in text_of(at)
    at.text_input(key="measures.name").input("Dr Lee")
    press(at, "Sign")
    assert f"counts as **{ENGLISH}**" in text_of(at)
    assert [one.signed_by for one in list_comparable(sample.open())] == ["Dr Lee"]
    press(at, "Withdraw")
    assert list_comparable(sample.open()) == []
