-- Every readable row of a results file with its section, or the problem that keeps it out. A row that only
-- serves as a starting point (a baseline, an earlier year) needs no section. A row without a teacher that the
-- roster does not place takes the section which other rows of the file name by its id, or else for its student,
-- so that the same file read again finds it there. `from_roster` says that the file leaves the teacher or the
-- grade to the roster.
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
stated as (
    select
        *,
        case
            when sections = 1 then roster_section_id
            when teacher_id is not null
                then coalesce(section_id, teacher_id || '|' || known_grade || '|' || subject || '|' || school_year)
        end as own_section_id,
        case
            when sections = 1 then roster_school_id
            when teacher_id is not null then coalesce(school_id, $only_school)
        end as own_school_id
    from found
),
named as (
    select distinct
        student, own_section_id as section_id, own_school_id as school_id, known_grade as grade, subject, school_year
    from stated
    where own_section_id is not null and known_grade is not null
),
asking as (
    select distinct student, section_id, school_id, grade, subject, school_year
    from stated
    where sections = 0 and teacher_id is null
),
answered as (
    select a.*, n.section_id as named_section_id, n.school_id as named_school_id, n.grade as named_grade
    from asking a
    join
        (select distinct section_id, school_id, grade, subject, school_year from named) n
        on n.section_id = a.section_id and n.subject = a.subject and n.school_year = a.school_year
    union all
    select a.*, n.section_id as named_section_id, n.school_id as named_school_id, n.grade as named_grade
    from asking a
    join named n on n.student = a.student and n.subject = a.subject and n.school_year = a.school_year
    where a.section_id is null
),
in_file as (
    select
        student,
        section_id,
        school_id,
        grade,
        subject,
        school_year,
        min(named_section_id) as named_section_id,
        min(named_school_id) as named_school_id,
        min(named_grade) as named_grade
    from answered
    where (school_id is null or named_school_id = school_id) and (grade is null or named_grade = grade)
    group by student, section_id, school_id, grade, subject, school_year
    having count(*) = 1
),
placed as (
    select
        s.* exclude (known_grade),
        coalesce(s.own_section_id, f.named_section_id) as placed_section_id,
        coalesce(s.own_school_id, f.named_school_id) as placed_school_id,
        coalesce(s.known_grade, f.named_grade) as known_grade,
        s.sections = 0 and s.teacher_id is null and f.named_section_id is null and not s.is_starting_point
            as lacks_teacher
    from stated s
    left join
        in_file f
        on s.sections = 0
        and s.teacher_id is null
        and f.student = s.student
        and f.section_id is not distinct from s.section_id
        and f.school_id is not distinct from s.school_id
        and f.grade is not distinct from s.grade
        and f.subject = s.subject
        and f.school_year = s.school_year
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
    from placed
)
select
    line,
    student,
    placed_section_id as section_id,
    placed_school_id as school_id,
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
