-- Keep that a scan was made, with what it was asked and on which data.
-- parameters: $scan_key, $finished_at, $data_version, $code_version, $options, $expected, $results, $students, $sections, $teachers, $withheld
-- columns: none
-- scope: system
insert into scan (
    scan_key, finished_at, data_version, code_version, options, expected_false_discovery_rate, results, students,
    sections, teachers, withheld
)
values (
    $scan_key, $finished_at, $data_version, $code_version, $options, $expected, $results, $students, $sections,
    $teachers, $withheld
)
