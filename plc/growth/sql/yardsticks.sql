-- Each scale's yardstick, as step 2 left it.
-- parameters: none
-- columns: subject, grade, assessment_name, first_school_year, students, cut_score, stated, source
-- scope: system
select subject, grade, assessment_name, first_school_year, students, cut_score, stated, source
from scale
order by subject nulls last, grade nulls last, assessment_name nulls last
