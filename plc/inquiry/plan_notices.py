"""What a plan says before it starts about who will read its figures, so that nobody is surprised later."""

from __future__ import annotations

from typing import Final

from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.inquiry.few_teachers import classes_behind, of_few, stand_alone
from plc.inquiry.test_reading import read_test
from plc.statistics.effect_designs import COMPARED, Design

SHARES: Final = (
    "Classes of this plan take part in another test at the same time. One figure less the other would tell of"
    " one class, so only the test whose results are there first shows figures; the other says only that its"
    " results are in. Other classes or other dates avoid it."
)
ALONE: Final = (
    "One teacher stands alone on a side, so a figure is nearly her own result: you read figures once she has"
    " opened her results to the team. With a second teacher on that side everyone reads them."
)
FEW: Final = (
    "Fewer than three teachers take part whose results you do not know: a figure would tell you a colleague's"
    " own class. You read in words where it points, until each has opened her results to the team."
)


def plan_notices(database: Database, viewer: Viewer, test_id: str) -> tuple[str, ...]:
    """Why this viewer would read the result of a plan in words alone; empty when she reads figures.

    Raises `NotFound` outside her teams.
    """
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        test = read_test(cursor, viewer, test_id)
        behind = classes_behind(cursor, viewer, [test_id])[test_id]
        ((shares,),) = cursor.execute(
            load_sql("inquiry", "shared_plans"),
            {"test_id": test_id, "team_ids": list(viewer.team_ids), "least_teachers": MINIMUM_TEACHERS},
        ).fetchall()
    said = [SHARES] if shares else []
    if test.design in COMPARED - {Design.STAGGERED} and not test.compared:
        # Who stands behind it is known once it is known what is compared with.
        return tuple(said)
    if stand_alone(behind):
        said.append(ALONE)
    elif of_few(behind):
        said.append(FEW)
    return tuple(said)
