"""When a student falls behind, how often does she catch up? From two or more years of results.

*Behind* is below a cut: the one somebody stated for an assessment, or the district's own
yardstick. A *start* is a student at the end of a year; *caught up* is at or above the cut a
stated number of years later. A group's figure is set beside what its starts let one expect.
"""

from plc.growth.catch_up import catch_up, own_catch_up
from plc.growth.cuts import Scale, list_scales, state_cut
from plc.growth.figure_names import CATCH_UP
from plc.growth.records import (
    CatchUp,
    CatchUpRow,
    CurvePoint,
    Figure,
    HorizonRates,
    NamedTeacher,
    OwnCatchUp,
    SubjectCatchUp,
    Yardstick,
)
from plc.growth.releasing import release_catch_up

__all__ = [
    "CATCH_UP",
    "CatchUp",
    "CatchUpRow",
    "CurvePoint",
    "Figure",
    "HorizonRates",
    "NamedTeacher",
    "OwnCatchUp",
    "Scale",
    "SubjectCatchUp",
    "Yardstick",
    "catch_up",
    "list_scales",
    "own_catch_up",
    "release_catch_up",
    "state_cut",
]
