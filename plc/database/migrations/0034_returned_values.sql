-- What makes a value that comes back in a release the one it was: readers who keep old figures know it already.

-- The release in which a value of a unit stood first: a value that went and came back has a row for each stay.
-- `contribution` of a value that is gone is a word under a key, '' where it went before this was kept.
alter table figure_unit add column first_born integer;

update figure_unit set first_born = born;

-- One row: the key under which values that are gone are known again.
create table figure_key (secret varchar not null);
