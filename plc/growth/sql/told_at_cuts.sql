-- The assessments behind the district's own cuts that were shown, with the latest upload behind each.
-- parameters: none
-- columns: told_key, assessment_key, upload_key
-- scope: system
create or replace temp table told_at as
select shown_cut.told_key, assessment.assessment_key, shown_cut.upload_key
from shown_cut
join assessment
    on assessment.subject = shown_cut.subject
    and assessment.name = shown_cut.assessment_name
    and assessment.school_year = shown_cut.school_year
where assessment.kind <> 'baseline' and (assessment.grade is null or assessment.grade = shown_cut.grade)
