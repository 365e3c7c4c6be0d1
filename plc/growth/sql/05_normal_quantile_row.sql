-- One whole percentile and its normal quantile.
-- parameters: $percentile, $quantile
-- columns: none
-- scope: system
insert into normal_quantile values ($percentile, $quantile)
