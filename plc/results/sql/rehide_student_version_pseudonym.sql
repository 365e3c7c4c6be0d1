-- Put pseudonyms of this kind under the new key.
-- parameters: none
-- columns: none
-- scope: system
-- duckdb only: update from
update student_version set pseudonym = supplied.after from supplied where student_version.pseudonym = supplied.before
