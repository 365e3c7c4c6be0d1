-- How far each class of the team moved: per student the mean of her results from a day on less the mean before
-- it, in SD of the district. `unmatched` counts students with results after it only.
-- parameters: $team_ids, $measure_kind, $measure_name, $cut
-- columns: section_key, students, change, sd, unmatched
-- scope: team
with pupil as (
    select
        seek_score.section_key,
        seek_score.student_key,
        avg(seek_score.z) filter (where assessment.taken_on < $cut) as before,
        avg(seek_score.z) filter (where assessment.taken_on >= $cut) as after
    from seek_score
    inner join seek_team_section on seek_score.section_key = seek_team_section.section_key
    inner join assessment on seek_score.assessment_key = assessment.assessment_key
    where
        seek_team_section.team_id in (select unnest($team_ids))
        and seek_score.standard_key = 0
        and ($measure_name is null or assessment.name = $measure_name)
        and ($measure_kind is null or assessment.kind = $measure_kind)
    group by seek_score.section_key, seek_score.student_key
)

select
    section_key,
    count(*) filter (where before is not null and after is not null) as students,
    avg(after - before) as change,
    stddev_samp(after - before) as sd,
    count(*) filter (where before is null and after is not null) as unmatched
from pupil
group by section_key
order by section_key
