headline-killed =
    In { $period }, { $count } { $n ->
        [one] person was killed
       *[other] people were killed
    } in organised violence ({ $range } by the source’s range){ $rated ->
        [yes] , { $rate } per 100,000 people.
       *[no] .
    }
headline-killed-no-range =
    In { $period }, { $count } { $n ->
        [one] person was killed
       *[other] people were killed
    } in organised violence{ $rated ->
        [yes] , { $rate } per 100,000 people.
       *[no] .
    }
headline-killed-none = No one is recorded as killed in organised violence in { $period }, by the source’s rules; that is not the same as peace.
headline-killed-unknown = How many people were killed in organised violence in { $period } is not known here.
headline-killed-jointly = The source counts the people killed in organised violence here together with those of another place: see { $joint }.
headline-civilians =
    At least { $count } of them { $n ->
        [one] was a civilian.
       *[other] were civilians.
    }
headline-civilians-and-unknown =
    At least { $count } of them { $n ->
        [one] was a civilian
       *[other] were civilians
    }; of { $unknown } it is not known what they were.
headline-who =
    In one-sided violence against civilians { $total } { $n ->
        [one] person was
       *[other] people were
    } killed: { $list }.
headline-by-killed_by_own_government = { $count } by their own government
headline-by-killed_by_other_government = { $count } by another government
headline-by-killed_by_any_government = { $count } by a government
headline-by-killed_by_non_state = { $count } by a non-state group
headline-by-killed_by_unknown = { $count } by an unknown perpetrator
headline-not-attributed = Of { $count } civilians, { $share } of those killed, the source does not say who killed them.
headline-displaced-unknown = How many displaced people live here is not known.
headline-displaced-none = No displaced people are recorded here at the year’s end.
headline-displaced =
    At the year’s end { $least ->
        [yes] at least { $count }
       *[no] { $count }
    } displaced { $n ->
        [one] person lived
       *[other] people lived
    } here{ $shared ->
        [yes] {" "}({ $share } of the people).
       *[no] .
    }
headline-abroad =
    { $least ->
        [yes] At least { $count }
       *[no] { $count }
    } { $n ->
        [one] person
       *[other] people
    } from here { $n ->
        [one] was
       *[other] were
    } displaced abroad.
headline-movements = In the year people were driven to move { $conflict } times by conflict and { $disaster } times by disasters within the country. These are movements, not people.
headline-movements-conflict = In the year people were driven to move { $conflict } times by conflict within the country. These are movements, not people.
headline-movements-disaster = In the year people were driven to move { $disaster } times by disasters within the country. These are movements, not people.
headline-facing-unknown = How many people face displacement, hunger, poverty or a lack of basic water is not known here.
headline-facing = At least { $low } people ({ $share }) face at least one threat: displacement, hunger, poverty or no basic water; how many at most is not known.
headline-facing-bounds = Of the people, between { $low } and { $high } face at least one threat: displacement, hunger, poverty or no basic water.
headline-years = A newborn could expect at most { $free } years free from these threats and at least { $under } years under at least one, if today’s rates held.

place-source = source
place-source-number = source { $number }
place-source-of = The rows behind: { $measure }
place-period = Period
place-print = Print a brief
place-compare = Compare
place-unfinished = { $period } is not over, or not yet complete in the sources: the figures will grow.
place-reconstructed = Reconstructed: what could have been known then, by each source’s usual delay.
place-parts = Counted together:
place-of = Counted together with another place in:
place-as-table = As a table
place-course = { $measure }, { $from } to { $to }; last { $last }
place-measure = Measure
place-value = Value
place-interval = Interval
place-source-head = Source
place-year = Year
place-share = Share of the people
place-method = How it is measured
place-all-figures = All figures
place-marks = ≥: at least. ≤: at most. *: of an earlier year. †: more than three years old. Where no interval stands, the source gives none, or the figure is computed from several of its counts.
place-data-end = The data end on { $day }.

place-months = Killed in organised violence, by month
place-month = Month
place-months-five = Last five years
place-months-all = All since { $year }
place-months-together = all types of violence together
place-months-unknown = not known (not zero)
place-months-unknown-note = Hatched: not known, not zero.
place-months-label = { $name }: { $lastCount } people killed in { $last }, the last month known; most in { $worst }: { $worstCount }.
place-months-label-none = { $name }: no month is known.
violence-all = All types of violence
violence-organised-violence-of-all-types = All types of violence
violence-state-based = State-based conflict
violence-non-state = Non-state conflict
violence-one-sided = One-sided violence against civilians
violence-attack-on-aid-workers = Attack on aid workers

place-who = Who killed civilians
place-who-label = Civilians killed, by who killed them: { $parts }
place-who-note = The source names a perpetrator for one-sided violence only. Of civilians killed in fighting it does not say by which side.
who-killed_by_own_government = Their own government
who-killed_by_other_government = Another government
who-killed_by_any_government = A government
who-killed_by_non_state = A non-state group
who-killed_by_unknown = Unknown perpetrator
who-killed_civilians_not_attributed = Not attributed
who-share = { $count } ({ $share } of the civilians killed)

