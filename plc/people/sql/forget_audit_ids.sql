-- Forget the ids of the audit that no entry carries any more.
-- parameters: none
-- columns: none
-- scope: system
delete from audit_person
where
    audit_person_id not in (select actor_id from audit_entry)
    and audit_person_id not in (select subject_id from audit_entry where subject_id is not null)
