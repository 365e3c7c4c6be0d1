-- A practice that a made-up inquiry considered.
-- parameters: $inquiry_id, $practice_id, $also_typical, $contrast_note, $added_by, $added_at
-- columns: none
-- scope: system
insert into candidate_practice (
    inquiry_id, practice_id, version, also_typical, contrast_note, added_by, added_at
)
values ($inquiry_id, $practice_id, 1, $also_typical, $contrast_note, $added_by, $added_at)
