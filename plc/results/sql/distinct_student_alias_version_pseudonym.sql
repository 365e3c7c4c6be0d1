-- Every pseudonym of this kind, once.
-- parameters: none
-- columns: pseudonym
-- scope: system
select distinct pseudonym
from student_alias_version
order by pseudonym nulls last
