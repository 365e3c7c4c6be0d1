"""An attacker who keeps every number she was ever shown, and subtracts each from each.

A figure of one person would be among the numbers themselves, their differences and sums, or those of totals
that are a share times its students.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

# Numbers that agree so far are the same one: of ten million differences none does by chance.
SAME: Final = 1e-13
# A figure that many others could be by chance, such as a whole number or a rounded share, tells of nobody.
_ROUND: Final = 3


def numbers(answer: Any) -> set[float]:
    """Every number of an answer, and its products with the whole numbers told beside it."""
    found: set[float] = set()
    for beside in _records(answer):
        figures = [float(one) for one in beside if isinstance(one, float | np.floating) and np.isfinite(one)]
        counts = [
            int(one) for one in beside if isinstance(one, int | np.integer) and not isinstance(one, bool)
        ]
        found |= {*figures, *map(float, counts)}
        found |= {figure * count for figure in figures for count in counts if count}
    return found


def _records(answer: Any) -> Iterator[list[Any]]:
    """The values that stand beside each other: of a record, a row of a table, a list."""
    if isinstance(answer, pd.DataFrame):
        yield from (list(row) for row in answer.itertuples(index=False))
    elif dataclasses.is_dataclass(answer):
        values = [getattr(answer, field.name) for field in dataclasses.fields(answer)]
        yield values
        yield from (record for value in values for record in _records(value))
    elif isinstance(answer, Mapping):
        yield list(answer.values())
        yield from (record for value in answer.values() for record in _records(value))
    elif isinstance(answer, list | tuple | set | frozenset | np.ndarray):
        yield list(answer)
        yield from (record for value in answer for record in _records(value))


def telling(figures: Iterable[float]) -> list[float]:
    """The figures that nothing else is likely to equal."""
    return sorted({figure for figure in figures if abs(figure - round(figure, _ROUND)) > 1e-9})


def learnt(known: Iterable[float], secrets: Iterable[float]) -> list[float]:
    """The secrets that are a known number, or the difference or sum of two."""
    every = np.unique(np.array([0.0, *known]))
    return [
        secret
        for secret in secrets
        if any(_among(every, wanted) for wanted in (secret - every, secret + every))
    ]


def _among(every: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether any of the wanted numbers is one of the sorted numbers."""
    place = np.clip(np.searchsorted(every, wanted), 1, len(every) - 1)
    return bool((np.minimum(np.abs(every[place] - wanted), np.abs(every[place - 1] - wanted)) < SAME).any())
