-- Every pseudonym of this kind, once.
-- parameters: none
-- columns: pseudonym_unpadded
-- scope: system
select distinct pseudonym_unpadded
from student_alias_version
order by pseudonym_unpadded nulls last
