-- Record that someone signed two versions of a test to be comparable.
-- parameters: $subject, $version_name, $main_name, $reason, $signed_by, $signed_at
-- columns: none
-- scope: system
insert into comparability
values ($subject, $version_name, $main_name, $reason, $signed_by, $signed_at, null, null)
