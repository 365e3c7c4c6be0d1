-- Forgets who dismissed the tour, when the made-up people leave.
-- parameters: none
-- columns: none
-- scope: system
delete from tour_dismissed
