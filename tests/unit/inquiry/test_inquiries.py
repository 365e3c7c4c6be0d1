"""An inquiry's wording, who may read it, and two people who write at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plc.core.errors import BothTexts, NotAllowed, NotFound, PlcError
from plc.database import Database
from plc.inquiry import close_inquiry, edit_inquiry, inquiry, list_inquiries, open_inquiry, wordings
from plc.inquiry.records import AimUnit
from tests.unit.inquiry.teams import ANA, BEN, COACH, PRINCIPAL, STRANGER, WORDING, make_team


@pytest.fixture
def inquiry_id(database: Database) -> str:
    make_team(database)
    return open_inquiry(database, ANA, team_id="team", wording=WORDING)


def test_an_inquiry_opens_in_seek_and_its_team_finds_it(database: Database, inquiry_id: str) -> None:
    found = inquiry(database, BEN, inquiry_id)
    assert (found.phase, found.state, found.version) == ("seek", "open", 1)
    assert found.wording == WORDING
    assert [row.title for row in list_inquiries(database, COACH)] == ["Fractions that stick"]


def test_another_team_finds_nothing(database: Database, inquiry_id: str) -> None:
    assert list_inquiries(database, STRANGER) == []
    with pytest.raises(NotFound):
        inquiry(database, STRANGER, inquiry_id)
    with pytest.raises(NotFound):
        edit_inquiry(database, STRANGER, inquiry_id, replace(WORDING, title="Mine"), seen_version=1)


def test_a_coach_reads_and_does_not_write_and_a_principal_does_neither(
    database: Database, inquiry_id: str
) -> None:
    assert inquiry(database, COACH, inquiry_id).wording.title == WORDING.title
    for viewer in (COACH, PRINCIPAL):
        with pytest.raises(NotAllowed):
            edit_inquiry(database, viewer, inquiry_id, WORDING, seen_version=1)
    with pytest.raises(NotAllowed):
        inquiry(database, PRINCIPAL, inquiry_id)
    with pytest.raises(NotAllowed):
        open_inquiry(database, ANA, team_id="other", wording=WORDING)


def test_an_aim_without_a_primary_measure_cannot_be_set(database: Database, inquiry_id: str) -> None:
    aim = replace(WORDING, aim_amount=8.0, aim_unit="points", aim_by=date(2027, 5, 1), aim_for="our students")
    with pytest.raises(PlcError, match="primary measure first"):
        edit_inquiry(database, ANA, inquiry_id, aim, seen_version=1)
    measured = replace(aim, measure_kind="common", measure_purpose="What was learned in the unit")
    assert edit_inquiry(database, ANA, inquiry_id, measured, seen_version=1) == 2
    # Taking the measure away again would leave an aim that nobody can check.
    with pytest.raises(PlcError, match="primary measure first"):
        edit_inquiry(database, ANA, inquiry_id, replace(measured, measure_kind=None), seen_version=2)


@pytest.mark.parametrize(("amount", "unit"), [(850.0, "points"), (-101.0, "percent at level"), (3.5, "sd")])
def test_an_aim_beyond_what_there_is_is_refused(
    database: Database, inquiry_id: str, amount: float, unit: AimUnit
) -> None:
    aim = replace(WORDING, measure_kind="common", aim_amount=amount, aim_unit=unit)
    with pytest.raises(PlcError, match="more than there is"):
        edit_inquiry(database, ANA, inquiry_id, aim, seen_version=1)


def test_two_people_who_change_different_words_both_keep_theirs(database: Database, inquiry_id: str) -> None:
    edit_inquiry(database, ANA, inquiry_id, replace(WORDING, challenge="Ana's challenge"), seen_version=1)
    edit_inquiry(database, BEN, inquiry_id, replace(WORDING, title="Ben's title"), seen_version=1)
    now = inquiry(database, ANA, inquiry_id)
    assert (now.wording.challenge, now.wording.title) == ("Ana's challenge", "Ben's title")
    assert now.version == 3


def test_two_people_who_change_the_same_words_are_shown_both_and_nothing_is_lost(
    database: Database, inquiry_id: str
) -> None:
    edit_inquiry(database, ANA, inquiry_id, replace(WORDING, challenge="Ana's words"), seen_version=1)
    mine = replace(WORDING, challenge="Ben's words")
    with pytest.raises(BothTexts) as raised:
        edit_inquiry(database, BEN, inquiry_id, mine, seen_version=1)
    assert raised.value.mine == {"challenge": "Ben's words"}
    assert raised.value.theirs == {"challenge": "Ana's words"}
    assert raised.value.version == 2
    assert inquiry(database, BEN, inquiry_id).wording.challenge == "Ana's words"
    both = replace(mine, challenge="Ana's words. Ben's words.")
    assert edit_inquiry(database, BEN, inquiry_id, both, seen_version=2) == 3


def test_half_of_an_aim_is_never_put_together_with_half_of_another(
    database: Database, inquiry_id: str
) -> None:
    measured = replace(WORDING, measure_kind="common", measure_purpose="x", aim_amount=8.0, aim_unit="points")
    edit_inquiry(database, ANA, inquiry_id, measured, seen_version=1)
    edit_inquiry(database, ANA, inquiry_id, replace(measured, aim_amount=0.2, aim_unit="sd"), seen_version=2)
    with pytest.raises(BothTexts) as raised:
        edit_inquiry(database, BEN, inquiry_id, replace(measured, aim_amount=5.0), seen_version=2)
    assert raised.value.mine == {"aim_amount": 5.0, "aim_unit": "points"}
    assert raised.value.theirs == {"aim_amount": 0.2, "aim_unit": "sd"}


def test_every_wording_is_kept_with_who_wrote_it(database: Database, inquiry_id: str) -> None:
    edit_inquiry(database, BEN, inquiry_id, replace(WORDING, challenge="Sharper"), seen_version=1)
    kept = wordings(database, ANA, inquiry_id)
    assert [one.version for one in kept] == [2, 1]
    assert kept[1].wording == WORDING


def test_saying_the_same_again_changes_nothing(database: Database, inquiry_id: str) -> None:
    assert edit_inquiry(database, BEN, inquiry_id, WORDING, seen_version=1) == 1


def test_a_closed_inquiry_is_not_edited_and_stays_findable_by_its_reason(
    database: Database, inquiry_id: str
) -> None:
    close_inquiry(
        database, ANA, inquiry_id, state="abandoned", reason="The cards took longer than the lesson"
    )
    with pytest.raises(PlcError, match="abandoned"):
        edit_inquiry(database, ANA, inquiry_id, replace(WORDING, title="New"), seen_version=1)
    (row,) = list_inquiries(database, BEN, state="abandoned", words="CARDS took")
    assert row.state_reason == "The cards took longer than the lesson"
    assert list_inquiries(database, BEN, words="nothing like it") == []
