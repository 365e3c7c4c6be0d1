"""Did we do it? Each answers for her own class; no answer is no reply; only the team sees it."""

from __future__ import annotations

import pytest

from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry.fidelity import WeekCount, fidelity_counts, fidelity_of, own_checks, record_fidelity
from plc.inquiry.test_plans import plan_test
from tests.unit.inquiry.planned import ANA, BEN, COACH, RUNNING, TEAM, new_inquiry, plan

OWN = "M1-MA6-26-4"
DEE = Viewer(Role.TEACHER, teacher_id="T146", team_ids=(TEAM,))


def test_a_teacher_is_asked_for_her_own_classes_only(sample: Database) -> None:
    (check,) = own_checks(sample, BEN)
    assert (check.section_id, check.week, check.answer.done) == (OWN, 3, "fully")
    assert "before the teacher says anything" in check.core_parts


def test_the_latest_answer_of_a_week_counts(sample: Database) -> None:
    record_fidelity(sample, BEN, RUNNING, OWN, done="partly", times=2, changed=" On the board. ")
    (check,) = own_checks(sample, BEN)
    assert (check.answer.done, check.answer.times, check.answer.changed) == ("partly", 2, "On the board.")
    (third,) = [one for one in fidelity_of(sample, ANA, RUNNING) if (one.section_id, one.week) == (OWN, 3)]
    assert third.answer.done == "partly"


def test_three_did_it_fully_and_one_partly_this_week(sample: Database) -> None:
    answers = fidelity_of(sample, ANA, RUNNING)
    assert {one.week for one in answers} == {1, 2, 3}
    this_week = sorted(one.answer.words for one in answers if one.week == 3)
    assert this_week == ["fully", "fully", "fully", "partly"]


def test_silence_is_shown_as_no_reply(sample: Database) -> None:
    silent = [one for one in fidelity_of(sample, ANA, RUNNING) if one.answer.done is None]
    assert [(one.section_id, one.week) for one in silent] == [("M1-MA6-26-6", 2)]
    assert silent[0].answer.words == "no reply"


def test_a_coach_reads_how_many_and_not_who(sample: Database) -> None:
    with pytest.raises(NotAllowed, match="for the team alone"):
        fidelity_of(sample, COACH, RUNNING)
    counts = fidelity_counts(sample, COACH, RUNNING)
    assert [one for one in counts if one.week == 3] == [WeekCount(3, "fully", 3), WeekCount(3, "partly", 1)]
    # Who did not reply in week 2 is in no count.
    assert sum(one.classes for one in counts if one.week == 2) == 3
    with pytest.raises(NotFound):
        fidelity_counts(sample, Viewer(Role.COACH, team_ids=("another",)), RUNNING)


def test_nobody_answers_for_a_colleague(sample: Database) -> None:
    with pytest.raises(NotFound):
        record_fidelity(sample, DEE, RUNNING, OWN, done="no")
    with pytest.raises(NotAllowed):
        record_fidelity(sample, COACH, RUNNING, OWN, done="no")


def test_an_answer_out_of_reason_names_the_remedy(sample: Database) -> None:
    with pytest.raises(PlcError, match="From 0 to 20"):
        record_fidelity(sample, BEN, RUNNING, OWN, done="fully", times=200)
    with pytest.raises(PlcError, match="fully, partly or no"):
        record_fidelity(sample, BEN, RUNNING, OWN, done="mostly")  # type: ignore[arg-type]


def test_nothing_is_asked_before_a_test_runs(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan())
    with pytest.raises(PlcError, match="not running today"):
        record_fidelity(sample, BEN, test_id, OWN, done="fully")
    assert fidelity_of(sample, ANA, test_id) == []
