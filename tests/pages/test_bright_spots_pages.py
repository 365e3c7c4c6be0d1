"""Bright spots, one's own classes and the method, by who looks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Toggle

from plc.bright_spots import own_results
from plc.core.errors import Unfinished
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import give_consent, open_to_team
from tests.pages.conftest import App, text_of
from tests.pages.test_seats import F1_TEACHER, METHODS, MINE, SPOTS, START, sit_as

# Colleagues of the sample's team: Ms Adeyemi (F1) and, in the same school, Mr Dunne (F4).
F1_NAME, F4_TEACHER = "Ms Adeyemi", "T048"
F1_TEAM = "sample-team-1"
# A class of 7 with a lucky year.
F3_TEACHER = "T075"
FIGURE = re.compile(r"[+-]\d\.\d\d")
WORDS_KEPT_OFF = re.compile(
    r"\b(rank|ranking|best|worst|value-added|underperforming|proof|compliance|submit)\b", re.IGNORECASE
)


def no_consent(app: App) -> None:
    with app.open().write() as cursor:
        cursor.execute("delete from consent").fetchall()
        cursor.execute("delete from team_agreement_member").fetchall()
        cursor.execute("update data_version set version = version + 1").fetchall()


def charts(at: AppTest) -> list[dict[str, object]]:
    return [json.loads(chart.proto.spec) for chart in at.get("vega_lite_chart")]


def test_a_teacher_reads_her_own_result_with_its_range_and_occasions(sample: App) -> None:
    viewer = sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    (own,) = own_results(sample.open(), viewer)
    at = sample.page(MINE)
    effect = next(metric for metric in at.metric if metric.label == "Effect")
    assert effect.value == f"{own.effect:+.2f} SD"
    assert effect.delta == f"90 % range {own.lower:+.2f} to {own.upper:+.2f}"
    assert len(charts(at)) == 1
    assert "Only you see this page" in text_of(at)


def test_a_class_of_seven_is_told_so_and_shown_no_figure(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F3_TEACHER)
    at = sample.page(MINE)
    assert "Not enough students to tell" in text_of(at)
    assert not at.metric
    assert not FIGURE.search(text_of(at))


def test_who_has_not_said_which_classes_are_hers_is_asked(sample: App) -> None:
    sample.sit(Role.TEACHER)
    at = sample.page(MINE)
    assert [link.value for link in at.page_link if "classes" in link.value]
    assert not at.metric


def test_another_teacher_never_reads_this_teachers_own_row(sample: App) -> None:
    no_consent(sample)
    owner = Viewer(Role.TEACHER, teacher_id=F1_TEACHER)
    (own,) = own_results(sample.open(), owner)
    sample.sit(Role.TEACHER, teacher_id=F4_TEACHER)
    for page in (START, MINE, SPOTS):
        words = text_of(sample.page(page))
        assert F1_NAME not in words
        assert f"{own.effect:+.2f} SD" not in words


def test_a_bright_spot_opened_to_the_team_shows_its_words_figures_and_comparison(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F4_TEACHER)
    words = text_of(sample.page(SPOTS))
    assert F1_NAME in words
    assert "Students exceed expectation." in words
    assert "of 100" in words
    assert "same course and assessments, similar starting points" in words
    assert FIGURE.search(words)


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.STEWARD])
def test_a_principal_reads_names_and_words_and_never_a_figure(sample: App, role: Role) -> None:
    sit_as(sample, role)
    at = sample.page(SPOTS)
    words = text_of(at)
    assert F1_NAME in words
    assert "Students exceed expectation." in words
    assert not at.metric
    assert not charts(at)
    assert not FIGURE.search(words)
    assert "of 100 here" not in words


def test_names_stand_by_subject_and_name_and_not_by_size(sample: App) -> None:
    sit_as(sample, Role.PRINCIPAL)
    at = sample.page(SPOTS)
    names = [heading.value for heading in at.header if re.match(r"M[rsx]+ ", heading.value)]
    found = [re.search(r"\[(\w+, grade[^\]]*)\]", words.value) for words in at.markdown]
    grades = [match.group(1) for match in found if match]
    assert len(names) == len(grades) > 3
    assert list(zip(grades, names, strict=True)) == sorted(zip(grades, names, strict=True))


def test_consent_shows_a_name_and_taking_it_back_hides_it(sample: App) -> None:
    no_consent(sample)
    sit_as(sample, Role.PRINCIPAL)
    assert F1_NAME not in text_of(sample.page(SPOTS))
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    switch(at, "district").set_value(True).run()
    assert "Your name shows from now on." in text_of(at)
    sit_as(sample, Role.PRINCIPAL)
    assert F1_NAME in text_of(sample.page(SPOTS))
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    switch(at, "district").set_value(False).run()
    sit_as(sample, Role.PRINCIPAL)
    assert F1_NAME not in text_of(sample.page(SPOTS))


def test_a_member_closes_her_result_to_her_team(sample: App) -> None:
    with sample.open().write() as cursor:
        cursor.execute("delete from consent").fetchall()
    open_to_team(sample.open(), sample.sit(Role.TEACHER, teacher_id=F1_TEACHER) and current(sample), F1_TEAM)
    at = sample.page(MINE)
    switch(at, f"team_opened.{F1_TEAM}").set_value(False).run()
    sample.sit(Role.TEACHER, teacher_id=F4_TEACHER)
    assert F1_NAME not in text_of(sample.page(SPOTS))


def switch(at: AppTest, which: str) -> Toggle:
    """A switch of who may see her name: its key says, too, whom its words named and whether it is on."""
    return next(toggle for toggle in at.toggle if str(toggle.key).startswith(f"sharing.{which}."))


def current(app: App) -> Viewer:
    from plc.people import current_viewer

    return current_viewer(app.open())


def test_filters_narrow_and_say_when_nothing_is_left(sample: App) -> None:
    sit_as(sample, Role.PRINCIPAL)
    at = sample.page(SPOTS)
    everyone = sum("Students exceed expectation" in markdown.value for markdown in at.markdown)
    at.selectbox(key="bright_spots.subject").select("maths").run()
    maths = sum("Students exceed expectation" in markdown.value for markdown in at.markdown)
    assert 0 < maths < everyone
    assert not [words for words in at.markdown if "Reading, grade" in words.value]
    at.selectbox(key="bright_spots.grade").select(8).run()
    at.selectbox(key="bright_spots.school_year").select(2025).run()
    left = sum("Students exceed expectation" in markdown.value for markdown in at.markdown)
    assert left > 0 or "No bright spot with these choices" in text_of(at)


def test_without_results_the_pages_say_what_to_do(empty: App) -> None:
    empty.sit(Role.TEACHER)
    for page in (START, SPOTS):
        at = empty.page(page)
        assert "Upload results" in [
            *(link.value for link in at.page_link),
            *(button.label for button in at.button),
        ]


def test_without_anyones_consent_the_page_calls_it_normal(sample: App) -> None:
    no_consent(sample)
    sample.sit(Role.TEACHER, teacher_id=F4_TEACHER)
    assert "No bright spot you may see yet" in text_of(sample.page(SPOTS))


def test_a_figure_that_did_not_settle_is_withheld_in_words(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    with patch("plc.ui.cached.bright_spots", side_effect=Unfinished("The estimate did not settle.")):
        at = sample.start().switch_page(SPOTS).run()
    assert not at.exception
    assert at.error[0].value == "The estimate did not settle."


def test_every_chart_has_a_sentence_and_every_picture_a_table(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    assert all("occasions in" in chart.proto.alt for chart in at.get("vega_lite_chart"))
    (table,) = [table.value for table in at.table if "Effect (SD)" in table.value]
    assert isinstance(table, pd.DataFrame)
    assert len(table) == 36


def test_a_rerun_that_changed_nothing_reads_no_results(sample: App, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(SPOTS)
    asked: list[str] = []
    database = sample.open()
    read = type(database).read

    class Watched:
        def __init__(self, cursor: object) -> None:
            self.cursor = cursor

        def execute(self, statement: str, *parameters: object) -> object:
            asked.append(statement)
            return self.cursor.execute(statement, *parameters)  # type: ignore[attr-defined]

    @contextmanager
    def watched(self: Database) -> Iterator[Watched]:
        with read(self) as cursor:
            yield Watched(cursor)

    monkeypatch.setattr(type(database), "read", watched)
    at.run()
    assert not at.exception
    assert asked
    over_results = re.compile(r"\b(from|join)\s+(result|enrollment|student|scan_finding|scan_occasion)\b")
    assert not [statement for statement in asked if over_results.search(re.sub(r"--.*", "", statement))]


@pytest.mark.parametrize("page", [START, MINE, SPOTS, METHODS])
def test_no_page_speaks_of_ranks_or_proof(sample: App, page: str) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    assert not WORDS_KEPT_OFF.search(text_of(sample.page(page)))


def test_consent_in_the_school_reaches_its_teachers(sample: App) -> None:
    no_consent(sample)
    give_consent(
        sample.open(),
        Viewer(Role.TEACHER, teacher_id=F1_TEACHER),
        scope="school",
        until_on=pd.Timestamp.today().date() + pd.Timedelta(days=2).to_pytimedelta(),
    )
    sample.sit(Role.TEACHER, teacher_id=F4_TEACHER)
    assert F1_NAME in text_of(sample.page(SPOTS))


def test_a_teacher_compares_herself_with_other_peers(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    before = next(metric.value for metric in at.metric if metric.label == "Effect")
    at.segmented_control(key="own.0.peers").set_value("school").run()
    assert not at.exception
    assert "teachers of the same school" in text_of(at)
    assert next(metric.value for metric in at.metric if metric.label == "Effect") != before


def test_the_funnel_sends_only_the_points_the_viewer_may_read(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F4_TEACHER)
    at = sample.page(SPOTS)
    allowed = {heading.value for heading in at.header}
    at.session_state["bright_spots.funnel"] = True
    at.run()
    specs = [spec for spec in charts(at) if "chance_upper" in json.dumps(spec)]
    assert specs
    datasets = [rows for spec in specs for rows in spec.get("datasets", {}).values()]  # type: ignore[attr-defined]
    points = [row for rows in datasets for row in rows if "name" in row]
    assert {row["name"] for row in points} <= allowed


def test_the_steps_to_a_figure_add_up_on_the_page(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    (made,) = [
        table.value for table in at.table if "leaves, before allowing for luck" in table.value.to_csv()
    ]
    number = {
        row["What"]: float(row["How much"].split()[0])
        for _, row in made.iterrows()
        if "SD" in row["How much"]
    }
    steps = sum(value for words, value in number.items() if words.startswith(("Where", "less")))
    assert steps == pytest.approx(number["leaves, before allowing for luck"], abs=0.1)
