-- The classes whose results of an assessment changed since the scan before: which teacher alone loaded the change,
-- if one did, of how many students at least, and whether it counts. A change that no upload shows may be somebody's own that
-- she took back. Where rows were taken back and another's loaded in their place, she knows hers and not what stood
-- there: taken together, the rows that came and those they replaced no longer make the one state of the other.
-- A starting point concerns every assessment of its class, and so does who teaches it.
-- parameters: none
-- columns: section_key, assessment_key, standard_key, known_by, students, counts, is_retaught
-- scope: system
-- duckdb only: hash of several columns, and its exclusive or over rows
with moved as (
    select
        coalesce(standing.section_key, earlier.section_key) as section_key,
        coalesce(standing.assessment_key, earlier.assessment_key) as assessment_key,
        coalesce(standing.standard_key, earlier.standard_key) as standard_key,
        xor(coalesce(standing.state, 0), coalesce(earlier.state, 0)) as state_change,
        coalesce(standing.eighths, 0) | coalesce(earlier.eighths, 0) as eighths,
        -- Not known of a look before eighths were kept.
        case
            when earlier.section_key is null or earlier.eighths is not null
                then xor(coalesce(standing.eighths, 0), coalesce(earlier.eighths, 0))
        end as eighths_change
    from class_state as standing
    full outer join scan_class_state as earlier
        on
            standing.section_key = earlier.section_key
            and standing.assessment_key = earlier.assessment_key
            and standing.standard_key = earlier.standard_key
    where standing.state is distinct from earlier.state
),

-- How many eighths of a class's students have results, and in how many any changed.
counted as (
    select
        moved.*,
        count(*) filter (where (moved.eighths >> (8 * place.place)) & 255 > 0) as present,
        count(*) filter (where (moved.eighths_change >> (8 * place.place)) & 255 > 0) as changed
    from moved
    cross join (select cast(unnest(range(8)) as ubigint) as place) as place
    group by all
),

recent as (
    select upload_key, uploaded_by
    from upload
    where state = 'confirmed' and upload_key not in (select scan_known_upload.upload_key from scan_known_upload)
),

loaded as (
    select held.section_key, held.assessment_key, held.student_key, recent.uploaded_by
    from result_version as held
    inner join recent on held.upload_key = recent.upload_key
    union all
    select held.section_key, held.assessment_key, held.student_key, recent.uploaded_by
    from result_version as held
    inner join recent on held.superseded_by = recent.upload_key
),

-- What came and stands, and what it replaced; what came and went in between is neither.
shown as (
    select
        held.section_key,
        held.assessment_key,
        held.standard_key,
        bit_xor(hash(held.student_key, held.attempt, held.score, held.status)) as state_change
    from result_version as held
    left join recent as bringing on held.upload_key = bringing.upload_key
    left join recent as replacing on held.superseded_by = replacing.upload_key
    where
        (bringing.upload_key is not null and held.superseded_by is null)
        or (bringing.upload_key is null and replacing.upload_key is not null)
    group by held.section_key, held.assessment_key, held.standard_key
),

retaught as (
    select coalesce(standing.section_key, earlier.section_key) as section_key
    from class_teacher as standing
    full outer join scan_class_teacher as earlier
        on
            standing.section_key = earlier.section_key
            and standing.teacher_id = earlier.teacher_id
            and standing.grade = earlier.grade
            and standing.share = earlier.share
    where standing.section_key is null or earlier.section_key is null
),

hand as (
    select
        loaded.section_key,
        loaded.assessment_key,
        count(distinct loaded.uploaded_by) as people,
        min(loaded.uploaded_by) as uploaded_by,
        count(distinct loaded.student_key) as students
    from loaded
    group by loaded.section_key, loaded.assessment_key
),

told as (
    select
        moved.section_key,
        moved.assessment_key,
        moved.standard_key,
        assessment.kind is not distinct from 'baseline' as is_start,
        hand.people = 1 and hand.uploaded_by in (select teacher.teacher_id from teacher) as is_one_hand,
        moved.state_change is distinct from shown.state_change
        and hand.uploaded_by not in (
            select class_teacher.teacher_id from class_teacher where class_teacher.section_key = moved.section_key
        ) as is_in_place,
        hand.uploaded_by,
        -- Whose row was touched, or put back as it was, changed nothing. Where each eighth changed that a small class
        -- has, it cannot be told of how many of them.
        case
            when moved.eighths_change is not null and (moved.changed < moved.present or moved.changed = 8)
                then least(coalesce(hand.students, 0), moved.changed)
            else coalesce(hand.students, 0)
        end as students
    from counted as moved
    left join shown
        on
            moved.section_key = shown.section_key
            and moved.assessment_key = shown.assessment_key
            and moved.standard_key = shown.standard_key
    left join hand on moved.section_key = hand.section_key and moved.assessment_key = hand.assessment_key
    left join assessment on moved.assessment_key = assessment.assessment_key
),

judged as (
    select
        section_key,
        assessment_key,
        standard_key,
        is_start,
        case when is_one_hand and not is_in_place then uploaded_by end as known_by,
        students,
        students > 0 and not (is_one_hand and is_in_place) as counts
    from told
)

select section_key, assessment_key, standard_key, known_by, students, counts, false as is_retaught
from judged
union
select
    judged.section_key,
    class_state.assessment_key,
    class_state.standard_key,
    judged.known_by,
    judged.students,
    judged.counts,
    false as is_retaught
from judged
inner join class_state on judged.section_key = class_state.section_key
where judged.is_start
union
select
    retaught.section_key,
    class_state.assessment_key,
    class_state.standard_key,
    null as known_by,
    0 as students,
    false as counts,
    true as is_retaught
from retaught
inner join class_state on retaught.section_key = class_state.section_key
