-- A teacher's own figures beside each group of peers; beside colleagues of her school only where enough of them teach
-- there still, since it is renewed when as many of their results changed.
-- parameters: $teacher_id, $least
-- columns: subject, peers, effect, lower_bound, upper_bound, probability, peers_in_school
-- scope: self
select
    contrast.subject,
    contrast.peers,
    contrast.effect,
    contrast.lower_bound,
    contrast.upper_bound,
    contrast.probability,
    contrast.peers_in_school
from scan_contrast as contrast
where
    contrast.teacher_id = $teacher_id
    and contrast.scan_key = (select max(scan.scan_key) from scan)
    and (
        contrast.peers <> 'school'
        or contrast.subject in (
            select mine.subject
            from taught_class as mine
            inner join current_teaching as theirs
                on
                    mine.subject = theirs.subject
                    and mine.school_key = theirs.school_key
                    and mine.teacher_id <> theirs.teacher_id
            where mine.teacher_id = $teacher_id
            group by mine.subject
            having count(distinct theirs.teacher_id) >= $least
        )
    )
order by contrast.subject nulls last, contrast.peers nulls last
