# forecasts
