"""Catching up as read by somebody who sits in more than one seat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plc.core.viewer import Viewer
from plc.database import Database
from plc.growth import catch_up
from tests.unit.growth.test_catch_up import STEWARD, principal
from tests.unit.growth.test_catch_up import usual as usual


@pytest.mark.parametrize("leader", [principal("School 01"), STEWARD])
def test_who_teaches_as_well_reads_no_school(usual: Database, leader: Viewer) -> None:
    assert catch_up(usual, leader).schools
    assert catch_up(usual, replace(leader, also_teacher_id="T003")).schools == ()
    assert catch_up(usual, replace(leader, also_teacher_id="T003")).subjects
