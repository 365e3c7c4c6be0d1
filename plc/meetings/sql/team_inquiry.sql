-- The open inquiry of a team that was changed last, with the dates of its test under way or else its latest.
-- parameters: $team_id, $team_ids, $today
-- columns: inquiry_id, test_id, starts_on, ends_on
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    inquiry.inquiry_id,
    test.test_id,
    test.starts_on,
    test.ends_on
from inquiry
left join
    practice_test as test
    on inquiry.inquiry_id = test.inquiry_id and test.state = 'planned' and test.starts_on <= $today
where
    inquiry.team_id = $team_id
    and inquiry.team_id in (select unnest($team_ids))
    and inquiry.state = 'open'
order by inquiry.changed_at desc, test.starts_on desc nulls last
limit 1
