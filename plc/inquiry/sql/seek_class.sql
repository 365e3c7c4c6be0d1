-- What stands in each class's results of an assessment and standard ('': as a whole), with starting points: one number,
-- each byte of which any change in an eighth of its students moves.
-- parameters: none
-- columns: assessment_key, assessment_id, standard_key, standard_id, section_id, state, students
-- scope: system
-- duckdb only: hash of several columns, and its exclusive or over rows
with of_class as (
    select
        seek_counted.assessment_key,
        seek_counted.standard_key,
        seek_counted.section_key,
        bit_xor(
            cast(
                hash(
                    seek_counted.student_key,
                    seek_counted.score,
                    seek_counted.percent,
                    seek_start.start_key,
                    seek_start.share
                ) % 255 + 1 as ubigint
            ) << cast(8 * (seek_counted.student_key % 8) as ubigint)
        ) as state,
        count(*) as students
    from seek_counted
    left join seek_start on seek_counted.student_key = seek_start.student_key
    group by seek_counted.assessment_key, seek_counted.standard_key, seek_counted.section_key
)

select
    of_class.assessment_key,
    assessment.assessment_id,
    of_class.standard_key,
    coalesce(standard.standard_id, '') as standard_id,
    section.section_id,
    bit_xor(of_class.state) as state,
    sum(of_class.students) as students
from of_class
inner join assessment on of_class.assessment_key = assessment.assessment_key
inner join section on of_class.section_key = section.section_key
left join standard on of_class.standard_key = standard.standard_key
group by
    of_class.assessment_key,
    assessment.assessment_id,
    of_class.standard_key,
    standard.standard_id,
    section.section_id
