-- Teachers who chose that nobody asks them in a school year.
-- parameters: $school_year
-- columns: teacher_id
-- scope: system
select teacher_id from notice_choice where school_year = $school_year and choice = 'never ask'
