-- Layouts, by name or by the columns they are for where either is given.
-- parameters: $name, $header_sha256
-- columns: name, answers, made_by, made_at
-- scope: system
select name, answers, made_by, made_at
from import_layout
where ($name is null or name = $name) and ($header_sha256 is null or header_sha256 = $header_sha256)
order by name
