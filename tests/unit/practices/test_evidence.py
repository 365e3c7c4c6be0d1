"""The evidence of a card: every test on one screen, and no test that tells of one person."""

from __future__ import annotations

from datetime import date

import pytest

from plc.core.errors import BothTexts, NotAllowed, NotFound, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import (
    EvidencePanel,
    evidence_panel,
    release_result,
    search_practices,
    take_back_result,
    write_card,
    write_note,
)
from plc.practices.evidence import TOO_FEW_TEACHERS
from plc.practices.evidence_words import conditions
from plc.practices.library import PracticeQuery
from tests.unit.practices.library_district import (
    ADA,
    BEN,
    CLEO,
    DAN,
    LEADER,
    PRINCIPAL_1,
    REVIEWER,
    SORT,
    add_evidence,
    add_test,
    shared,
)


@pytest.fixture
def tested(district: Database) -> str:
    """Two tests by two teams, one of them negative, three teachers in all."""
    practice_id = shared(district, scope="network", name_shown="name")
    add_test(district, practice_id, "t1", teachers=("T1", "T2"), effect=0.24)
    add_test(
        district, practice_id, "t2", team_id="team-2", teachers=("T4",), effect=-0.06, harm=True,
        starts_on=date(2026, 1, 12),
    )  # fmt: skip
    add_evidence(district, practice_id)
    return practice_id


def effects(panel: EvidencePanel) -> list[float | None]:
    return sorted((row.effect for row in panel.tests), key=lambda effect: effect or 0.0)


def release_both(database: Database) -> None:
    """Both teams let everyone read their results; the stored pool stays as it is."""
    with database.write() as cursor:
        for test_id, team_id in (("t1", "team-1"), ("t2", "team-2")):
            cursor.execute(
                "insert into practice_test_release (test_id, team_id, released_by, released_at)"
                f" values ('{test_id}', '{team_id}', 'a', now())"
            ).fetchall()


def said(panel: EvidencePanel) -> str:
    return str(panel)


@pytest.mark.parametrize("viewer", [ADA, BEN, CLEO, DAN, LEADER, PRINCIPAL_1, REVIEWER])
def test_everyone_sees_the_negative_test_beside_the_positive(
    district: Database, tested: str, viewer: Viewer
) -> None:
    release_both(district)
    panel = evidence_panel(district, viewer, tested)
    assert effects(panel) == [-0.06, 0.24]
    assert panel.pooled is not None
    assert panel.pooled.estimate == 0.1
    assert "1 of 2 tests warned" in panel.balancing


@pytest.mark.parametrize("viewer", [ADA, BEN, CLEO, DAN, LEADER, PRINCIPAL_1, REVIEWER])
def test_a_test_that_is_not_released_has_no_figures_of_its_own_but_for_its_team(
    district: Database, tested: str, viewer: Viewer
) -> None:
    panel = evidence_panel(district, viewer, tested)
    assert all(row.own for row in panel.tests if row.effect is not None)
    assert len(panel.tests) == 2
    assert "warned" not in panel.balancing or any(row.own for row in panel.tests)
    assert panel.pooled is not None
    assert (panel.pooled.estimate, panel.pooled.tau, panel.pooled.so_far) == (0.1, None, ())


def test_an_unreleased_test_shows_neither_school_nor_month_nor_words(district: Database, tested: str) -> None:
    panel = evidence_panel(district, CLEO, tested)
    for tell in ("School", "October", "January", "2025", "2026", "One question only", "t1", "t2", "team-"):
        assert tell not in said(panel)


def test_a_released_test_shows_school_and_month_until_taken_back(district: Database, tested: str) -> None:
    release_result(district, DAN, "t2")
    release_result(district, DAN, "t2")
    (shown, hidden) = evidence_panel(district, CLEO, tested).tests
    assert (shown.school, shown.month, shown.grade) == ("Harbor School", "January 2026", 6)
    assert (hidden.school, hidden.month, hidden.grade) == (None, None, None)
    assert "Harbor" not in said(evidence_panel(district, REVIEWER, tested))
    assert "T4" not in said(evidence_panel(district, CLEO, tested))
    take_back_result(district, DAN, "t2")
    assert "Harbor" not in said(evidence_panel(district, CLEO, tested))


def test_a_team_releases_its_own_tests_only(district: Database, tested: str) -> None:
    # Of one teacher who tries it, whose results are not open to her.
    with pytest.raises(PlcError, match="would tell of one colleague"):
        release_result(district, ADA, "t2")
    assert "Harbor" not in said(evidence_panel(district, CLEO, tested))
    release_result(district, DAN, "t2")
    take_back_result(district, ADA, "t2")
    assert "Harbor" in said(evidence_panel(district, CLEO, tested))
    with pytest.raises(NotAllowed):
        release_result(district, PRINCIPAL_1, "t1")


