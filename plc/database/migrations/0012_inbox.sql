-- What became of each file that came through the inbox folder. Counts are the upload's own.

create table inbox_entry (
    entry_id varchar not null,
    file_name varchar not null,
    taken_at timestamp not null,
    outcome varchar not null check (outcome in ('confirmed', 'unchanged', 'waits', 'refused')),
    upload_id varchar,
    words varchar not null
);
