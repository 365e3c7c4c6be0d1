-- Each scale's spread and the district's own cut, none where one is stated, as step 2 left them, with the latest
-- upload behind them.
-- parameters: none
-- columns: subject, grade, assessment_name, school_year, cut_score, upload_key, spread
-- scope: system
select
    subject,
    grade,
    assessment_name,
    first_school_year as school_year,
    case when not stated then cut_score end as cut_score,
    upload_key,
    spread
from scale
order by subject nulls last, grade nulls last, assessment_name nulls last
