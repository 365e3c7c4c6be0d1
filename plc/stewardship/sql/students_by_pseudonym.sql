-- The students an id belongs to: as written, by a further id, and else without leading zeros.
-- parameters: $pseudonym, $unpadded
-- columns: student_key, found_by
-- scope: system
select distinct student_key, 'written' as found_by from student_version where pseudonym = $pseudonym
union
select distinct student_key, 'further id' as found_by from student_alias_version where pseudonym = $pseudonym
union
select distinct student_key, 'without zeros' as found_by from student_version where pseudonym_unpadded = $unpadded
order by student_key nulls last, found_by nulls last
