"""What a browser session remembers: ids, choices and small drafts, one key and one pair of functions each."""

from __future__ import annotations

from typing import Any, Final, NoReturn, TypeVar

import streamlit as st

SHELL_RAN: Final = "plc.shell.ran"
UPLOAD_DRAFT: Final = "plc.results.draft"
UPLOADER_ROUND: Final = "plc.results.uploader_round"
UPLOAD_DONE: Final = "plc.results.done"
FINDING_WORDS: Final = "plc.results.finding_words"
NOTICE: Final = "plc.shell.notice"
DESTINATION: Final = "plc.shell.destination"
PRACTICE_CHOSEN: Final = "plc.practices.chosen"
MEETING_FOLLOWED: Final = "plc.meeting.followed"
RECORD_CHOSEN: Final = "plc.meeting.record"
INQUIRY_CHOSEN: Final = "plc.inquiry.chosen"
TEST_CHOSEN: Final = "plc.inquiry.test"
PLAN_STEP: Final = "plc.inquiry.plan_step"
WORDING_CONFLICT: Final = "plc.inquiry.wording_conflict"
REMOVED: Final = "plc.inquiry.removed"
SEEN: Final = "plc.inquiry.seen"
TIMES_KEPT: Final = "plc.inquiry.times_kept"
STEPS_BEGUN: Final = "plc.meeting.steps_begun"
BY_HAND: Final = "plc.reteach.by_hand"
# A version of what a form holds: a number, or words where another thing may have taken its place.
V = TypeVar("V", int, str)


def forget_everything() -> None:
    """Somebody else sits down: nothing that was written, chosen or opened in this window is hers."""
    for key in list(st.session_state):
        del st.session_state[key]


def mark_shell_ran() -> None:
    """Said by app.py just before the page runs."""
    st.session_state[SHELL_RAN] = True


def take_shell_ran() -> bool:
    """Whether app.py ran in this rerun; the mark is used up, so that it cannot serve a later one."""
    return bool(st.session_state.pop(SHELL_RAN, False))


def draft_upload() -> str | None:
    """The id of the upload being looked at."""
    upload_id: str | None = st.session_state.get(UPLOAD_DRAFT)
    return upload_id


def keep_draft_upload(upload_id: str) -> None:
    """Remember the upload being looked at, and forget the one finished before."""
    st.session_state[UPLOAD_DRAFT] = upload_id
    st.session_state.pop(UPLOAD_DONE, None)


def forget_draft_upload() -> None:
    """No upload is being looked at."""
    st.session_state.pop(UPLOAD_DRAFT, None)


def uploader_key() -> str:
    """The uploader's widget key; a new one drops the file it held in memory."""
    return f"upload.file.{st.session_state.get(UPLOADER_ROUND, 0)}"


def drop_uploaded_file() -> None:
    """Let the browser's file go from memory."""
    st.session_state[UPLOADER_ROUND] = st.session_state.get(UPLOADER_ROUND, 0) + 1


def finished_upload() -> str | None:
    """The id of the upload just confirmed."""
    finished: str | None = st.session_state.get(UPLOAD_DONE)
    return finished


def keep_finished_upload(upload_id: str | None) -> None:
    """Remember the upload just confirmed, or none."""
    if upload_id is None:
        st.session_state.pop(UPLOAD_DONE, None)
    else:
        st.session_state[UPLOAD_DONE] = upload_id


def finding_words() -> str | None:
    """What the scan after the upload just confirmed found, in words."""
    words: str | None = st.session_state.get(FINDING_WORDS)
    return words


def keep_finding_words(words: str) -> None:
    """Remember what the scan after the upload just confirmed found."""
    st.session_state[FINDING_WORDS] = words


def leave_notice(words: str) -> None:
    """A sentence the next page shows once."""
    st.session_state[NOTICE] = words


def take_notice() -> str | None:
    """The sentence left for this page, once."""
    notice: str | None = st.session_state.pop(NOTICE, None)
    return notice


def go_to(page: str | None) -> NoReturn:
    """Rerun the shell and then open a page, which may be one that only the new viewer has; None: the page at
    the address as it is, with what the address asks of it."""
    st.session_state[DESTINATION] = page
    st.rerun()


def take_destination() -> str | None:
    """The page to open in this rerun, once."""
    destination: str | None = st.session_state.pop(DESTINATION, None)
    return destination


def chosen_inquiry() -> str | None:
    """The id of the inquiry the pages are about."""
    inquiry_id: str | None = st.session_state.get(INQUIRY_CHOSEN)
    return inquiry_id


def choose_inquiry(inquiry_id: str | None) -> None:
    """Remember which inquiry the pages are about, or none."""
    if inquiry_id is None:
        st.session_state.pop(INQUIRY_CHOSEN, None)
    else:
        st.session_state[INQUIRY_CHOSEN] = inquiry_id


