SELECT usage_day_drop(:day) AS dropped
