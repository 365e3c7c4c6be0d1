"""Writing a card in four short steps. Each field is kept as soon as one leaves it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.school_year import grade_words
from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import FIELD_NAMES, Card, discard_card, reading_hint
from plc.practices.wording import LONGEST_TEXT, LONGEST_TITLE
from plc.ui import (
    alerts,
    cached,
    menu,
    practice_card,
    practice_conflict,
    practice_fields,
    practice_materials,
    practice_own,
    session,
    text,
)
from plc.ui.practice_fields import STEPS, TEXTS

GRADES: Final = tuple(range(-1, 13))
# A lost word is noticed within a sentence or two; it costs the server next to nothing.
IN_TOUCH_SECONDS: Final = 15


def draw(database: Database, viewer: Viewer, found: Card) -> None:
    """The step being written, with the way on."""
    st.button(
        "All my cards", icon=":material/arrow_back:", type="tertiary", key="card.back",
        on_click=practice_own.edit, args=(None,),
    )  # fmt: skip
    st.header(text.plain(found.wording.title), anchor=False)
    practice_conflict.draw(database, viewer, found)
    practice_fields.turn_to_refused()
    # A default, so that the browser's choice stands when the server was started again under it.
    first = None if "card.step" in st.session_state else STEPS[0]
    step = st.segmented_control(
        "Step", STEPS, required=True, label_visibility="collapsed", key="card.step", default=first
    )
    if step == "What":
        _draw_what(database, viewer, found)
    elif step == "How":
        _draw_how(viewer, found)
    elif step == "Materials":
        practice_materials.draw(database, viewer, found)
    else:
        _draw_look(database, viewer, found)
    practice_fields.draw_what_was_brought()
    _stay_in_touch()
    _draw_way_on(found, step or STEPS[0])


@st.fragment(run_every=IN_TOUCH_SECONDS)
def _stay_in_touch() -> None:
    """Asks now and then: a server that was started again hears of this page, and of what was typed in it."""


def _draw_what(database: Database, viewer: Viewer, found: Card) -> None:
    _field(viewer, found, "title", lines=1)
    _field(viewer, found, "when_to_use", lines=3)
    courses = cached.roster_teachers(database, database.data_version())
    subjects = sorted({word for teacher in courses for word in _subjects(teacher.teaches)})
    if found.wording.subject and found.wording.subject not in subjects:
        subjects.append(found.wording.subject)
    with st.grid(2, min_column_width=200):
        with practice_fields.field(viewer, found, "subject") as kept:
            st.selectbox(
                FIELD_NAMES["subject"], subjects, index=None, format_func=str.capitalize,
                placeholder="Any subject", **kept,
            )  # fmt: skip
        with practice_fields.field(viewer, found, "grades") as kept:
            st.multiselect(
                FIELD_NAMES["grades"], list(GRADES), format_func=grade_words, placeholder="Any grade", **kept
            )
    with practice_fields.field(viewer, found, "standards") as kept:
        st.multiselect(
            FIELD_NAMES["standards"], list(found.wording.standards), accept_new_options=True,
            placeholder="Type a code, such as 6.EE.B.7", **kept,
        )  # fmt: skip


def _draw_how(viewer: Viewer, found: Card) -> None:
    _field(viewer, found, "steps", lines=7)
    with st.container():
        if hint := reading_hint(found.wording.steps):
            text.aside(f":material/spellcheck: {hint}")
    _field(viewer, found, "core_parts", lines=4)
    _field(viewer, found, "adaptable_parts", lines=3)
    with practice_fields.field(viewer, found, "minutes") as kept:
        st.number_input(
            FIELD_NAMES["minutes"], value=None, step=1.0, format="%g", width=200, **kept
        )  # fmt: skip
    _field(viewer, found, "went_wrong", lines=3)


def _draw_look(database: Database, viewer: Viewer, found: Card) -> None:
    st.markdown(":material/visibility: **As a colleague sees it**")
    with st.container(border=True, key="card.preview"):
        st.header(text.plain(found.wording.title), anchor=False)
        practice_card.draw_wording(found.wording)
        practice_card.draw_materials(database, viewer, found.practice_id, key="card.preview")
    if found.wording.missing:
        fields = " and ".join(f"“{name}”" for name in found.wording.missing)
        st.info(f"A colleague will need {fields}.", icon=":material/edit:")
    text.aside(
        "No student's number or known name was found. Look once more yourself: names that were never loaded"
        " here cannot be found."
    )
    practice_card.draw_versions(database, viewer, found)
    with st.expander("Put this card away", icon=":material/delete:", key="card.discard"):
        st.markdown("It disappears from your list. A card that was tested stays, with its evidence.")
        if st.button("Put it away", key="card.discard.go"):
            with alerts.stopping():
                discard_card(database, viewer, found.practice_id)
            practice_own.edit(None)
            session.leave_notice("The card is put away.")
            st.rerun()


def _draw_way_on(found: Card, step: str) -> None:
    place = STEPS.index(step)
    with st.container(horizontal=True, vertical_alignment="center", key="card.way_on"):
        if place + 1 < len(STEPS):
            st.button(
                f"Next: {STEPS[place + 1].lower()}", type="primary", icon=":material/arrow_forward:",
                key="card.next", on_click=_go, args=(STEPS[place + 1],),
            )  # fmt: skip
        elif st.button("Decide who sees it", type="primary", icon=":material/share:", key="card.share"):
            session.choose_practice(found.practice_id)
            st.switch_page(menu.SHARE_CARD)
        waiting = practice_fields.refusals(found.practice_id) | practice_fields.conflicts(found.practice_id)
        if unsaved := [FIELD_NAMES[name] for name in waiting]:
            st.markdown(f":material/warning: Not saved: **{', '.join(unsaved)}**")
        else:
            text.aside(f":material/cloud_done: Saved, version {found.version}")


def _go(step: str) -> None:
    st.session_state["card.step"] = step


def _field(viewer: Viewer, found: Card, name: str, *, lines: int) -> None:
    """A text that is kept as soon as one leaves it."""
    with practice_fields.field(viewer, found, name) as kept:
        if lines == 1:
            st.text_input(FIELD_NAMES[name], max_chars=LONGEST_TITLE, help=TEXTS[name], **kept)
        else:
            height = 30 + 26 * lines
            st.text_area(FIELD_NAMES[name], max_chars=LONGEST_TEXT, height=height, help=TEXTS[name], **kept)


def _subjects(teaches: str) -> list[str]:
    """The subjects of `grade 6 maths and reading`."""
    words = teaches.replace(",", " and ").split(" and ")
    return [word.strip().split(" ", 2)[-1] if word.strip().startswith("grade ") else word.strip()
            for word in words if word.strip()]  # fmt: skip
