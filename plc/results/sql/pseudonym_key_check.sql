-- The known word under the key of this database; no row before the first upload.
-- parameters: none
-- columns: encrypted
-- scope: system
select encrypted from pseudonym_key_check
