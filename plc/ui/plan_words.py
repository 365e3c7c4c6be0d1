"""A plan of a test in the words of its screens: what each box asks, and what the plan answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plc.inquiry.plan_checks import words_of
from plc.inquiry.test_records import TestClass, TestPlan
from plc.statistics.effect_designs import Design

# From the one that can show most to the one that shows least.
DESIGNS: Final[dict[Design, tuple[str, str]]] = {
    Design.RANDOMISED: ("Draw by chance which classes start", "the others wait, and are the comparison"),
    Design.STAGGERED: ("All start, half of them later", "chance draws who starts first"),
    Design.MATCHED: ("Compare with classes like ours", "the same course elsewhere, found for you"),
    Design.DIFFERENCE: ("Compare changes with other classes", "each class with itself before"),
    Design.SERIES: ("Only our classes, over many checks", "at least 4 before and 3 after: a pattern only"),
    Design.BEFORE_AFTER: ("Only our classes, before and after", "weak: it cannot show an effect"),
}
# What the boxes ask, by the name of what they fill.
QUESTIONS: Final[dict[str, str]] = {
    "design": "How will we know?",
    "dates": "First day, last day",
    "second start": "When do the classes that wait begin?",
    "results expected": "Results expected on",
    "measure": "Which assessment?",
    "standard": "Measured by",
    "prediction": "We predict",
    "why": "Why do we think so?",
    "classes": "Which classes take part?",
    "must not get worse": "What must not get worse",
    "changed": "What did we change of the practice?",
}


def answers(plan: TestPlan, classes: Sequence[TestClass]) -> dict[str, str]:
    """What a plan answers, by question; `classes` are those it can choose from."""
    names = {one.section_id: one.words for one in classes}
    said = words_of(plan) | {
        "design": DESIGNS[plan.design][0],
        "measure": plan.measure_name or f"every {plan.measure_kind or 'common'} assessment of the course",
        "standard": plan.standard_id or "the whole assessment",
        "classes": "; ".join(sorted(names.get(one, one) for one in plan.section_ids)),
    }
    return {question: said[name] for name, question in QUESTIONS.items()}
