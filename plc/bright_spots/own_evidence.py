"""Reading what stands behind a teacher's own figures, by her alone; and what a scan says of itself, by all.

Everything here was stored with the latest scan: a page never computes it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from plc.bright_spots.areas import released_overlaps
from plc.bright_spots.contrasts import DISTRICT, PEERS, SCHOOL, SIMILAR, disagreement_words
from plc.bright_spots.findings import latest_scan
from plc.bright_spots.prediction import Prediction
from plc.bright_spots.sensitivity import VARIANTS, robustness_words
from plc.core.disclosure import MINIMUM_TEACHERS, teachers_shown
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql

# Below this probability sections that agree would rarely differ as much as a teacher's do.
CLASSES_DISAGREE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Contrast:
    """A teacher's figure beside one group of peers (SD, 90 % range, probability of exceeding delta)."""

    peers: str
    effect: float
    lower: float
    upper: float
    probability: float
    peers_in_school: int


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """What one of the viewer's own figures is made of, SD; None where it may not or cannot be told.

    own_effect = mean_result - mean_expected - context - peer_mean, less what absences leave over;
    own_error is its standard error by chance alone. `contrasts` by peers, `asked` those of the scan;
    `variants` by name, the probability in each, for a flagged figure only; `robust` None for any other.
    """

    subject: str
    mean_result: float | None
    mean_expected: float | None
    context: float | None
    peer_mean: float | None
    own_effect: float | None
    own_error: float | None
    mean_start: float | None
    own_sections: int
    sections_above: int
    disagreement_probability: float | None
    robust: bool | None
    contrasts: dict[str, Contrast]
    variants: dict[str, float | None]
    asked: str = DISTRICT

    @property
    def agreement(self) -> str:
        """`Above peers' expectation in 3 of 4 classes`, and whether the classes agree."""
        if self.own_sections == 0:
            return ""
        classes = "1 class" if self.own_sections == 1 else f"{self.own_sections} classes"
        counted = f"Above peers' expectation in {self.sections_above} of {classes}."
        if self.own_sections < 2 or self.disagreement_probability is None:
            return counted
        if self.disagreement_probability < CLASSES_DISAGREE:
            return f"{counted} The classes differ from each other by more than chance explains."
        return f"{counted} The classes differ from each other no more than chance explains."

    @property
    def robustness(self) -> str:
        """Whether a flag holds under every check; empty without a flag."""
        known = {name: float("nan") if value is None else value for name, value in self.variants.items()}
        return robustness_words(known)

    @property
    def disagreement(self) -> str:
        """A sentence where groups of peers point in opposite directions; else empty."""
        return disagreement_words({peers: contrast.effect for peers, contrast in self.contrasts.items()})


@dataclass(frozen=True, slots=True)
class Overlap:
    """Flags of one subject in the scan, and how many of them a variant flags too; it may flag others."""

    subject: str
    variant: str
    flagged: int
    flagged_in_variant: int
    flagged_in_both: int

    @property
    def staying(self) -> str:
        """How many flags the variant keeps, in words that point at nobody."""
        if self.flagged_in_both == self.flagged:
            return "all"
        kept = teachers_shown(self.flagged_in_both)
        return f"fewer than {MINIMUM_TEACHERS}" if kept is None else f"{kept:,}"


PEERS_WORDS: Final = {
    DISTRICT: "District",
    SCHOOL: "My school",
    SIMILAR: "Schools like mine",
}


def own_evidence(database: Database, viewer: Viewer) -> dict[str, OwnEvidence]:
    """By subject, what the viewer's own figures of the latest scan are made of. Raises `NotAllowed`."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with database.read() as cursor:

        def read(statement: str, **parameters: object) -> pd.DataFrame:
            return cursor.execute(
                load_sql("bright_spots", statement), {"teacher_id": teacher_id} | parameters
            ).df()

        ingredients, variants = read("own_ingredients"), read("own_variants")
        contrasts = read("own_contrasts", least=MINIMUM_TEACHERS)
    latest = latest_scan(database, viewer)
    asked = latest.options.peers if latest else DISTRICT
    return {
        row["subject"]: _evidence(
            row,
            variants=variants[variants["subject"] == row["subject"]],
            contrasts=contrasts[contrasts["subject"] == row["subject"]],
            asked=asked,
        )
        for row in ingredients.to_dict("records")
    }


def predictions(database: Database, viewer: Viewer) -> list[Prediction]:
    """How well the years before predicted the latest, by subject, in hundredths as it is said.

    It rests on every teacher's figure, so it stays while results of fewer than four teachers changed: whoever
    reads two looks knows a class of her own. Raises `NotAllowed`.
    """
    viewer.require(Permission.BRIGHT_SPOTS_READ)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("bright_spots", "latest_predictions")).df()
    rows = rows.rename(columns={"lower_bound": "lower", "upper_bound": "upper"})
    return [
        Prediction(
            subject=row["subject"],
            slope=_hundredths(row["slope"]),
            lower=_hundredths(row["lower"]),
            upper=_hundredths(row["upper"]),
            coverage=_hundredths(row["coverage"]),
            sections=int(row["sections"]),
            reason=row["reason"],
            start_correlation=_hundredths(row["start_correlation"]),
            start_teachers=int(row["start_teachers"]),
            figures_of=None if pd.isna(row["figures_of"]) else row["figures_of"].to_pydatetime(),
        )
        for row in rows.to_dict("records")
    ]


def overlaps(database: Database, viewer: Viewer) -> list[Overlap]:
    """How many flags each variant shares with the scan, by subject, as of the latest release of counts.

    Raises `NotAllowed`.
    """
    viewer.require(Permission.BRIGHT_SPOTS_READ)
    with database.read() as cursor:
        found = [Overlap(**row) for row in released_overlaps(cursor)]
    return sorted(found, key=lambda overlap: (overlap.subject, VARIANTS.index(overlap.variant)))


def funnel_bands(database: Database, viewer: Viewer) -> dict[str, pd.DataFrame]:
    """By subject the bands of the funnel: students and the edges chance_, all_ and middle_ lower, upper."""
    viewer.require(Permission.BRIGHT_SPOTS_READ)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("bright_spots", "latest_funnels")).df()
    return {str(subject): bands.drop(columns="subject") for subject, bands in rows.groupby("subject")}


def _evidence(
    row: dict[Any, Any], *, variants: pd.DataFrame, contrasts: pd.DataFrame, asked: str
) -> OwnEvidence:
    figures = (
        "mean_result", "mean_expected", "context", "peer_mean", "own_effect", "own_error", "mean_start",
        "disagreement_probability",
    )  # fmt: skip
    beside = {
        contrast["peers"]: Contrast(
            peers=contrast["peers"],
            effect=float(contrast["effect"]),
            lower=float(contrast["lower_bound"]),
            upper=float(contrast["upper_bound"]),
            probability=float(contrast["probability"]),
            peers_in_school=int(contrast["peers_in_school"]),
        )
        for contrast in contrasts.to_dict("records")
    }
    probability = dict(zip(variants["variant"], variants["probability"], strict=True))
    return OwnEvidence(
        subject=row["subject"],
        **{name: _number(row[name]) for name in figures},
        own_sections=int(row["own_sections"]),
        sections_above=int(row["sections_above"]),
        robust=bool(row["robust"]) if row["flagged"] else None,
        contrasts={peers: beside[peers] for peers in PEERS if peers in beside},
        variants={name: _number(probability[name]) for name in VARIANTS if name in probability},
        asked=asked,
    )


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _hundredths(value: Any) -> float | None:
    return None if pd.isna(value) else round(float(value), 2)
