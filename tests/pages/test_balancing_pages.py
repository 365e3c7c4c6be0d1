"""The balance among a teacher's students: she is warned before her own result, and nobody else is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plc.bright_spots import own_results
from plc.bright_spots.balance import EXCEEDS_LOWEST
from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.people import give_consent
from tests.pages.conftest import App, text_of
from tests.pages.test_seats import F1_TEACHER, MINE, SPOTS, START

# Ms Eriksen (F5): her fluency students who started lowest fall behind.
F5_TEACHER, F5_NAME = "T108", "Ms Eriksen"
# A colleague at the school of Ms Ahmadi, whose bright spot holds for those who started lowest too.
OF_HER_SCHOOL = "T008"
WARNING = "Look before you share"


def test_the_teacher_is_warned_before_she_reads_her_result(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F5_TEACHER)
    at = sample.page(MINE)
    (warning,) = at.warning
    assert warning.value.startswith(f"{WARNING}: students who started lowest did worse than expected")
    (fluency,) = [
        own
        for own in own_results(sample.open(), Viewer(Role.TEACHER, teacher_id=F5_TEACHER))
        if own.subject == "fluency"
    ]
    said = [element.value for element in at.main if element.type in ("warning", "markdown")]
    assert said.index(warning.value) < said.index(fluency.words)


def test_a_balanced_bright_spot_is_not_warned(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    assert not at.warning
    assert "started lowest gained about as much as your other students" in text_of(at)


def test_the_picture_by_where_students_started_opens_with_its_table(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    before = len(at.get("vega_lite_chart"))
    at.session_state["own.0.start"] = True
    at.run()
    assert len(at.get("vega_lite_chart")) == before + 1
    (table,) = [table.value for table in at.table if "started lowest" in table.value.to_csv()]
    assert "started highest" in table.to_csv()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.FACILITATOR, Role.PRINCIPAL, Role.STEWARD])
def test_nobody_else_reads_the_warning_even_with_her_consent(sample: App, role: Role) -> None:
    give_consent(
        sample.open(),
        Viewer(Role.TEACHER, teacher_id=F5_TEACHER),
        scope="district",
        until_on=clock.now().date() + timedelta(days=2),
    )
    teaches = role in (Role.TEACHER, Role.FACILITATOR)
    sample.sit(
        role,
        teacher_id=F1_TEACHER if teaches else None,
        school_ids=("E2",) if role is Role.PRINCIPAL else (),
    )
    words = ""
    for page in (START, SPOTS):
        words += text_of(sample.page(page))
    assert F5_NAME in words
    assert WARNING not in words
    assert "did worse" not in words
    assert "started lowest gained" not in words


def test_a_card_says_that_it_also_holds_for_those_who_started_lowest_to_who_reads_figures(
    sample: App,
) -> None:
    sample.sit(Role.TEACHER, teacher_id=OF_HER_SCHOOL)
    assert EXCEEDS_LOWEST in text_of(sample.page(SPOTS))
    sample.sit(Role.PRINCIPAL, school_ids=("M2",))
    at = sample.page(SPOTS)
    assert EXCEEDS_LOWEST not in text_of(at)
    assert not at.metric
    assert not at.get("vega_lite_chart")
