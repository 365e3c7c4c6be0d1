"""The words around a test on a card, as far as the viewer may read them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from plc.inquiry.effect_record import MEASURED, NOT_EVIDENCE
from plc.practices.evidence_rows import POOLED, RUNNING

WAITS: Final = "ended early; its result counts from its planned end on"
# As the ladder writes it.
_WHERE_IT_BEGINS: Final = re.compile(r" \(it begins at [^)]*\)")
COUNTED: Final = "counted with others; its own figures stay with its team"


def is_open(test: Mapping[str, Any]) -> bool:
    """Whether this viewer may read a test's own figures, as its team or as everyone."""
    return bool(test["own"] or test["released"])


def verdict_words(test: Mapping[str, Any], *, figures: bool) -> str:
    if test["verdict"] is None or test["place"] == RUNNING:
        return WAITS if test["ended_early"] else RUNNING
    if not figures:
        return COUNTED if test["place"] in (None, POOLED) and not is_open(test) else "result not released"
    if test["verdict"] == MEASURED:
        return "measured" if test["place"] in (None, POOLED) else f"not pooled: {test['place']}"
    return (
        "no comparison: not evidence of effect" if test["verdict"] == NOT_EVIDENCE else str(test["verdict"])
    )


def low_starters_words(test: Mapping[str, Any]) -> str:
    if test["balancing_harm"]:
        return "warns of harm elsewhere"
    effect = test["low_starters_effect"]
    return "" if effect is None else f"{effect:+.2f} SD for students who started lowest"


def check_words(test: Mapping[str, Any]) -> str:
    said = [f"starting points: {test['baseline_verdict']}"] if test["baseline_verdict"] else []
    return "; ".join(
        [*said, *([f"dropouts: {test['attrition_verdict']}"] if test["attrition_verdict"] else [])]
    )


def balancing_words(measured: Sequence[Mapping[str, Any]], evidence: Mapping[str, Any]) -> str:
    """Whether tests looked at what else could get worse, and what they saw: open ones each, others as one."""
    looked = [
        test
        for test in measured
        if is_open(test) and (test["low_starters_effect"] is not None or test["balancing_harm"])
    ]
    harmed = sum(1 for test in looked if test["balancing_harm"])
    if not harmed and evidence.get("balancing_harm"):
        return "A test warned that something else got worse. Look there before you try this."
    if not looked:
        return "No test could tell yet whether students who started lowest gained as well."
    tests = "1 test" if len(looked) == 1 else f"{len(looked)} tests"
    if harmed:
        return f"{harmed} of {tests} warned that something else got worse. Look there before you try this."
    return f"{tests} also looked at what could get worse, such as students who started lowest; none warned."


def conditions(text: str | None, *, spread: bool) -> tuple[str, ...]:
    """What a step asks for, a line each; without `spread` not where an interval of the tests begins."""
    said = [line for line in (text or "").split("\n") if line]
    return tuple(line if spread else _WHERE_IT_BEGINS.sub("", line) for line in said)


def tier_words(evidence: Mapping[str, Any]) -> str:
    words, reason = evidence.get("tier_words") or "", evidence.get("tier_reason") or ""
    return f"{words}: {reason}" if words and reason else str(words)


def contexts(evidence: Mapping[str, Any], *, closed: int) -> tuple[dict[str, Any], ...]:
    """Where it was tested; without figures beside a closed test, which parts of a pool would give away."""
    found = json.loads(evidence.get("contexts") or "[]")
    told = {"kind", "value", "tests", "subject", "grade"}
    return tuple({k: v for k, v in one.items() if not closed or k in told} for one in found)
