"""Confirm as people use it: plan, twenty-second check, measured effect; and who may not see any of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plc.core.errors import Conflict
from plc.core.viewer import Role, Viewer
from plc.inquiry.fidelity import fidelity_of
from plc.inquiry.test_plans import edit_test, note_adaptation
from plc.inquiry.test_reading import list_tests, practice_test
from plc.inquiry.test_records import PracticeTest, Prediction
from plc.statistics.effect_designs import Design
from plc.ui.menu import CHECK_IN, CONFIRM, RESULT, WHO
from tests.pages.conftest import App, text_of

RUNNING = "sample-test-running"
TEAM = "sample-team-1"
ANA = Viewer(Role.TEACHER, teacher_id="T049", team_ids=(TEAM,))
DUNNE = Viewer(Role.TEACHER, teacher_id="T048", team_ids=(TEAM,))
PAGES = (CONFIRM, CHECK_IN, RESULT)
FORBIDDEN_WORDS = ("best", "worst", "proof", "proved", "value-added", "compliance", "submit")


def sit_ana(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id="T049")


def button(at: AppTest, label: str) -> AppTest:
    (found,) = [one for one in at.button if one.label == label]
    found.click().run()
    assert not at.exception, at.exception
    return at


def drafts(sample: App) -> list[PracticeTest]:
    return [test for test in list_tests(sample.open(), ANA) if test.state == "draft"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.STEWARD, Role.NOBODY])
def test_who_is_in_no_team_sees_nothing_of_a_test(sample: App, role: Role, page: str) -> None:
    if role is not Role.NOBODY:
        sample.sit(role, school_ids=("M1",) if role is Role.PRINCIPAL else ())
    at = sample.start()
    with pytest.raises(ValueError, match=Path(page).stem):
        at.switch_page(page)


@pytest.mark.parametrize("page", PAGES)
def test_a_teacher_of_another_team_sees_nothing_of_it(sample: App, page: str) -> None:
    sample.sit(Role.TEACHER, teacher_id="T139")
    said = text_of(sample.page(page))
    assert "Explain one wrong answer" not in said
    assert "Best estimate" not in said
    assert "in none yet" in said


def test_the_result_opens_with_one_plain_sentence(sample: App) -> None:
    sit_ana(sample)
    said = text_of(sample.page(RESULT))
    assert "We predicted +1.5 points (0.22 SD). Best estimate" in said
    assert "chance it helped at all; 83 students, 3 classes did it fully, 1 partly." in said
    assert "What this cannot show" in said
    assert "Students who started lowest" in said
    assert "One test decides nothing by itself" in said


@pytest.mark.parametrize("page", PAGES)
def test_words_that_promise_too_much_stay_off_the_page(sample: App, page: str) -> None:
    sit_ana(sample)
    at = sample.page(page)
    said = " ".join(
        str(element.value)
        for kind in ("title", "header", "subheader", "markdown", "info", "warning")
        for element in getattr(at, kind)
    ).lower()
    for word in FORBIDDEN_WORDS:
        assert f" {word} " not in said.replace("best estimate", "")
    assert " works " not in said


def test_every_number_opens_to_how_it_was_made(sample: App) -> None:
    sit_ana(sample)
    at = sample.page(RESULT)
    at.session_state["result.opened"] = True
    at.run()
    for view, words in (
        ("The steps", "Borrowed from the district"),
        ("Who counts", "Students compared"),
        ("Other ways to count", "Cluster-robust"),
        ("What was known before", "A sceptic"),
    ):
        at.session_state["result.view"] = view
        at.run()
        assert not at.exception, at.exception
        assert words in text_of(at)


def test_a_team_takes_its_numbers_away_without_another_classes_figures(sample: App) -> None:
    sit_ana(sample)
    at = sample.page(RESULT)
    at.session_state[f"result.take.{RUNNING}"] = True
    at.run()
    assert not at.exception, at.exception
    assert {one.proto.label for one in at.get("download_button")} >= {
        "Cells (CSV)",
        "Published (CSV)",
        "Effect (CSV)",
    }


def test_a_running_test_shows_three_fully_and_one_partly(sample: App) -> None:
    sit_ana(sample)
    at = sample.page(CONFIRM)
    said = text_of(at)
    assert "week 3 of 6" in said
    assert "of 4 classes: 3 fully, 1 partly" in said
    assert "8, each a grade 6 class that nobody of the team teaches" in said
    assert "M2-MA6" not in said


def test_twenty_seconds_change_an_answer(sample: App) -> None:
    sit_ana(sample)
    at = sample.page(CHECK_IN)
    key = f"check_in.{RUNNING}.M1-MA6-26-1"
    at.segmented_control(key=f"{key}.done").set_value("partly").run()
    at.text_input(key=f"{key}.changed").input("Only twice, we had an assembly.").run()
    button(at, "Change my answer")
    (mine,) = [
        one
        for one in fidelity_of(sample.open(), ANA, RUNNING)
        if (one.section_id, one.week) == ("M1-MA6-26-1", 3)
    ]
    assert (mine.answer.done, mine.answer.changed) == ("partly", "Only twice, we had an assembly.")


def test_testing_again_takes_one_click_and_keeps_the_origin(sample: App) -> None:
    sit_ana(sample)
    button(sample.page(CONFIRM), "Test it again")
    (clone,) = drafts(sample)
    assert clone.origin_test_id == RUNNING
    assert clone.predicted_sd is None


def test_a_plan_goes_from_candidate_to_start(sample: App) -> None:
    sit_ana(sample)
    at = button(sample.page(CONFIRM), "Test it again")
    (draft,) = drafts(sample)
    key = f"confirm.box.{draft.test_id}"
    at.number_input(key=f"{key}.amount").set_value(2.0).run()
    assert "which is **+0.29 SD**" in text_of(at)
    assert "One SD (standard deviation) of students' results on it is 6.9 points" in text_of(at)
    button(at, "Keep and go on")
    at.radio(key=f"{key}.design").set_value(Design.RANDOMISED).run()
    button(at, "Keep these classes")
    button(at, "Draw by chance")
    assert "Drawn with seed" in text_of(at)
    button(at, "Go on")
    button(at, "Keep and go on")
    said = text_of(at)
    assert "This plan would find an effect of about" in said
    assert "Typical school practices give 0.05 to 0.10 SD" in said
    button(at, "Start this test")
    (started,) = [test for test in list_tests(sample.open(), ANA) if test.test_id == draft.test_id]
    assert started.state == "planned"
    assert started.predicted_points == 2.0


def test_a_proposal_shows_the_difference_at_the_start_and_no_class(sample: App) -> None:
    sit_ana(sample)
    at = button(sample.page(CONFIRM), "Test it again")
    button(at, "Keep and go on")
    button(at, "Look for classes like ours")
    said = text_of(at)
    assert "Found 8 classes" in said
    assert "alike at the start" in said
    button(at, "Compare with them")
    (draft,) = drafts(sample)
    assert draft.comparison_sections == 8
    assert "M2-MA6" not in text_of(at)
    assert "T139" not in text_of(at)


def test_a_colleagues_change_is_shown_beside_mine(sample: App) -> None:
    sit_ana(sample)
    at = button(sample.page(CONFIRM), "Test it again")
    (draft,) = drafts(sample)
    at.number_input(key=f"confirm.box.{draft.test_id}.amount").set_value(2.0).run()
    stored = practice_test(sample.open(), ANA, draft.test_id)
    edit_test(
        sample.open(),
        DUNNE,
        draft.test_id,
        replace(stored.plan, ends_on=stored.ends_on + timedelta(days=7)),
        seen_version=stored.version,
    )
    at.run()
    assert "A colleague changed this plan" in text_of(at)
    assert at.number_input(key=f"confirm.box.{draft.test_id}.amount").value == 2.0
    button(at, "Keep what is in my boxes")
    assert drafts(sample)[0].predicted_points == 2.0


def test_before_its_first_day_a_test_has_nothing_to_show(sample: App) -> None:
    sit_ana(sample)
    at = button(sample.page(CONFIRM), "Test it again")
    at.switch_page(RESULT).run()
    assert "There is nothing to measure yet. Its plan is still a draft." in text_of(at)


def test_measure_now_works_the_effect_out_again(sample: App) -> None:
    sit_ana(sample)
    with sample.open().write() as cursor:
        cursor.execute("delete from test_effect where test_id = $id", {"id": RUNNING}).fetchall()
    at = sample.page(RESULT)
    assert "expected on 14 May 2026" in text_of(at)
    button(at, "Measure now")
    assert "Best estimate" in text_of(at)


def test_results_that_changed_since_are_said_and_the_figure_stays(sample: App) -> None:
    sit_ana(sample)
    with sample.open().write() as cursor:
        cursor.execute(
            "insert into test_effect_waiting select test_id, measured_at, data_version,"
            " replace(details, 'Best estimate', 'New estimate') from test_effect where test_id = $id",
            {"id": RUNNING},
        ).fetchall()
        cursor.execute(
            "insert into test_effect_class select test_id, section_id, '', 'others', 0 from test_section"
            " where test_id = $id and arm = 'comparison' limit 1",
            {"id": RUNNING},
        ).fetchall()
    at = sample.page(RESULT)
    said = text_of(at)
    assert "results of some classes changed" in said
    assert "Best estimate" in said
    assert "New estimate" not in said


def test_before_and_after_alone_is_labelled_as_no_evidence(sample: App) -> None:
    sit_ana(sample)
    _rewrite(sample, "update practice_test set design = 'before and after' where test_id = $id")
    at = button(sample.page(RESULT), "Measure now")
    said = text_of(at)
    assert "this is not evidence of an effect" in said
    assert "regression to the mean" in said
    assert "What starting there gives by itself" in said
    assert not at.metric
    assert "chance it helped" not in said


def test_seven_students_are_too_few_to_tell(sample: App) -> None:
    sit_ana(sample)
    _rewrite(
        sample,
        "delete from test_section where test_id = $id and arm = 'practice' and section_id <> 'M1-MA6-26-1'",
    )
    # Ms Castillo's class of seven.
    _rewrite(
        sample,
        "update test_section set section_id = 'M2-MA6-26-7', school_id = 'M2'"
        " where test_id = $id and arm = 'practice'",
    )
    at = button(sample.page(RESULT), "Measure now")
    said = text_of(at)
    assert "Not enough students to tell" in said
    assert "Best estimate" not in said
    assert not at.get("vega_lite_chart")


def test_answers_that_came_in_since_are_pointed_out(sample: App) -> None:
    sit_ana(sample)
    assert "came in since" not in text_of(sample.page(RESULT))
    _rewrite(sample, "delete from fidelity_check where test_id = $id and section_id = 'M1-MA6-26-7'")
    at = sample.page(RESULT)
    assert "came in since" in text_of(at)
    button(at, "Measure now")
    assert "3 classes did it fully, 1 did not say" in text_of(at)


def _rewrite(sample: App, statement: str) -> None:
    with sample.open().write() as cursor:
        cursor.execute(statement, {"id": RUNNING}).fetchall()


def _draft(sample: App) -> tuple[AppTest, str, str]:
    """A plan of which nothing is kept yet, its id and the start of its boxes' keys."""
    sit_ana(sample)
    at = button(sample.page(CONFIRM), "Test it again")
    (draft,) = drafts(sample)
    return at, draft.test_id, f"confirm.box.{draft.test_id}"


