"""Invented names of teachers and schools."""

from __future__ import annotations

from pathlib import Path

import numpy as np

SCHOOLS = {
    "E1": "Alder Creek Elementary", "E2": "Birchfield Elementary", "E3": "Copper Hill Elementary",
    "E4": "Dovecote Elementary", "E5": "Elm Crossing Elementary", "E6": "Fernbank Elementary",
    "M1": "Granite Falls Middle School", "M2": "Harbor Light Middle School", "M3": "Ironwood Middle School",
    "M4": "Juniper Ridge Middle School", "M5": "Kingfisher Middle School", "K1": "Larkspur Valley School",
}  # fmt: skip

LAST = Path(__file__).with_name("surnames.txt").read_text(encoding="utf-8").split()


def teacher_names(rng: np.random.Generator, how_many: int) -> list[str]:
    """`how_many` names such as `Ms Moreno`, no surname twice."""
    surnames = rng.permutation(np.array(LAST))[:how_many]
    titles = rng.choice(np.array(["Ms", "Mr", "Mx"]), size=how_many, p=[0.62, 0.36, 0.02])
    return [f"{title} {surname}" for title, surname in zip(titles, surnames, strict=True)]
