"""What a viewer may do, by default nothing."""

import pytest

from plc.core.errors import NotAllowed
from plc.core.viewer import PERMISSIONS, Permission, Role, Viewer


def test_nobody_may_do_nothing() -> None:
    assert not any(Viewer().may(permission) for permission in Permission)


def test_every_role_has_its_permissions_stated() -> None:
    assert set(PERMISSIONS) == set(Role)


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.STEWARD])
def test_only_a_teacher_has_an_own_result(role: Role) -> None:
    with pytest.raises(NotAllowed):
        Viewer(role, teacher_id="T1").own_teacher_id(Permission.OWN_RESULT_READ)


def test_a_teacher_who_has_not_chosen_her_classes_is_told_to() -> None:
    with pytest.raises(NotAllowed, match="Choose which classes are yours"):
        Viewer(Role.TEACHER).own_teacher_id(Permission.OWN_RESULT_READ)


def test_a_principal_loads_no_results() -> None:
    with pytest.raises(NotAllowed):
        Viewer(Role.PRINCIPAL).require(Permission.RESULTS_UPLOAD)
