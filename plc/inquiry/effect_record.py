"""A measured effect as it is shown, stored and pooled: figures, checks, words, and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from plc.inquiry.balancing_effects import BalancingResult, harmed
from plc.inquiry.estimating import Arms
from plc.inquiry.tested import Fidelity

MEASURED, TOO_FEW, NO_RESULTS, NOT_EVIDENCE = (
    "measured", "too few students", "no outcome yet", "not evidence",
)  # fmt: skip
# What a viewer reads of a test in place of its verdict where its figures would tell her of one colleague.
FEW_TEACHERS = "too few teachers"


@dataclass(frozen=True, slots=True)
class PriorRow:
    """The posterior under one prior: its name, mean and SD; the mean and 90 % range, P(helped), P(> 0.05)."""

    prior: str
    prior_mean: float
    prior_sd: float | None
    mean: float
    lower: float
    upper: float
    helped: float
    worth_repeating: float


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Another way to the same estimate: these classes alone, or cluster-robust; effect, SE (SD), df, p."""

    effect: float
    standard_error: float
    df: float
    p: float


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """An assessment that counted, on which side of the start, and points of one SD."""

    assessment_name: str
    taken_on: str
    grade: int
    after: bool
    points: float


@dataclass(frozen=True, slots=True)
class MeasuredEffect:
    """One test's effect. Figures are None unless `verdict` says it was measured.

    verdict   'measured', 'too few students', 'no outcome yet', or 'not evidence' (before and after only);
              read by some as 'too few teachers'
    effect, standard_error, df, lower, upper  the test alone, in SD, 90 % interval
    points    of the measure in one SD; effect_points the posterior mean in them
    posterior_*  with what is typical of practices; helped P(> 0), worth_repeating P(> 0.05),
              worthwhile P(> 0.10), harm P(< 0)
    internal, robust, permutation  checks beside it; robust from 6 classes, permutation p when drawn, from 8
    starting_level  mean starting point of the classes that tried it, as seen, in SD of the district's results
    changed_since  the day it was measured, where results changed since that the viewer is not told of
    predicted_late  whether the prediction was written or changed after data were seen: it then is none
    ingredients  every published number the estimate was made from
    """

    test_id: str
    practice_id: str
    design: str
    label: str
    verdict: str
    sentence: str
    limits: tuple[str, ...]
    advice: str | None
    practice: Arms | None
    comparison: Arms | None
    fidelity: Fidelity
    predicted_sd: float
    predicted_points: float | None
    data_version: int
    predicted_late: bool = False
    effect: float | None = None
    standard_error: float | None = None
    df: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    points: float | None = None
    effect_points: float | None = None
    posterior_mean: float | None = None
    posterior_lower: float | None = None
    posterior_upper: float | None = None
    helped: float | None = None
    worth_repeating: float | None = None
    worthwhile: float | None = None
    harm: float | None = None
    hedges_g: float | None = None
    hedges_g_error: float | None = None
    improvement_index: float | None = None
    internal: CheckRow | None = None
    robust: CheckRow | None = None
    permutation: float | None = None
    baseline_difference: float | None = None
    baseline_verdict: str | None = None
    attrition_verdict: str | None = None
    attrition_bias: float | None = None
    pre_trend: float | None = None
    change: float | None = None
    change_spurious: float | None = None
    schools: int = 0
    starting_level: float | None = None
    sensitivity: tuple[PriorRow, ...] = ()
    balancing: tuple[BalancingResult, ...] = ()
    occasions: tuple[OccasionRow, ...] = ()
    ingredients: dict[str, float] = field(default_factory=dict)
    changed_since: str | None = None

    @property
    def balancing_harm(self) -> bool:
        """Whether a balancing measure warns."""
        return harmed(self.balancing)