def test_a_team_sees_its_own_test_in_full(district: Database, tested: str) -> None:
    rows = evidence_panel(district, DAN, tested).tests
    assert [(row.own, row.school) for row in rows] == [(True, "Harbor School"), (False, None)]
    assert rows[0].test_id == "t2"
    assert rows[1].test_id is None


def test_what_one_teacher_showed_is_not_told_beside_her_practice(district: Database) -> None:
    practice_id = shared(district, name_shown="name")
    add_test(district, practice_id, "t1", teachers=("T1",), effect=0.24)
    add_evidence(district, practice_id, step="tested once", teachers=1)
    for viewer in (CLEO, DAN, LEADER, PRINCIPAL_1):
        panel = evidence_panel(district, viewer, practice_id)
        assert panel.withheld == panel.words == TOO_FEW_TEACHERS
        assert panel.pooled is None
        assert effects(panel) == [None]
        assert "0.24" not in said(panel)
        (row,) = search_practices(district, viewer, PracticeQuery()).rows
        assert (row.estimate, row.evidence) == (None, TOO_FEW_TEACHERS)
    # Nor to her own team, until she has opened her results to it or released them.
    assert effects(evidence_panel(district, BEN, practice_id)) == [None]
    assert effects(evidence_panel(district, ADA, practice_id)) == [0.24]
    release_result(district, ADA, "t1")
    assert effects(evidence_panel(district, DAN, practice_id)) == [0.24]
    (row,) = search_practices(district, DAN, PracticeQuery()).rows
    assert row.evidence != TOO_FEW_TEACHERS


def test_an_author_outside_the_testing_team_reads_no_more_than_others(district: Database) -> None:
    practice_id = shared(district)
    add_test(district, practice_id, "t1", team_id="team-2", teachers=("T4",), effect=0.24)
    add_evidence(district, practice_id, step="tested once", teachers=1)
    assert effects(evidence_panel(district, ADA, practice_id)) == [None]
    assert effects(evidence_panel(district, DAN, practice_id)) == [0.24]


def test_a_running_test_is_counted_and_says_nothing_yet(district: Database, tested: str) -> None:
    release_both(district)
    add_test(district, tested, "t3", teachers=("T1",), effect=None, starts_on=date(2026, 5, 1))
    panel = evidence_panel(district, CLEO, tested)
    assert panel.running == 1
    assert [row.verdict for row in panel.tests] == ["measured", "measured", "still running"]


def test_an_idea_has_no_figures(district: Database) -> None:
    panel = evidence_panel(district, ADA, write_card(district, ADA, SORT))
    assert (panel.step, panel.words, panel.tests) == ("idea", "Nobody has tested it yet.", ())
    assert panel.withheld == ""


def test_who_may_not_open_the_card_reads_no_evidence(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT)
    for viewer in (BEN, DAN, LEADER):
        with pytest.raises(NotFound):
            evidence_panel(district, viewer, practice_id)


def test_authors_write_a_note_and_lose_no_words(district: Database, tested: str) -> None:
    write_note(district, ADA, tested, words="The second test had a fire drill.", seen_version=0)
    assert evidence_panel(district, DAN, tested).note == "The second test had a fire drill."
    with pytest.raises(BothTexts) as caught:
        write_note(district, ADA, tested, words="Other words", seen_version=0)
    assert caught.value.theirs == {"note": "The second test had a fire drill."}
    write_note(district, ADA, tested, words="Both", seen_version=1)
    with pytest.raises(NotAllowed):
        write_note(district, DAN, tested, words="Mine", seen_version=2)


def test_the_card_says_which_tests_ended_early_and_which_predictions_came_late(
    district: Database, tested: str
) -> None:
    release_both(district)
    with district.write() as cursor:
        for statement in (
            "update practice_test set state = 'withdrawn' where test_id = 't2'",
            "update practice_test set state = 'decided' where test_id = 't1'",
            "update test_effect set predicted_late = true where test_id = 't1'",
            "insert into test_decision (test_id, decision, reason, decided_by, decided_on, decided_at)"
            " values ('t1', 'adopt', '', 'T1', date '2025-10-20', timestamp '2025-10-20')",
        ):
            cursor.execute(statement).fetchall()
    panel = evidence_panel(district, CLEO, tested)
    assert effects(panel) == [-0.06, 0.24]
    assert (panel.ended_early, panel.predicted_late) == (2, 1)
    with district.write() as cursor:
        cursor.execute(
            "update test_decision set decided_on = date '2025-12-01' where test_id = 't1'"
        ).fetchall()
    assert evidence_panel(district, CLEO, tested).ended_early == 1


def test_conditions_say_where_an_interval_begins_only_where_that_tells_of_no_closed_test() -> None:
    stored = "2 of 2 schools\nan interval above 0 (it begins at -0.02)"
    assert conditions(stored, spread=True)[1] == "an interval above 0 (it begins at -0.02)"
    assert conditions(stored, spread=False) == ("2 of 2 schools", "an interval above 0")
