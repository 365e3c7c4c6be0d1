"""The permission table, cell by cell: every role at every use case of every room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from plc.core.errors import NotAllowed
from plc.core.permissions import GRANTS, PERMISSIONS, Permission, Role
from plc.core.viewer import Viewer
from plc.database import Database
from tests.security.needs import NEEDS, OPEN
from tests.security.use_cases import made_up_arguments, use_cases

FOUND: Final = use_cases()
# What a refusal for want of permission says, and nothing else does.
REFUSAL: Final = "cannot do this"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with nothing in it: whether one may is asked before what there is."""
    with Database(tmp_path_factory.mktemp("cells") / "plc.duckdb") as database:
        yield database


def test_every_use_case_says_which_permission_it_asks_for() -> None:
    stated = set(NEEDS) | set(OPEN)
    assert set(FOUND) - stated == set(), "add these to tests/security/needs.py"
    assert stated - set(FOUND) == set(), "these are gone: take them out of tests/security/needs.py"


def test_every_permission_opens_something_and_somebody_has_it() -> None:
    assert {grant.permission for grant in GRANTS} == set(Permission)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(set(NEEDS) & set(FOUND)))
def test_a_role_without_the_permission_is_refused_and_one_with_it_is_not(
    empty: Database, name: str, role: Role
) -> None:
    use_case = FOUND[name]
    positional, named = made_up_arguments(use_case)
    refusal = ""
    try:
        use_case(empty, Viewer(role, teacher_id="somebody"), *positional, **named)
        outcome = "done"
    except NotAllowed as error:
        outcome, refusal = "refused", error.message
    except Exception:
        outcome = "stopped by something else"
    if PERMISSIONS[role].isdisjoint(NEEDS[name]):
        assert outcome == "refused"
        assert REFUSAL in refusal, refusal
    else:
        assert REFUSAL not in refusal


@pytest.mark.parametrize("name", sorted(set(NEEDS) & set(FOUND)))
def test_a_teacher_whose_classes_are_not_known_yet_uses_nothing_but_counts(
    empty: Database, name: str
) -> None:
    waiting = Viewer(Role.TEACHER, account_id="new")
    positional, named = made_up_arguments(FOUND[name])
    if Permission.PRACTICE_AREAS_READ in NEEDS[name]:
        return
    with pytest.raises(NotAllowed):
        FOUND[name](empty, waiting, *positional, **named)


def test_a_use_case_is_found_by_its_first_two_parameters_wherever_it_stands() -> None:
    rooms = {name.split(".")[1] for name in FOUND}
    folders = {path.parent.name for path in Path("plc").glob("*/__init__.py")}
    assert {"people", "results", "bright_spots", "growth"} <= rooms <= folders
