"""Two people write in the same form at once: neither's words are lost, and theirs stand beside mine."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ElementTree

from plc.core.viewer import Role, Viewer
from plc.inquiry.candidates import Candidate, add_candidate, answer_contrast, list_candidates
from plc.inquiry.visits import Answer, VisitPlan, list_visits, plan_visit, record_visit
from plc.meetings import save_team_protocol, team_protocol
from plc.people import current_viewer
from plc.practices import evidence_panel, write_note
from plc.ui import menu, session
from tests.pages.conftest import App, text_of
from tests.pages.test_inquiry_pages import ADEYEMI, AIMED, DUNNE, TEAM, member, opened

SEEN = "What did you see in a typical class?"
TYPICAL = "Do typical classes do it too?"
AT_ONCE = "Two people wrote at once"
STEPS, PRACTICE = "pages/meeting/protocol.py", "pages/practices/practice.py"
OURS = member(DUNNE)


def met(at: AppTest) -> bool:
    return any(warning.proto.title == AT_ONCE for warning in at.warning)


def read(at: AppTest) -> str:
    return (text_of(at) + "\n".join(element.value for element in at.text)).replace("\\", "")


def notes(at: AppTest) -> list[str]:
    return [str(box.value) for box in at.text_input if box.label == SEEN]


def boxes(at: AppTest) -> list[str]:
    """The identity of each box: a browser keeps what is being typed in a box as long as it has the same."""
    return [box.proto.id for box in at.text_input if box.label == SEEN]


@pytest.fixture
def inquiry_id(sample: App) -> str:
    """An inquiry with two candidates, and Ms Adeyemi's seat."""
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    found = opened(sample, AIMED)
    for title in ("Students sort their exit tickets", "Pairs explain a wrong answer"):
        add_candidate(sample.open(), member(), found, title=title)
    return found


def first(app: App, inquiry_id: str) -> Candidate:
    return list_candidates(app.open(), member(), inquiry_id)[0]


def colleague_answers(app: App, inquiry_id: str, note: str, *, number: int = 0) -> None:
    one = list_candidates(app.open(), OURS, inquiry_id)[number]
    answer_contrast(
        app.open(), OURS, inquiry_id, one.practice_id, answer="yes", note=note, seen_version=one.version
    )


def keep_first(at: AppTest) -> None:
    next(button for button in at.button if button.label == "Keep the answer").click().run()
    assert not at.exception, at.exception


def test_an_answer_a_colleague_gave_first_stands_beside_mine_which_stays_in_the_form(
    sample: App, inquiry_id: str
) -> None:
    at = sample.page(menu.DISCOVER)
    next(radio for radio in at.radio if radio.label == TYPICAL).set_value("no")
    next(box for box in at.text_input if box.label == SEEN).input("Mine: never seen")
    before = boxes(at)
    colleague_answers(sample, inquiry_id, "Hers: seen in one of three")
    colleague_answers(sample, inquiry_id, "Hers on the second", number=1)
    keep_first(at)
    assert met(at)
    assert "Hers: seen in one of three" in read(at)
    assert "Yes, they do it too" in read(at)
    assert notes(at)[0] == "Mine: never seen"
    assert first(sample, inquiry_id).contrast_note == "Hers: seen in one of three"
    # What is being typed under the second candidate is left alone, and hers is told.
    assert boxes(at) == before
    assert "Hers on the second" in read(at)
    next(box for box in at.text_input if box.label == SEEN).input("Hers and mine together")
    keep_first(at)
    assert not met(at)
    kept = first(sample, inquiry_id)
    assert (kept.also_typical, kept.contrast_note) == ("no", "Hers and mine together")
    assert boxes(at) == before


