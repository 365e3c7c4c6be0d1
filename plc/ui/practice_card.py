"""A practice card as its readers see it: what to do, what must stay, what may change, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import (
    Byline,
    Card,
    CardVersion,
    CardWording,
    Material,
    card_versions,
    materials,
    read_material,
)
from plc.practices.materials import MaterialFile
from plc.ui import alerts, downloads, text
from plc.ui.practice_words import grades_words, minutes_words, welcome_words

PARTS: Final = (
    ("when_to_use", "When to use it", "event"),
    ("steps", "Steps", "format_list_numbered"),
    ("core_parts", "What must stay", "lock"),
    ("adaptable_parts", "What may change", "tune"),
    ("went_wrong", "What went wrong", "warning"),
)
_MEGABYTE: Final = 1024 * 1024


def draw_byline(byline: Byline) -> None:
    """Who it comes from, and what they offer."""
    offers = welcome_words(byline)
    st.markdown(f":material/person: {text.plain(byline.words)}{f' · {offers}' if offers else ''}")


def draw_wording(wording: CardWording) -> None:
    """The words of a card, empty parts left out."""
    course = " ".join(part for part in (grades_words(wording.grades), wording.subject or "") if part)
    facts = [course.capitalize(), minutes_words(wording.minutes), ", ".join(wording.standards)]
    if any(facts):
        text.aside(" · ".join(text.plain(fact) for fact in facts if fact))
    for name, heading, icon in PARTS:
        if said := getattr(wording, name):
            st.header(heading, anchor=False, icon=f":material/{icon}:")
            if name == "steps":
                _draw_steps(said)
            else:
                st.text(said)


def _draw_steps(said: str) -> None:
    """One step a line, numbered unless its author did."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if any(line[0].isdigit() or line[0] in "-*•" for line in lines):
        st.text(said)
    else:
        st.markdown("\n".join(f"{number}. {text.plain(line)}" for number, line in enumerate(lines, start=1)))


def draw_materials(database: Database, viewer: Viewer, practice_id: str, *, key: str) -> None:
    """The files and links a reader may have; each file is asked for anew when it is taken."""
    with alerts.shown():
        found = materials(database, viewer, practice_id)
        if not found:
            return
        st.header("Materials", anchor=False, icon=":material/attach_file:")
        for material in found:
            draw_material(database, viewer, material, key=key)


def draw_material(database: Database, viewer: Viewer, material: Material, *, key: str) -> None:
    """One file as a button, one link as its address in full."""
    if material.kind == "link" and material.url is not None:
        st.markdown(f":material/link: {text.plain(material.title)}")
        st.text(material.url)
        st.link_button("Open the link", material.url, icon=":material/open_in_new:")
        return
    size = (material.byte_count or 0) / _MEGABYTE
    st.download_button(
        f"{text.plain(material.title)} ({size:.1f} MB)",
        data=downloads.at_press(viewer, partial(_content, database, viewer, material.material_id)),
        file_name=material.file_name,
        mime=material.media_type,
        icon=":material/download:",
        key=f"{key}.material.{material.material_id}",
        on_click="ignore",
    )


def draw_versions(database: Database, viewer: Viewer, found: Card) -> None:
    """What the card said before, opened on request."""
    if found.version == 1:
        return
    before = st.expander(
        "Earlier versions", icon=":material/history:", key="card.versions", on_change="rerun"
    )
    if not before.open:
        return
    with before, alerts.shown():
        versions = card_versions(database, viewer, found.practice_id)[1:]
        chosen = st.selectbox(
            "Version", _numbers(versions), format_func=_labels(versions).__getitem__, key="card.version"
        )
        draw_wording(next(version.wording for version in versions if version.version == chosen))


def _numbers(versions: Sequence[CardVersion]) -> list[int]:
    return [version.version for version in versions]


def _labels(versions: Sequence[CardVersion]) -> dict[int, str]:
    return {
        version.version: f"{version.version}, saved {version.made_at:%-d %B %Y %H:%M}" for version in versions
    }


def _content(database: Database, viewer: Viewer, material_id: str) -> bytes:
    file: MaterialFile = read_material(database, viewer, material_id)
    return file.content
