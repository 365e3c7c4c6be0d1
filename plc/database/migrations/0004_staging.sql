-- What the import door keeps besides results. Staged rows are not here: they wait in a folder beside
-- the database, so that a student's id as written never enters this file.

-- One row: a known word under the pseudonym key, to notice a key that is not this database's.
create table pseudonym_key_check (encrypted varchar not null);

-- Rows of a confirmed upload that an earlier upload had already brought, by that earlier upload.
create table upload_repeat (
    upload_key integer not null,
    repeated_upload_key integer not null,
    repeated_rows bigint not null
);
