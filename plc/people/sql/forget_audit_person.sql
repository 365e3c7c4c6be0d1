-- Cuts the audit's ids of a person from the person: its entries stay and name nobody any more.
-- parameters: $person_kind, $person_id
-- columns: none
-- scope: system
delete from audit_person where person_kind = $person_kind and person_id = $person_id