def _look_at(at: AppTest, test_id: str, *, step: str, now: int) -> AppTest:
    at.segmented_control(key=f"confirm.step.{test_id}.{now}").set_value(step).run()
    assert not at.exception, at.exception
    return at


def _colleague_predicts(sample: App, test_id: str, why: str) -> None:
    stored = practice_test(sample.open(), ANA, test_id)
    edit_test(
        sample.open(),
        DUNNE,
        test_id,
        replace(stored.plan, prediction=Prediction(1.0, "points", why)),
        seen_version=stored.version,
    )


def test_what_was_typed_is_still_there_after_another_step_and_another_page(sample: App) -> None:
    at, test_id, key = _draft(sample)
    at.number_input(key=f"{key}.amount").set_value(2.5).run()
    at.text_input(key=f"{key}.why").input("Slips cost us a third.").run()
    assert "Not kept yet" in text_of(at)
    _look_at(at, test_id, step="Who tries it", now=0)
    assert "What you wrote under **What we predict** is not kept yet." in text_of(at)
    at.radio(key=f"{key}.design").set_value(Design.SERIES).run()
    at.switch_page(CHECK_IN).run()
    at.switch_page(CONFIRM).run()
    assert at.radio(key=f"{key}.design").value is Design.SERIES
    _look_at(at, test_id, step="What we predict", now=1)
    assert (at.number_input(key=f"{key}.amount").value, at.text_input(key=f"{key}.why").value) == (
        2.5,
        "Slips cost us a third.",
    )
    button(at, "Keep and go on")
    said = text_of(at)
    assert "What you wrote under **What we predict**" not in said
    assert "Not kept yet" in said, "the classes are still hers to keep"
    assert drafts(sample)[0].prediction_words == "Slips cost us a third."


