-- Per section and standard: students, their mean deviation and the squares around it, and the assessments
-- behind them.
-- parameters: none
-- columns: section_key, standard_key, students, mean_deviation, square_deviation, results
-- scope: system
select
    section_key,
    standard_key,
    count(*) as students,
    avg(deviation) as mean_deviation,
    greatest(sum(deviation * deviation) - count(*) * avg(deviation) * avg(deviation), 0) as square_deviation,
    sum(assessments) as results
from standard_deviation
where deviation is not null
group by section_key, standard_key
order by section_key, standard_key
