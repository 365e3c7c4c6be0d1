"""The principal's and the district leader's pages, by role: what they say, what they keep to themselves."""

from __future__ import annotations

import pytest

from plc.core.viewer import Role
from plc.people import current_viewer
from plc.people.school_calendar import school_today
from plc.practices.evidence import STEPS
from plc.schools import give_support
from plc.ui import menu

from .conftest import App, text_of

PAGES = (
    menu.SCHOOL_MONTH,
    menu.SCHOOL_PRACTICES,
    menu.STALLED,
    menu.SCHOOL_BARRIERS,
    menu.MY_DECISIONS,
)
LEADERS = (Role.PRINCIPAL, Role.DISTRICT_LEADER)


def lead(app: App, role: Role = Role.PRINCIPAL) -> None:
    app.sit(role, school_ids=("M1",) if role is Role.PRINCIPAL else ())


def teacher_names(app: App) -> list[str]:
    with app.open().read() as cursor:
        return [name for (name,) in cursor.execute("select distinct name from teacher").fetchall() if name]


@pytest.mark.parametrize("role", LEADERS)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_leader_names_a_teacher(sample: App, role: Role, page: str) -> None:
    lead(sample, role)
    words = text_of(sample.page(page))
    assert words
    assert not [name for name in teacher_names(sample) if name in words]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.FACILITATOR, Role.COACH, Role.STEWARD, Role.REVIEWER])
def test_nobody_else_finds_these_pages(sample: App, role: Role) -> None:
    teaches = role in (Role.TEACHER, Role.FACILITATOR)
    sample.sit(role, teacher_id="T049" if teaches else None, school_ids=("M1",) if role is Role.COACH else ())
    at = sample.start()
    for page in PAGES:
        with pytest.raises(ValueError, match="page"):
            at.switch_page(page).run()


@pytest.mark.parametrize("page", PAGES)
def test_on_a_day_without_teams_each_page_says_what_is_missing(sample: App, page: str) -> None:
    sample.sit(Role.PRINCIPAL, school_ids=("E6",))
    at = sample.page(page)
    assert at.info or at.text_input


def test_the_month_says_who_met_in_which_phase_and_which_kinds_of_decisions(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.SCHOOL_MONTH)
    assert "1 of 2 teams met. 2 decisions. 1 barrier waits" in text_of(at)
    (table,) = at.table
    rows = table.value.set_index("Team")
    assert list(rows.columns) == ["Met", "Phase", "Decided", "Barriers"]
    assert rows.loc["Granite Falls, grade 6 maths", "Decided"] == "2 × keep testing"
    words = text_of(at)
    for kept in ("useful", "wait for the unit 6 check", "Worth our time"):
        assert kept not in words


def test_an_earlier_month_is_one_choice_away(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.SCHOOL_MONTH)
    at.selectbox(key="school_month.month").select_index(3).run()
    assert "1 of 2 teams met. 1 decision." in text_of(at)


def test_a_talk_every_other_week_opens_on_what_happened_since(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.SCHOOL_MONTH)
    at.selectbox(key="school_month.month").select_index(1).run()
    words = text_of(at)
    assert "1 of 2 teams met." in words
    assert "What I said I would do" in words or "Nothing was decided yet." in words


def test_a_practice_says_effect_classes_schools_and_who_it_was_tested_with(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.SCHOOL_PRACTICES)
    assert at.selectbox(key="school_practices.priority").value == "sample-priority-2"
    words = text_of(at)
    assert "12 classes" in words
    assert "5 schools" in words
    assert "Tested with students who started lowest? **yes**" in words
    assert "SD (90 % range" in words
    steps = [step for line in at.markdown for step in STEPS if f"**{step.capitalize()}**" in line.value]
    assert steps == sorted(steps, key=STEPS.index)


def test_opening_a_practice_shows_its_failures_on_the_same_screen(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.SCHOOL_PRACTICES)
    at.button(key="school_practices.arrow_forward.P1").click().run()
    assert not at.exception
    words = text_of(at)
    assert "Sort exit tickets" in at.title[0].value
    assert at.session_state["practice.view"] == "What tests say"
    assert "· \\-0." in words


def test_time_given_reaches_the_teams_own_page_and_its_answer_comes_back(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.STALLED)
    assert "No new data for 14 weeks." in text_of(at)
    at.text_area(key="school_stalled.say.time.sample-team-8").input("Lesson 6 on Tuesdays is covered.")
    at.button(key="FormSubmitter:school_stalled.form.time.sample-team-8-Send to the team").click().run()
    assert not at.exception, at.exception
    sample.sit(Role.TEACHER, teacher_id="T081")
    at = sample.page(menu.OUR_INQUIRY)
    assert "gives you time:** Lesson 6 on Tuesdays is covered" in text_of(at)
    next(button for button in at.button if button.label == "Yes, thank you").click().run()
    lead(sample)
    assert "the team said yes" in text_of(sample.page(menu.STALLED))