def test_a_plan_does_not_start_over_words_that_are_not_kept(sample: App) -> None:
    at, test_id, key = _draft(sample)
    at.number_input(key=f"{key}.amount").set_value(2.5).run()
    button(at, "Keep and go on")
    button(at, "Compare with them")
    _look_at(at, test_id, step="What we predict", now=1)
    at.number_input(key=f"{key}.amount").set_value(4.0).run()
    _look_at(at, test_id, step="Check and start", now=0)
    assert "Keep what you wrote under What we predict" in text_of(at)
    assert at.button(key="confirm.start").disabled
    _look_at(at, test_id, step="What we predict", now=3)
    button(at, "Put back what was kept")
    assert at.number_input(key=f"{key}.amount").value == 2.5
    _look_at(at, test_id, step="Check and start", now=0)
    assert not at.button(key="confirm.start").disabled


def test_a_colleague_who_keeps_while_i_look_elsewhere_overwrites_nothing_and_is_not_overwritten(
    sample: App,
) -> None:
    at, test_id, key = _draft(sample)
    at.text_input(key=f"{key}.why").input("Mine.").run()
    _look_at(at, test_id, step="Who tries it", now=0)
    _colleague_predicts(sample, test_id, "Hers.")
    # What is kept of another step meanwhile does not count as having seen hers.
    at.radio(key=f"{key}.design").set_value(Design.SERIES).run()
    button(at, "Keep what is in my boxes")
    assert drafts(sample)[0].design is Design.SERIES
    _look_at(at, test_id, step="What we predict", now=1)
    assert at.text_input(key=f"{key}.why").value == "Mine."
    assert at.number_input(key=f"{key}.amount").value == 1.0, "a box I left alone holds what is kept"
    said = text_of(at)
    assert "A colleague changed this plan" in said
    assert "Hers." in said
    assert drafts(sample)[0].prediction_words == "Hers."
    # The usual way on would be refused each time: only the two ways that answer the question are there.
    assert "Keep and go on" not in [one.label for one in at.button]
    button(at, "Keep what is in my boxes")
    assert drafts(sample)[0].prediction_words == "Mine."


