-- Keeps that this seat or account needs the tour no more.
-- parameters: $signature, $dismissed_at
-- columns: none
-- scope: system
insert into tour_dismissed (dismissed_by, dismissed_at)
values ($signature, $dismissed_at)
