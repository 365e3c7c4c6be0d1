"""The menu: every page with its words and who may open it, one line each, in the order of the story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Role, Viewer

START, WHO = "pages/home/start.py", "pages/home/who.py"
UPLOAD, HISTORY = "pages/results/upload.py", "pages/results/history.py"
MEASURES, INBOX = "pages/results/measures.py", "pages/results/inbox.py"
BRIGHT_SPOTS, MY_CLASSES = "pages/bright_spots/bright_spots.py", "pages/bright_spots/my_classes.py"
OUR_INQUIRY, SEEK = "pages/inquiry/our_inquiry.py", "pages/inquiry/seek.py"
DISCOVER, DECIDE = "pages/inquiry/discover.py", "pages/inquiry/decide.py"
CONFIRM, RETEACH = "pages/inquiry/confirm.py", "pages/inquiry/reteach.py"
SHARE, MY_TEAM = "pages/practices/card.py", "pages/people/my_team.py"
METHODS, CATCH_UP = "pages/bright_spots/methods.py", "pages/school/catch_up.py"

SHOWN: Final = "What students showed"
INQUIRY: Final = "Our inquiry"
PRACTICES: Final = "Practices"
SCHOOLS: Final = "Across schools"
RESULTS: Final = "Results"
PEOPLE: Final = "People"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its section, file, title, icon, address, help, and the permissions of which one suffices.

    No permission named: everybody with a seat. `listed` False: reached by a link or an address only.
    """

    section: str
    path: str
    title: str
    icon: str
    address: str
    help: str
    permissions: tuple[Permission, ...] = ()
    listed: bool = True


# fmt: off
ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(SHOWN, MY_CLASSES, "My classes", "person_heart", "my-classes",
          "What your own students showed. Only you see this page.", (Permission.OWN_RESULT_READ,)),
    Entry(SHOWN, BRIGHT_SPOTS, "Bright spots", "lightbulb", "bright-spots",
          "Classes whose students keep exceeding expectation, where their teachers agreed.",
          (Permission.BRIGHT_SPOTS_READ,)),
    Entry(SHOWN, CATCH_UP, "Catching up", "trending_up", "catching-up",
          "When a student falls behind, how often do they catch up?", (Permission.CATCH_UP_READ,)),
    Entry(SHOWN, METHODS, "How the numbers are made", "functions", "methods",
          "The method in plain words, what it can tell and what it cannot."),
    Entry(INQUIRY, OUR_INQUIRY, "Our inquiry", "explore", "our-inquiry",
          "What your team works on, where it stands, and the next step.", (Permission.INQUIRY_READ,)),
    Entry(INQUIRY, SEEK, "Seek", "search", "seek",
          "What your team's results say, its students as one group first.", (Permission.INQUIRY_READ,)),
    Entry(RESULTS, UPLOAD, "Upload results", "upload_file", "upload",
          "Drop a results file, see what was recognised, confirm.", (Permission.RESULTS_UPLOAD,)),
    Entry(RESULTS, HISTORY, "All uploads", "history", "uploads",
          "Every file that came in, with its counts. Undo is one click.", (Permission.RESULTS_UPLOAD,)),
    Entry(RESULTS, MEASURES, "What our assessments are for", "straighten", "assessments",
          "What each is for, what it cannot tell, and which versions count together.",
          (Permission.RESULTS_UPLOAD,)),
    Entry(RESULTS, INBOX, "Inbox", "inbox", "inbox",
          "What a nightly job put in, and what became of it.", (Permission.RESULTS_UPLOAD,)),
)
# fmt: on


def entries_of(viewer: Viewer) -> list[Entry]:
    """The pages this viewer may open, in order."""
    if viewer.role is Role.NOBODY:
        return []
    return [
        entry for entry in ENTRIES if not entry.permissions or any(viewer.may(p) for p in entry.permissions)
    ]


def menu(viewer: Viewer) -> dict[str, list[st.Page]]:
    """The pages of this viewer, by section; before anyone sat down only the question who is looking."""
    nobody = viewer.role is Role.NOBODY
    who = st.Page(
        WHO,
        title="Who is looking?",
        icon=":material/person:",
        url_path="who",
        visibility="visible" if nobody else "hidden",
        help="Say who you are, once. It decides what these pages show.",
    )
    start = st.Page(
        START,
        title="Start",
        icon=":material/home:",
        url_path="start",
        default=True,
        visibility="hidden" if nobody else "visible",
        help="What to do next.",
    )
    sections: dict[str, list[st.Page]] = {"": [start, who]}
    for entry in entries_of(viewer):
        sections.setdefault(entry.section, []).append(
            st.Page(
                entry.path,
                title=entry.title,
                icon=f":material/{entry.icon}:",
                url_path=entry.address,
                help=entry.help,
                visibility="visible" if entry.listed else "hidden",
            )
        )
    return sections
