"""Discover, Decide and Reteach in the sample district, as its teams meet them."""

from __future__ import annotations

import pytest

from plc.core.viewer import Role, Viewer
from plc.inquiry import inquiry, open_inquiry
from plc.inquiry.candidates import list_candidates
from plc.inquiry.decide import NOT_YET_CONFIRMED, list_decisions
from plc.inquiry.reteach import list_reteaches
from plc.inquiry.test_reading import practice_test
from plc.inquiry.visits import INTERVIEW, list_visits
from plc.ui import menu
from tests.pages.conftest import App, text_of
from tests.pages.test_inquiry_pages import ADEYEMI, AIMED, TEAM, member, opened

RUNNING = "sample-test-running"


def sit(app: App) -> Viewer:
    return app.sit(Role.FACILITATOR, teacher_id=ADEYEMI)


def test_a_candidate_is_written_asked_for_a_behaviour_and_must_answer_the_contrast(sample: App) -> None:
    sit(sample)
    inquiry_id = opened(sample, AIMED)
    at = sample.page(menu.DISCOVER)
    at.text_input(key="discover.title.0").input("Good relationships with students")
    at.button(key="discover.add").click().run()
    assert not at.exception
    (candidate,) = list_candidates(sample.open(), member(), inquiry_id)
    at = sample.page(menu.DISCOVER)
    assert "What would a visitor see" in text_of(at).replace("\\", "")
    key = f"discover.{candidate.practice_id}"
    at.button(key=f"{key}.keep").click().run()
    assert "Choose an answer" in at.warning[0].value
    at.radio(key=f"{key}.answer").set_value("yes")
    at.button(key=f"{key}.keep").click().run()
    assert not at.exception
    (answered,) = list_candidates(sample.open(), member(), inquiry_id)
    assert answered.not_distinguishing


def test_a_candidate_taken_off_is_put_back_with_one_click(sample: App) -> None:
    sit(sample)
    inquiry_id = opened(sample, AIMED)
    at = sample.page(menu.DISCOVER)
    at.text_input(key="discover.title.0").input("Students sort their exit tickets")
    at.button(key="discover.add").click().run()
    (candidate,) = list_candidates(sample.open(), member(), inquiry_id)
    at.button(key=f"discover.{candidate.practice_id}.remove").click().run()
    assert list_candidates(sample.open(), member(), inquiry_id) == []
    at.button(key="discover.undo").click().run()
    assert len(list_candidates(sample.open(), member(), inquiry_id)) == 1


def test_an_interview_is_planned_with_its_six_questions(sample: App) -> None:
    sit(sample)
    inquiry_id = opened(sample, AIMED)
    at = sample.page(menu.DISCOVER)
    at.segmented_control(key="discover.view").set_value("Visits and interviews").run()
    at.radio(key="visit.kind").set_value("interview").run()
    at.button(key="visit.plan_it").click().run()
    assert not at.exception
    (visit,) = list_visits(sample.open(), member(), inquiry_id)
    assert [one.asked for one in visit.answers] == list(INTERVIEW)


def test_going_without_visits_needs_a_reason(sample: App) -> None:
    sit(sample)
    inquiry_id = opened(sample, AIMED)
    at = sample.page(menu.DISCOVER)
    at.segmented_control(key="discover.view").set_value("Visits and interviews").run()
    at.button(key="visit.waive_it").click().run()
    assert "why not" in at.error[0].value
    at.text_input(key="visit.why").input("No substitute this term")
    at.button(key="visit.waive_it").click().run()
    assert inquiry(sample.open(), member(), inquiry_id).visits_waived == "No substitute this term"


def decide_page(app: App) -> object:
    inquiry_id = practice_test(app.open(), member(), RUNNING).inquiry_id
    at = app.page(menu.DECIDE)
    at.session_state["plc.inquiry.chosen"] = inquiry_id
    return at.run()


