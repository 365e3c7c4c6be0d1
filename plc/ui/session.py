"""What a browser session remembers: ids, choices and small drafts, one key and one pair of functions each."""

from __future__ import annotations

from typing import Any, Final, NoReturn

import streamlit as st

SHELL_RAN: Final = "plc.shell.ran"
UPLOAD_DRAFT: Final = "plc.results.draft"
UPLOADER_ROUND: Final = "plc.results.uploader_round"
UPLOAD_DONE: Final = "plc.results.done"
FINDING_WORDS: Final = "plc.results.finding_words"
NOTICE: Final = "plc.shell.notice"
DESTINATION: Final = "plc.shell.destination"
INQUIRY_CHOSEN: Final = "plc.inquiry.chosen"
WORDING_DRAFT: Final = "plc.inquiry.wording_draft"
WORDING_CONFLICT: Final = "plc.inquiry.wording_conflict"


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


def go_to(page: str) -> NoReturn:
    """Rerun the shell and then open a page, which may be one that only the new viewer has."""
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


def wording_draft() -> tuple[str, int] | None:
    """The inquiry whose wording is being written, and the version the writing began from."""
    draft: tuple[str, int] | None = st.session_state.get(WORDING_DRAFT)
    return draft


def keep_wording_draft(inquiry_id: str, version: int) -> None:
    """Remember the version a form began from."""
    st.session_state[WORDING_DRAFT] = (inquiry_id, version)


def forget_wording_draft() -> None:
    """No wording is being written."""
    st.session_state.pop(WORDING_DRAFT, None)


def wording_conflict() -> dict[str, Any] | None:
    """The viewer's own words that met a colleague's, until they are put together."""
    conflict: dict[str, Any] | None = st.session_state.get(WORDING_CONFLICT)
    return conflict


def keep_wording_conflict(conflict: dict[str, Any] | None) -> None:
    """Remember words that met a colleague's, or forget them."""
    if conflict is None:
        st.session_state.pop(WORDING_CONFLICT, None)
    else:
        st.session_state[WORDING_CONFLICT] = conflict