def wording_conflict(inquiry_id: str) -> dict[str, Any] | None:
    """The viewer's own words of an inquiry that met a colleague's, until they are put together."""
    every: dict[str, dict[str, Any]] = st.session_state.get(WORDING_CONFLICT, {})
    return every.get(inquiry_id)


def keep_wording_conflict(inquiry_id: str, conflict: dict[str, Any] | None) -> None:
    """Remember words of an inquiry that met a colleague's, or forget them."""
    every: dict[str, dict[str, Any]] = st.session_state.setdefault(WORDING_CONFLICT, {})
    every.pop(inquiry_id, None)
    if conflict is not None:
        every[inquiry_id] = conflict


def followed_meeting() -> str | None:
    """The meeting this screen last showed running."""
    meeting_id: str | None = st.session_state.get(MEETING_FOLLOWED)
    return meeting_id


def follow_meeting(meeting_id: str | None) -> None:
    """Remember the meeting this screen shows, or none."""
    st.session_state[MEETING_FOLLOWED] = meeting_id


def chosen_record() -> str | None:
    """The meeting whose record is open."""
    meeting_id: str | None = st.session_state.get(RECORD_CHOSEN)
    return meeting_id


def choose_record(meeting_id: str | None) -> None:
    """Open the record of a meeting, or go back to the list."""
    st.session_state[RECORD_CHOSEN] = meeting_id


def chosen_test() -> str | None:
    """The id of the test the pages are about."""
    test_id: str | None = st.session_state.get(TEST_CHOSEN)
    return test_id


def choose_test(test_id: str | None) -> None:
    """Remember which test the pages are about, or none."""
    if test_id is None:
        st.session_state.pop(TEST_CHOSEN, None)
    else:
        st.session_state[TEST_CHOSEN] = test_id


def plan_step() -> int:
    """Which question of a plan is being asked, from 0."""
    return int(st.session_state.get(PLAN_STEP, 0))


def go_to_plan_step(step: int) -> None:
    """Ask another question of the plan."""
    st.session_state[PLAN_STEP] = step


def chosen_practice() -> str | None:
    """The id of the practice card the pages are about."""
    practice_id: str | None = st.session_state.get(PRACTICE_CHOSEN)
    return practice_id


def choose_practice(practice_id: str | None) -> None:
    """Remember which practice card the pages are about, or none."""
    if practice_id is None:
        st.session_state.pop(PRACTICE_CHOSEN, None)
    else:
        st.session_state[PRACTICE_CHOSEN] = practice_id


def removed() -> tuple[str, str] | None:
    """The inquiry and the practice last taken off it, so that it can be put back."""
    taken_off: tuple[str, str] | None = st.session_state.get(REMOVED)
    return taken_off


def keep_removed(taken_off: tuple[str, str] | None) -> None:
    """Remember what was taken off, or forget it."""
    if taken_off is None:
        st.session_state.pop(REMOVED, None)
    else:
        st.session_state[REMOVED] = taken_off


def seen_of(form: str, now: V) -> V:
    """The version a form began from, kept while it is open; at first the one stored now."""
    begun: dict[str, V] = st.session_state.setdefault(SEEN, {})
    return begun.setdefault(form, now)


def keep_seen_of(form: str, version: int | str) -> None:
    """Remember another version a form goes on from."""
    begun: dict[str, int | str] = st.session_state.setdefault(SEEN, {})
    begun[form] = version


def times_kept(form: str) -> int:
    """How often a form that adds something was kept: part of its boxes' keys, so they empty only then."""
    kept: dict[str, int] = st.session_state.get(TIMES_KEPT, {})
    return kept.get(form, 0)


def count_kept(form: str) -> None:
    """A form that adds something was kept once more."""
    kept: dict[str, int] = st.session_state.setdefault(TIMES_KEPT, {})
    kept[form] = kept.get(form, 0) + 1


def steps_begun(form: str) -> dict[str, Any] | None:
    """The version and steps that a table of a meeting's steps was filled from."""
    begun: dict[str, dict[str, Any]] = st.session_state.get(STEPS_BEGUN, {})
    return begun.get(form)


def keep_steps_begun(form: str, begun: dict[str, Any] | None) -> None:
    """Remember what a table of steps was filled from; None lets the next look fill it anew."""
    every: dict[str, dict[str, Any]] = st.session_state.setdefault(STEPS_BEGUN, {})
    every.pop(form, None)
    if begun is not None:
        every[form] = begun


def by_hand(group: str) -> dict[str, bool]:
    """Who was added to a group by hand (True) or taken out of it (False), by code."""
    every: dict[str, dict[str, bool]] = st.session_state.get(BY_HAND, {})
    return every.get(group, {})


def keep_by_hand(group: str, codes: dict[str, bool]) -> None:
    """Remember who was added to a group or taken out of it by hand."""
    every: dict[str, dict[str, bool]] = st.session_state.setdefault(BY_HAND, {})
    every[group] = codes
