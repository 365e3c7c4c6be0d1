-- Frozen releases of figures that cross a team or school, retention and erasure: owned by the privacy room.

create table release (
    release_id varchar primary key,
    released_at timestamp not null
);
