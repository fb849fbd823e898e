SELECT usage_day_create(:day, :mostMoved) AS outcome
