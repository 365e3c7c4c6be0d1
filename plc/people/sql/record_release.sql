-- Keep a release.
-- parameters: $release_id, $kind, $generation, $period, $released_at, $released_by, $data_version, $context
-- columns: none
-- scope: system
insert into figure_release (
    release_id, kind, generation, period, released_at, released_by, data_version, context
)
values ($release_id, $kind, $generation, $period, $released_at, $released_by, $data_version, $context)
