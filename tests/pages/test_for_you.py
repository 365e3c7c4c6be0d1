"""For you, My record and the first page: what a teacher is told, her way on, and what waits for each role."""

from __future__ import annotations

from plc.core.viewer import Role, Viewer
from plc.people import current_viewer, own_notice_choice, own_reading, tour_dismissed
from plc.practices import own_cards
from plc.ui import menu
from tests.pages.conftest import App, text_of

F1_TEACHER, F5_TEACHER = "T049", "T108"
# A teacher whose students did about as expected.
USUAL_TEACHER = "T002"


def unopened(app: App) -> None:
    """As if no teacher had looked at her result yet."""
    with app.open().write() as cursor:
        cursor.execute("delete from own_result_opened").fetchall()
        cursor.execute("delete from notice_choice").fetchall()


def seated(app: App, teacher_id: str) -> Viewer:
    app.sit(Role.TEACHER, teacher_id=teacher_id)
    return current_viewer(app.open())


def test_she_is_told_privately_in_how_many_windows_and_leads_her_own_way(sample: App) -> None:
    unopened(sample)
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.FOR_YOU)
    said = text_of(at)
    assert "have exceeded expectation in " in said
    assert "windows" in said
    assert "Only you can see this." in said
    at.button(key="for_you.tell me").click().run()
    assert not at.exception
    assert own_notice_choice(sample.open(), viewer) == "tell me"
    at.button(key="for_you.next").click().run()
    assert at.header[0].value == "What might explain it"


def test_never_ask_is_honoured_and_can_be_taken_back(sample: App) -> None:
    unopened(sample)
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.FOR_YOU)
    at.button(key="for_you.never ask").click().run()
    assert "have exceeded expectation" not in text_of(at)
    assert "have exceeded expectation" not in text_of(sample.page(menu.START))
    at = sample.page(menu.FOR_YOU)
    at.segmented_control(key="for_you.step").set_value(0).run()
    at.button(key="for_you.after_all").click().run()
    assert own_notice_choice(sample.open(), viewer) == "tell me"


def test_a_candidate_becomes_a_card_that_only_she_reads(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    before = len(own_cards(sample.open(), viewer))
    at = sample.page(menu.FOR_YOU)
    at.segmented_control(key="for_you.step").set_value(1).run()
    at.radio(key="for_you.reading").set_value("practice").run()
    if before < 3:
        (box,) = [one for one in at.text_input if one.label == "Who does what?"]
        box.set_value("Students explain a wrong answer in pairs")
        next(one for one in at.button if one.label == "Write it down").click().run()
        assert not at.exception
        newest = own_cards(sample.open(), viewer)[0]
        assert newest.title == "Students explain a wrong answer in pairs"
        assert newest.reach == 0


def test_chance_is_an_answer_and_is_kept(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.FOR_YOU)
    at.segmented_control(key="for_you.step").set_value(1).run()
    at.radio(key="for_you.reading").set_value("chance").run()
    assert not at.exception
    assert own_reading(sample.open(), viewer) == "chance"


def test_who_does_not_know_is_led_to_a_visit(sample: App) -> None:
    seated(sample, F1_TEACHER)
    at = sample.page(menu.FOR_YOU)
    at.segmented_control(key="for_you.step").set_value(1).run()
    at.radio(key="for_you.reading").set_value("unsure").run()
    at.button(key="for_you.plan_visit").click().run()
    assert at.header[0].value == "See it in class"


def test_whose_low_starters_fall_is_stopped_to_look_before_sharing(sample: App) -> None:
    seated(sample, F5_TEACHER)
    at = sample.page(menu.FOR_YOU)
    at.segmented_control(key="for_you.step").set_value(3).run()
    assert not at.exception
    assert at.warning
    assert "write it into the card" in text_of(at)


def test_every_step_can_be_opened_by_whoever_has_nothing_yet(sample: App) -> None:
    seated(sample, USUAL_TEACHER)
    at = sample.page(menu.FOR_YOU)
    for step in range(7):
        at.segmented_control(key="for_you.step").set_value(step).run()
        assert not at.exception, step
        assert at.header, step


def test_my_record_is_for_its_teacher_and_offers_to_take_it_away(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.MY_RECORD)
    assert not at.exception
    if own_cards(sample.open(), viewer):
        assert "written down" in text_of(at)
    else:
        assert "No practice card yet" in "".join(info.proto.title for info in at.info)


def test_the_first_page_opens_for_every_seat_with_one_next_step_in_front(sample: App) -> None:
    with sample.open().read() as cursor:
        (school_id,) = cursor.execute("select min(school_id) from school").fetchall()[0]
    for role, teacher_id, schools in (
        (Role.TEACHER, F1_TEACHER, ()),
        (Role.FACILITATOR, F1_TEACHER, ()),
        (Role.PRINCIPAL, None, (school_id,)),
        (Role.DISTRICT_LEADER, None, ()),
        (Role.STEWARD, None, ()),
        (Role.COACH, None, (school_id,)),
        (Role.REVIEWER, None, ()),
    ):
        sample.sit(role, teacher_id=teacher_id, school_ids=schools)
        at = sample.page(menu.START)
        assert not at.exception, role
        assert at.button, role


def test_the_tour_has_five_steps_and_once_dismissed_stays_away(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.START)
    for step in range(4):
        assert f"A short tour, {step + 1} of 5" in text_of(at)
        at.button(key="tour.next").click().run()
    at.button(key="tour.dismiss").click().run()
    assert "A short tour" not in text_of(at)
    assert tour_dismissed(sample.open(), viewer)
    assert "A short tour" not in text_of(sample.page(menu.START))


def test_a_principal_has_neither_page(sample: App) -> None:
    with sample.open().read() as cursor:
        (school_id,) = cursor.execute("select min(school_id) from school").fetchall()[0]
    sample.sit(Role.PRINCIPAL, school_ids=(school_id,))
    entries = {entry.path for entry in menu.entries_of(current_viewer(sample.open()))}
    assert not entries & {menu.FOR_YOU, menu.MY_RECORD}
