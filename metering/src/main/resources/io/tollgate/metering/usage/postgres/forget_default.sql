SELECT usage_default_forget(:before, :most) AS gone
