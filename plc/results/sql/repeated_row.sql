-- Rows of one file about the same student, assessment and standard. Rows that share the attempt (or, without
-- one, the date) are one result: the first counts, one that says the same is a duplicate, one that says
-- something else a conflict. `turn` numbers the dates of rows without an attempt.
-- parameters: none
-- columns: line, turn, verdict
-- scope: system
with repeated as (
    select student_key, assessment_key, standard_key
    from numbered_row
    group by student_key, assessment_key, standard_key
    having count(*) > 1
),
turned as (
    select
        n.line,
        n.score,
        n.status,
        dense_rank() over (
            partition by n.student_key, n.assessment_key, n.standard_key, n.attempt is null order by n.taken_on
        )
        + case
            when n.attempt is null
                then
                    coalesce(
                        max(n.attempt) over (partition by n.student_key, n.assessment_key, n.standard_key), 0
                    )
            else 0
        end as turn,
        row_number() over own_result as place,
        first_value(n.score) over own_result as first_score,
        first_value(n.status) over own_result as first_status
    from numbered_row n
    join
        repeated r
        on r.student_key = n.student_key
        and r.assessment_key = n.assessment_key
        and r.standard_key = n.standard_key
    window own_result as (
        partition by
            n.student_key,
            n.assessment_key,
            n.standard_key,
            n.attempt,
            case when n.attempt is null then n.taken_on end
        order by case when n.status = 'missing_unknown' then 1 else 0 end, n.line
        rows between unbounded preceding and current row
    )
)
select
    line,
    turn,
    case
        when place = 1 then 'kept'
        when status = 'missing_unknown' then 'duplicate'
        when score is not distinct from first_score and status = first_status then 'duplicate'
        else 'conflict'
    end as verdict
from turned
