-- Gives a person an id that the audit uses for her.
-- parameters: $audit_person_id, $person_kind, $person_id
-- columns: none
-- scope: system
insert into audit_person (audit_person_id, person_kind, person_id)
values ($audit_person_id, $person_kind, $person_id)
