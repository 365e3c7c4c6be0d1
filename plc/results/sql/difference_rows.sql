-- What each result was and would become, in words, by row of the file: of every class ($all_classes), or of
-- the classes of this teacher.
-- parameters: $path, $listed, $all_classes, $teacher_id
-- columns: row_number, assessment, standard, before, now, why
-- scope: self
-- duckdb only: read_parquet, printf
with worded as (
    select
        *,
        case when status_before = 'scored' then printf('%g', score_before) else replace(status_before, '_', ' ') end
            as before,
        case when status_now = 'scored' then printf('%g', score_now) else replace(status_now, '_', ' ') end as now,
        taken_on_before <> taken_on_now as date_changes
    from read_parquet($path) as changed
    where
        $all_classes
        or changed.section_before in (
            select taught.section_key from taught_class as taught where taught.teacher_id = $teacher_id
        )
    )
select
    row_number,
    assessment,
    standard,
    case when date_changes then before || ' (' || taken_on_before || ')' else before end as before,
    case when date_changes then now || ' (' || taken_on_now || ')' else now end as now,
    concat_ws(
        ', ',
        case when before <> now then 'score' end,
        case when date_changes then 'date' end,
        case when class_changes then 'class' end
    ) as why
from worded
order by row_number
limit $listed
