"""Everything an answer holds, however deep: what an attacker would search it for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd


def leaves(answer: Any) -> Iterator[object]:
    """Every text, number and date inside an answer."""
    if isinstance(answer, str | bytes | int | float | np.number) or answer is None:
        yield answer
    elif isinstance(answer, pd.DataFrame):
        yield from map(str, answer.columns)
        for column in answer.columns:
            yield from leaves(answer[column].tolist())
    elif dataclasses.is_dataclass(answer):
        for field in dataclasses.fields(answer):
            yield from leaves(getattr(answer, field.name))
    elif isinstance(answer, Mapping):
        yield from leaves(list(answer.keys()))
        yield from leaves(list(answer.values()))
    elif isinstance(answer, list | tuple | set | frozenset | np.ndarray | pd.Series):
        for part in answer:
            yield from leaves(part)
    else:
        yield str(answer)


def holds_text(answer: Any, secret: str) -> list[str]:
    """The texts of an answer that hold a secret."""
    return [leaf for leaf in leaves(answer) if isinstance(leaf, str) and secret in leaf]


def holds_number(answer: Any, secrets: frozenset[float]) -> list[float]:
    """The numbers of an answer that are among the secrets, to nine digits."""
    numbers = (leaf for leaf in leaves(answer) if isinstance(leaf, float | np.floating))
    return [float(number) for number in numbers if round(float(number), 9) in secrets]
