"""HTML, Markdown, icons and formulas in every word: pages show them as words.

Every page of every seat is drawn from a district in which each text is an attack. Whatever Streamlit would
read as Markdown holds the attack escaped or not at all; what it shows as text may hold it as it is.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.meetings import go_to_step, start_meeting
from plc.people import current_viewer
from plc.reports import (
    Report,
    board_page,
    effect_report,
    ilt_brief,
    meeting_report,
    own_record,
    practice_report,
)
from plc.ui import menu, session
from plc.ui.downloads import csv_bytes
from tests.pages.conftest import PATIENCE_SECONDS, App
from tests.security.attempts import Attempts
from tests.security.poison import ADDRESSES, ATTACK, MARK, poison
from tests.security.sent import shown, teacher_ids

# What the browser shows as text, draws, or keeps to itself. Any other field is taken for Markdown.
AS_TEXT: Final = frozenset({
    "Text.body", "Selectbox.options", "MultiSelect.options", "TextInput.default", "TextInput.value",
    "TextArea.default", "TextArea.value", "ArrowData.data", "VegaLiteChart.spec", "VegaLiteChart.alt",
    "Table.alt", "DataFrame.alt", "Block.id", "NamedDataSet.name", "DownloadButton.url", "PageLink.page",
    # Kept only where it is an address of a page (plc.practices.materials).
    "LinkButton.url",
})  # fmt: skip
MAY: Final = date(2026, 5, 1)
# Their own code writes what they are given as text; `test_components_write_text` holds them to it.
COMPONENTS: Final = "BidiComponent."
SEATS: Final = {
    "teacher": (Role.TEACHER, "T049", ()),
    "colleague": (Role.TEACHER, "T118", ()),
    "principal": (Role.PRINCIPAL, None, ("M1",)),
    "district": (Role.DISTRICT_LEADER, None, ()),
    "steward": (Role.STEWARD, None, ()),
}  # fmt: skip


@pytest.fixture(scope="module")
def poisoned(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("poisoned") / "plc.duckdb"
    shutil.copy2(sample_file, path)
    for key in sample_file.parent.glob("*.key"):
        shutil.copy2(key, path.parent / key.name)
    with Database(path) as database:
        poison(database)
    return path


@pytest.fixture
def app(make_app: Callable[[Path | None], App], poisoned: Path) -> App:
    return make_app(poisoned)


def taken_as_markup(at: AppTest) -> list[tuple[str, str]]:
    """Where a page would take the attack for more than words, and what stands there."""
    found = [
        (field, words[max(0, words.find(f"{MARK}<") - 40) :][:120])
        for field, words in shown(at._tree)
        if (f"{MARK}<" in words or any(each in words.replace("\\", "") for each in ADDRESSES))
        and field not in AS_TEXT
        and not field.endswith(".id")
        and not field.startswith(COMPONENTS)
    ]
    tables = [
        ("Table", str(column))
        for table in at.table
        for column, cells in table.value.astype(str).items()
        if f"{MARK}<" in f"{column} {' '.join(cells)} {' '.join(map(str, table.value.index))}"
    ]
    return found + tables


def holds_the_attack(at: AppTest) -> bool:
    return any(MARK in words for _, words in shown(at._tree))


@pytest.mark.parametrize("seat", SEATS)
def test_no_page_takes_words_for_more_than_words(app: App, attempts: Attempts, seat: str) -> None:
    role, teacher_id, school_ids = SEATS[seat]
    viewer = app.sit(role, teacher_id=teacher_id, school_ids=school_ids)
    at = app.start()
    with_words = 0
    for entry in menu.ENTRIES:
        if entry.permissions and not any(viewer.may(permission) for permission in entry.permissions):
            continue
        at.session_state[session.PRACTICE_CHOSEN] = "P1"
        at.switch_page(entry.path).run()
        assert not at.exception, entry.path
        with_words += holds_the_attack(at)
        attempts.judge(taken_as_markup(at), f"{entry.path} of a {seat}")
        attempts.judge(teacher_ids(at, own=teacher_id), f"ids on {entry.path} of a {seat}")
    assert with_words >= 5


def test_no_step_of_a_meeting_takes_words_for_more_than_words(app: App, attempts: Attempts) -> None:
    app.sit(Role.TEACHER, teacher_id="T049")
    database = app.open()
    viewer = current_viewer(database)
    meeting_id = start_meeting(database, viewer, "sample-team-1")
    with database.read() as cursor:
        steps = [row[0] for row in cursor.execute(
            "select step_key from meeting_step where meeting_id = $meeting order by step_order",
            {"meeting": meeting_id},
        ).fetchall()]  # fmt: skip
    seen = steps[0]
    for step in steps:
        if step != seen:
            go_to_step(database, viewer, meeting_id, step_key=step, seen=seen)
            seen = step
        for page in (menu.MEETING, menu.PROJECTOR):
            at = app.page(page)
            attempts.judge(taken_as_markup(at), f"{page} at {step}")
            attempts.judge(teacher_ids(at, own="T049"), f"ids on {page} at {step}")
    assert len(steps) >= 8


def test_every_view_of_a_card_and_an_inquiry_shows_words(app: App, attempts: Attempts) -> None:
    for teacher_id in ("T049", "T118"):
        app.sit(Role.TEACHER, teacher_id=teacher_id)
        for view in ("The practice", "What tests say", "Try it", "Ask and visit"):
            at = app.start()
            at.session_state[session.PRACTICE_CHOSEN] = "P1"
            at.session_state["practice.view"] = view
            at.switch_page(menu.PRACTICE).run()
            attempts.judge(at.exception or taken_as_markup(at), f"the card's {view}")


def reports(database: Database) -> Iterator[tuple[str, Report]]:
    facilitator = Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=("sample-team-1",))
    principal = Viewer(Role.PRINCIPAL, school_ids=("M1",), account_id="lead")
    yield "practice", practice_report(database, facilitator, "P1")
    yield "meeting", meeting_report(database, facilitator, "sample-meeting-3")
    yield "effect", effect_report(database, facilitator, "sample-test-running")
    yield "own record", own_record(database, facilitator)
    yield "brief", ilt_brief(database, principal, month=MAY)
    yield "board page", board_page(database, Viewer(Role.DISTRICT_LEADER), month=MAY)


def test_reports_on_paper_and_as_tables_hold_words(app: App, attempts: Attempts) -> None:
    for name, report in reports(app.open()):
        pdf = report.pdf()
        attempts.judge(not pdf.startswith(b"%PDF"), f"{name} fails")
        active = re.findall(rb"/JavaScript|/JS\b|/Launch|/URI\s*\(\s*javascript", pdf)
        attempts.judge(active, f"{name} runs something")
        attempts.judge(formulas(csv_bytes(report.frame())), f"{name} as a table")


def formulas(content: bytes) -> list[str]:
    cells = pd.read_csv(io.BytesIO(content), header=None, dtype=str, keep_default_na=False).to_numpy().ravel()
    return [cell for cell in map(str, cells) if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_components_write_text(attempts: Attempts) -> None:
    for path in (*Path("plc").rglob("*.js"), *Path("plc").rglob("*.py"), *Path("pages").rglob("*.py")):
        words = path.read_text(encoding="utf-8")
        ways = ("innerHTML", "insertAdjacentHTML", "outerHTML", "document.write", "unsafe_allow_html")
        attempts.judge([way for way in ways if way in words], str(path))
        # A style of our own, by its name.
        attempts.judge(re.findall(r"st\.html\((?!ASSETS / \"look\.css\"\)|[A-Z_]+\)).*", words), str(path))


def test_a_page_that_forgets_to_escape_would_be_noticed(app: App) -> None:
    """A check of the attack: the same words as Markdown, in a label, a hint and a table."""

    def forgetful(words: str) -> None:
        import streamlit as st

        st.markdown(words)
        st.button("x", help=words)
        st.radio("x", [words])
        st.table({"x": [words]})
        st.text(words)

    at = AppTest.from_function(forgetful, args=(f"{MARK}{ATTACK}",), default_timeout=PATIENCE_SECONDS).run()
    assert {field for field, _ in taken_as_markup(at)} >= {
        "Markdown.body",
        "Button.help",
        "Radio.options",
        "Table",
    }


def test_an_address_that_becomes_a_link_would_be_noticed() -> None:
    """A check of the attack: every mark escaped, and the browser still makes links of it."""

    def forgetful(words: str) -> None:
        import streamlit as st

        st.markdown("".join(f"\\{each}" if each in ":/@." else each for each in words))

    for address in ("https://evil.example/a", "www.evil.example", "eve@evil.example"):
        at = AppTest.from_function(forgetful, args=(address,), default_timeout=PATIENCE_SECONDS).run()
        assert {field for field, _ in taken_as_markup(at)} == {"Markdown.body"}


def test_an_id_in_a_key_would_be_noticed() -> None:
    """A check of the search: a colleague's id in the key of a box, the reader's own beside it."""

    def telling() -> None:
        import streamlit as st

        st.checkbox("Here", key="meeting.here.T146")
        st.checkbox("Here", key="meeting.here.T049")

    at = AppTest.from_function(telling, default_timeout=PATIENCE_SECONDS).run()
    assert teacher_ids(at, own="T049") == {("Checkbox.id", "T146")}
