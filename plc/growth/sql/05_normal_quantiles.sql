-- Step 5: room for the normal quantile of each whole percentile, which SQL has no function for.
-- parameters: none
-- columns: percentile, quantile
-- scope: system
create or replace temp table normal_quantile (percentile integer, quantile double)
