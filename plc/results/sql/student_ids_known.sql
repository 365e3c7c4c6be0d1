-- Whether any of the given pseudonyms belongs to a student of the roster, under any of her ids.
-- parameters: $pseudonyms
-- columns: pseudonym
-- scope: system
-- duckdb only: unnest of a list parameter
select pseudonym
from (
    select pseudonym from student
    union
    select pseudonym_unpadded as pseudonym from student
    union
    select pseudonym from student_alias
    union
    select pseudonym_unpadded as pseudonym from student_alias
) as known
where pseudonym in (select unnest($pseudonyms))