def test_a_third_answer_is_shown_as_well_before_mine_is_kept_over_it(sample: App, inquiry_id: str) -> None:
    at = sample.page(menu.DISCOVER)
    next(radio for radio in at.radio if radio.label == TYPICAL).set_value("no")
    colleague_answers(sample, inquiry_id, "Hers at first")
    keep_first(at)
    colleague_answers(sample, inquiry_id, "Hers the second time")
    keep_first(at)
    assert met(at)
    assert "Hers the second time" in read(at)
    assert first(sample, inquiry_id).contrast_note == "Hers the second time"


def test_who_comes_back_to_candidates_reads_what_a_colleague_kept_and_meets_no_one(
    sample: App, inquiry_id: str
) -> None:
    at = sample.page(menu.DISCOVER)
    at.segmented_control(key="discover.view").set_value("Visits and interviews").run()
    colleague_answers(sample, inquiry_id, "Hers: seen in one of three")
    at.segmented_control(key="discover.view").set_value("What might explain it").run()
    assert notes(at)[0] == "Hers: seen in one of three"
    next(box for box in at.text_input if box.label == SEEN).input("Hers, and once more in my class")
    keep_first(at)
    assert not met(at)
    assert first(sample, inquiry_id).contrast_note == "Hers, and once more in my class"


def test_a_refused_candidate_stays_in_its_box_and_a_kept_one_leaves_it(sample: App, inquiry_id: str) -> None:
    at = sample.page(menu.DISCOVER)

    def box() -> object:
        return next(box for box in at.text_input if box.label.startswith("Write a candidate"))

    long = "Students explain each other's answer " * 10
    box().input(long)  # type: ignore[attr-defined]
    before = boxes(at)
    at.button(key="discover.add").click().run()
    assert "160 characters" in at.error[0].value
    assert box().value == long  # type: ignore[attr-defined]
    assert boxes(at) == before
    box().input("Students explain each other's answer")  # type: ignore[attr-defined]
    at.button(key="discover.add").click().run()
    assert box().value == ""  # type: ignore[attr-defined]
    assert len(list_candidates(sample.open(), member(), inquiry_id)) == 3


def test_a_refused_answer_keeps_the_page_and_every_word_on_it(sample: App, inquiry_id: str) -> None:
    at = sample.page(menu.DISCOVER)
    next(radio for radio in at.radio if radio.label == TYPICAL).set_value("no")
    before = boxes(at)
    long = "Too long for a note. " * 500
    next(box for box in at.text_input if box.label == SEEN).input(long)
    keep_first(at)
    assert at.error
    assert boxes(at) == before
    assert notes(at)[0] == long


def test_what_two_saw_on_a_visit_stands_side_by_side(sample: App, inquiry_id: str) -> None:
    plan_visit(
        sample.open(), member(), inquiry_id, VisitPlan("observation", "typical", look_fors=("Who asks?",))
    )
    (visit,) = list_visits(sample.open(), member(), inquiry_id)
    at = sample.start()
    at.session_state[f"visit.{visit.visit_id}"] = True
    at.session_state["discover.view"] = "Visits and interviews"
    at = at.switch_page(menu.DISCOVER).run()
    key = f"visit.{visit.visit_id}.form"
    at.text_area(key=f"{key}.0").input("Mine: the same three")
    record_visit(
        sample.open(), OURS, visit.visit_id, answers=[Answer("Who asks?", "Hers: nobody")], notes="",
        seen_version=visit.version,
    )  # fmt: skip
    at.button(key=f"{key}.keep").click().run()
    assert met(at)
    assert "Hers: nobody" in read(at)
    assert at.text_area(key=f"{key}.0").value == "Mine: the same three"
    at.button(key=f"{key}.keep").click().run()
    (visit,) = list_visits(sample.open(), member(), inquiry_id)
    assert visit.answers[0].seen == "Mine: the same three"


