-- Further ids of a student (state id, id of the rostering system, e-mail), as keyed pseudonyms, so that a
-- file that knows a student only by one of them can be matched. Rosters fill it.

create table student_alias_version (
    student_key integer not null,
    id_type varchar not null,
    pseudonym varchar not null,
    pseudonym_unpadded varchar not null,
    upload_key integer not null,
    superseded_by integer
);

create view student_alias as
select * exclude (upload_key, superseded_by) from student_alias_version where superseded_by is null;
