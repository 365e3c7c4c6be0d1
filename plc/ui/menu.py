"""The menu: every page with its words and who may open it, one line each, in the order of the story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlparse

import streamlit as st

from plc.core.viewer import Permission, Role, Viewer
from plc.settings import load_settings

START, WHO, NOT_YOURS = "pages/home/start.py", "pages/home/who.py", "pages/home/not_yours.py"
FOR_YOU, MY_RECORD = "pages/home/for_you.py", "pages/home/my_record.py"
UPLOAD, HISTORY = "pages/results/upload.py", "pages/results/history.py"
MEASURES, INBOX = "pages/results/measures.py", "pages/results/inbox.py"
BRIGHT_SPOTS, MY_CLASSES = "pages/bright_spots/bright_spots.py", "pages/bright_spots/my_classes.py"
OUR_INQUIRY, SEEK = "pages/inquiry/our_inquiry.py", "pages/inquiry/seek.py"
DISCOVER, DECIDE = "pages/inquiry/discover.py", "pages/inquiry/decide.py"
CHECK_IN, RESULT = "pages/inquiry/check_in.py", "pages/inquiry/result.py"
CONFIRM, RETEACH = "pages/inquiry/confirm.py", "pages/inquiry/reteach.py"
LIBRARY, PRACTICE = "pages/practices/library.py", "pages/practices/practice.py"
SHARE, SHARE_CARD = "pages/practices/write_card.py", "pages/practices/share.py"
MY_TEAM = "pages/people/my_team.py"
WHO_LOOKED, ACCOUNTS = "pages/people/who_looked.py", "pages/admin/people.py"
AUDIT = "pages/admin/audit.py"
RETENTION, PRIVACY = "pages/admin/retention.py", "pages/admin/privacy.py"
STUDENT_NAMES = "pages/results/student_names.py"
MEETING, PROJECTOR = "pages/meeting/meeting.py", "pages/meeting/projector.py"
RECORDS, PROTOCOL = "pages/meeting/records.py", "pages/meeting/protocol.py"
BARRIERS = "pages/meeting/barriers.py"
SCHOOL_MONTH, SCHOOL_PRACTICES = "pages/school/month.py", "pages/school/practices.py"
STALLED, SCHOOL_BARRIERS = "pages/school/stalled.py", "pages/school/barriers.py"
MY_DECISIONS = "pages/school/decisions.py"
METHODS, CATCH_UP = "pages/bright_spots/methods.py", "pages/school/catch_up.py"

HOME: Final = ""
SHOWN: Final = "What students showed"
MEETINGS: Final = "Our meetings"
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
    Entry(HOME, FOR_YOU, "For you", "favorite", "for-you",
          "What only you are told, and the way from there to a practice that others try.",
          (Permission.OWN_RESULT_READ,)),
    Entry(HOME, MY_RECORD, "My record", "workspace_premium", "my-record",
          "What you shared, who tried it and what came of it. Only you can take it away.",
          (Permission.PRACTICE_EDIT,)),
    Entry(MEETINGS, MEETING, "This meeting", "groups", "meeting",
          "One click starts it; everybody sees the same step.", (Permission.MEETING_HOLD,)),
    Entry(MEETINGS, RECORDS, "What we decided", "gavel", "decisions",
          "Meetings that were held and every decision, found by a word.", (Permission.MEETING_HOLD,)),
    Entry(MEETINGS, BARRIERS, "In our way", "block", "barriers",
          "What you asked for, and the dated answers.", (Permission.BARRIER_ASK,)),
    Entry(MEETINGS, PROJECTOR, "On the wall", "cast", "wall",
          "The meeting in large type, for everybody in the room.", (Permission.MEETING_HOLD,), listed=False),
    Entry(MEETINGS, PROTOCOL, "Our steps", "edit_note", "steps",
          "The order, titles and minutes of your own meeting.", (Permission.MEETING_HOLD,), listed=False),
    Entry(INQUIRY, OUR_INQUIRY, "Our inquiry", "explore", "our-inquiry",
          "What your team works on, where it stands, and the next step.", (Permission.INQUIRY_READ,)),
    Entry(INQUIRY, SEEK, "Seek", "search", "seek",
          "What your team's results say, its students as one group first.",
          (Permission.INQUIRY_READ,), listed=False),
    Entry(INQUIRY, DISCOVER, "Discover", "travel_explore", "discover",
          "What is done differently in a bright-spot class, and whether typical classes do it too.",
          (Permission.INQUIRY_READ,), listed=False),
    Entry(INQUIRY, CONFIRM, "Confirm", "science", "confirm",
          "Plan a test: what you predict, who tries it, and what it could show.",
          (Permission.INQUIRY_READ,), listed=False),
    Entry(INQUIRY, CHECK_IN, "Did we do it?", "task_alt", "check-in",
          "Twenty seconds a week, for your team only.", (Permission.INQUIRY_READ,)),
    Entry(INQUIRY, RESULT, "What did it show?", "balance", "measured-effect",
          "A test's prediction beside its result, and how each number was made.",
          (Permission.INQUIRY_READ,), listed=False),
    Entry(INQUIRY, DECIDE, "Decide", "gavel", "decide",
          "Adopt, adapt, abandon or keep testing, with the reason.",
          (Permission.INQUIRY_READ,), listed=False),
    Entry(INQUIRY, RETEACH, "Reteach", "replay", "reteach",
          "A standard taught again to a group of your own class. Only you see it.",
          (Permission.RETEACH_PLAN,)),
    Entry(SHOWN, MY_CLASSES, "My classes", "person_heart", "my-classes",
          "What your own students showed. Only you see this page.", (Permission.OWN_RESULT_READ,)),
    Entry(SHOWN, BRIGHT_SPOTS, "Bright spots", "lightbulb", "bright-spots",
          "Classes whose students keep exceeding expectation, where their teachers agreed.",
          (Permission.BRIGHT_SPOTS_READ,)),
    Entry(SHOWN, CATCH_UP, "Catching up", "trending_up", "catching-up",
          "When a student falls behind, how often do they catch up?", (Permission.CATCH_UP_READ,)),
    Entry(SHOWN, METHODS, "How the numbers are made", "functions", "methods",
          "The method in plain words, what it can tell and what it cannot."),
    Entry(PRACTICES, LIBRARY, "Practice library", "menu_book", "practices",
          "What colleagues do, and what tests of it showed, failures included.", (Permission.PRACTICE_READ,)),
    Entry(PRACTICES, SHARE, "My practice cards", "edit_note", "my-cards",
          "Write down what you do, so that a colleague can try it.", (Permission.PRACTICE_EDIT,)),
    Entry(PRACTICES, PRACTICE, "A practice", "menu_book", "practice",
          "One practice with everything its tests showed.", (Permission.PRACTICE_READ,), listed=False),
    Entry(PRACTICES, SHARE_CARD, "Share a card", "share", "share-card",
          "Who sees your card, under what name, until when.", (Permission.PRACTICE_EDIT,), listed=False),
    Entry(SCHOOLS, SCHOOL_MONTH, "Month at a glance", "calendar_month", "month",
          "Are teams meeting, testing, learning?", (Permission.SCHOOL_REVIEW_READ,)),
    Entry(SCHOOLS, SCHOOL_PRACTICES, "Practices we need", "flag", "practices-we-need",
          "What helps somewhere, for our priorities and our courses.", (Permission.SCHOOL_REVIEW_READ,)),
    Entry(SCHOOLS, STALLED, "Who needs help", "volunteer_activism", "who-needs-help",
          "Teams whose inquiry stands still, the reason, and what you can give.",
          (Permission.SCHOOL_REVIEW_READ,)),
    Entry(SCHOOLS, SCHOOL_BARRIERS, "In their way", "block", "in-their-way",
          "What teams asked for, who can remove it, and the dated answers.", (Permission.BARRIER_ANSWER,)),
    Entry(SCHOOLS, MY_DECISIONS, "My three decisions", "checklist", "my-decisions",
          "At most three, with dates, carried on until they are done.", (Permission.SCHOOL_REVIEW_READ,)),
    Entry(RESULTS, UPLOAD, "Upload results", "upload_file", "upload",
          "Drop a results file, see what was recognised, confirm.", (Permission.RESULTS_UPLOAD,)),
    Entry(RESULTS, HISTORY, "All uploads", "history", "uploads",
          "Every file that came in, with its counts. Undo is one click.", (Permission.RESULTS_UPLOAD,)),
    Entry(RESULTS, MEASURES, "What our assessments are for", "straighten", "assessments",
          "What each is for, what it cannot tell, and which versions count together.",
          (Permission.RESULTS_UPLOAD,)),
    Entry(RESULTS, INBOX, "Inbox", "inbox", "inbox",
          "What a nightly job put in, and what became of it.", (Permission.RESULTS_UPLOAD,)),
    Entry(PEOPLE, MY_TEAM, "Our team", "groups", "our-team",
          "Who is in your team, how you work, who is asked to join.", (Permission.TEAM_READ,)),
    Entry(PEOPLE, WHO_LOOKED, "Who looked", "visibility", "who-looked",
          "Who looked at anything about you, and what was refused.", (Permission.AUDIT_READ_OWN,)),
    Entry(PEOPLE, ACCOUNTS, "People and roles", "manage_accounts", "people",
          "Invite people, say which teacher an account is, give and end roles, remove.",
          (Permission.ACCOUNT_MANAGE,)),
    Entry(PEOPLE, AUDIT, "Audit", "policy", "audit",
          "Whether the record of who looked at what is whole.", (Permission.AUDIT_VERIFY,)),
    Entry(PEOPLE, RETENTION, "How long data stays", "hourglass_bottom", "retention",
          "What is kept how long and why; school years to delete; copies of the database.",
          (Permission.RETENTION_MANAGE,)),
    Entry(PEOPLE, PRIVACY, "Privacy", "shield_person", "privacy",
          "One student's data on request, releases, and the key of student ids.",
          (Permission.RETENTION_MANAGE,)),
    Entry(RESULTS, STUDENT_NAMES, "Names of my students", "badge", "names",
          "Names of your own students, for your eyes only, where the district allows it.",
          (Permission.OWN_RESULT_READ,), listed=load_settings().student_names),
)
# fmt: on


def entries_of(viewer: Viewer) -> list[Entry]:
    """The pages this viewer may open, in order."""
    if viewer.role is Role.NOBODY:
        return []
    return [
        entry for entry in ENTRIES if not entry.permissions or any(viewer.may(p) for p in entry.permissions)
    ]


def asked_address() -> str:
    """The address of the page that the browser shows or asked for; empty at the root."""
    return urlparse(st.context.url or "").path.rpartition("/")[2]


def is_known(address: str, *, viewer: Viewer | None = None) -> bool:
    """Whether a page of the menu has this address; of the viewer's own pages where one is named."""
    return any(entry.address == address for entry in (ENTRIES if viewer is None else entries_of(viewer)))


