-- End every consent that is not in `supplied`: its teacher took it back since. Those that ended.
-- parameters: $today
-- columns: consent_id
-- scope: system
update consent set withdrawn_on = $today
where withdrawn_on is null and consent_id not in (select supplied.consent_id from supplied)
returning consent_id