def test_a_barrier_is_answered_and_read_by_the_team(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.SCHOOL_BARRIERS)
    assert "The one answer took 1 day" in text_of(at)
    assert "the principal can remove it" in text_of(at)
    at.text_area(key="school_barriers.words.sample-barrier-1").input("Thursdays from 1 June.")
    at.button(key="FormSubmitter:school_barriers.form.sample-barrier-1-Answer").click().run()
    assert not at.exception, at.exception
    assert "Thursdays from 1 June" in text_of(at).replace("\\", "")
    sample.sit(Role.TEACHER, teacher_id="T049")
    assert "Thursdays from 1 June" in text_of(sample.page(menu.BARRIERS)).replace("\\", "")


def test_a_visit_reaches_the_team_only_after_the_teachers_yes(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.SCHOOL_PRACTICES)
    at.button(key="school_practices.chat.P1").click().run()
    at = at.switch_page(menu.PRACTICE).run()
    assert not at.exception, at.exception
    at.radio(key="visits.team").set_value("Words first, grade 7")
    at.button(key="FormSubmitter:visits.form-Ask her first").click().run()
    assert "not answered yet" in text_of(at)
    sample.sit(Role.TEACHER, teacher_id="T060")
    assert "invites you to visit" not in text_of(sample.page(menu.OUR_INQUIRY))
    sample.sit(Role.TEACHER, teacher_id="T049")
    at = sample.page(menu.SHARE)
    assert "Only you see this" in text_of(at)
    next(button for button in at.button if button.label == "Yes, they may").click().run()
    sample.sit(Role.TEACHER, teacher_id="T060")
    assert "Ms Adeyemi invites you to visit" in text_of(sample.page(menu.OUR_INQUIRY))


def test_a_decision_of_last_month_is_carried_on_and_a_fourth_is_refused(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.MY_DECISIONS)
    assert "carried on from April" in text_of(at)
    for number in (2, 3):
        at.text_input(key=f"school_decisions.words.{number - 2}").input(f"Do thing {number}")
        at.button(key="FormSubmitter:school_decisions.new-Decide").click().run()
        assert not at.exception, at.exception
    assert "Three are open" in text_of(at)
    at.segmented_control(key="school_decisions.view").set_value("As the leadership team sees them").run()
    assert "Do thing 3" in text_of(at)


def test_what_is_refused_of_a_leader_stays_in_its_box(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.MY_DECISIONS)
    at.text_input(key="school_decisions.words.0").input("Cover a lesson " * 60)
    at.button(key="FormSubmitter:school_decisions.new-Decide").click().run()
    assert at.error
    assert at.text_input(key="school_decisions.words.0").value.startswith("Cover a lesson Cover")


def test_a_priority_is_named_and_ended(sample: App) -> None:
    lead(sample)
    at = sample.page(menu.SCHOOL_PRACTICES)
    at.text_input(key="school_priorities.title.0").input("Everyone can explain why")
    at.button(key="FormSubmitter:school_priorities.new-Name it").click().run()
    assert not at.exception, at.exception
    assert "Everyone can explain why" in text_of(at)
    at.button(key="school_priorities.end.sample-priority-2").click().run()
    assert "Every student practises alone" not in "".join(
        at.selectbox(key="school_practices.priority").options
    )


def test_catching_up_says_who_is_furthest_and_what_was_tested_with_the_lowest(sample: App) -> None:
    lead(sample, Role.DISTRICT_LEADER)
    at = sample.page(menu.CATCH_UP)
    words = text_of(at)
    assert "Who is furthest from opportunity?" in words
    assert "Sort exit tickets" in words
    assert "no group catches up less often beyond chance" in words


def test_what_a_leader_offers_waits_on_the_start_of_the_teams_members(sample: App) -> None:
    lead(sample)
    database = sample.open()
    give_support(
        database, current_viewer(database), "sample-team-1", kind="time", words="One covered lesson",
        for_on=school_today(database),
    )  # fmt: skip
    sample.sit(Role.TEACHER, teacher_id="T132")
    words = text_of(sample.page(menu.START))
    assert "Something is offered to your team." in words
    assert "One covered lesson" in text_of(sample.page(menu.OUR_INQUIRY))
