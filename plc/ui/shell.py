"""What stands around every page: the menu, who is looking, and what this copy is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.people import TeamAgreement, holds_sample_district, own_team_agreement
from plc.ui import cached, text

PRODUCT: Final = "PLC bright spots"
ASSETS: Final = Path(__file__).parent / "assets"
START, WHO = "pages/home/start.py", "pages/home/who.py"
UPLOAD, HISTORY = "pages/results/upload.py", "pages/results/history.py"
MEASURES = "pages/results/measures.py"
INBOX = "pages/results/inbox.py"
BRIGHT_SPOTS, MY_CLASSES = "pages/bright_spots/bright_spots.py", "pages/bright_spots/my_classes.py"
METHODS = "pages/bright_spots/methods.py"
CATCH_UP = "pages/school/catch_up.py"

ROLE_NAMES: dict[Role, str] = {
    Role.NOBODY: "Nobody yet",
    Role.TEACHER: "Teacher",
    Role.FACILITATOR: "Facilitator of a team",
    Role.PRINCIPAL: "Principal",
    Role.STEWARD: "Data steward",
}

UNPROTECTED: Final = (
    ":material/lock_open: **Unprotected copy, only on this computer.**"
    " Whoever opens it can say they are anyone."
)
SAMPLE: Final = ":material/science: **Sample district**: people, schools and results are made up."


def menu(viewer: Viewer) -> dict[str, list[st.Page]]:
    """The pages of this viewer, by section; before anyone sat down only the question who is looking."""
    who = st.Page(
        WHO,
        title="Who is looking?",
        icon=":material/person:",
        url_path="who",
        visibility="visible" if viewer.role is Role.NOBODY else "hidden",
        help="Say who you are, once. It decides what these pages show.",
    )
    start = st.Page(
        START,
        title="Start",
        icon=":material/home:",
        url_path="start",
        default=True,
        visibility="hidden" if viewer.role is Role.NOBODY else "visible",
        help="What to do next.",
    )
    if viewer.role is Role.NOBODY:
        return {"": [start, who]}
    sections: dict[str, list[st.Page]] = {"": [start, who]}
    learn = []
    if viewer.may(Permission.OWN_RESULT_READ):
        learn.append(
            st.Page(MY_CLASSES, title="My classes", icon=":material/person_heart:", url_path="my-classes",
                    help="What your own students showed. Only you see this page.")
        )  # fmt: skip
    if viewer.may(Permission.BRIGHT_SPOTS_READ):
        learn.append(
            st.Page(BRIGHT_SPOTS, title="Bright spots", icon=":material/lightbulb:", url_path="bright-spots",
                    help="Classes whose students keep exceeding expectation, where their teachers agreed.")
        )  # fmt: skip
    if viewer.may(Permission.CATCH_UP_READ):
        learn.append(
            st.Page(CATCH_UP, title="Catching up", icon=":material/trending_up:", url_path="catching-up",
                    help="When a student falls behind, how often do they catch up?")
        )  # fmt: skip
    learn.append(
        st.Page(METHODS, title="How the numbers are made", icon=":material/functions:", url_path="methods",
                help="The method in plain words, what it can tell and what it cannot.")
    )  # fmt: skip
    sections["What students showed"] = learn
    if viewer.may(Permission.RESULTS_UPLOAD):
        sections["Results"] = [
            st.Page(UPLOAD, title="Upload results", icon=":material/upload_file:", url_path="upload",
                    help="Drop a results file, see what was recognised, confirm."),
            st.Page(HISTORY, title="All uploads", icon=":material/history:", url_path="uploads",
                    help="Every file that came in, with its counts. Undo is one click."),
            st.Page(MEASURES, title="What our assessments are for", icon=":material/straighten:",
                    url_path="assessments",
                    help="What each is for, what it cannot tell, and which versions count together."),
            st.Page(INBOX, title="Inbox", icon=":material/inbox:", url_path="inbox",
                    help="What a nightly job put in, and what became of it."),
        ]  # fmt: skip
    return sections


def seat_words(database: Database, viewer: Viewer) -> tuple[str, str]:
    """Who is looking: a name or a role, and what goes with it."""
    if viewer.teacher_id is not None:
        teachers = cached.roster_teachers(database, database.data_version())
        known = {teacher.teacher_id: teacher for teacher in teachers}
        if teacher := known.get(viewer.teacher_id):
            return (
                teacher.name,
                f"{ROLE_NAMES[viewer.role]}, {teacher.teaches}" if teacher.teaches else teacher.name,
            )
        return viewer.teacher_id, ROLE_NAMES[viewer.role]
    if viewer.school_ids:
        schools = dict(cached.roster_schools(database, database.data_version()))
        return ROLE_NAMES[viewer.role], " and ".join(
            schools.get(school, school) for school in viewer.school_ids
        )
    words = (
        "Which classes are yours is not said yet"
        if viewer.role is Role.TEACHER
        else "Loads and checks results"
    )
    return ROLE_NAMES[viewer.role], words


def draw_sidebar(database: Database, viewer: Viewer) -> None:
    """Who is looking, her team, and the way to change it."""
    with st.sidebar:
        name, words = seat_words(database, viewer)
        with st.container(border=True, key="shell.seat"):
            text.aside("Looking as")
            st.markdown(f"**{text.plain(name)}**")
            text.aside(text.plain(words))
            if (team := _team(database, viewer)) is not None:
                until = f"until {team.until_on:%-d %B %Y}"
                text.aside(f":material/handshake: {text.plain(team.team_name)}, {until}")
            st.page_link(WHO, label="Look as someone else", icon=":material/switch_account:")


def _team(database: Database, viewer: Viewer) -> TeamAgreement | None:
    if not viewer.may(Permission.OWN_RESULT_READ):
        return None
    return own_team_agreement(database, viewer)


def draw_banner(database: Database) -> None:
    """What this copy is, on every page."""
    with st.container(key="shell.banner"):
        if holds_sample_district(database):
            text.aside(f"{SAMPLE} {UNPROTECTED}")
        else:
            text.aside(UNPROTECTED)