def test_who_wrote_nothing_sees_what_a_colleague_kept_without_being_asked(sample: App) -> None:
    at, test_id, key = _draft(sample)
    _look_at(at, test_id, step="Who tries it", now=0)
    _colleague_predicts(sample, test_id, "Hers.")
    _look_at(at, test_id, step="What we predict", now=1)
    assert at.text_input(key=f"{key}.why").value == "Hers."
    assert "A colleague changed this plan" not in text_of(at)
    button(at, "Keep and go on")
    assert drafts(sample)[0].prediction_words == "Hers."


def test_who_sits_down_next_does_not_find_what_another_was_writing(sample: App) -> None:
    at, test_id, key = _draft(sample)
    at.text_input(key=f"{key}.why").input("Mine.").run()
    at.switch_page(WHO).run()
    at.selectbox(key="who.teacher").set_value("T132").run()
    button(at, "Continue")
    at.switch_page(CONFIRM).run()
    (tests,) = [one for one in at.selectbox if one.label == "Test"]
    tests.set_value(test_id).run()
    assert at.text_input(key=f"{key}.why").value == ""


def test_what_we_changed_of_the_practice_outlives_a_look_at_another_page(sample: App) -> None:
    sit_ana(sample)
    key = f"confirm.box.{RUNNING}.adaptation"
    at = sample.page(CONFIRM)
    at.text_area(key=key).input("In pairs at once.").run()
    assert "Not kept yet" in text_of(at)
    at.switch_page(CHECK_IN).run()
    at.switch_page(CONFIRM).run()
    assert at.text_area(key=key).value == "In pairs at once."
    button(at, "Keep")
    assert practice_test(sample.open(), ANA, RUNNING).adaptation == "In pairs at once."
    assert "Not kept yet" not in text_of(at)


def test_what_a_colleague_noted_of_a_change_stands_there_until_mine_is_kept_over_it(sample: App) -> None:
    sit_ana(sample)
    key = f"confirm.box.{RUNNING}.adaptation"
    at = sample.page(CONFIRM)
    at.text_area(key=key).input("In pairs at once.").run()
    for hers in ("Hers: with cards.", "Hers: with cards and a timer."):
        stored = practice_test(sample.open(), ANA, RUNNING)
        note_adaptation(sample.open(), DUNNE, RUNNING, hers, seen_version=stored.version)
        button(at, "Keep")
        assert practice_test(sample.open(), ANA, RUNNING).adaptation == hers
        assert hers in [element.value for element in at.text]
        # Leaving the box to put both together draws the page anew.
        at.text_area(key=key).input(f"In pairs at once. {hers}").run()
        assert hers in [element.value for element in at.text]
    button(at, "Keep")
    assert practice_test(sample.open(), ANA, RUNNING).adaptation == f"In pairs at once. {hers}"
    assert "Two people wrote at once" not in [warning.proto.title for warning in at.warning]


