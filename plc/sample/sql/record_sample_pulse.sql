-- The tallies of a made-up team's exit answers.
-- parameters: $meeting_id, $ones, $twos, $threes, $fours, $fives, $words
-- columns: none
-- scope: system
insert into exit_pulse (meeting_id, ones, twos, threes, fours, fives, words)
values ($meeting_id, $ones, $twos, $threes, $fours, $fives, $words)
