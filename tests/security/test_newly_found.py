"""A look that newly finds a teacher: nobody learns of it before she has seen it, by a name or what is gone.

She opened her classes to a colleague before. Were they closed until she has seen what is new, the colleague
would know of it at the look.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from plc.bright_spots import bright_spots, own_results, scan_and_store
from plc.bright_spots.labels import SHOWN_BY_CONSENT
from plc.bright_spots.team_spots import bright_spots_of_team
from plc.core import clock
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.inquiry import open_inquiry
from plc.inquiry.records import InquiryWording
from plc.inquiry.seek import seek_view
from plc.people import give_consent, open_own_result
from plc.people.sign_in import teams_of
from plc.people.team_agreements import open_to_team, own_team_agreements, record_team_agreement
from plc.people.team_changes import TeamPlan, add_member, make_team
from tests.security.attempts import Attempts
from tests.security.course import ANNA, BELA, UNITS, add, rows_of, viewer_of

OTHERS = ("T03", "T04", "T05")
UNTIL = clock.now().date() + timedelta(days=30)
LEADER = Viewer(Role.DISTRICT_LEADER, account_id="leader")
TOLD = list(UNITS)[1:]


def of_second_class(lines: Sequence[str]) -> list[str]:
    return [f"9{line.replace(',C', ',D')}" for line in lines]


def seated(database: Database, teacher_id: str) -> Viewer:
    with database.read() as cursor:
        return Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=teams_of(cursor, teacher_id))


@pytest.fixture
def inquiry_id(district: Database) -> str:
    """Anna's team, with Bela, who has seen her result, opened it to her and is named in the district."""
    team_id = make_team(district, viewer_of(ANNA), TeamPlan("Sixth grade", subject="math", grade=6))
    for member in (BELA, *OTHERS):
        add_member(district, seated(district, ANNA), team_id, member)
    agreed = record_team_agreement(
        district,
        seated(district, ANNA),
        team_name="Sixth grade",
        member_ids=[ANNA, BELA, "T03"],
        until_on=UNTIL,
        team_id=team_id,
    )
    for member in (BELA, "T03"):
        open_own_result(district, seated(district, member))
        open_to_team(district, seated(district, member), agreed)
    give_consent(district, seated(district, BELA), scope="district", until_on=UNTIL)
    wording = InquiryWording(
        title="Fractions", challenge="Fractions", subject="math", grade=6, school_year=2026,
        measure_kind="common", measure_purpose="units",
    )  # fmt: skip
    return open_inquiry(district, seated(district, ANNA), team_id=team_id, wording=wording)


def open_in_seek(database: Database, inquiry_id: str) -> list[object]:
    """The classes drawn for Anna."""
    return [one.section_id for one in seek_view(database, seated(database, ANNA), inquiry_id).classes]


def of_bela(database: Database, inquiry_id: str) -> dict[str, list[object]]:
    """Where Anna, a district leader and the team's wall read of Bela."""
    anna = seated(database, ANNA)
    openings = [one for agreement in own_team_agreements(database, anna) for one in agreement.members]
    return {
        "Seek": open_in_seek(database, inquiry_id),
        "agreement": [one.opened_on for one in openings if one.teacher_id == BELA],
        "bright spots": [
            one.label
            for viewer in (anna, LEADER)
            for one in bright_spots(database, viewer)
            if one.teacher_id == BELA
        ],
        "wall": [
            one.label
            for member in (ANNA, BELA)
            for one in bright_spots_of_team(database, seated(database, member), anna.team_ids[0])
        ],
    }


def test_what_a_look_newly_finds_closes_and_shows_nothing_before_she_has_seen_it(
    district: Database, inquiry_id: str, attempts: Attempts
) -> None:
    bela = seated(district, BELA)
    hers = rows_of(BELA, TOLD, shift=24.0)
    add(district, bela, *hers, *of_second_class([*rows_of(BELA, ["Start"]), *hers]))
    before = of_bela(district, inquiry_id)
    assert "D1" in before["Seek"]
    assert before["bright spots"] == []
    scan_and_store(district, LOCAL_STEWARD)
    assert own_results(district, bela)[0].label in SHOWN_BY_CONSENT
    for where, read in of_bela(district, inquiry_id).items():
        attempts.judge(read != before[where], f"{where} around the look")
    assert [one.teacher_id for one in bright_spots(district, bela)] == [BELA]
    with district.write() as cursor:
        cursor.execute("delete from own_result_opened where teacher_id = $bela", {"bela": BELA}).fetchall()
    assert open_in_seek(district, inquiry_id) != before["Seek"], "closed, it would be noticed"
    open_own_result(district, bela)
    assert open_in_seek(district, inquiry_id) == before["Seek"]
    named = [*bright_spots(district, seated(district, ANNA)), *bright_spots(district, LEADER)]
    assert [one.teacher_id for one in named] == [BELA, BELA]
