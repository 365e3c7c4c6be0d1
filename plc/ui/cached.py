"""Everything pages remember between reruns.

A key is what was asked, who asks, and the *state* of the data: its version, the latest scan and
today's date (consent ends by date). A change of any of them is a new key; nothing is ever cleared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from plc.bright_spots import (
    Finding,
    ScanHeadline,
    bright_spots,
    latest_scan,
    newest_scan_key,
    own_results,
    practice_areas,
)
from plc.bright_spots.own_evidence import (
    Overlap,
    OwnEvidence,
    funnel_bands,
    overlaps,
    own_evidence,
    predictions,
)
from plc.bright_spots.prediction import Prediction
from plc.bright_spots.team_spots import TeamSpot, bright_spots_of_team
from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry import Inquiry
from plc.inquiry.effect_download import test_cells_download
from plc.inquiry.seek import seek_view
from plc.inquiry.seek_records import SeekView
from plc.inquiry.test_reading import course_measures
from plc.inquiry.test_records import MeasureSpread
from plc.people import (
    RosterTeacher,
    TeamAgreement,
    holds_sample_district,
    list_courses,
    list_schools,
    list_teachers,
    own_team_agreements,
)
from plc.people.looks import note_look
from plc.practices import OwnCard, own_cards
from plc.practices.waiting import Waiting, waiting
from plc.results import UploadSummary, list_uploads

# Answers kept per function: some hundred viewers with a few filters each, all of them smaller than 50 kB.
ENTRIES: Final = 500


@dataclass(frozen=True, slots=True)
class State:
    """What a cached answer depends on besides the question."""

    data_version: int
    scan_key: int
    today: date


def state(database: Database, viewer: Viewer) -> State:
    """The state of the data now: two look-ups in tables of a few rows, none over results."""
    with database.read() as cursor:
        scan_key = newest_scan_key(cursor)
    return State(data_version=database.data_version(), scan_key=scan_key, today=clock.now().date())


def shown_findings(
    database: Database,
    viewer: Viewer,
    state: State,
    *,
    subject: str | None = None,
    grade: int | None = None,
    school_year: int | None = None,
    standard: str | None = None,
) -> list[Finding]:
    """The bright spots this viewer may see; each look is kept in the audit, remembered answer or not."""
    found = _shown_findings(
        database, viewer, state, subject=subject, grade=grade, school_year=school_year, standard=standard
    )
    note_look(database, viewer, "bright spots", [finding.teacher_id for finding in found])
    return found


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _shown_findings(
    _database: Database,
    viewer: Viewer,
    state: State,
    *,
    subject: str | None = None,
    grade: int | None = None,
    school_year: int | None = None,
    standard: str | None = None,
) -> list[Finding]:
    return bright_spots(
        _database, viewer, subject=subject, grade=grade, school_year=school_year, standard=standard
    )


def team_spots(
    database: Database, viewer: Viewer, state: State, team_id: str, *, subject: str | None, grade: int | None
) -> list[TeamSpot]:
    """The bright spots a team may read together; each look is kept in the audit, remembered answer or not."""
    spots = _team_spots(database, viewer, state, team_id, subject=subject, grade=grade)
    note_look(database, viewer, "bright spots", [spot.teacher_id for spot in spots])
    return spots


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _team_spots(
    _database: Database, viewer: Viewer, state: State, team_id: str, *, subject: str | None, grade: int | None
) -> list[TeamSpot]:
    return bright_spots_of_team(_database, viewer, team_id, subject=subject, grade=grade)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def own_findings(_database: Database, viewer: Viewer, state: State) -> list[Finding]:
    """The viewer's own results."""
    return own_results(_database, viewer)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def headline(_database: Database, viewer: Viewer, state: State) -> ScanHeadline | None:
    """What anybody may know of the latest scan."""
    return latest_scan(_database, viewer)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def areas(_database: Database, viewer: Viewer, state: State) -> pd.DataFrame:
    """Practice areas with enough teachers to be counted without naming anyone."""
    return practice_areas(_database, viewer)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def roster_teachers(_database: Database, data_version: int) -> list[RosterTeacher]:
    """Every teacher one can say to be."""
    return list_teachers(_database)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def roster_teacher(_database: Database, data_version: int, teacher_id: str) -> RosterTeacher | None:
    """One of them."""
    known = (each for each in roster_teachers(_database, data_version) if each.teacher_id == teacher_id)
    return next(known, None)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def sample_district(_database: Database, data_version: int) -> bool:
    """Whether the sample district is loaded."""
    return holds_sample_district(_database)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def agreements(_database: Database, viewer: Viewer, *, data_version: int, today: date) -> list[TeamAgreement]:
    """The agreements in force that the viewer said yes to."""
    return own_team_agreements(_database, viewer)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def waiting_practices(_database: Database, viewer: Viewer, *, data_version: int, today: date) -> Waiting:
    """What waits for the viewer in the library: whatever changes it raises the data version."""
    return waiting(_database, viewer)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def own_practices(_database: Database, viewer: Viewer, *, data_version: int, today: date) -> list[OwnCard]:
    """The viewer's own cards: whatever changes them raises the data version."""
    return own_cards(_database, viewer)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def roster_schools(_database: Database, data_version: int) -> list[tuple[str, str]]:
    """Every school one can say to lead."""
    return list_schools(_database)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def courses(_database: Database, data_version: int) -> list[tuple[str, int]]:
    """Every course, as subject and grade."""
    return list_courses(_database)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def effect_tables(_database: Database, viewer: Viewer, state: State, test_id: str) -> dict[str, pd.DataFrame]:
    """What a team may take away of one of its tests."""
    return test_cells_download(_database, viewer, test_id)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def measures_of(
    _database: Database, viewer: Viewer, state: State, inquiry_id: str, *, standard_id: str | None
) -> list[MeasureSpread]:
    """The assessments of an inquiry's course, with what one SD is in points."""
    return course_measures(_database, viewer, inquiry_id, standard_id=standard_id)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def evidence(_database: Database, viewer: Viewer, state: State) -> dict[str, OwnEvidence]:
    """What the viewer's own figures are made of, by subject."""
    return own_evidence(_database, viewer)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def bands(_database: Database, viewer: Viewer, state: State) -> dict[str, pd.DataFrame]:
    """The bands of the funnel, by subject."""
    return funnel_bands(_database, viewer)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def checks(_database: Database, viewer: Viewer, state: State) -> tuple[list[Prediction], list[Overlap]]:
    """What the latest scan says of itself."""
    return predictions(_database, viewer), overlaps(_database, viewer)


