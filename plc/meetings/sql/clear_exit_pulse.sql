-- Empty `exit_pulse`, when a made-up district is taken back.
-- parameters: none
-- columns: none
-- scope: system
delete from exit_pulse
