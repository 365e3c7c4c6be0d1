-- How many changes of data the latest scan has not seen; null without a scan.
-- parameters: none
-- columns: found
-- scope: system
select data_version.version - scan.data_version as found
from data_version
left join scan on scan.scan_key = (select max(scan_key) from scan)
