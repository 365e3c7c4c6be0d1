"""Choices of subject, grade, school year and standard, offered only where there is a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from plc.bright_spots import Finding
from plc.core.school_year import grade_words, school_year_words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show; None is everything."""

    subject: str | None = None
    grade: int | None = None
    school_year: int | None = None
    standard: str | None = None


def ask(findings: Sequence[Finding]) -> Choice:
    """Draw the filters over these findings."""
    if not findings:
        return Choice()
    subjects = sorted({finding.subject for finding in findings})
    grades = sorted({grade for finding in findings for grade in finding.grades})
    years = sorted({year for finding in findings for year in finding.school_years}, reverse=True)
    standards = sorted({standard for finding in findings for standard in finding.standards})
    with st.grid(4, min_column_width=120, key="bright_spots.filters"):
        subject = _select("Subject", subjects, str.capitalize)
        grade = _select("Grade", grades, lambda grade: grade_words(grade).capitalize())
        year = _select("School year", years, school_year_words)
        standard = _select("Standard", standards, str)
    return Choice(subject=subject, grade=grade, school_year=year, standard=standard)


def _select(label: str, options: Sequence[T], words: Callable[[T], str]) -> T | None:
    return st.selectbox(
        label,
        options,
        index=None,
        format_func=words,
        placeholder="All" if options else "None",
        disabled=not options,
        key=f"bright_spots.{label.lower().replace(' ', '_')}",
        persist_state="session",
    )
