"""What the tests of a practice say: failures beside successes, how sure it is, and where it was tested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from plc.charts import signed
from plc.core.articles import with_article
from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import (
    Card,
    EvidencePanel,
    Pooled,
    TestedRow,
    evidence_panel,
    release_result,
    take_back_result,
    write_note,
)
from plc.practices.evidence_picture import DESIGN_WORDS, evidence_picture
from plc.practices.status import Step
from plc.ui import alerts, pictures, session, switches, text, two_writers
from plc.ui.practice_words import effect_words, step_icon

CANNOT_TELL: Final = (
    "What this cannot tell: whether it would help your students. Each test compares a few classes over a few"
    " weeks; teachers chose to try it; and only what the assessments ask for is seen."
)


def draw(database: Database, viewer: Viewer, found: Card) -> None:
    """The evidence panel. Its figures are computed; the authors may add a note and nothing else."""
    with alerts.stopping():
        panel = evidence_panel(database, viewer, found.practice_id)
    st.markdown(f"{step_icon(panel.step)} **{text.plain(panel.words)}**")
    if panel.step == Step.RETIRED and panel.pooled is not None:
        text.aside(
            "Set aside is not shown to be useless: the range below says what is still possible. Another test,"
            " or a team that goes on with it, is counted at once and can bring it back."
        )
    _draw_ladder(panel)
    if panel.withheld and panel.withheld != panel.words:
        st.info(panel.withheld, icon=":material/visibility_off:")
    measured = [row for row in panel.tests if row.effect is not None]
    if (picture := evidence_picture(panel)) is not None:
        pictures.draw(picture, key="practice.forest")
    if panel.pooled is not None:
        _draw_pool(panel.pooled, panel)
    if panel.balancing:
        st.markdown(f":material/balance: {panel.balancing}")
    _draw_tests(database, viewer, panel)
    _draw_contexts(panel)
    if panel.tier_words:
        st.markdown(f":material/school: {text.plain(panel.tier_words)}")
        if panel.tier_missing:
            text.aside(f"The tier above asks for: {text.plain(panel.tier_missing.replace(chr(10), '; '))}.")
    if measured:
        text.aside(CANNOT_TELL)
    _draw_note(database, viewer, found, panel)


def _draw_ladder(panel: EvidencePanel) -> None:
    """What the next step of the ladder still asks for, and what is met."""
    if not panel.missing and not panel.met:
        return
    asks = f"What “{panel.next_step}” still asks for" if panel.next_step else "Why"
    with st.expander(asks, icon=":material/stairs_2:", key="practice.ladder"):
        for line in panel.missing:
            st.markdown(f":material/radio_button_unchecked: {text.plain(line)}")
        for line in panel.met:
            st.markdown(f":material/check_circle: {text.plain(line)}")
        text.aside("Computed from the tests, by thresholds the district can change. Nobody sets it by hand.")


def _draw_pool(pooled: Pooled, panel: EvidencePanel) -> None:
    said = [
        f"**All tests together: {effect_words(pooled.estimate, pooled.lower, pooled.upper)}**,"
        f" from {_count(panel.sections, 'class')} in {_count(panel.schools, 'school')}."
    ]
    if pooled.helped is not None:
        said.append(
            f"There is {with_article(f'{pooled.helped:.0%}')} chance that it helps at all on average."
        )
    if pooled.prediction_lower is not None and pooled.prediction_upper is not None:
        said.append(
            f"Nine in ten new classes would lie between {signed(pooled.prediction_lower)} and"
            f" {signed(pooled.prediction_upper)} SD."
        )
    st.markdown(" ".join(said))
    with st.expander("How this number was made", icon=":material/functions:", key="practice.pool_made"):
        rows = [
            ("All tests, random effects", effect_words(pooled.estimate, pooled.lower, pooled.upper)),
            ("95 % range (Hartung, Knapp, Sidik, Jonkman)", _range(pooled.hksj_lower, pooled.hksj_upper)),
            ("How much tests differ beyond chance (tau)", _number(pooled.tau, " SD")),
            ("Share of the differences that is not chance (I²)", _share(pooled.i_squared)),
            ("Chance that it helps at all", _share(pooled.helped)),
            ("Chance that it helps by more than 0.05 SD", _share(pooled.meaningful)),
            ("Chance that it helps in one new class", _share(pooled.helps_next)),
        ]  # fmt: skip
        table = pd.DataFrame([row for row in rows if row[1]], columns=["What", "How much"])
        text.table(table, border="horizontal", hide_header=True, alt="How all tests were put together")
        if len(pooled.so_far) > 1:
            st.markdown("**As tests came in**")
            so_far = pd.DataFrame(
                {
                    "After": [_count(number, "test") for number in range(1, len(pooled.so_far) + 1)],
                    "All tests together": [effect_words(*line) for line in pooled.so_far],
                }
            )
            text.table(so_far, border="horizontal", alt="How the estimate changed as tests came in")


def _draw_tests(database: Database, viewer: Viewer, panel: EvidencePanel) -> None:
    if not panel.tests:
        return
    st.header("Every test", anchor=False)
    text.aside(
        "Including those that found nothing or the opposite. A test shows its school and month once its team"
        " releases the result; until then it counts all the same."
    )
    if panel.ended_early:
        text.aside(
            f"{_count(panel.ended_early, 'test')} of {len(panel.tests)} ended early: decided or given up"
            " before the planned end. Each still counts with all its results up to that end, not before: so"
            " stopping at a lucky moment gains nothing."
        )
    if panel.unmeasured:
        text.aside(f"{_count(panel.unmeasured, 'test')} began and has no result that could be measured.")
    for row in panel.tests:
        result = effect_words(row.effect, row.lower, row.upper) or row.verdict
        st.markdown(f"**{text.plain(row.label)}** · {text.plain(result)}")
        text.aside(text.plain(_test_words(row)))
        if row.own and row.test_id is not None and not row.running:
            _draw_release(database, viewer, row, row.test_id)


def _test_words(row: TestedRow) -> str:
    """How a test was made, what else it saw, what its team changed and decided, as far as it may be told."""
    said = [
        DESIGN_WORDS.get(row.design, row.design),
        "" if row.practice_sections is None else _count(row.practice_sections, "class"),
        "" if row.students is None else _count(row.students, "student"),
        row.low_starters,
        "prediction changed after data were seen" if row.predicted_late else "",
        "ended early" if row.ended_early and not row.running else "",
        row.verdict if row.effect is not None and row.verdict != "measured" else "",
        f"changed: {row.adaptation}" if row.adaptation else "",
        f"the team decided to {row.decision}" if row.decision else "",
    ]
    return " · ".join(part for part in said if part)


def _draw_release(database: Database, viewer: Viewer, row: TestedRow, test_id: str) -> None:
    key = f"practice.release.{test_id}"
    wanted = st.toggle(
        f"Show the school and month of your team's {row.label.split(':')[0].lower()}",
        key=switches.key_of_stored(key, stored=row.released),
    )
    if wanted != row.released:
        with switches.storing(key):
            (release_result if wanted else take_back_result)(database, viewer, test_id)
        session.leave_notice("Your result shows its school now." if wanted else "Its school is hidden again.")
        st.rerun()


def _draw_contexts(panel: EvidencePanel) -> None:
    rows = [
        {
            "Place": str(context.get("value", "")).capitalize(),
            "Tests": str(context.get("tests", "")),
            "Effect": _context_effect(context),
        }
        for context in panel.contexts
    ]
    if not rows:
        return
    st.header("Was it tested in places like mine?", anchor=False)
    text.table(pd.DataFrame(rows), border="horizontal", alt="Where it was tested")


def _context_effect(context: Mapping[str, Any]) -> str:
    words = effect_words(context.get("estimate"), context.get("lower"), context.get("upper"))
    return words or "too few to tell"


def _draw_note(database: Database, viewer: Viewer, found: Card, panel: EvidencePanel) -> None:
    if panel.note:
        st.header("The authors add", anchor=False)
        st.text(panel.note)
    if not found.is_author:
        return
    form = f"practice.note.{found.practice_id}"
    version = two_writers.seen_version(form, panel.note_version, box=f"{form}.words")
    with st.expander("Add a note beside the figures", icon=":material/edit_note:", key="practice.note"):
        with st.form(form, border=False):
            words = st.text_area("Note", value=panel.note, key=f"{form}.words")
            text.aside("The figures are computed and cannot be changed.")
            save = st.form_submit_button("Save the note", key="practice.note_save")
        if save:
            two_writers.keep(
                form,
                lambda: write_note(database, viewer, found.practice_id, words=words, seen_version=version),
                notice="Kept your note.",
            )
        two_writers.draw_theirs(form, panel.note_version, {"Note": panel.note})


def _count(number: int, thing: str) -> str:
    """`1 class`, `6 classes`."""
    plural = f"{thing}es" if thing.endswith("s") else f"{thing}s"
    return f"{number} {thing if number == 1 else plural}"


def _range(lower: float | None, upper: float | None) -> str:
    return "" if lower is None or upper is None else f"{signed(lower)} to {signed(upper)} SD"


def _number(number: float | None, unit: str) -> str:
    return "" if number is None else f"{number:.2f}{unit}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
