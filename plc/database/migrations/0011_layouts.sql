-- How a person said a table is to be read, kept under a name and offered for the next table with these columns.
-- `answers` is a JSON object of column names: no value of any row is in it.

create table import_layout (
    layout_id varchar not null,
    name varchar primary key,
    header_sha256 varchar not null,
    answers varchar not null,
    made_by varchar not null,
    made_at timestamp not null
);
