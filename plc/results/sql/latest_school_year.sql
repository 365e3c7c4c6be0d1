-- The latest school year in the file and on the roster: rows of earlier years serve as starting points.
-- parameters: none
-- columns: school_year
-- scope: system
select max(school_year) as school_year
from (
    select school_year from parsed_results_file where not bad and not blank
    union all
    select school_year from section
)