def menu(viewer: Viewer) -> dict[str, list[st.Page]]:
    """The pages of this viewer, by section; at the addresses of others a page that says so.

    Before anyone sat down the question who is looking stands at every address, so that the page that was
    asked for opens with its answer.
    """
    nobody = viewer.role is Role.NOBODY
    who = _question("who", visible=nobody)
    start = st.Page(
        START,
        title="Start",
        icon=":material/home:",
        url_path="",
        default=True,
        visibility="hidden" if nobody else "visible",
        help="What to do next.",
    )
    # The page that opens first has no address but the root; who types its name finds it all the same.
    by_name = st.Page(_open_start, title="Start", url_path="start", visibility="hidden")
    sections: dict[str, list[st.Page]] = {HOME: [start, who, by_name]}
    own = entries_of(viewer)
    elsewhere = _question if nobody else _not_yours
    sections[HOME] += [elsewhere(entry.address) for entry in ENTRIES if entry not in own]
    for entry in own:
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


def _question(address: str, *, visible: bool = False) -> st.Page:
    return st.Page(
        WHO,
        title="Who is looking?",
        icon=":material/person:",
        url_path=address,
        visibility="visible" if visible else "hidden",
        help="Say who you are, once. It decides what these pages show.",
    )


def _not_yours(address: str) -> st.Page:
    return st.Page(NOT_YOURS, title="Not part of your seat", url_path=address, visibility="hidden")


def _open_start() -> None:
    st.switch_page(START)