def test_a_change_noted_at_the_very_same_moment_is_not_overwritten_by_the_next_press(
    sample: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_ana(sample)
    key = f"confirm.box.{RUNNING}.adaptation"
    at = sample.page(CONFIRM)
    at.text_area(key=key).input("In pairs at once.").run()
    stored = practice_test(sample.open(), ANA, RUNNING)
    note_adaptation(sample.open(), DUNNE, RUNNING, "Hers: with cards.", seen_version=stored.version)

    def at_once(*_: object, **__: object) -> None:
        raise Conflict("Someone changed this at the same moment. Reload and try again.")

    with monkeypatch.context() as patch:
        patch.setattr("plc.ui.running_test.note_adaptation", at_once)
        button(at, "Keep")
    assert "at the same moment" in text_of(at)
    button(at, "Keep")
    assert practice_test(sample.open(), ANA, RUNNING).adaptation == "Hers: with cards."
    assert "Hers: with cards." in [element.value for element in at.text]


def test_classes_chosen_while_a_colleague_kept_hers_are_shown_beside_hers(sample: App) -> None:
    at, test_id, key = _draft(sample)
    _look_at(at, test_id, step="Who tries it", now=0)
    stored = practice_test(sample.open(), ANA, test_id)
    edit_test(
        sample.open(),
        DUNNE,
        test_id,
        replace(stored.plan, design=Design.DIFFERENCE),
        seen_version=stored.version,
    )
    at.radio(key=f"{key}.design").set_value(Design.SERIES).run()
    assert "Keep these classes" not in [one.label for one in at.button]
    assert drafts(sample)[0].design is Design.DIFFERENCE
    assert "A colleague changed this plan" in text_of(at)
    button(at, "Take what is kept now")
    assert at.radio(key=f"{key}.design").value is Design.DIFFERENCE


def test_a_look_at_another_design_keeps_the_day_typed_for_those_who_wait(sample: App) -> None:
    at, test_id, key = _draft(sample)
    _look_at(at, test_id, step="Who tries it", now=0)
    kept = drafts(sample)[0]
    later = kept.starts_on + timedelta(days=10)
    at.radio(key=f"{key}.design").set_value(Design.STAGGERED).run()
    at.date_input(key=f"{key}.second").set_value(later).run()
    at.radio(key=f"{key}.design").set_value(kept.design).run()
    # Nothing waits to be kept: the day belongs to a design that is not in question.
    assert "Not kept yet" not in text_of(at)
    at.radio(key=f"{key}.design").set_value(Design.STAGGERED).run()
    assert at.date_input(key=f"{key}.second").value == later
    button(at, "Keep these classes")
    assert drafts(sample)[0].second_start_on == later


def test_a_first_day_moved_past_what_was_written_moves_it_along(sample: App) -> None:
    at, test_id, key = _draft(sample)
    _look_at(at, test_id, step="Who tries it", now=0)
    at.radio(key=f"{key}.design").set_value(Design.STAGGERED).run()
    written = at.date_input(key=f"{key}.second").value
    assert isinstance(written, date)
    at.date_input(key=f"{key}.second").set_value(written - timedelta(days=7)).run()
    stored = practice_test(sample.open(), ANA, test_id)
    later = replace(stored.plan, starts_on=written, ends_on=written + timedelta(days=42))
    edit_test(sample.open(), ANA, test_id, later, seen_version=stored.version)
    at.run()
    assert not at.exception, at.exception
    assert at.date_input(key=f"{key}.second").value == written + timedelta(days=1)


def test_what_differs_between_two_plans_is_told_in_the_words_of_the_screen(sample: App) -> None:
    at, test_id, key = _draft(sample)
    _look_at(at, test_id, step="Who tries it", now=0)
    stored = practice_test(sample.open(), ANA, test_id)
    hers = replace(stored.plan, design=Design.DIFFERENCE)
    edit_test(sample.open(), DUNNE, test_id, hers, seen_version=stored.version)
    at.radio(key=f"{key}.design").set_value(Design.SERIES).run()
    at.multiselect(key=f"{key}.sections").set_value(["M1-MA6-26-1"]).run()
    (differing,) = [table.value for table in at.table if "In your boxes" in table.value.columns]
    told = {row["What"]: (row["Kept now"], row["In your boxes"]) for _, row in differing.iterrows()}
    assert told["How will we know?"] == (
        "Compare changes with other classes",
        "Only our classes, over many checks",
    )
    kept, mine = told["Which classes take part?"]
    assert mine == "Ms Adeyemi, M1-MA6-26-1"
    assert "Mr Dunne, M1-MA6-26-4" in kept
    assert set(told) == {"How will we know?", "Which classes take part?"}
