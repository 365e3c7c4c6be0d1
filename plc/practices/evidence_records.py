"""What a card's tests say, as one viewer may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TestedRow:
    """One test as this viewer may read it; effects in student SD with a 90 % interval.

    `school` and `month` are None where the team has not released them; the figures are None where there is
    no effect yet (`running`: peeking would make chance look like an effect) or none can be told.
    """

    test_id: str | None
    label: str
    own: bool
    released: bool
    running: bool
    pooled: bool
    school: str | None
    month: str | None
    design: str
    grade: int | None
    adaptation: str
    decision: str | None
    verdict: str
    effect: float | None
    lower: float | None
    upper: float | None
    students: int | None
    practice_sections: int | None
    low_starters: str
    checks: str
    ended_early: bool = False
    predicted_late: bool = False


@dataclass(frozen=True, slots=True)
class Pooled:
    """All tests together, in student SD.

    The estimate with its 90 % interval; where 90 % of new classes would lie; the 95 % interval after
    Hartung, Knapp, Sidik and Jonkman (None below three tests); `tau`, how much tests differ; `so_far`, the
    estimate and interval after each test in turn.
    """

    estimate: float
    lower: float
    upper: float
    prediction_lower: float | None
    prediction_upper: float | None
    hksj_lower: float | None
    hksj_upper: float | None
    tau: float | None
    i_squared: float | None
    helped: float | None
    meaningful: float | None
    helps_next: float | None
    so_far: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class EvidencePanel:
    """What a card's tests say. `withheld` says why figures are not shown; empty where they are.

    `met` and `missing` are what the `next_step` of the ladder asks for. `tests` holds every measured or
    running test; `ended_early` counts those a team decided or withdrew before their planned end,
    `predicted_late` those whose prediction was changed after data were seen, `unmeasured` those that began
    and have no effect, which a file drawer would hide.
    `contexts` are as the pool tells them apart.
    """

    step: str
    words: str
    met: tuple[str, ...]
    missing: tuple[str, ...]
    next_step: str | None
    unmeasured: int
    tests: tuple[TestedRow, ...]
    pooled: Pooled | None
    sections: int
    schools: int
    students: int
    tier: int | None
    tier_words: str
    tier_missing: str
    balancing: str
    contexts: tuple[Mapping[str, Any], ...]
    withheld: str
    running: int
    ended_early: int
    predicted_late: int
    note: str
    note_version: int
