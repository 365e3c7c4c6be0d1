-- Every readable row of a results file with its section, or the problem that keeps it out. A row that only
-- serves as a starting point (a baseline, an earlier year) needs no section. `from_roster` says that the file
-- leaves the teacher or the grade to the roster.
-- parameters: $latest_school_year, $only_school, $from_roster
-- columns: line, student, section_id, school_id, grade, subject, school_year, teacher_id, teacher_name, school_name, assessment, kind, taken_on, standard, score, max_score, attempt, status, lacks_teacher, problem_column, problem
-- scope: system
with found as (
    select
        p.*,
        case when d.section_key is not null then 1 else coalesce(x.sections, 0) end as sections,
        s.section_id as roster_section_id,
        y.school_id as roster_school_id,
        w.student_key is null as is_new_student,
        coalesce(p.grade, s.grade, g.grade) as known_grade,
        p.kind = 'baseline' or p.school_year < $latest_school_year as is_starting_point
    from parsed_results_file p
    join student_word w on w.number = p.student
    left join
        placement x
        on x.student = p.student
        and x.subject = p.subject
        and x.school_year = p.school_year
        and x.row_section_id is not distinct from p.section_id
        and x.row_school_id is not distinct from p.school_id
        and x.row_teacher_id is not distinct from p.teacher_id
        and x.row_grade is not distinct from p.grade
    left join dated_placement d on d.line = p.line
    left join section s on s.section_key = case when x.sections = 1 then x.section_key else d.section_key end
    left join school y on y.school_key = s.school_key
    left join student_grade g on g.student = p.student and g.school_year = p.school_year
    where not p.bad and not p.blank
),
needed as (
    select *, sections = 0 and teacher_id is null and not is_starting_point as lacks_teacher from found
),
judged as (
    select
        *,
        case
            when $from_roster and is_new_student and (known_grade is null or lacks_teacher)
                then 'student_id:not_on_roster'
            when known_grade is null then 'grade:missing'
            when sections > 1 and not is_starting_point then 'section_id:several_sections'
            when lacks_teacher then 'teacher_id:missing'
            when score > max_score then 'score:above_maximum'
        end as verdict
    from needed
)
select
    line,
    student,
    case
        when sections = 1 then roster_section_id
        when teacher_id is not null
            then coalesce(section_id, teacher_id || '|' || known_grade || '|' || subject || '|' || school_year)
    end as section_id,
    case
        when sections = 1 then roster_school_id
        when teacher_id is not null then coalesce(school_id, $only_school)
    end as school_id,
    known_grade as grade,
    subject,
    school_year,
    teacher_id,
    teacher_name,
    school_name,
    assessment,
    kind,
    date as taken_on,
    standard,
    score,
    max_score,
    attempt,
    status,
    lacks_teacher,
    split_part(verdict, ':', 1) as problem_column,
    split_part(verdict, ':', 2) as problem
from judged
