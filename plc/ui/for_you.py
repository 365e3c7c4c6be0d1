"""For you: a teacher's private way from a good result to a shared practice, one screen a step.

Where she is follows from what she did, so she can leave at any step and come back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from plc.bright_spots import Finding
from plc.bright_spots.labels import SHOWN_BY_CONSENT
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry.candidates import Candidate, inquiries_considering, list_candidates
from plc.people import has_opened_own_result, own_notice_choice, own_reading
from plc.practices import OwnCard
from plc.ui import alerts, cached

STEPS: Final = (
    "A private word",
    "What might explain it",
    "See it in class",
    "Look both ways",
    "Write the card",
    "Who sees it",
    "Others try it",
)
STEP: Final = "for_you.step"
# The same class can be looked at and explained only so far: more candidates than this cannot be told apart.
MOST_CANDIDATES: Final = 3


@dataclass(frozen=True, slots=True)
class Path:
    """Where the viewer stands: her good results, her cards, which are `ready`, her candidates, steps `done`.

    `balance` holds the results whose balance is known; `candidates` stand beside their inquiry's id.
    """

    findings: tuple[Finding, ...]
    balance: tuple[Finding, ...]
    cards: tuple[OwnCard, ...]
    ready: frozenset[str]
    candidates: tuple[tuple[str, Candidate], ...]
    done: frozenset[int]

    @property
    def now(self) -> int:
        """The step after the last one done; the private word first, while it waits for an answer."""
        if self.findings and 0 not in self.done:
            return 0
        return min(max(self.done, default=-1) + 1, len(STEPS) - 1)


def path_of(database: Database, viewer: Viewer) -> Path:
    """Where the viewer stands on her way."""
    state = cached.state(database, viewer)
    found = cached.own_findings(database, viewer, state)
    cards = tuple(cached.own_practices(database, viewer, data_version=state.data_version, today=state.today))
    ready = frozenset(one.practice_id for one in cards if one.is_ready)
    own = {one.practice_id for one in cards}
    candidates = tuple(
        (inquiry_id, candidate)
        for inquiry_id in inquiries_considering(database, viewer, sorted(own))
        for candidate in list_candidates(database, viewer, inquiry_id)
        if candidate.practice_id in own
    )
    done = {
        # Who asked not to be told is not led past it to a page that speaks of her result.
        0: own_notice_choice(database, viewer) == "tell me" or has_opened_own_result(database, viewer),
        1: bool(cards) or own_reading(database, viewer) is not None,
        2: any(candidate.also_typical != "not asked" for _, candidate in candidates),
        4: bool(ready),
        5: any(one.reach for one in cards),
    }
    done[3] = done[5] or (done[4] and not any(one.balance and one.balance.look_first for one in found))
    return Path(
        findings=tuple(one for one in found if one.label in SHOWN_BY_CONSENT),
        balance=tuple(one for one in found if one.balance is not None),
        cards=cards,
        ready=ready,
        candidates=candidates,
        done=frozenset(step for step, is_done in done.items() if is_done),
    )


def draw(
    database: Database, viewer: Viewer, drawn: tuple[Callable[[Database, Viewer, Path], None], ...]
) -> None:
    """The steps with the one being looked at, and the way on; `drawn` has one function per step."""
    with alerts.stopping():
        path = path_of(database, viewer)
    labels = {
        number: f"{number + 1} {words}{' :material/check:' if number in path.done else ''}"
        for number, words in enumerate(STEPS)
    }
    st.session_state.setdefault(STEP, path.now)
    chosen = st.segmented_control(
        "Your way, step by step",
        list(labels),
        format_func=labels.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=STEP,
    )
    step = path.now if chosen is None else chosen
    st.header(STEPS[step], anchor=False)
    drawn[step](database, viewer, path)
    _draw_way_on(step)


def to_step(step: int) -> None:
    """Open another step; for callbacks, and for other pages before they come here."""
    st.session_state[STEP] = step


def windows_words(finding: Finding) -> str:
    """`6 of 6 windows`: assessments given, and those in which her students exceeded expectation."""
    frame = finding.occasion_frame.dropna(subset=["effect"])
    if frame.empty:
        return ""
    weighted = frame.assign(sum=frame["effect"] * frame["students"])
    windows = weighted.groupby(["school_year", "assessment_name"])[["sum", "students"]].sum()
    above = int((windows["sum"] > 0).sum())
    return f"{above} of {len(windows)} windows"


def may_open(viewer: Viewer) -> bool:
    """Whether the page has anything to say to this viewer."""
    return viewer.teacher_id is not None and viewer.may(Permission.OWN_RESULT_READ)


def _draw_way_on(step: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="for_you.way_on"):
        if step:
            st.button(
                "Back", icon=":material/arrow_back:", key="for_you.back", on_click=to_step, args=(step - 1,)
            )
        if step + 1 < len(STEPS):
            st.button(
                f"Next: {STEPS[step + 1].lower()}", icon=":material/arrow_forward:", key="for_you.next",
                on_click=to_step, args=(step + 1,),
            )  # fmt: skip
