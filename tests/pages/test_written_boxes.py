"""What is typed in a form of an inquiry is still there after a look at another page, until it is kept."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from plc.core.viewer import Role, Viewer
from plc.inquiry import Inquiry, edit_inquiry, inquiry, open_inquiry
from plc.inquiry.test_reading import practice_test
from plc.meetings import (
    Meeting,
    change_plan,
    go_to_step,
    meeting_decisions,
    plan_meeting,
    remove_plan,
    start_meeting,
)
from plc.ui import meeting_lobby, menu
from tests.pages.conftest import App, text_of

RUNNING = "sample-test-running"
TEAM = "sample-team-1"
ANA = Viewer(Role.TEACHER, teacher_id="T049", team_ids=(TEAM,))
BEN = Viewer(Role.TEACHER, teacher_id="T132", team_ids=(TEAM,))
NOT_KEPT = "Not kept yet"


def _page(sample: App, page: str) -> AppTest:
    sample.sit(Role.TEACHER, teacher_id="T049")
    at = sample.start()
    at.session_state["plc.inquiry.chosen"] = practice_test(sample.open(), ANA, RUNNING).inquiry_id
    return _to(at, page)


def _to(at: AppTest, page: str) -> AppTest:
    at.switch_page(page).run()
    assert not at.exception, at.exception
    return at


def test_a_decision_half_written_is_there_after_a_look_at_the_result(sample: App) -> None:
    at = _page(sample, menu.DECIDE)
    key = f"decide.{RUNNING}"
    at.segmented_control(key=f"{key}.choice").set_value("adapt").run()
    at.text_area(key=f"{key}.reason").input("Too long for one lesson.").run()
    at.number_input(key=f"{key}.amount").set_value(3.0).run()
    at.text_area(key=f"{key}.words.steps").input("Two steps only.").run()
    assert NOT_KEPT in text_of(at)
    _to(at, menu.RESULT)
    _to(at, menu.DECIDE)
    assert at.segmented_control(key=f"{key}.choice").value == "adapt"
    assert at.text_area(key=f"{key}.reason").value == "Too long for one lesson."
    assert at.text_area(key=f"{key}.words.steps").value == "Two steps only."
    assert at.number_input(key=f"{key}.amount").value == 3.0
    at.button(key="decide.keep").click().run()
    assert not at.exception, at.exception
    _to(at, menu.DECIDE)
    assert NOT_KEPT not in text_of(at), "what was decided is kept"


def test_an_adaptation_half_written_in_a_meeting_is_there_after_another_part_and_another_page(
    sample: App,
) -> None:
    meeting_id = start_meeting(sample.open(), ANA, TEAM)
    go_to_step(sample.open(), ANA, meeting_id, "now-what", seen="opening")
    at = _page(sample, menu.DECIDE)
    at.session_state["meeting.adapt"] = True
    _to(at, menu.MEETING)
    key = f"decide.{RUNNING}"
    why = next(box for box in at.text_area if box.label.startswith("Why do we change it?"))
    # A browser sends a box that is in no form as soon as one leaves it; of one in a form nothing is known.
    why.input("Alone they stayed silent.")
    assert why.proto.form_id == ""
    at.text_area(key=f"{key}.words.steps").input("Two by two.").run()
    at.radio(key=f"{key}.part").set_value("minutes").run()
    at.radio(key=f"{key}.part").set_value("steps").run()
    assert at.text_area(key=f"{key}.words.steps").value == "Two by two."
    assert NOT_KEPT in text_of(at)
    _to(at, menu.RESULT)
    at.session_state["meeting.adapt"] = True
    _to(at, menu.MEETING)
    assert at.text_area(key=f"{key}.reason").value == "Alone they stayed silent."
    at.number_input(key=f"{key}.amount").set_value(4.0).run()
    _press(at, "Adapt it so")
    (made,) = meeting_decisions(sample.open(), ANA, meeting_id)
    assert (made.decision, made.words) == ("adapt", "Alone they stayed silent.")


def test_a_new_inquiry_half_written_is_there_after_a_look_at_the_results(sample: App) -> None:
    at = _page(sample, menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("All inquiries").run()
    at.text_input(key="inquiries.title").input("Ratios that stick").run()
    at.text_area(key="inquiries.challenge").input("Ratios fade by spring.").run()
    assert NOT_KEPT in text_of(at)
    _to(at, menu.SEEK)
    _to(at, menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("All inquiries").run()
    assert at.text_input(key="inquiries.title").value == "Ratios that stick"
    assert at.text_area(key="inquiries.challenge").value == "Ratios fade by spring."
    at.button(key="inquiries.begin").click().run()
    _to(at, menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("All inquiries").run()
    assert at.text_input(key="inquiries.title").value == "", "the next one begins empty"


def test_where_nothing_was_kept_before_one_is_offered_to_clear_what_one_entered(sample: App) -> None:
    at = _page(sample, menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("All inquiries").run()
    at.text_input(key="inquiries.title").input("Ratios that stick").run()
    assert "Put back what was kept" not in {button.label for button in at.button}
    _press(at, "Clear what you entered")
    assert at.text_input(key="inquiries.title").value == ""
    _to(at, menu.DECIDE)
    at.segmented_control(key=f"decide.{RUNNING}.choice").set_value("abandon").run()
    assert "what you entered stays" in text_of(at), "she chose, and wrote no words yet"
    _press(at, "Clear what you entered")
    assert at.segmented_control(key=f"decide.{RUNNING}.choice").value is None


def test_what_we_want_half_written_is_there_and_where_she_lands_after_a_look_at_the_results(
    sample: App,
) -> None:
    at = _page(sample, menu.OUR_INQUIRY)
    found = inquiry(sample.open(), ANA, practice_test(sample.open(), ANA, RUNNING).inquiry_id)
    key = f"wording.{found.inquiry_id}"
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    at.text_area(key=f"{key}.challenge").input("Her words").run()
    _to(at, menu.SEEK)
    edit_inquiry(
        sample.open(), BEN, found.inquiry_id, replace(found.wording, challenge="His words"),
        seen_version=found.version,
    )  # fmt: skip
    _to(at, menu.OUR_INQUIRY)
    assert at.text_area(key=f"{key}.challenge").value == "Her words"
    assert NOT_KEPT in text_of(at)
    at.button(key=f"{key}.keep").click().run()
    assert {"His words", "Her words"} <= {element.value for element in at.text}
    assert inquiry(sample.open(), ANA, found.inquiry_id).wording.challenge == "His words"


def _two_wordings(at: AppTest, sample: App) -> tuple[Inquiry, Inquiry]:
    """The inquiry that is open, and another of the same team."""
    running = practice_test(sample.open(), ANA, RUNNING).inquiry_id
    first = inquiry(sample.open(), ANA, running)
    other = replace(first.wording, title="Ratios that stick", challenge="Ratios fade by spring.")
    second = open_inquiry(sample.open(), ANA, team_id=TEAM, wording=other)
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    return first, inquiry(sample.open(), ANA, second)


def _turn_to(at: AppTest, found: Inquiry) -> None:
    at.session_state["plc.inquiry.chosen"] = found.inquiry_id
    at.run()
    assert not at.exception, at.exception


def _challenge(at: AppTest) -> TextArea:
    return next(box for box in at.text_area if box.label.startswith("Challenge"))


def _his(sample: App, found: Inquiry) -> None:
    said = replace(found.wording, challenge=f"His words on {found.wording.title}")
    edit_inquiry(sample.open(), BEN, found.inquiry_id, said, seen_version=found.version)


def test_words_of_one_inquiry_outlive_a_look_at_anothers_and_what_a_colleague_keeps_meanwhile(
    sample: App,
) -> None:
    at = _page(sample, menu.OUR_INQUIRY)
    first, second = _two_wordings(at, sample)
    _challenge(at).input("Her words on the first").run()
    _turn_to(at, second)
    _his(sample, first)
    _turn_to(at, first)
    assert _challenge(at).value == "Her words on the first"
    _press(at, "Keep")
    assert "Her words on the first" in [element.value for element in at.text]
    assert inquiry(sample.open(), ANA, first.inquiry_id).wording.challenge.startswith("His words")


def test_words_that_met_a_colleagues_stand_until_they_are_put_together_in_each_of_two_inquiries(
    sample: App,
) -> None:
    at = _page(sample, menu.OUR_INQUIRY)
    both = _two_wordings(at, sample)
    for found in both:
        _turn_to(at, found)
        _challenge(at).input(f"Her words on {found.wording.title}").run()
        _his(sample, found)
        _press(at, "Keep")
    for found in both:
        _turn_to(at, found)
        (agreed,) = [box for box in at.text_area if box.label == "Keep as challenge"]
        assert agreed.value == f"Her words on {found.wording.title}"
        next(button for button in at.button if button.label == "Keep these words").click().run()
        kept = inquiry(sample.open(), ANA, found.inquiry_id).wording.challenge
        assert kept == f"Her words on {found.wording.title}"
        assert _challenge(at).value == kept
        assert NOT_KEPT not in text_of(at)


def test_what_is_put_together_of_two_texts_is_there_after_a_look_at_the_results(sample: App) -> None:
    at = _page(sample, menu.OUR_INQUIRY)
    found, _ = _two_wordings(at, sample)
    _turn_to(at, found)
    _challenge(at).input("Her words").run()
    _his(sample, found)
    _press(at, "Keep")
    agreed = next(box for box in at.text_area if box.label == "Keep as challenge")
    assert agreed.proto.form_id == "", "a browser tells nothing of a form before its button"
    agreed.input("His and hers").run()
    _to(at, menu.SEEK)
    _to(at, menu.OUR_INQUIRY)
    assert "You wrote" in text_of(at)
    assert next(box for box in at.text_area if box.label == "Keep as challenge").value == "His and hers"
    _press(at, "Keep these words")
    assert inquiry(sample.open(), ANA, found.inquiry_id).wording.challenge == "His and hers"


def test_who_sits_down_next_in_a_window_finds_nothing_that_was_written_in_it(sample: App) -> None:
    at = _page(sample, menu.OUR_INQUIRY)
    first, second = _two_wordings(at, sample)
    _turn_to(at, first)
    _challenge(at).input("Hers alone, met by his").run()
    _his(sample, first)
    _press(at, "Keep")
    assert "You wrote" in text_of(at)
    _turn_to(at, second)
    _challenge(at).input("Hers alone, in the second").run()
    at.session_state["plc.practices.refused"] = {"P3": {"steps": ("Hers alone, refused", "Too long")}}
    _to(at, menu.WHO)
    at.selectbox(key="who.teacher").set_value("T132").run()
    at.button(key="who.continue").click().run()
    assert not at.exception, at.exception
    assert "Hers alone" not in str(at.session_state._state.filtered_state)
    _to(at, menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    _turn_to(at, first)
    assert "You wrote" not in text_of(at)
    assert _challenge(at).value.startswith("His words")


def test_who_wrote_nothing_reads_what_a_colleague_wants_now(sample: App) -> None:
    at = _page(sample, menu.OUR_INQUIRY)
    found = inquiry(sample.open(), ANA, practice_test(sample.open(), ANA, RUNNING).inquiry_id)
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    edit_inquiry(
        sample.open(), BEN, found.inquiry_id, replace(found.wording, challenge="His words"),
        seen_version=found.version,
    )  # fmt: skip
    at.run()
    assert "His words" in [element.value for element in at.text_area]
    assert NOT_KEPT not in text_of(at)


def test_a_time_for_the_next_meeting_is_there_after_another_page_and_beside_a_colleagues(sample: App) -> None:
    at = _page(sample, menu.MEETING)
    key = f"lobby.{TEAM}.time"
    at.session_state["lobby.plan"] = True
    at.run()
    at.text_input(key=key).input("15:10").run()
    _to(at, menu.OUR_INQUIRY)
    _to(at, menu.MEETING)
    assert at.text_input(key=key).value == "15:10"
    assert NOT_KEPT in text_of(at)
    planned = lobby_meeting(sample)
    assert planned is not None
    change_plan(
        sample.open(), BEN, planned.meeting_id, meets_on=planned.meets_on, meets_at="16:20",
        protocol_key=planned.protocol_key, seen_version=planned.version,
    )  # fmt: skip
    (keep,) = [one for one in at.button if one.label == "Keep this day"]
    keep.click().run()
    assert lobby_time(sample) == "16:20", "hers was not seen yet"
    assert "16:20" in text_of(at)
    assert at.text_input(key=key).value == "15:10"
    (keep,) = [one for one in at.button if one.label == "Keep this day"]
    keep.click().run()
    assert not at.exception, at.exception
    assert lobby_time(sample) == "15:10"
    assert NOT_KEPT not in text_of(at)


def _plan_open(sample: App) -> AppTest:
    """The lobby with the day of the next meeting open."""
    at = _page(sample, menu.MEETING)
    at.session_state["lobby.plan"] = True
    return at.run()


def _day_box(at: AppTest) -> str:
    """The identity of what holds the day: a browser keeps what is being typed while it is the same."""
    (found,) = [one for one in at.expander if one.label == "The day of the next meeting"]
    return str(found.proto.id)


def test_the_box_of_the_day_stays_the_same_while_a_time_is_typed_put_back_and_planned_by_a_colleague(
    sample: App,
) -> None:
    at = _plan_open(sample)
    before = _day_box(at)
    at.text_input(key=f"lobby.{TEAM}.time").input("15:10").run()
    assert _day_box(at) == before
    _press(at, "Put back what was kept")
    assert _day_box(at) == before
    assert at.text_input(key=f"lobby.{TEAM}.time").value != "15:10"
    planned = lobby_meeting(sample)
    assert planned is not None
    remove_plan(sample.open(), BEN, planned.meeting_id)
    at.run()
    assert _day_box(at) == before


def test_who_takes_a_plan_back_while_she_writes_is_not_told_that_a_colleague_kept_a_day(sample: App) -> None:
    at = _plan_open(sample)
    at.text_input(key=f"lobby.{TEAM}.time").input("15:10").run()
    _press(at, "Take this plan back")
    assert lobby_meeting(sample) is None
    assert not at.warning
    assert at.text_input(key=f"lobby.{TEAM}.time").value == ""


def test_a_plan_that_a_colleague_takes_back_while_one_writes_is_said_to_be_taken_back(sample: App) -> None:
    at = _plan_open(sample)
    at.text_input(key=f"lobby.{TEAM}.time").input("15:10").run()
    planned = lobby_meeting(sample)
    assert planned is not None
    remove_plan(sample.open(), BEN, planned.meeting_id)
    at.run()
    (said,) = [one.value for one in at.warning]
    assert "took the plan back" in said
    assert "kept" not in said
    assert at.text_input(key=f"lobby.{TEAM}.time").value == "15:10"


def test_another_plan_in_the_place_of_the_one_she_began_from_is_told_before_hers_is_kept(sample: App) -> None:
    at = _plan_open(sample)
    at.text_input(key=f"lobby.{TEAM}.time").input("15:10").run()
    planned = lobby_meeting(sample)
    assert planned is not None
    remove_plan(sample.open(), BEN, planned.meeting_id)
    plan_meeting(sample.open(), BEN, TEAM, meets_on=planned.meets_on, meets_at="16:20")
    _press(at, "Keep this day")
    assert lobby_time(sample) == "16:20", "hers was not seen yet"
    assert "16:20" in at.warning[0].value.replace("\\", "")
    _press(at, "Keep this day")
    assert lobby_time(sample) == "15:10"


def _press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception, at.exception


def lobby_meeting(sample: App) -> Meeting | None:
    return meeting_lobby.current(sample.open(), ANA, TEAM)


def lobby_time(sample: App) -> str | None:
    planned = lobby_meeting(sample)
    return planned.meets_at if planned else None