def test_an_authors_note_is_not_thrown_away_by_the_one_saved_first(sample: App) -> None:
    author = Viewer(Role.TEACHER, teacher_id=ADEYEMI)
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    practice_id = "P3"
    at = sample.start()
    at.session_state[session.PRACTICE_CHOSEN] = practice_id
    at.session_state["practice.view"] = "What tests say"
    at = at.switch_page(PRACTICE).run()

    def box() -> object:
        return next(box for box in at.text_area if box.label == "Note")

    box().input("Mine, a long one")  # type: ignore[attr-defined]
    stored = evidence_panel(sample.open(), author, practice_id).note_version
    write_note(sample.open(), author, practice_id, words="Hers came first", seen_version=stored)
    at.button(key="practice.note_save").click().run()
    assert met(at)
    assert "Hers came first" in read(at)
    assert box().value == "Mine, a long one"  # type: ignore[attr-defined]
    assert evidence_panel(sample.open(), author, practice_id).note == "Hers came first"
    box().input("Hers came first, then mine")  # type: ignore[attr-defined]
    at.button(key="practice.note_save").click().run()
    assert not met(at)
    assert evidence_panel(sample.open(), author, practice_id).note == "Hers came first, then mine"


def edit(at: AppTest, monkeypatch: pytest.MonkeyPatch, title: str | None) -> None:
    """What a browser sends with every press once the title of the second step was changed in the table.

    AppTest draws a data editor but cannot edit one.
    """
    (table,) = at.dataframe
    sent = table.proto.id
    plain = ElementTree.get_widget_states

    def with_edits(tree: ElementTree) -> WidgetStates:
        states = plain(tree)
        if title is not None and any(
            getattr(element.proto, "id", "") == sent for element in tree.get("dataframe")
        ):
            state = states.widgets.add()
            state.id = sent
            state.string_value = json.dumps(
                {"edited_rows": {"1": {"title": title}}, "added_rows": [], "deleted_rows": []}
            )
        return states

    monkeypatch.setattr(ElementTree, "get_widget_states", with_edits)


def colleague_saves(app: App, title: str) -> str:
    viewer = current_viewer(app.open())
    held = team_protocol(app.open(), viewer, TEAM, KEY)
    steps = (replace(held.steps[0], title=title), *held.steps[1:])
    save_team_protocol(app.open(), viewer, TEAM, KEY, steps=steps, seen_version=held.version)
    return title


KEY = "confirm"


def titles(app: App) -> list[str]:
    held = team_protocol(app.open(), current_viewer(app.open()), TEAM, KEY)
    return [step.title for step in held.steps]


def test_our_steps_saved_first_by_a_colleague_stand_beside_mine(
    sample: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.sit(Role.TEACHER, teacher_id=ADEYEMI)
    at = sample.page(STEPS)
    edit(at, monkeypatch, "My own step")
    at.run()
    hers = colleague_saves(sample, "Her own step")
    at.button(key="protocol.save").click().run()
    assert met(at)
    assert hers in at.table[0].value.to_csv()
    assert titles(sample)[0] == hers
    at.button(key="protocol.save").click().run()
    assert not met(at)
    assert "My own step" in titles(sample)[1]


def test_a_colleagues_steps_are_taken_instead_of_mine_on_a_press(
    sample: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.sit(Role.TEACHER, teacher_id=ADEYEMI)
    at = sample.page(STEPS)
    edit(at, monkeypatch, "My own step")
    at.run()
    hers = colleague_saves(sample, "Her own step")
    at.button(key="protocol.save").click().run()
    at.button(key="protocol.theirs").click().run()
    assert not met(at)
    (table,) = at.dataframe
    assert list(table.value["title"])[:2] == titles(sample)[:2]
    assert hers in list(table.value["title"])


def test_back_to_the_usual_steps_asks_again_where_a_colleague_changed_them_since(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=ADEYEMI)
    colleague_saves(sample, "Her own step")
    at = sample.page(STEPS)
    hers = colleague_saves(sample, "Her second own step")
    at.button(key="protocol.usual").click().run()
    assert "press again" in at.warning[0].value
    assert titles(sample)[0] == hers
    at.button(key="protocol.usual").click().run()
    assert titles(sample)[0] != hers
