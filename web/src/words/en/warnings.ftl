warnings-title = Warnings
warnings-lead = Where a trigger stands, why, and what such triggers were worth before. A forecast past a trigger is a warning; a measure past one is an observed breach.
warnings-to-ladder = What can be done: the ladder of options
warnings-standing = Where a trigger stands
warnings-kind = Kind
warnings-trigger = Trigger
warnings-why = Why
warnings-chance = Chance
warnings-places = Places
warnings-example = For example
warnings-recorded = In the log
warnings-not-recorded = not recorded
warnings-answered = answered by an act
warnings-unanswered = no act yet
warnings-none = No trigger is known to stand anywhere.
warnings-none-shown = No trigger of this choice stands.
warnings-caption = { $shown } of { $all }
warnings-map-nothing = no trigger is known to stand
warnings-not-assessed = What could not be assessed
warnings-not-assessed-lead = Here a trigger could be neither found standing nor found not to stand. That is no safety.
warned-warning = Warning
warned-observed-breach = Observed breach
triggers-title = The triggers, and their records
triggers-lead = Each is judged on forecasts made for past months with what was known then. The headline counts onsets: events after a year without any. Continuing violence is easier to foresee and is counted apart.
trigger-event = The event
trigger-evidence = Evidence needed
trigger-confirmations = Readings in a row
trigger-cool-down = Cool-down
trigger-window = Window
trigger-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
trigger-no-record = This trigger has no record yet.
trigger-measured = Measured on { $day } from origins { $origins }, at threshold { $threshold }; thresholds tried: { $tried }.
trigger-in-sample = The threshold was chosen on the same years: the record is better than it will be.
trigger-vintage = Data
counts-title = What it would have done
counts-caption = { $title }: counts; intervals in brackets
counts-what = Count
counts-onset = Onset
counts-continuation = Continuation
counts-windows = Windows
counts-base_rate = Share of windows with the event
counts-events = Events
counts-hits = Warned before
counts-late = Warned too late
counts-missed = Missed
counts-episodes = Episodes of warning
counts-false_alarms = Followed by no event
counts-hit_rate = Share of events warned before
counts-false_alarm_ratio = Share of episodes followed by none
counts-false_alarms_per_place_year = False alarms per place and year
counts-median_lead_days = Lead in days, median
counts-return_period_years = Years between warnings at a place
counts-few = Fewer than ten events: counts, and no rates.
curve-title = Hits against warnings
curve-across = Warnings a year, all places
curve-up = Events warned before
curve-threshold = Threshold
curve-sample = Years
curve-untouched = on later years, untouched
curve-in-sample = on the years on which thresholds were chosen
curve-untouched-short = untouched
curve-in-sample-short = in sample
curve-chosen = the threshold in use, { $threshold }
curve-beside = { $name }, with as many warnings: { $hits }
curve-label-chosen = at threshold { $threshold }: { $hits } of events warned before, with { $activations } warnings a year
curve-none = Too few events for rates by threshold.
indicators-title = Were warnings answered?
indicators-none = No warning is recorded yet.
indicators-said = Of { $warnings } recorded warnings, { $answered } were answered before the event ({ $share }); { $open } are open, { $unanswered } unanswered.
indicators-median =
    From a warning to the first action: { $count ->
        [one] { $count } day
       *[other] { $count } days
    } in the middle.
indicators-by-place = By place
indicators-by-partner = By partner
indicators-answered = Answered before
indicators-share = Share
indicators-days = Median days
