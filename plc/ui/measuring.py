"""What an assessment is for: asked when it first comes in, said under every chart that draws on one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from plc.bright_spots import Finding
from plc.core.errors import BothTexts, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.results.measures import (
    Comparability,
    Measure,
    list_measures,
    may_sign,
    measures_to_state,
    sign_comparable,
    state_purpose,
    withdraw_comparable,
)
from plc.ui import alerts, rescan, runtime, session, text, two_writers

# Asked about right after an upload; the rest waits on the page of all assessments.
ASKED_AT_ONCE: Final = 3
# Names listed in the sentence under a chart.
NAMED: Final = 3
ASKED: Final = "plc.results.purposes_asked"
BEGUN: Final = "plc.results.purposes_begun"
# What is asked of an assessment, each with an example.
QUESTIONS: Final = {
    "purpose": ("What is it for?", "To see what was learned in the unit"),
    "tells": ("What can it tell you?", "Which tasks of the unit a class has mastered"),
    "cannot_tell": ("What can it not tell you?", "Whether it will be remembered in spring"),
    "given_when": ("When is it given?", "The last week of the unit"),
    "scale": ("On which scale?", "0 to 40 points"),
}


def ask_purposes(database: Database, viewer: Viewer, upload_id: str) -> None:
    """After an upload: what each new assessment is for. Skipping it is fine."""
    with alerts.stopping():
        waiting = measures_to_state(database, viewer, upload_id)
    asked = st.session_state.setdefault(ASKED, {}).setdefault(
        upload_id, [_key("form", one) for one in waiting]
    )
    # What a colleague answered meanwhile stays until the words begun here are kept, too.
    measures = [
        one
        for one in list_measures(database)
        if one in waiting or (_key("form", one) in asked and _is_typed(one))
    ]
    if not measures:
        return
    st.header("New here: what is it for?", anchor=False)
    text.aside("Skip this if you like. Until someone answers, charts that draw on it say so.")
    for measure in measures[:ASKED_AT_ONCE]:
        with st.expander(text.plain(measure.name), icon=":material/help:", key=_key("new", measure)):
            ask_purpose(database, viewer, measure)


def ask_purpose(database: Database, viewer: Viewer, measure: Measure) -> None:
    """The short form of one measure; a colleague's words since are kept beside one's own."""
    form, box = _key("form", measure), _key("purpose", measure)
    begun = _begun()
    if form not in begun or box not in st.session_state:
        begun[form] = (measure, measure)
    filled, over = begun[form]
    two_writers.seen_version(form, measure.version, box=box)
    with st.form(form, border=False):
        said: dict[str, Any] = {
            name: st.text_input(
                question, value=getattr(measure, name) or "", placeholder=example, key=_key(name, measure)
            )
            for name, (question, example) in QUESTIONS.items()
        }
        keep = st.form_submit_button("Keep", icon=":material/check:", key=_key("keep", measure))
    if keep:
        try:
            state_purpose(database, viewer, replace(measure, **said), began=over)
        except BothTexts as conflict:
            met: dict[str, Any] = conflict.theirs
            begun[form] = (filled, replace(over, **met))
            two_writers.meet(form, conflict)
        except PlcError as error:
            alerts.show(error)
        else:
            del begun[form]
            session.leave_notice(f"Kept what {text.plain(measure.name)} is for.")
            st.rerun()
    theirs = {
        question: getattr(measure, name) or ""
        for name, (question, _) in QUESTIONS.items()
        if getattr(measure, name) not in (getattr(filled, name), said[name])
    }
    if theirs:
        two_writers.draw_theirs(form, measure.version, theirs)


def _begun() -> dict[str, tuple[Measure, Measure]]:
    """By form, what its boxes were filled with, and what a press in it is kept over."""
    begun: dict[str, tuple[Measure, Measure]] = st.session_state.setdefault(BEGUN, {})
    return begun


def _is_typed(measure: Measure) -> bool:
    """Whether words stand in the form of a measure that nobody filled it with."""
    filled, _ = _begun().get(_key("form", measure), (measure, measure))
    held = {name: getattr(filled, name) or "" for name in QUESTIONS}
    return any(st.session_state.get(_key(name, measure), words) != words for name, words in held.items())


def draw_caption(finding: Finding) -> None:
    """Under a chart: which of its assessments nobody has said the purpose of."""
    names = dict.fromkeys(finding.occasion_frame["assessment_name"])
    said = {
        measure.name
        for measure in list_measures(runtime.database())
        if measure.subject == finding.subject and measure.purpose is not None
    }
    if silent := [name for name in names if name not in said]:
        text.aside(f":material/help: {_silent_words(silent)}")


def _silent_words(names: Sequence[str]) -> str:
    listed = ", ".join(text.plain(name) for name in names[:NAMED])
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return (
        f"Nobody has said yet what {listed}{more} {'is' if len(names) == 1 else 'are'} for and cannot tell."
    )


def draw_measure(database: Database, viewer: Viewer, measure: Measure) -> None:
    """What is said of one measure, and the form to say it."""
    rows = [(question, said) for name, (question, _) in QUESTIONS.items() if (said := getattr(measure, name))]
    if rows:
        text.table(
            pd.DataFrame([(question, said) for question, said in rows], columns=["Question", "Answer"]),
            border="horizontal",
            hide_header=True,
            alt=f"What is said of {measure.name}",
        )
    if measure.stated_at is not None:
        text.aside(f"Said by {text.plain(measure.stated_by or '')} on {measure.stated_at:%-d %B %Y}.")
    if st.toggle("Say it" if not rows else "Say it anew", key=_key("say", measure)):
        ask_purpose(database, viewer, measure)


def _draw_signed(database: Database, viewer: Viewer, subject: str, signed: Sequence[Comparability]) -> None:
    for one in signed:
        with st.container(border=True, key=_key("signed", Measure(subject, one.version_name))):
            st.markdown(
                f"**{text.plain(one.version_name)}** counts as **{text.plain(one.main_name)}**:"
                f" {text.plain(one.reason)}"
            )
            text.aside(f"Signed by {text.plain(one.signed_by)} on {one.signed_at:%-d %B %Y}.")
            if may_sign(viewer) and st.button(
                "Withdraw", icon=":material/undo:", key=_key("withdraw", Measure(subject, one.version_name))
            ):
                with alerts.stopping():
                    withdraw_comparable(database, viewer, subject=subject, version=one.version_name)
                _count_anew(database, viewer, f"{text.plain(one.version_name)} counts apart again.")


def draw_versions(
    database: Database, viewer: Viewer, subject: str, names: Sequence[str], signed: Sequence[Comparability]
) -> None:
    """Which versions of a test count together, who signed that, and the form to sign or withdraw."""
    _draw_signed(database, viewer, subject, signed)
    if not may_sign(viewer):
        text.aside("A data steward signs that two versions are one test.")
        return
    with st.form("measures.sign"):
        version = st.selectbox(
            "This version", names, index=None, placeholder="Choose", key="measures.version"
        )
        main = st.selectbox(
            "is the same test as", names, index=None, placeholder="Choose", key="measures.main"
        )
        reason = st.text_input(
            "Why are they comparable?",
            placeholder="Same items, translated and checked",
            key="measures.reason",
        )
        name = st.text_input("Your name", key="measures.name")
        sign = st.form_submit_button("Sign", icon=":material/draw:", key="measures.sign_button")
    if not sign:
        return
    if version is None or main is None:
        st.warning("Choose both versions.")
        return
    try:
        sign_comparable(
            database, viewer, subject=subject, version=version, main=main, reason=reason, signed_by=name
        )
    except PlcError as error:
        alerts.show(error)
        return
    _count_anew(database, viewer, f"{text.plain(version)} now counts as {text.plain(main)}.")


def _count_anew(database: Database, viewer: Viewer, words: str) -> None:
    session.leave_notice(f"{words} {rescan.bring_up_to_date(database, viewer)}")
    st.rerun()


def _key(what: str, measure: Measure) -> str:
    place = hashlib.sha256(f"{measure.subject} {measure.name}".encode()).hexdigest()[:12]
    return f"measures.{what}.{place}"