def test_adopting_with_few_replications_is_called_not_yet_confirmed(sample: App) -> None:
    sit(sample)
    at = decide_page(sample)
    at.segmented_control(key=f"decide.{RUNNING}.choice").set_value("adopt").run()  # type: ignore[attr-defined]
    assert NOT_YET_CONFIRMED in text_of(at)  # type: ignore[arg-type]
    at.text_area(key=f"decide.{RUNNING}.reason").input("It fits our lessons")  # type: ignore[attr-defined]
    at.button(key="decide.keep").click().run()  # type: ignore[attr-defined]
    assert not at.exception  # type: ignore[attr-defined]
    assert list_decisions(sample.open(), member(), words="fits our lessons")[0].decision == "adopt"


def test_adapting_begins_the_next_cycle(sample: App) -> None:
    sit(sample)
    at = decide_page(sample)
    at.segmented_control(key=f"decide.{RUNNING}.choice").set_value("adapt").run()  # type: ignore[attr-defined]
    at.text_area(key=f"decide.{RUNNING}.reason").input("Too long")  # type: ignore[attr-defined]
    at.text_area(key=f"decide.{RUNNING}.words.steps").input("Two steps only")  # type: ignore[attr-defined]
    at.button(key="decide.keep").click().run()  # type: ignore[attr-defined]
    assert "Predict the next cycle" in at.error[0].value  # type: ignore[attr-defined]
    at.number_input(key=f"decide.{RUNNING}.amount").set_value(3.0)  # type: ignore[attr-defined]
    at.button(key="decide.keep").click().run()  # type: ignore[attr-defined]
    assert not at.exception  # type: ignore[attr-defined]
    row = list_decisions(sample.open(), member(), words="too long")[0]
    assert row.next_test_id is not None
    assert practice_test(sample.open(), member(), row.next_test_id).predicted_points == pytest.approx(3.0)


def test_a_group_for_reteaching_is_planned_and_shows_students_by_code_only(sample: App) -> None:
    sit(sample)
    at = sample.page(menu.RETEACH)
    assert "Only you see this page" in text_of(at)
    at.button(key="reteach.plan_it").click().run()
    assert not at.exception
    (plan,) = list_reteaches(sample.open(), Viewer(Role.FACILITATOR, teacher_id=ADEYEMI))
    at.segmented_control(key="reteach.view").set_value("My groups").run()
    assert plan.standard_id in text_of(at).replace("\\", "")
    at.button(key=f"reteach.end.{plan.reteach_id}").click().run()
    at.button(key="reteach.undo").click().run()
    assert len(list_reteaches(sample.open(), Viewer(Role.FACILITATOR, teacher_id=ADEYEMI))) == 1


@pytest.mark.parametrize("page", [menu.SEEK, menu.DISCOVER, menu.DECIDE, menu.RETEACH])
@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.STEWARD])
def test_who_is_in_no_team_has_no_page_of_the_phases(sample: App, page: str, role: Role) -> None:
    sample.sit(role, school_ids=("M1",) if role is Role.PRINCIPAL else ())
    with pytest.raises(ValueError, match=page.rsplit("/", 1)[1]):
        sample.page(page)


@pytest.mark.parametrize("page", [menu.SEEK, menu.DISCOVER, menu.DECIDE])
def test_a_teacher_of_another_team_sees_only_what_to_do(sample: App, page: str) -> None:
    open_inquiry(sample.open(), member(), team_id=TEAM, wording=AIMED)
    sample.sit(Role.TEACHER, teacher_id="T001")
    at = sample.page(page)
    assert "in none yet" in text_of(at)
    assert AIMED.title not in text_of(at)


@pytest.mark.parametrize("page", [menu.OUR_INQUIRY, menu.SEEK, menu.DISCOVER, menu.DECIDE, menu.RETEACH])
def test_every_page_opens_on_the_first_day(empty: App, page: str) -> None:
    empty.sit(Role.TEACHER)
    assert not empty.page(page).exception
