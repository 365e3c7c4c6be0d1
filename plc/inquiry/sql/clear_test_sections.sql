-- Takes the classes of one arm, or of both, off a test.
-- parameters: $test_id, $arm
-- columns: none
-- scope: system
delete from test_section where test_id = $test_id and (cast($arm as varchar) is null or arm = cast($arm as varchar))
