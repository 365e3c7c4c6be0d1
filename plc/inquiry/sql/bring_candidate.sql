-- Makes a practice a candidate of an inquiry that tests it, where it is not one yet.
-- parameters: $inquiry_id, $practice_id, $also_typical, $added_by, $added_at
-- columns: none
-- scope: system
insert into candidate_practice (
    inquiry_id, practice_id, version, also_typical, contrast_note, added_by, added_at, removed_at
)
select $inquiry_id, $practice_id, 1, $also_typical, '', $added_by, $added_at, null
where
    not exists (
        select 1
        from candidate_practice
        where inquiry_id = $inquiry_id and practice_id = $practice_id and removed_at is null
    )
