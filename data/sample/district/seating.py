"""Which students sit in which class of a course."""

from __future__ import annotations

import numpy as np
import pandas as pd

from district.plan import TRANSFER_POST, TRUTHS

HONOURS_SIZE, PULLED_OUT = 24, 7
LARGE_CLASSES = (26, 27, 28)  # Ms A's three
# Noise beside half the true score in the order by which classes are cut: the more, the less tracking.
TRACKING_NOISE = {"maths": 1.4, "reading": 1.6}


def assign_classes(
    rng: np.random.Generator, members: pd.DataFrame, offered: list[str], subject: str
) -> list[np.ndarray]:
    """The students of each class, in the order of `offered`, the posts that teach them.

    Honours are filled by ability, Ms C's group from the lower half, transfers go to one class; the
    rest is cut into mild ability groups, dealt to the classes at random.
    """
    fixture = [TRUTHS[post].fixture if post in TRUTHS else "" for post in offered]
    noise = TRACKING_NOISE[subject] * rng.standard_normal(len(members))
    rest = members.index[np.argsort(-(0.5 * members[subject] + noise))]
    classes: dict[int, np.ndarray] = {}
    if honours := _places(fixture, "F2"):
        recommended = members.loc[rest, subject] + 0.15 * rng.standard_normal(len(rest))
        top = recommended.sort_values(ascending=False).index[: HONOURS_SIZE * len(honours)]
        classes |= dict(zip(honours, np.array_split(rng.permutation(top), len(honours)), strict=True))
        rest = rest[~rest.isin(top)]
    for place in _places(fixture, "F3"):
        classes[place] = rng.choice(rest[len(rest) // 2 :], size=PULLED_OUT, replace=False)
        rest = rest[~rest.isin(classes[place])]
    late = rest[members.loc[rest, "transfer"]] if TRANSFER_POST in offered else rest[:0]
    rest = rest[~rest.isin(late)]
    sizes = _sizes(
        {place: fixture[place] for place in range(len(offered)) if place not in classes}, len(rest)
    )
    dealt = rng.permutation(list(sizes))
    edges = np.cumsum([sizes[place] for place in dealt])[:-1]
    classes |= dict(zip(dealt.tolist(), np.split(rest.to_numpy(), edges), strict=True))
    if len(late):
        place = offered.index(TRANSFER_POST)
        classes[place] = np.concatenate([classes[place], late])
    return [classes[place] for place in range(len(offered))]


def _sizes(places: dict[int, str], students: int) -> dict[int, int]:
    """Ms A's classes have their sizes; the others share what is left evenly."""
    large = [place for place, code in places.items() if code == "F1"]
    sizes = dict(zip(large, LARGE_CLASSES, strict=False))
    others = [place for place in places if place not in sizes]
    each, over = divmod(students - sum(sizes.values()), len(others))
    return sizes | {place: each + (n < over) for n, place in enumerate(others)}


def _places(fixture: list[str], wanted: str) -> list[int]:
    return [place for place, code in enumerate(fixture) if code == wanted]
