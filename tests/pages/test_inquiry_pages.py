"""The pages of an inquiry: where it stands, what it wants, and the way from phase to phase."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plc.core.viewer import Role, Viewer
from plc.inquiry import InquiryWording, edit_inquiry, inquiry, open_inquiry
from plc.priorities import end_priority, set_priority
from plc.ui import menu
from tests.pages.conftest import App, text_of

# Ms Adeyemi and Mr Dunne, who are in one team of the sample district.
ADEYEMI, DUNNE, TEAM = "T049", "T048", "sample-team-1"
WORDING = InquiryWording(
    title="Ratios that stick", challenge="Ratios fade by spring.", subject="maths", grade=6, school_year=2026
)
AIMED = replace(
    WORDING, measure_kind="common", measure_purpose="What was learned in the unit", aim_amount=8.0,
    aim_unit="points", aim_by=date(2026, 6, 1), aim_for="our students",
)  # fmt: skip


def member(teacher_id: str = ADEYEMI) -> Viewer:
    return Viewer(Role.FACILITATOR, teacher_id=teacher_id, team_ids=(TEAM,))


def nothing_open(app: App) -> None:
    """The sample district before its teams opened anything."""
    with app.open().write() as cursor:
        cursor.execute("delete from inquiry").fetchall()


def opened(app: App, wording: InquiryWording = WORDING) -> str:
    nothing_open(app)
    return open_inquiry(app.open(), member(), team_id=TEAM, wording=wording)


def test_a_team_without_an_inquiry_is_asked_to_open_one_and_does(sample: App) -> None:
    nothing_open(sample)
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    at = sample.page(menu.OUR_INQUIRY)
    assert "no open inquiry" in text_of(at)
    at.text_input(key="inquiries.title").input("Ratios that stick")
    at.text_area(key="inquiries.challenge").input("Ratios fade by spring.")
    at.button(key="inquiries.begin").click().run()
    assert not at.exception
    at = sample.page(menu.OUR_INQUIRY)
    assert "Ratios fade by spring." in [element.value for element in at.text_area]
    assert "Next in Seek" in text_of(at)
    assert "1 of 4 done" in text_of(at)


def test_the_next_step_is_always_on_the_page_and_moves_on_when_everything_is_there(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    opened(sample, AIMED)
    assert "3 of 4 done" in text_of(sample.page(menu.OUR_INQUIRY))


def test_a_teacher_of_no_team_sees_no_inquiry(sample: App) -> None:
    opened(sample)
    sample.sit(Role.TEACHER, teacher_id="T001")
    at = sample.page(menu.OUR_INQUIRY)
    assert "No team yet" in [element.proto.title for element in at.info] or "in none yet" in text_of(at)
    assert WORDING.title not in text_of(at)


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.STEWARD])
def test_who_leads_or_loads_data_has_no_page_of_a_teams_inquiry(sample: App, role: Role) -> None:
    opened(sample)
    sample.sit(role, school_ids=("M1",) if role is Role.PRINCIPAL else ())
    with pytest.raises(ValueError, match="our_inquiry"):
        sample.page(menu.OUR_INQUIRY)


def test_words_are_kept_and_an_aim_without_a_measure_is_refused_with_the_remedy(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    inquiry_id = opened(sample)
    at = sample.page(menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    key = f"wording.{inquiry_id}"
    at.number_input(key=f"{key}.aim_amount").set_value(8.0)
    at.button(key=f"{key}.keep").click().run()
    assert "primary measure first" in at.error[0].value
    at.selectbox(key=f"{key}.measure").set_value("kind:common")
    at.button(key=f"{key}.keep").click().run()
    assert not at.exception
    said = inquiry(sample.open(), member(), inquiry_id).wording
    assert (said.aim_amount, said.measure_kind) == (8.0, "common")
    # What the assessments' page says of them need not be typed again.
    assert said.measure_purpose is not None
    assert said.measure_purpose.startswith("What was learned in the unit")


def test_an_inquiry_is_tied_to_a_priority_of_its_school_on_the_form(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    inquiry_id = opened(sample)
    leader = Viewer(Role.DISTRICT_LEADER)
    mine = set_priority(sample.open(), leader, title="Slips in number work", subject="maths")
    other = set_priority(
        sample.open(), Viewer(Role.PRINCIPAL, school_ids=("M5",)), title="Only Harbor's", school_id="M5"
    )
    at = sample.page(menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    key = f"wording.{inquiry_id}"
    box = at.selectbox(key=f"{key}.priority_id")
    assert "Slips in number work" in box.options
    assert "Only Harbor's" not in box.options
    assert other != mine
    box.set_value(mine)
    at.button(key=f"{key}.keep").click().run()
    assert not at.exception
    assert inquiry(sample.open(), member(), inquiry_id).wording.priority_id == mine
    end_priority(sample.open(), leader, mine)
    at = sample.page(menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    assert at.selectbox(key=f"wording.{inquiry_id}.priority_id").value == mine


def test_two_people_who_write_at_once_see_both_texts_and_keep_what_they_mean(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    inquiry_id = opened(sample)
    at = sample.page(menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    edit_inquiry(
        sample.open(), member(DUNNE), inquiry_id, replace(WORDING, challenge="His words", unit_name="Unit 7"),
        seen_version=1,
    )  # fmt: skip
    key = f"wording.{inquiry_id}"
    at.text_area(key=f"{key}.challenge").input("Her words")
    at.button(key=f"{key}.keep").click().run()
    shown = [element.value for element in at.text]
    assert "His words" in shown
    assert "Her words" in shown
    at.text_area(key=f"{key}.conflict.challenge").input("His words and her words")
    at.button(key=f"{key}.conflict.keep").click().run()
    said = inquiry(sample.open(), member(), inquiry_id).wording
    assert said.challenge == "His words and her words"
    assert said.unit_name == "Unit 7"


def test_a_third_change_met_while_two_texts_are_put_together_is_shown_and_kept_over(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    inquiry_id = opened(sample)
    at = sample.page(menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("What we want").run()
    his = replace(WORDING, challenge="His words", unit_name="Unit 7")
    edit_inquiry(sample.open(), member(DUNNE), inquiry_id, his, seen_version=1)
    key = f"wording.{inquiry_id}"
    at.text_area(key=f"{key}.challenge").input("Her words")
    at.text_input(key=f"{key}.aim_for").input("those who slip twice")
    at.button(key=f"{key}.keep").click().run()
    at.text_area(key=f"{key}.conflict.challenge").input("His words and her words")
    edit_inquiry(
        sample.open(), member(DUNNE), inquiry_id,
        replace(his, challenge="His third words", aim_for="our students"), seen_version=2,
    )  # fmt: skip
    at.button(key=f"{key}.conflict.keep").click().run()
    assert "once more" in at.warning[0].value
    shown = [element.value for element in at.text]
    assert {"His third words", "our students", "those who slip twice"} <= set(shown)
    assert at.text_area(key=f"{key}.conflict.challenge").value == "His words and her words"
    assert inquiry(sample.open(), member(), inquiry_id).wording.challenge == "His third words"
    at.button(key=f"{key}.conflict.keep").click().run()
    assert not at.error
    said = inquiry(sample.open(), member(), inquiry_id).wording
    assert (said.challenge, said.aim_for) == ("His words and her words", "those who slip twice")
    assert said.unit_name == "Unit 7"


def test_an_inquiry_is_set_aside_with_what_was_learned_found_and_taken_up_again(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    inquiry_id = opened(sample)
    at = sample.page(menu.OUR_INQUIRY)
    at.segmented_control(key="our_inquiry.view").set_value("Where we are").run()
    at.text_area(key="overview.reason").input("Nobody had the time")
    at.button(key="overview.end_it").click().run()
    assert not at.exception
    at = sample.page(menu.OUR_INQUIRY)
    at.segmented_control(key="inquiries.state").set_value("Abandoned").run()
    assert "What was learned: Nobody had the time" in [element.value for element in at.text]
    at.button(key=f"inquiries.open.{inquiry_id}").click().run()
    at.button(key="overview.reopen").click().run()
    assert inquiry(sample.open(), member(), inquiry_id).state == "open"


def test_seek_shows_the_team_first_names_the_rules_and_notes_that_the_baseline_was_seen(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    inquiry_id = opened(sample, AIMED)
    at = sample.page(menu.SEEK)
    said = text_of(at)
    assert "shift: 6+ on one side of the median" in said
    assert "dotted: the aim, +8 percentage points by" in " ".join(said.split())
    assert "trend: 5+ rising or falling" in said
    assert "cannot be worked out" in said or "no class can be worked out" in said
    # Ms Mendes has not opened her class to the team.
    assert "Mendes" not in said
    at.button(key="seek.seen").click().run()
    assert not at.exception
    assert inquiry(sample.open(), member(), inquiry_id).baseline_seen_on is not None
    at = sample.page(menu.SEEK)
    at.button(key="inquiry.move").click().run()
    assert inquiry(sample.open(), member(), inquiry_id).phase == "discover"


def test_seek_asks_for_a_measure_before_it_draws(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    opened(sample)
    at = sample.page(menu.SEEK)
    assert "Choose the primary measure first" in at.info[0].value
    assert not at.get("vega_lite_chart")


@pytest.mark.parametrize("closer", ["By starting level", "By standard", "By class", "Positive outliers"])
def test_every_closer_look_of_seek_draws_with_a_table_beside(sample: App, closer: str) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    opened(sample, AIMED)
    at = sample.page(menu.SEEK)
    at.segmented_control(key="seek.closer").set_value(closer).run()
    assert not at.exception
    assert "Mendes" not in text_of(at)
