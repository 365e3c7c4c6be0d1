"""What a night does where one of its steps cannot be done."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.stewardship import finishing
from plc.stewardship.finishing import is_unfinished
from plc.stewardship.snapshots import snapshot_folder
from plc.stewardship.students import erase_student
from plc.ui import nightly, runtime

HER = "00307"


def a_night() -> None:
    """Every step, as the server does them."""
    for step in nightly.EACH_NIGHT:
        with suppress(OSError):
            step()


def fail(*_: Any, **__: Any) -> None:
    raise OSError("the disk")


def copies(database: Database) -> int:
    folder = snapshot_folder(database.path)
    return len(list(folder.iterdir())) if folder.is_dir() else 0


@pytest.fixture
def half_erased(district: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A student is erased, and the server died before what came of her was."""
    with monkeypatch.context() as patch:
        patch.setattr(finishing, "_renew_derived", fail)
        with pytest.raises(OSError, match="the disk"):
            erase_student(district, LOCAL_STEWARD, HER, reason="request 7")
    monkeypatch.setattr(runtime, "database", lambda: district)
    return district


def test_an_erasure_is_finished_and_a_copy_made_though_the_folder_of_uploads_cannot_be_read(
    half_erased: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "remove_leftovers", fail)
    a_night()
    assert not is_unfinished(half_erased)
    assert copies(half_erased) == 1


def test_no_copy_is_made_while_something_of_an_erased_student_is_left(
    half_erased: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(finishing, "_renew_derived", fail)
        a_night()
    assert is_unfinished(half_erased)
    assert copies(half_erased) == 0
    a_night()
    assert copies(half_erased) == 1