def seek(
    database: Database,
    viewer: Viewer,
    state: State,
    found: Inquiry,
    *,
    standard_id: str | None = None,
    on_the_wall: bool = False,
) -> SeekView:
    """What Seek shows this viewer of an inquiry, anew with every wording of it; looks at classes are kept."""
    view = _seek(
        database, viewer, state, found.inquiry_id, version=found.version, standard_id=standard_id,
        on_the_wall=on_the_wall,
    )  # fmt: skip
    note_look(database, viewer, "team classes", [each for line in view.classes for each in line.teacher_ids])
    return view


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _seek(
    _database: Database,
    viewer: Viewer,
    state: State,
    inquiry_id: str,
    *,
    version: int,
    standard_id: str | None,
    on_the_wall: bool,
) -> SeekView:
    return seek_view(_database, viewer, inquiry_id, standard_id=standard_id, on_the_wall=on_the_wall)


def uploads(database: Database, viewer: Viewer) -> list[UploadSummary]:
    """Every upload, uncached: staging one does not raise the data version."""
    return list_uploads(database, viewer)


def results_changed_since_scan(database: Database, viewer: Viewer, state: State) -> bool:
    """Whether an upload was confirmed or undone after the latest scan, as far as the viewer may know."""
    if not viewer.may(Permission.UPLOADS_READ):
        return False
    return _changed_since(database, viewer, state.data_version, state.scan_key)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _changed_since(_database: Database, _viewer: Viewer, data_version: int, scan_key: int) -> bool:
    headline = latest_scan(_database, _viewer)
    if headline is None:
        return False
    changes = [upload.undone_at or upload.confirmed_at for upload in list_uploads(_database, _viewer)]
    return any(change is not None and change > headline.finished_at for change in changes)
