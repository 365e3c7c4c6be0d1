"""The practice library on the screen: by role, with its journeys, and nobody's name without consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plc.core import clock
from plc.core.errors import Conflict
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.people import current_viewer, flush_accesses, refused_attempts
from plc.practices import (
    card,
    check_card,
    edit_card,
    edit_field,
    evidence_panel,
    invite_classes,
    own_cards,
    own_invitations,
    share_card,
    sharing,
    withdraw_card,
    write_card,
)
from plc.practices.pooled_evidence import refresh_evidence
from plc.practices.wording import CardWording
from plc.ui import session
from tests.pages.conftest import App, text_of

LIBRARY, PRACTICE = "pages/practices/library.py", "pages/practices/practice.py"
CARDS, SHARE = "pages/practices/write_card.py", "pages/practices/share.py"
AUTHOR, AUTHOR_NAME = "T049", "Ms Adeyemi"
NEXT_MONTH = clock.now().date() + timedelta(days=30)
P1 = "Sort exit tickets into three piles"


@pytest.fixture
def library(sample: App) -> App:
    """The sample district with its evidence pooled."""
    refresh_evidence(sample.open(), LOCAL_STEWARD)
    return sample


def read(app: App, practice_id: str, view: str | None = None) -> AppTest:
    """The page of one practice."""
    at = app.start()
    at.session_state[session.PRACTICE_CHOSEN] = practice_id
    if view is not None:
        at.session_state["practice.view"] = view
    at = at.switch_page(PRACTICE).run()
    assert not at.exception, at.exception
    return at


SEATS = [
    (Role.TEACHER, {"teacher_id": "T101"}),
    (Role.FACILITATOR, {"teacher_id": AUTHOR}),
    (Role.PRINCIPAL, {"school_ids": ("M2",)}),
    (Role.STEWARD, {}),
]


@pytest.mark.parametrize(("role", "seat"), SEATS)
def test_everyone_finds_practices_with_their_evidence(
    library: App, role: Role, seat: dict[str, object]
) -> None:
    library.sit(role, **seat)  # type: ignore[arg-type]
    words = text_of(library.page(LIBRARY))
    assert P1 in words
    assert "Replicated" in words
    assert "90 % range" in words
    assert "Warm up three minutes" in words


@pytest.mark.parametrize(("role", "seat"), [seat for seat in SEATS if seat[0] is not Role.FACILITATOR])
def test_no_page_names_an_author_who_shows_only_what_she_teaches(
    library: App, role: Role, seat: dict[str, object]
) -> None:
    library.sit(role, **seat)  # type: ignore[arg-type]
    words = text_of(library.page(LIBRARY))
    for view in ("The practice", "What tests say", "Ask and visit"):
        words += text_of(read(library, "P1", view))
    assert "A grade 6 maths teacher" in words
    assert AUTHOR_NAME not in words
    assert AUTHOR not in words


def test_the_negative_test_stands_on_the_screen_with_the_others(library: App) -> None:
    library.sit(Role.PRINCIPAL, school_ids=("M2",))
    at = read(library, "P1", "What tests say")
    words = text_of(at)
    panel = evidence_panel(library.open(), current_viewer(library.open()), "P1")
    effects = [row.effect for row in panel.tests if row.effect is not None]
    assert len(effects) == 6
    assert min(effects) < 0 < max(effects)
    assert all(f"{effect:+.2f} SD" in words for effect in effects)
    (chart,) = at.get("vega_lite_chart")
    assert "6 tests of this practice" in chart.proto.alt
    assert "1 below zero" in chart.proto.alt


def test_a_lucky_first_test_is_no_promise(library: App) -> None:
    library.sit(Role.TEACHER, teacher_id="T101")
    words = text_of(read(library, "P2", "What tests say"))
    assert "No clear effect so far; retired, because each of the 2 teams that decided set it aside" in words
    assert "not shown to be useless" in words
    for boast in ("works", "proved", "proof", "best", "rank"):
        assert f" {boast} " not in words.lower()


def test_a_card_that_is_not_open_is_not_found(library: App) -> None:
    library.sit(Role.PRINCIPAL, school_ids=("M2",))
    at = read(library, "P3")
    assert [error.value for error in at.error] == ["There is no such card, or it is not open to you."]
    assert "Explain one wrong answer" not in text_of(at)


def test_a_card_taken_back_is_gone_from_an_open_tab(library: App) -> None:
    library.sit(Role.TEACHER, teacher_id="T101")
    at = read(library, "P1")
    assert P1 in text_of(at)
    withdraw_card(library.open(), Viewer(Role.TEACHER, teacher_id=AUTHOR), "P1", keep_card=False)
    at.run()
    assert at.error
    assert "Three piles" not in text_of(at)


def test_a_search_narrows_and_says_when_nothing_fits(library: App) -> None:
    library.sit(Role.TEACHER, teacher_id="T101")
    at = library.page(LIBRARY)
    at.text_input(key="library.words").set_value("vocabulary words").run()
    assert P1 not in text_of(at)
    at.text_input(key="library.words").set_value("nothing like it").run()
    assert "No practice fits" in text_of(at)


def test_an_empty_library_says_what_to_do(empty: App) -> None:
    empty.sit(Role.TEACHER)
    assert "No practice is open to you yet" in text_of(empty.page(LIBRARY))
    assert "Choose a practice in the library" in text_of(empty.page(PRACTICE))
    assert "Say which classes are yours" in text_of(empty.page(CARDS))


def test_a_card_is_written_in_steps_and_saved_as_one_goes(library: App) -> None:
    library.sit(Role.TEACHER, teacher_id="T048")
    at = library.page(CARDS)
    at.text_input(key="own_cards.title").set_value("Ask for a wrong answer first")
    at.button(key="own_cards.begin").click().run()
    (own, *_) = own_cards(library.open(), current_viewer(library.open()))
    (when,) = [area for area in at.text_area if area.label == "When to use it"]
    when.set_value("Before practice.").run()
    assert "Saved, version 2" in text_of(at)
    at.button(key="card.next").click().run()
    (steps,) = [area for area in at.text_area if area.label == "Steps"]
    steps.set_value("Show one wrong answer.\nAsk why.").run()
    (core,) = [area for area in at.text_area if area.label == "What must stay"]
    core.set_value("Students explain.").run()
    at.button(key="card.next").click().run()
    at.button(key="card.next").click().run()
    words = text_of(at)
    assert "As a colleague sees it" in words
    assert "Ask why" in words
    assert not at.exception
    assert own_cards(library.open(), current_viewer(library.open()))[0].practice_id == own.practice_id


def test_a_student_number_is_refused_by_field_and_not_repeated(library: App) -> None:
    library.sit(Role.TEACHER, teacher_id="T048")
    at = library.page(CARDS)
    at.text_input(key="own_cards.title").set_value("Ask for a wrong answer first")
    at.button(key="own_cards.begin").click().run()
    (when,) = [area for area in at.text_area if area.label == "When to use it"]
    when.set_value("Like with 1216980").run()
    (error,) = at.error
    assert "When to use it" in error.value
    assert "1216980" not in error.value
    # A search for who is known here is seen by the steward, without the words.
    flush_accesses(library.open(), wait=True)
    kept = [line.thing for line in refused_attempts(library.open(), LOCAL_STEWARD)]
    assert any("holds a student" in thing for thing in kept)
    assert not any("1216980" in thing for thing in kept)
    assert "Not saved: **When to use it**" in text_of(at)
    (own, *_) = own_cards(library.open(), current_viewer(library.open()))
    assert own.version == 1


def test_refused_words_stay_in_their_field_until_they_are_put_right(library: App) -> None:
    at, key, viewer = begun(library)
    at.text_area(key=key("when_to_use")).set_value("Like with 1216980")
    at.button(key="card.next").click().run()
    assert at.text_area(key=key("when_to_use")).value == "Like with 1216980"
    at.multiselect(key=key("grades")).select(6).run()
    assert "Not saved: **When to use it**" in text_of(at)
    at.button(key="card.next").click().run()
    assert "Not saved: **When to use it**" in text_of(at)
    at.segmented_control(key="card.step").set_value("What").run()
    assert at.text_area(key=key("when_to_use")).value == "Like with 1216980"
    at.text_area(key=key("when_to_use")).set_value("Like with a student").run()
    assert not at.error
    assert "Saved, version" in text_of(at)
    (own, *_) = own_cards(library.open(), viewer)
    assert card(library.open(), viewer, own.practice_id).wording.when_to_use == "Like with a student"


def test_words_begun_before_a_co_author_wrote_there_never_take_the_place_of_hers(library: App) -> None:
    at, key, viewer = begun(library)
    database = library.open()
    (own, *_) = own_cards(database, viewer)
    at.button(key="card.next").click().run()
    said = card(database, viewer, own.practice_id).wording
    edit_card(database, viewer, own.practice_id, replace(said, went_wrong="Theirs"), seen_version=1)
    at.number_input(key=key("minutes")).set_value(6.0).run()
    at.text_area(key=key("went_wrong")).set_value("Mine, begun before").run()
    assert "Two people" in at.warning[0].title
    assert card(database, viewer, own.practice_id).wording.went_wrong == "Theirs"
    # What is written in another field meanwhile is kept.
    at.text_area(key=key("core_parts")).set_value("Three piles").run()
    assert card(database, viewer, own.practice_id).wording.core_parts == "Three piles"
    assert at.text_area(key=f"card.conflict.{own.practice_id}.went_wrong.words").value == "Mine, begun before"
    assert "Saved, version" not in text_of(at)
    assert "Not saved: **What went wrong**" in text_of(at)
    at.button(key=f"card.conflict.{own.practice_id}.went_wrong.drop").click().run()
    assert not at.warning
    assert at.text_area(key=key("went_wrong")).value == "Theirs"
    at.text_area(key=key("went_wrong")).set_value("Theirs, and mine").run()
    assert card(database, viewer, own.practice_id).wording.went_wrong == "Theirs, and mine"


@pytest.mark.parametrize(("times", "kept"), [(1, "Mine"), (2, "")])
def test_what_another_save_met_at_the_same_moment_is_no_dispute_over_words(
    library: App, monkeypatch: pytest.MonkeyPatch, times: int, kept: str
) -> None:
    at, key, viewer = begun(library)
    left = [Conflict("Someone changed this at the same moment. Reload and try again.")] * times

    def edit(*said: Any, **named: Any) -> int:
        if left:
            raise left.pop()
        return edit_field(*said, **named)

    monkeypatch.setattr("plc.ui.practice_fields.edit_field", edit)
    at.text_area(key=key("when_to_use")).set_value("Mine").run()
    assert not at.warning
    assert at.text_area(key=key("when_to_use")).value == "Mine"
    assert not at.text_area(key=key("when_to_use")).disabled
    assert bool(at.error) == (not kept)
    (own, *_) = own_cards(library.open(), viewer)
    assert card(library.open(), viewer, own.practice_id).wording.when_to_use == kept


def test_a_co_author_who_writes_a_third_time_is_read_before_her_words_go(library: App) -> None:
    at, key, viewer = begun(library)
    database = library.open()
    (own, *_) = own_cards(database, viewer)
    for version, words in enumerate(("Theirs", "Theirs, longer"), start=1):
        said = card(database, viewer, own.practice_id).wording
        edit_card(database, viewer, own.practice_id, replace(said, when_to_use=words), seen_version=version)
        if words == "Theirs":
            at.text_area(key=key("when_to_use")).set_value("Mine").run()
    at.text_area(key=f"card.conflict.{own.practice_id}.when_to_use.words").set_value("Theirs and mine").run()
    at.button(key=f"card.conflict.{own.practice_id}.when_to_use.keep").click().run()
    assert card(database, viewer, own.practice_id).wording.when_to_use == "Theirs, longer"
    assert "once more" in at.info[0].value
    assert "Theirs, longer" in [element.value for element in at.text]
    assert at.text_area(key=f"card.conflict.{own.practice_id}.when_to_use.words").value == "Theirs and mine"
    at.button(key=f"card.conflict.{own.practice_id}.when_to_use.keep").click().run()
    assert card(database, viewer, own.practice_id).wording.when_to_use == "Theirs and mine"


def test_a_notice_moves_nothing_below_it_to_another_place(library: App) -> None:
    at, key, _ = begun(library)
    at.run()
    places = len(at.main.children)
    at.session_state[session.NOTICE] = "Kept."
    at.run()
    assert [one.value for one in at.success] == ["Kept."]
    assert len(at.main.children) == places
    at.text_area(key=key("when_to_use")).set_value("Before practice.").run()
    assert not at.success
    assert len(at.main.children) == places


def begun(library: App) -> tuple[AppTest, Callable[[str], str], Viewer]:
    """A card of a title, at its first step; the keys of its fields; its author."""
    library.sit(Role.TEACHER, teacher_id="T048")
    viewer = current_viewer(library.open())
    at = library.page(CARDS)
    at.text_input(key="own_cards.title").set_value("Ask for a wrong answer first")
    at.button(key="own_cards.begin").click().run()
    (own, *_) = own_cards(library.open(), viewer)
    return at, f"card.{{}}.{own.practice_id}".format, viewer


def test_what_a_co_author_wrote_meanwhile_is_offered_under_its_field(library: App) -> None:
    at, key, viewer = begun(library)
    database = library.open()
    (own, *_) = own_cards(database, viewer)
    said = card(database, viewer, own.practice_id).wording
    theirs = replace(said, title="Ask for a wrong answer at the start", minutes=4.0)
    edit_card(database, viewer, own.practice_id, theirs, seen_version=1)
    at.text_area(key=key("when_to_use")).set_value("Before practice. ").run()
    # The browser may hold words begun in it: they are not taken out of her hands.
    assert at.text_input(key=key("title")).value == "Ask for a wrong answer first"
    at.button(key="card.theirs.title").click().run()
    assert at.text_input(key=key("title")).value == "Ask for a wrong answer at the start"
    assert "A co-author changed these words" not in text_of(at)
    at.button(key="card.next").click().run()
    assert at.number_input(key=key("minutes")).value == 4.0
    at.number_input(key=key("minutes")).set_value(6.0).run()
    assert card(database, viewer, own.practice_id).wording.minutes == 6.0
    assert not at.warning


def test_two_authors_at_once_read_both_texts(library: App) -> None:
    database = library.open()
    library.sit(Role.TEACHER, teacher_id="T048")
    viewer = current_viewer(database)
    at = library.page(CARDS)
    at.text_input(key="own_cards.title").set_value("Ask for a wrong answer first")
    at.button(key="own_cards.begin").click().run()
    (own, *_) = own_cards(database, viewer)
    said = card(database, viewer, own.practice_id).wording
    edit_card(
        database, viewer, own.practice_id,
        CardWording(title=said.title, when_to_use="Their words", subject=said.subject, grades=said.grades),
        seen_version=1,
    )  # fmt: skip
    (when,) = [area for area in at.text_area if area.label == "When to use it"]
    when.set_value("My words").run()
    words = text_of(at) + "".join(str(element.value) for element in at.text)
    assert "Two people" in words or at.warning
    assert "Their words" in words
    assert "My words" in words
    at.text_area(key=f"card.conflict.{own.practice_id}.when_to_use.words").set_value("Both words").run()
    at.button(key=f"card.conflict.{own.practice_id}.when_to_use.keep").click().run()
    assert card(database, viewer, own.practice_id).wording.when_to_use == "Both words"


def test_sharing_begins_with_the_team_and_a_hidden_name(library: App) -> None:
    database = library.open()
    library.sit(Role.TEACHER, teacher_id="T048")
    viewer = current_viewer(database)
    practice_id = write_card(
        database, viewer, CardWording(title="Ask", when_to_use="Now", steps="One", core_parts="All"),
        team_id="sample-team-1",
    )  # fmt: skip
    at = library.start()
    at.session_state[session.PRACTICE_CHOSEN] = practice_id
    at = at.switch_page(SHARE).run()
    assert not at.exception
    assert at.radio(key="share.scope").value == "team"
    assert at.radio(key="share.name").value == "hidden"
    at.button(key="share.go").click().run()
    assert sharing(database, viewer, practice_id).reach == 1
    at.radio(key="share.scope").set_value("district").run()
    at.button(key="share.go").click().run()
    assert "one colleague" in at.error[0].value
    check_card(
        database, Viewer(Role.TEACHER, teacher_id="T132", team_ids=("sample-team-1",)), practice_id,
        could_follow="yes",
    )  # fmt: skip
    at.run()
    at.button(key="share.go").click().run()
    assert sharing(database, viewer, practice_id).reach == 3
    at.button(key="share.remove").click().run()
    assert sharing(database, viewer, practice_id).reach == 0


def test_the_balancing_warning_stops_before_sharing(library: App) -> None:
    database = library.open()
    library.sit(Role.TEACHER, teacher_id="T108")
    viewer = current_viewer(database)
    practice_id = write_card(
        database,
        viewer,
        CardWording(title="Sprint", when_to_use="Daily", steps="Go", core_parts="Go", subject="fluency"),
        team_id="sample-team-2",
    )
    at = library.start()
    at.session_state[session.PRACTICE_CHOSEN] = practice_id
    at = at.switch_page(SHARE).run()
    (warning,) = at.warning
    assert "started lowest did worse" in warning.value
    assert at.button(key="share.go").disabled
    at.checkbox(key="share.looked").check().run()
    at.button(key="share.go").click().run()
    assert sharing(database, viewer, practice_id).reach == 1


def test_an_invitation_waits_for_its_teacher_alone(library: App) -> None:
    database = library.open()
    author = Viewer(Role.TEACHER, teacher_id=AUTHOR, team_ids=("sample-team-1",))
    assert invite_classes(database, author, "P1", most=1) == 1
    with database.read() as cursor:
        ((teacher_id,),) = cursor.execute("select teacher_id from practice_invitation").fetchall()
    library.sit(Role.TEACHER, teacher_id=teacher_id)
    at = library.page(LIBRARY)
    assert "Would you try it?" in text_of(at)
    at.button(key="news.no.P1").click().run()
    assert "Would you try it?" not in text_of(at)
    assert own_invitations(database, Viewer(Role.TEACHER, teacher_id=teacher_id)) == []
    library.sit(Role.PRINCIPAL, school_ids=("M1",))
    assert "Would you try it?" not in text_of(library.page(LIBRARY))


def test_a_plan_is_cloned_in_three_clicks(library: App) -> None:
    database = library.open()
    library.sit(Role.TEACHER, teacher_id="T048")
    at = library.page(LIBRARY)
    with database.read() as cursor:
        before = cursor.execute("select count(*) from practice_test").fetchall()[0][0]
    at.button(key="library.open.P1").click().run()
    at = read(library, "P1", "Try it")
    at.button(key="trying.clone").click().run()
    with database.read() as cursor:
        rows = cursor.execute(
            "select origin_test_id, team_id, state from practice_test order by planned_at desc, test_id"
        ).fetchall()
    assert len(rows) == before + 1
    assert any(
        origin and origin.startswith("sample-test-P1") and team == "sample-team-1" for origin, team, _ in rows
    )


def test_a_team_takes_on_its_card_without_an_author(sample: App) -> None:
    with sample.open().write() as cursor:
        cursor.execute("update practice set owner_teacher_id = null where practice_id = 'P3'").fetchall()
        cursor.execute("update practice set team_id = 'sample-team-1' where practice_id = 'P3'").fetchall()
    sample.sit(Role.TEACHER, teacher_id="T048")
    at = read(sample, "P3")
    at.button(key="practice.take_on").click().run()
    assert not at.exception
    assert [button.key for button in at.button if button.key == "practice.take_on"] == []
    assert "P3" in {each.practice_id for each in own_cards(sample.open(), current_viewer(sample.open()))}


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.STEWARD])
def test_those_who_do_not_teach_have_no_pages_to_write(library: App, role: Role) -> None:
    library.sit(role, school_ids=("M2",) if role is Role.PRINCIPAL else ())
    for page in (CARDS, SHARE):
        with pytest.raises(ValueError, match="page"):
            library.start().switch_page(page).run()


def test_a_shown_name_is_read_on_the_card(library: App) -> None:
    author = Viewer(Role.TEACHER, teacher_id=AUTHOR, team_ids=("sample-team-1",))
    share_card(
        library.open(), author, "P1", scope="district", name_shown="name", until_on=NEXT_MONTH, looked=True
    )
    library.sit(Role.PRINCIPAL, school_ids=("M2",))
    assert AUTHOR_NAME in text_of(read(library, "P1"))
