-- One row when some decision of a teacher's own, or an agreement of a team, could show her to somebody.
-- parameters: $teacher_id
-- columns: teacher_id
-- scope: self
select teacher_id from consent where teacher_id = $teacher_id
union all
select teacher_id from team_agreement_member where teacher_id = $teacher_id
limit 1
