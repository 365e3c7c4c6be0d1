-- A district of 250 schools for benchmarks/schools.py.
insert into school_version (school_key, school_id, name, upload_key)
select i, 'S' || i, 'School ' || i, 1 from range(250) t(i);
insert into teacher_version (teacher_key, teacher_id, name, upload_key)
select i, 'T' || i, 'Teacher ' || i, 1 from range(10000) t(i);
insert into section_version (section_key, section_id, school_key, grade, subject, school_year, upload_key)
select i, 'C' || i, (i // 2) // 5 % 250, 5 + (i // 2) // 5 % 4, 'maths', 2026, 1 from range(20000) t(i);
insert into section_teacher_version (section_key, teacher_key, share, upload_key)
select i, i // 2, 1.0, 1 from range(20000) t(i);
insert into enrollment_version (student_key, section_key, share, upload_key)
select i, i // 25, 1.0, 1 from range(500000) t(i);
insert into assessment_version
    (assessment_key, assessment_id, name, kind, subject, school_year, taken_on, upload_key)
select i, 'A' || i, 'Unit ' || i || ' check', case when i = 0 then 'baseline' else 'common' end, 'maths', 2026,
    date '2025-09-01' + cast(i * 60 as integer), 1
from range(4) t(i);
insert into result_version
    (student_key, section_key, assessment_key, standard_key, attempt, score, status, taken_on, upload_key)
select i % 500000, (i % 500000) // 25, i // 500000, 0, 1, (i * 7919) % 100, 'scored',
    date '2025-09-01' + cast((i // 500000) * 60 as integer), 1
from range(2000000) t(i);
insert into team (team_id, team_name, subject, grade, school_id, norms, version, created_by, created_at)
select 'team-' || i, 'Team ' || i, 'maths', 5 + i % 4, 'S' || (i % 250), '', 1, 'T1', timestamp '2025-08-01'
from range(2000) t(i);
insert into team_member (team_id, teacher_id, member_role, joined_on)
select 'team-' || (i // 5), 'T' || i, 'member', date '2025-08-01' from range(10000) t(i);
insert into inquiry (
    inquiry_id, team_id, version, title, challenge, subject, grade, school_year, measure_kind, phase, state,
    opened_by, opened_at, changed_by, changed_at
)
select 'inquiry-' || i, 'team-' || i, 1, 'Inquiry', 'What', 'maths', 5 + i % 4, 2026, 'common',
    case i % 4 when 0 then 'seek' when 1 then 'discover' when 2 then 'confirm' else 'share' end, 'open', 'T1',
    timestamp '2025-10-01', 'T1', timestamp '2025-10-01'
from range(2000) t(i);
insert into practice (practice_id, owner_teacher_id, team_id, made_by, made_at)
select 'P' || i, 'T' || (i * 5), 'team-' || i, 'T1', timestamp '2025-09-01' from range(2000) t(i);
insert into practice_version (
    practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject,
    grades, standards, made_by, made_at
)
select 'P' || i, 1, 'Sort the tickets of practice ' || i, repeat('After a lesson. ', 10),
    repeat('Sort the tickets, then reteach. ', 20), 'The same day.', '', 5, '', 'maths',
    case i % 2 when 0 then '5, 6' else '7, 8' end, '6.EE.B.' || (i % 9), 'T1', timestamp '2025-09-01'
from range(2000) t(i);
insert into practice_consent
    (practice_id, teacher_id, scope, name_shown, welcomes, until_on, decided_at)
select 'P' || i, 'T' || (i * 5), 'district', 'role', 'ask, visit', date '2099-01-01', timestamp '2025-09-01'
from range(2000) t(i);
insert into practice_test (
    test_id, inquiry_id, team_id, practice_id, practice_version, iteration, version, design, subject, grade,
    school_year, predicted_sd, prediction_words, predicted_at, starts_on, ends_on, adaptation, state, planned_by,
    planned_at
)
select 'test-' || i, 'inquiry-' || (i * 7 % 2000), 'team-' || (i * 7 % 2000), 'P' || (i % 2000), 1, 1, 1,
    'matched', 'maths', 5 + i % 4, 2026, 0.1, '', timestamp '2025-09-01',
    date '2025-09-01' + cast(i % 150 as integer), date '2025-10-06' + cast(i % 150 as integer), '',
    case when i % 5 = 0 then 'planned' else 'decided' end, 'T1', timestamp '2025-09-01'
from range(20000) t(i);
insert into test_section (test_id, section_id, teacher_id, school_id, grade, arm, block)
select 'test-' || (i // 4), 'C' || (i % 20000), 'T' || (i % 20000 // 2), 'S' || (i % 250), 6,
    case when i % 4 < 2 then 'practice' else 'comparison' end, 'x'
from range(80000) t(i);
insert into test_effect (
    test_id, practice_id, measured_at, data_version, verdict, design, effect, standard_error, lower_bound,
    upper_bound, students, practice_students, practice_sections, comparison_sections, practice_teachers, schools,
    low_starters_effect, sentence, details
)
select 'test-' || i, 'P' || (i % 2000), timestamp '2026-03-01', 1, 'measured', 'matched', (i % 40 - 15) / 100.0,
    0.1, -0.1, 0.3, 90, 45, 2, 2, 2, 2, case when i % 3 = 0 then 0.1 end, '', '{}'
from range(20000) t(i);
insert into test_decision (test_id, decision, reason, decided_by, decided_on, decided_at)
select 'test-' || i, case i % 4 when 0 then 'adopt' when 1 then 'adapt' when 2 then 'abandon' else 'keep testing' end,
    'Because', 'T1', date '2026-01-01' + cast(i % 150 as integer), timestamp '2026-01-01'
from range(20000) t(i) where i % 5 <> 0;
insert into practice_evidence (
    practice_id, step, words, missing, tests, practice_sections, schools, teachers, students, estimate,
    standard_error, lower_bound, upper_bound, tier_words, balancing_harm, contexts, data_version, computed_at
)
select 'P' || i,
    case i % 4 when 0 then 'replicated' when 1 then 'tested once' when 2 then 'retired' else 'confirmed here' end,
    '', '', 10, 20, 9, 18, 900, (i % 40 - 15) / 100.0, 0.05, (i % 40 - 25) / 100.0, (i % 40 - 5) / 100.0, '', false,
    '[{"kind": "course", "subject": "maths", "grade": ' || (5 + i % 4) || '}]', 1, timestamp '2026-03-01'
from range(2000) t(i);
insert into meeting (
    meeting_id, team_id, inquiry_id, version, state, protocol_key, meets_on, goal, phase, ended_at
)
select 'm' || i, 'team-' || (i % 2000), 'inquiry-' || (i % 2000), 1, 'ended', 'seek',
    date '2025-09-01' + cast(i // 2000 * 9 as integer), '', 'confirm', timestamp '2026-01-01'
from range(60000) t(i);
insert into meeting_decision (
    decision_id, meeting_id, team_id, inquiry_id, decision, words, decided_by, decided_on, decided_at
)
select 'd' || i, 'm' || i, 'team-' || (i % 2000), 'inquiry-' || (i % 2000), 'agree', 'We agree', 'T1',
    date '2025-09-01' + cast(i // 2000 * 9 as integer), timestamp '2026-01-01'
from range(60000) t(i) where i % 2000 % 3 > 0;
insert into barrier (
    barrier_id, team_id, barrier_kind, words, removable_by, asked_by, asked_on, due_on, answer, answered_by,
    answered_on, outcome
)
select 'b' || i, 'team-' || (i % 2000), 'time', 'A free hour', 'principal', 'T1',
    date '2026-01-01' + cast(i % 140 as integer), date '2026-01-15' + cast(i % 140 as integer),
    case when i % 3 > 0 then 'Done' end, case when i % 3 > 0 then 'principal' end,
    case when i % 3 > 0 then date '2026-01-04' + cast(i % 140 as integer) end,
    case when i % 3 > 0 then 'removed' end
from range(6000) t(i);
insert into team_support
    (support_id, team_id, support_kind, words, for_on, given_by, given_role, given_on, given_at)
select 's' || i, 'team-' || i, 'time', 'A lesson', date '2026-05-01', 'principal', 'principal',
    date '2026-04-20', timestamp '2026-04-20'
from range(2000) t(i);
insert into visit_proposal (
    proposal_id, practice_id, owner_teacher_id, team_id, words, proposed_by, proposed_role, school_id, proposed_on,
    proposed_at
)
select 'v' || i, 'P' || (i % 2000), 'T' || (i % 2000 * 5), 'team-' || ((i + 100) % 2000), '', 'principal',
    'principal', 'S' || (i % 250), date '2026-04-01', timestamp '2026-04-01'
from range(2000) t(i);
insert into figure_release (
    release_id, kind, generation, period, released_at, released_by, data_version, context
)
values (
    'r1', 'catch_up', 1, '2026-05', timestamp '2026-05-01', 'steward', 1, '{"years": [], "yardsticks": []}'
);
