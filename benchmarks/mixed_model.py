"""The same variance components by statsmodels' MixedLM, as a yardstick for the solver's speed."""

from __future__ import annotations

import time
import warnings

import statsmodels.formula.api as formulas  # type: ignore[import-untyped]

from plc.database import Database

# Section means of the standardised result, less the starting point by one pooled within-section slope.
SECTION_MEANS = """
with outcome as (
    select result.student_key, result.section_key, section.grade, section.subject, section.school_year,
        section.school_key, avg(result.score) as score
    from result join section using (section_key) group by all
),
prior as (
    select student_key, score as start_score from result where section_key is null
),
student_row as (
    select section_key, school_key, subject || grade || school_year as stratum, school_year,
        (score - avg(score) over peers) / stddev_samp(score) over peers as y,
        (start_score - avg(start_score) over peers) / stddev_samp(start_score) over peers as x
    from outcome join prior using (student_key)
    window peers as (partition by subject, grade, school_year)
),
slope as (
    select sum(covariance * n) / sum(spread * n) as b
    from (
        select covar_pop(y, x) as covariance, var_pop(x) as spread, count(*) as n
        from student_row group by section_key
    )
)
select section_key, any_value(school_key) as school, any_value(stratum) as stratum,
    any_value(school_year) as school_year, any_value(teacher_key) as teacher, avg(y - b * x) as effect
from student_row join section_teacher using (section_key) cross join slope
group by section_key order by section_key
"""


def fit_section_means(database: Database) -> tuple[float, str]:
    """Seconds of one REML fit, and what was fitted."""
    with database.read() as cursor:
        sections = cursor.execute(SECTION_MEANS).df()
    components = {"teacher": "0 + C(teacher)", "teacher_year": "0 + C(teacher):C(school_year)"}
    model = formulas.mixedlm(
        "effect ~ C(stratum)", sections, groups="school", vc_formula=components, re_formula="1"
    )
    start = time.perf_counter()
    with warnings.catch_warnings():
        # Components on the boundary make statsmodels warn; the time is what counts here.
        warnings.simplefilter("ignore")
        fitted = model.fit(reml=True, method="lbfgs", maxiter=50)
    seconds = time.perf_counter() - start
    # Names come back in the model's own order.
    found = dict(zip(model.exog_vc.names, fitted.vcomp, strict=True)) | {"section": fitted.scale}
    found["school"] = float(fitted.cov_re.iloc[0, 0])
    words = ", ".join(f"{name} {value**0.5:.3f}" for name, value in sorted(found.items()))
    return seconds, f"{len(sections):,} sections, fit only: {words}, converged {fitted.converged}"
