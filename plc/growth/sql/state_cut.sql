-- Records a stated cut.
-- parameters: $subject, $grade, $assessment_name, $cut_score, $source, $stated_by, $stated_at
-- columns: none
-- scope: system
insert into level_cut (subject, grade, assessment_name, cut_score, source, stated_by, stated_at)
values ($subject, $grade, $assessment_name, $cut_score, $source, $stated_by, $stated_at)
