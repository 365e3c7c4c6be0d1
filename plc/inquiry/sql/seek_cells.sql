-- What the students of each class of the team showed, per assessment, standard and starting third (0: all, with
-- or without a starting point): how many, and their means. `adjusted` is beyond where students who started
-- alike end, in SD. `digest` and `digest_started` (with the starting point) change with any student's result and
-- add up over groups of students, below 2^53.
-- parameters: $team_ids, $measure_kind, $measure_name
-- columns: assessment_key, assessment_id, assessment_name, taken_on, standard_key, standard_id, section_key, section_id, third, students, started, percent, z, adjusted, square, square_z, square_percent, district_percent, sd_percent, digest, digest_started
-- scope: team
-- duckdb only: numbers out of md5
with student_cell as (
    select
        seek_score.assessment_key,
        seek_score.standard_key,
        seek_score.section_key,
        seek_team_section.section_id,
        seek_score.percent,
        seek_score.z,
        seek_slope.mean_percent,
        seek_slope.sd_percent,
        coalesce(seek_place.third, 0) as third,
        seek_score.z - seek_slope.mean_z - seek_slope.slope * (seek_place.x - seek_slope.mean_x) as adjusted,
        cast(
            md5_number_lower(concat_ws(' ', seek_score.student_key, seek_score.score)) % 4503599627370449 as bigint
        ) as digest,
        cast(
            md5_number_lower(concat_ws(' ', seek_score.student_key, seek_score.score, seek_start.share))
            % 4503599627370449 as bigint
        ) as digest_started
    from seek_score
    inner join seek_team_section on seek_score.section_key = seek_team_section.section_key
    left join seek_slope
        on
            seek_score.assessment_key = seek_slope.assessment_key
            and seek_score.standard_key = seek_slope.standard_key
    left join seek_place
        on
            seek_score.assessment_key = seek_place.assessment_key
            and seek_score.student_key = seek_place.student_key
    left join seek_start on seek_score.student_key = seek_start.student_key
    where seek_team_section.team_id in (select unnest($team_ids))
),

tripled as (
    select *, 0 as shown_third from student_cell
    union all
    select *, third as shown_third from student_cell where third > 0
)

select
    tripled.assessment_key,
    max(assessment.assessment_id) as assessment_id,
    max(assessment.name) as assessment_name,
    max(assessment.taken_on) as taken_on,
    tripled.standard_key,
    max(standard.standard_id) as standard_id,
    tripled.section_key,
    max(tripled.section_id) as section_id,
    tripled.shown_third as third,
    count(*) as students,
    count(tripled.adjusted) as started,
    avg(tripled.percent) as percent,
    avg(tripled.z) as z,
    avg(tripled.adjusted) as adjusted,
    sum(tripled.adjusted * tripled.adjusted) as square,
    sum(tripled.z * tripled.z) as square_z,
    sum(tripled.percent * tripled.percent) as square_percent,
    max(tripled.mean_percent) as district_percent,
    max(tripled.sd_percent) as sd_percent,
    cast(sum(tripled.digest) % 4503599627370449 as bigint) as digest,
    cast(
        coalesce(sum(tripled.digest_started) filter (where tripled.adjusted is not null), 0)
        % 4503599627370449 as bigint
    ) as digest_started
from tripled
inner join assessment on tripled.assessment_key = assessment.assessment_key
left join standard on tripled.standard_key = standard.standard_key
where
    ($measure_name is null or assessment.name = $measure_name)
    and ($measure_kind is null or assessment.kind = $measure_kind)
group by tripled.assessment_key, tripled.standard_key, tripled.section_key, tripled.shown_third
order by taken_on nulls last, tripled.assessment_key, tripled.standard_key, tripled.section_key, tripled.shown_third
