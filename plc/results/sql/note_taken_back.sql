-- Remembers of which classes an upload held results, before they are undone: who saw them cannot unsee them.
-- parameters: $upload_key, $now
-- columns: none
-- scope: system
insert into result_taken_back
select distinct
    section.section_id,
    section.subject,
    section.school_year,
    assessment.name,
    assessment.kind,
    coalesce(standard.standard_id, ''),
    assessment.taken_on,
    $now
from result_version as held
inner join section on held.section_key = section.section_key
inner join assessment on held.assessment_key = assessment.assessment_key
left join standard on held.standard_key = standard.standard_key
where held.upload_key = $upload_key and held.status = 'scored'
