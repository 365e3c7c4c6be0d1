"""Two people wrote the same words of an inquiry at once: both texts, and the words to keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from plc.core.errors import BothTexts, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import Inquiry, InquiryWording, settle_wording
from plc.inquiry.wording_merge import wording_from_json
from plc.ui import alerts, session, text, two_writers, written

# Words that two people can put together; everything else is one's or the other's.
TEXTS: Final[dict[str, str]] = {
    "title": "Name",
    "challenge": "Challenge",
    "measure_purpose": "What the measure is for",
    "aim_for": "Aim: for whom",
    "unit_name": "Upcoming unit",
}
# Fields that are chosen as one, with how they read.
CHOICES: Final[tuple[tuple[str, tuple[str, ...], Callable[[InquiryWording], str]], ...]] = (
    ("Measure", ("measure_kind", "measure_name"), lambda said: said.measure_words or "none"),
    ("Aim", ("aim_amount", "aim_unit"), lambda said: said.aim_words or "none"),
    ("Aim: by when", ("aim_by",), lambda said: _day(said.aim_by)),
    ("Standard", ("standard_id",), lambda said: said.standard_id or "the whole assessment"),
    ("Unit starts on", ("unit_starts_on",), lambda said: _day(said.unit_starts_on)),
    ("Course", ("subject", "grade", "school_year"), lambda said: f"{said.course_words} {said.school_year}"),
    ("Priority", ("priority_id",), lambda said: said.priority_id or "none"),
)


def draw(database: Database, viewer: Viewer, found: Inquiry, draft: dict[str, Any], *, form: str) -> None:
    """Both texts of every disputed field, and the words to keep.

    `draft` holds `mine` (the wording as JSON), the version it began from (`seen`), the one it met
    (`over`), the disputed `fields`, and whether that one was met while these were put together (`again`).
    `form` holds the boxes that `mine` was written in.
    """
    once_more = " once more" if draft.get("again") else ""
    two_writers.warn(
        f"{text.plain(found.changed_by)} changed the same words{once_more} while you wrote. Nothing is lost:"
        " both stand here. Keep what you both mean."
    )
    mine, disputed = wording_from_json(draft["mine"]), draft["fields"].split(",")
    key = f"{form}.conflict"
    # No form: a form's words reach nobody before its button, and a look elsewhere would empty it.
    with st.container(border=True, key=key):
        agreed = _ask(found.wording, mine, disputed, key=key)
        keep = st.button("Keep these words", type="primary", icon=":material/check:", key=f"{key}.keep")
    if st.button("Leave my words out", type="tertiary", icon=":material/undo:", key=f"{key}.drop"):
        _leave(found, "Your colleague's words stand.", form=form)
    if keep:
        try:
            settle_wording(
                database,
                viewer,
                found.inquiry_id,
                mine,
                seen_version=draft["seen"],
                met_version=draft["over"],
                agreed=agreed,
            )
        except BothTexts as conflict:
            _meet_again(found, draft, conflict)
        except PlcError as error:
            alerts.show(error)
        else:
            _leave(found, "Kept, with both your changes.", form=form)


def _meet_again(found: Inquiry, draft: dict[str, Any], conflict: BothTexts) -> None:
    """Show what came meanwhile: the next press is kept over it. What was put together stays in its box."""
    disputed = dict.fromkeys([*draft["fields"].split(","), *conflict.mine])
    session.keep_wording_conflict(
        found.inquiry_id, draft | {"over": conflict.version, "fields": ",".join(disputed), "again": True}
    )
    st.rerun()


def _ask(theirs: InquiryWording, mine: InquiryWording, disputed: list[str], *, key: str) -> dict[str, object]:
    agreed: dict[str, object] = {}
    for name in (name for name in TEXTS if name in disputed):
        st.markdown(f"**{TEXTS[name]}**")
        text.aside("Your colleague wrote")
        st.text(getattr(theirs, name) or "(nothing)")
        text.aside("You wrote")
        st.text(getattr(mine, name) or "(nothing)")
        agreed[name] = st.text_area(
            f"Keep as {TEXTS[name].lower()}", **written.box(key, name, getattr(mine, name) or "")
        )
    for label, names, words in CHOICES:
        if not set(names) & set(disputed):
            continue
        sides = {"theirs": f"{words(theirs)} (your colleague's)", "mine": f"{words(mine)} (yours)"}
        side = st.radio(
            label, list(sides), format_func=sides.__getitem__, **written.box(key, names[0], "theirs")
        )
        agreed |= {name: getattr(theirs if side == "theirs" else mine, name) for name in names}
    return agreed


def _leave(found: Inquiry, words: str, *, form: str) -> None:
    session.keep_wording_conflict(found.inquiry_id, None)
    written.forget(form)
    written.forget(f"{form}.conflict")
    session.leave_notice(words)
    st.rerun()


def _day(day: Any) -> str:
    return "no date" if day is None else f"{day:%-d %B %Y}"
