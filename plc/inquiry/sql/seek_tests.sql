-- When each test of an inquiry of the viewer's teams starts and ends.
-- parameters: $team_ids, $inquiry_id
-- columns: starts_on, ends_on, title, state
-- scope: team
select
    practice_test.starts_on,
    practice_test.ends_on,
    practice_version.title,
    practice_test.state
from practice_test
inner join practice_version
    on
        practice_test.practice_id = practice_version.practice_id
        and practice_test.practice_version = practice_version.version
where
    practice_test.inquiry_id = $inquiry_id
    and practice_test.team_id in (select unnest($team_ids))
    and practice_test.state in ('planned', 'decided')
order by practice_test.starts_on nulls last, practice_test.test_id
