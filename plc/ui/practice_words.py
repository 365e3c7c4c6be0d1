"""The words and marks of practices that several screens share."""

from __future__ import annotations

from typing import Final

from plc.charts import signed
from plc.core.school_year import grade_words
from plc.practices import Byline
from plc.practices.consent import NameShown, Scope, Welcome

STEP_ICONS: Final = {
    "idea": "lightbulb",
    "tested once": "science",
    "replicated": "repeat",
    "confirmed here": "verified",
    "adopted": "workspace_premium",
    "retired": "inventory_2",
}
SCOPE_WORDS: Final[dict[Scope, str]] = {
    "team": "My team",
    "school": "My school",
    "district": "The district",
    "network": "Other districts too",
}
SCOPE_WHO: Final[dict[Scope, str]] = {
    "team": "The members of your team.",
    "school": "Teachers and the principal of the school where you teach today.",
    "district": "Everyone who signs in here.",
    "network": "Everyone here, and external reviewers and partner districts, without any name.",
}
NAME_WORDS: Final[dict[NameShown, str]] = {
    "hidden": "Hidden: “A colleague”",
    "role": "What I teach: “A grade 6 maths teacher”, where at least three could be meant",
    "name": "My name and school",
}
WELCOME_WORDS: Final[dict[Welcome, str]] = {
    "ask": "Ask me",
    "visit": "Visit my class",
    "watch": "I come and watch you try it",
}
REACH_WORDS: Final = ("its authors alone", "the team", "the school", "the district", "other districts too")


def step_icon(step: str) -> str:
    """The mark of a step of the ladder."""
    return f":material/{STEP_ICONS.get(step, 'science')}:"


def step_words(step: str) -> str:
    """`:material/repeat: **Replicated**`."""
    return f"{step_icon(step)} **{step.capitalize()}**"


def effect_words(estimate: float | None, lower: float | None, upper: float | None) -> str:
    """`+0.13 SD (90 % range +0.05 to +0.21)`; empty without an estimate."""
    if estimate is None or lower is None or upper is None:
        return ""
    return f"{signed(estimate)} SD (90 % range {signed(lower)} to {signed(upper)})"


def welcome_words(byline: Byline) -> str:
    """What the authors offer, in one line; empty where they offer nothing."""
    offers = {"ask": "answers questions", "visit": "can be visited", "watch": "comes and watches you try it"}
    return ", ".join(offers[kind] for kind in byline.welcomes)


def grades_words(grades: tuple[int, ...]) -> str:
    """`grade 6`, `grades 6 and 7`, `grades 6, 7 and 8`."""
    if not grades:
        return ""
    if len(grades) == 1:
        return grade_words(grades[0])
    *first, last = [grade_words(grade).removeprefix("grade ") for grade in grades]
    return f"grades {', '.join(first)} and {last}"


def minutes_words(minutes: float | None) -> str:
    """`5 minutes`; empty where nobody said."""
    return "" if minutes is None else f"{minutes:g} {'minute' if minutes == 1 else 'minutes'}"