place-threats = Who faces which threat
place-threat = Threat
place-threats-note = How the threats overlap is not known, so the number of people under at least one of them lies between bounds: at least the largest share, at most the sum of all.
threat-unknown = not known
threat-too-old = not known for the period (in { $period }: { $value })
threat-at-least = at least { $share } ({ $people })
threat-between = { $low } to { $high } ({ $people })
threat-share = { $share } ({ $people })
threat-key-certain = at least so many
threat-key-unknown = not known

place-years = Years of life
years-free = free from the core threats
years-under = under at least one
place-years-note = Crude bounds for a newborn, if today’s rates held at every age.

place-displacement = Displaced across borders
place-flows-out = From here, by where they are now
place-flows-in = Here, by where they come from
place-flows-none = None recorded.
place-flows-others = other places together
place-flows-note = Refugees, asylum-seekers and others in need of protection, { $period }.

place-indices = Indices
place-index = Index
place-rank = Rank
place-rank-of-all = Among all
place-rank-of = { $rank } of { $of }
place-no-rank = no rank
place-beside = { $index }: rank { $indexRank } of { $of }. By “{ $measure }”: rank { $rank } of the same places. 1 is the worst.
index-trades = An index trades one harm for another by weights that somebody chose. Where a number of people answers the question, use the number.

place-forecast = Forecast of people killed
forecast-replay = Made from data to { $origin }: what would have been forecast then, and no warning of today.
forecast-making = The forecast is still being made.
forecast-scale = Scale
forecast-scale-log1p = Logarithmic scale
forecast-scale-sqrt = Square-root scale
forecast-key-history = recorded
forecast-key-median = forecast, median
forecast-key-50 = 50 % interval
forecast-key-90 = 90 % interval
forecast-label = { $name }, { $month }: median { $median } people killed, 90 % interval { $range }, chance of at least 25: { $chance }.
forecast-totals = The next month, and totals
forecast-months = Months
forecast-span = { $months } months to { $to }
forecast-median = Median
forecast-50 = 50 %
forecast-90 = 90 %
forecast-mean = Mean
forecast-p = P(≥ { $least })
forecast-why = Why
forecast-record = How good such forecasts have been
forecast-record-caption = Backtests of all places, by window
forecast-record-none = It has not been measured here.
forecast-record-note = CRPS in deaths and IGN in bits: smaller is better. A ratio below 1 is better than the benchmark, the place’s own last 12 months. Forecasts from data to October of the year before.
forecast-advice = Advice, not a decision. Single catastrophic months and the outbreak of wars after long peace are beyond it.
driver-recent-level = Recent level
driver-trend = Trend
driver-neighbours = Neighbours
driver-history = History
driver-outlook = Outlook
score-crps = CRPS
score-ign = IGN
score-mis = MIS
score-crps_log = CRPS of log(1 + deaths)
score-benchmark = own last 12 months
score-ratio = ratio
score-window = Window
score-reconstructed = (reconstructed)

place-communities = Communities in { $name }
place-communities-caption =
    { $count ->
        [one] { $count } community, { $period }
       *[other] { $count } communities, { $period }
    }
place-community = Community
place-map-load = Show the map
place-map-communities = Communities by people killed per 100,000. The table below has the same.
place-map-events = Events by place: the larger the circle, the more deaths. The list below has the same.
place-map-failed = The map could not be shown. The table below has the same.

place-events = Events
place-events-caption = Events { $from } to { $to } of { $count }
place-events-before = Earlier in the list
place-events-after = Further in the list
place-events-note = Where a place or day is known roughly only, the source puts the event at a representative point or span.
event-date = Date
event-where = Where
event-violence = Violence
event-deaths = Deaths
event-sides = Sides

place-aid = Aid given
place-aid-label = Aid given by { $name }, { $last }: { $value } { $unit }.
place-treaties = Treaties
place-treaties-caption = The last action towards each instrument
treaty-instrument = Instrument
treaty-last = Last action
treaty-date = Date
treaty-as-of = State of the list
treaty-signature = signature
treaty-ratification = ratification
treaty-accession = accession
treaty-acceptance = acceptance
treaty-approval = approval
treaty-succession = succession
treaty-withdrawal = withdrawal
treaty-consent-to-be-bound = consent to be bound
treaty-definitive-signature = definitive signature
treaty-provisional-application = provisional application
treaty-succession-to-signature = succession to signature
treaty-participation = participation
treaty-formal-confirmation = formal confirmation
place-change = Change
place-changes = Over five years, { $from } to { $to }
change-from-none = from none
change-to-none = to none
change-unchanged = unchanged
change-times = { $times } times
change-percent = { $change } %
place-missing = What is missing or old
place-missing-measures = { $measures }:

brief-title = human security in one page
brief-no-months = No monthly deaths are known here.
brief-no-forecast = This place is not forecast: it has too little organised violence on record, or the source does not tell it.
brief-replay-of = replay of { $origin }
brief-advice = A forecast is advice, not a decision.
place-ladder = The ladder of options
