forecasts-title = Forecasts of people killed
forecasts-lead = How many people may be killed in organised violence in the months ahead, with what chance, and how good such forecasts have been.
forecasts-none = No forecast can be made: the sources tell too few months.
forecasts-filter = Filter by name or code
forecasts-caption =
    { $shown } of { $all } places; in brackets intervals of 90 %
forecasts-all = Show all { $count }
forecasts-p25 = P(≥ 25) next month
forecasts-expected = Expected, next 3 months
forecasts-three = Next 3 months, median
forecasts-twelve = Next 12 months, median
forecasts-last = Last 12 months
forecasts-change = Next 12 months against the last
forecasts-why-of = Why: { $name }
forecasts-reading = How to read this
forecasts-reading-chance = P(≥ 25) is the chance of at least 25 deaths in the month. Of ten places with 30 %, about three will have so many.
forecasts-reading-interval = Nine in ten outcomes should lie within a 90 % interval. It is wide because wars are hard to foresee; the median alone says too much.
forecasts-reading-totals = “Expected” is the mean: a small chance of a great many deaths raises it far above the median.
forecasts-reading-misses = Wars that break out after long peace and single catastrophic months are beyond it. Deaths from hunger and disease, and deaths that nobody reports, are not in it.
forecasts-reading-advice = It is advice, not a decision, and says nothing about any one person.
record-about = Each window was forecast from what was known in October of the year before, and judged by what came. Windows: { $windows }; { $units } places.
record-model = Model
record-mean = Mean
record-score = Score
record-caption = { $score } by model and window
record-note-crps = CRPS, in deaths: how far the forecast distribution lies from what came. Smaller is better.
record-note-ign = IGN, in bits: how surprising what came was to the forecast. Smaller is better.
record-note-mis = MIS of the 90 % interval, in deaths: its width, and a penalty for what lies outside. Smaller is better.
record-note-crps_log = CRPS of log(1 + deaths): errors count by their proportion. Smaller is better.
record-ratio = In brackets the ratio to country12, the place’s own last 12 months; below 1 is better than this benchmark.
reliability-title = When it said so, how often did it come?
reliability-threshold = Deaths in the month
reliability-said = said
reliability-came = came
reliability-band = by chance
reliability-count = forecasts
reliability-label =
    Chance of at least { $threshold } deaths in a month: { $outside ->
        [0] what came lies within the band of chance
        [one] what came lies outside the band of chance
       *[other] what came lies outside the band of chance
    } in { $outside ->
        [0] all { $bins }
       *[other] { $outside } of { $bins }
    } bins.
reliability-note = Dots on the diagonal were said rightly; bars show where chance alone would put them; larger dots hold more forecasts.
coverage-title = Do the intervals hold what they say?
coverage-caption = Share of outcomes within the intervals of the pool, in brackets its own interval in %
coverage-nominal = Said
coverage-who = Places
coverage-all = all
coverage-active = with a death in the last 12 months
coverage-randomised = Held, ends in part
coverage-closed = Held, ends included
coverage-note = Deaths are whole numbers, and an interval that begins at zero holds too much; so the ends are counted in part too.
card-title = What the forecast is
card-counted = What is forecast
card-level = Level
card-origin = Data to
card-months = Months ahead
card-units = Places
card-seed = Seed
card-version = Version
card-models = Models
card-abstained = Abstained:
model-pool = the mixture of the other models, by weights learnt on earlier origins
model-recency = the place’s own past months, the latest counting most
model-zinb = a zero-inflated negative binomial distribution, shrunk towards places with as much violence
model-hurdle = whether: logistic regression; how many: what followed in the months nearest in level
model-trees = whether: boosted trees; how many: a quantile forest
model-markov = what followed peace, onset, conflict or de-escalation anywhere
model-country12 = the place’s own last 12 months: the benchmark
