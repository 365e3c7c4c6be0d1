-- Results to merge. A row without an attempt is the attempt already loaded with its date; else, when it is
-- the file's only row of the kind, the attempt with its score (a corrected date); else a new attempt.
-- parameters: none
-- columns: line, student_key, section_key, assessment_key, standard_key, attempt, score, status, taken_on
-- scope: system
with kept as (
    select n.*, r.turn
    from numbered_row n
    left join repeated_row r on r.line = n.line
    where coalesce(r.verdict, 'kept') = 'kept'
),
held as (
    select
        k.line,
        max(h.attempt) as latest,
        min(case when h.taken_on = k.taken_on then h.attempt end) as same_day,
        min(
            case when k.turn is null and h.score is not distinct from k.score and h.status = k.status then h.attempt end
        ) as same_score
    from kept k
    join
        result h
        on h.student_key = k.student_key
        and h.assessment_key = k.assessment_key
        and h.standard_key = k.standard_key
    where k.attempt is null
    group by k.line
)
select
    k.line,
    k.student_key,
    k.section_key,
    k.assessment_key,
    k.standard_key,
    coalesce(k.attempt, h.same_day, h.same_score, coalesce(h.latest, 0) + coalesce(k.turn, 1))::smallint as attempt,
    k.score,
    k.status,
    k.taken_on
from kept k
left join held h on h.line = k.line
