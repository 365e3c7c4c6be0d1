-- How many of some hidden ids are students, as written or without leading zeros.
-- parameters: $pseudonyms, $unpadded
-- columns: students
-- scope: system
-- duckdb only: list_contains
select count(distinct student_key) as students
from student
where list_contains($pseudonyms, pseudonym) or list_contains($unpadded, pseudonym_unpadded)
