impact-title = Did it protect people?
impact-lead = Of each policy one question is asked: were fewer people harmed than would have been without it? Fewer, more, no effect larger than stated beforehand, or it cannot be told, and why.
impact-doing = The server still computes: { $what }. Verdicts that are not there yet say so.
impact-doing-records = months, events, aid and treaties
impact-doing-agenda = the agenda
impact-doing-impact = the policies
impact-doing-forecast = the forecast
impact-doing-ladder = warnings and the ladder
impact-doing-indices = the indices
impact-doing-year = the years gone by
impact-ended = It ended
impact-answers = The four answers
impact-word-fewer = Fewer people harmed
impact-word-fewer-said = Fewer people were harmed than would have been: everything that was checked before holds, and the difference is larger than chance and the places without the policy show.
impact-word-more = More people harmed
impact-word-more-said = More people were harmed than would have been, by the same rules.
impact-word-none-larger = No effect larger than d
impact-word-none-larger-said = Whatever effect there was is smaller, either way, than an amount d that was stated before anybody looked.
impact-word-cannot-be-told = Cannot be told
impact-word-cannot-be-told-said = What is known does not suffice to tell. It is not the same as no effect, and the reason stands with it.
impact-word-computing = Not computed yet
impact-rules = The rules, fixed before any effect is looked at
impact-rule-donors = At least { $donors } places without the policy to hold it against: with fewer, no placebo p reaches { $alpha }.
impact-rule-before = At least { $before } periods before.
impact-rule-hold-out = The last { $share } of the periods before are foretold from those before them; the error must not be above the median of the other places.
impact-rule-detectable = The band that holds { $band } of the placebo effects must not be wider than { $widest } of what is expected: else the effect could not have been seen.
impact-rule-harm = A policy adopted because harm was high is held against at least { $episodes } episodes of other places at the same point: from a peak, harm falls without any policy. It is also asked at sham dates, and without the { $months } months before.
impact-rule-alpha = A difference is a finding where its p is at most { $alpha }. Intervals are of { $level }.
impact-rule-large-p = A large p is never “no effect”.
impact-policies = Policies
impact-policies-lead = The policies of the catalog: findings first, then the newest. Where it cannot be told, the first reason stands below.
impact-policies-caption = Policies and their verdicts
impact-place-lead = What was done here for people’s safety, and whether it can be told that it protected them.
impact-place-caption = Policies in { $name } and their verdicts
impact-kind = Kind
impact-kind-arms-embargo = arms embargo
impact-kind-peace-operation = peace operation
impact-kind-ceasefire = ceasefire
impact-kind-peace-agreement = peace agreement
impact-kind-treaty-in-force = treaty in force for a state
impact-kind-aid-surge = aid surge
impact-kind-sanctions = sanctions
impact-place = Place
impact-verdict = Verdict
impact-any = all
impact-shown = { $shown } of { $all }
impact-none-found = No policy is like that.
impact-all = Show all { $count }
impact-policy = Policy
impact-date = Date
impact-outcome = Outcome
impact-no-outcome = no series of its outcome is held
impact-effect = The effect in people
impact-classes = Classes of policies
impact-classes-lead = Many cases of one kind, asked at once. What is asked, the window and the first outcome were fixed beforehand.
impact-classes-caption = Classes and their verdicts on the primary outcome
impact-class = Class
impact-cases = Cases
impact-answered = Answered
impact-ask = Ask your own question
impact-ask-lead = Name an outcome, a place and a date. The same rules hold; the address of the answer can be sent and kept.
impact-find-place = Find the place
impact-find-donor = Add a place to compare with
impact-without = Remove { $name }
impact-from = From
impact-until = Compared until (optional)
impact-by = By
impact-kind-any = not told
impact-kind-of-own = Kind (optional; places under one like it are left out)
impact-by-year = year
impact-by-month = month
impact-method = Method
impact-method-usual = the usual one
impact-margin = d, in per cent of what is expected (optional; stated beforehand)
impact-own-donors = Places to compare with (optional; else all that are eligible)
impact-because-of-harm-ask = It was adopted because harm was high (a ceasefire, a mission, an embargo)
impact-send = Ask
impact-change-question = Change the question
impact-needs-place = Choose a place.
impact-needs-from = Name the day on which it began.
impact-needs-until = It must end after it began.
impact-needs-margin = It must be between 1 and 100.
impact-computing-answer = Being computed: every place without the policy is asked the same question.
impact-to-all = All policies
impact-print = Print
impact-why-not = Why it cannot be told
impact-rests-on = What it rests on
impact-margin-stated = d, stated beforehand: { $margin } of what would have been expected.
impact-checked = source read on { $day }
impact-not-checked = source not read
impact-no-finding = What the method gives, not a finding.
impact-no-finding-after = What was found does not suffice: it may be chance, and a large p is never “no effect”. The figures are shown so that one can disagree; nothing should be done because of them.
impact-no-finding-beforehand = The checks decided beforehand that this question cannot be answered. The figures are shown so that one can disagree; nothing should be done because of them.
impact-caveats = What must be read with it
impact-asked = What was asked
impact-policy-source = Source of the policy
impact-because-of-harm = Adopted because harm was high
impact-because-of-harm-said = Yes. From a peak, harm falls also without a policy; so it is held against episodes of other places at the same point of theirs.
impact-before = Periods before
impact-after = Periods after
impact-periods = { $first } to { $last }
impact-periods-count =
    { $count ->
        [one] { $first } to { $last }: { $count } period
       *[other] { $first } to { $last }: { $count } periods
    }
impact-aside = Set aside
impact-method-said = { $method }: { $said }
impact-method-its = interrupted time series
impact-method-its-said = the trend before goes on, with errors that allow for autocorrelation; no other place is used.
impact-method-did = difference-in-differences
impact-method-did-said = its change against the mean change of the places without the policy.
impact-method-sc = synthetic control
impact-method-sc-said = a weighted mean of places without the policy that went along with it before.
impact-method-sc-predictors = synthetic control with predictors
impact-method-sc-predictors-said = the same, matched also on what was known of the places before.
impact-method-ridge-sc = ridge-augmented synthetic control
impact-method-ridge-sc-said = the same, corrected by a ridge regression where the fit before is poor.
impact-method-difp = de-meaned synthetic control
impact-method-difp-said = the same after a difference of level that stays.
impact-method-sdid = synthetic difference-in-differences
impact-method-sdid-said = places and periods before weighted together.
impact-held-against = Held against
impact-donors-places =
    { $count ->
        [one] { $said } place without the policy
       *[other] { $said } places without the policy
    }
impact-donors-episodes =
    { $count ->
        [one] { $said } episode of other places, at the same point of theirs
       *[other] { $said } episodes of other places, at the same point of theirs
    }
impact-margin-head = d, stated beforehand
impact-no-margin = None was stated: it cannot be told that there was no effect.
impact-people-none = as many people as expected
impact-people-fewer =
    { $count ->
        [one] { $said } person fewer than expected
       *[other] { $said } people fewer than expected
    }
impact-people-more =
    { $count ->
        [one] { $said } person more than expected
       *[other] { $said } people more than expected
    }
impact-between-fewer = between { $least } and { $most } fewer
impact-between-more = between { $least } and { $most } more
impact-between-both = between { $fewer } fewer and { $more } more
impact-interval-of = { $range } ({ $level } interval, { $kind })
impact-interval-conformal = conformal
impact-interval-placebo = by placebos in space
impact-interval-robust = with robust errors
impact-no-interval = No interval can be given.
impact-no-people = The outcome cannot be counted in people.
impact-people-of = Observed over all periods after: { $observed }. Expected without the policy: { $expected }.
impact-mean-year =
    Mean difference a year: { $effect } { $unit } { $range ->
        [none] (no interval).
       *[other] (interval { $range }).
    }
impact-mean-month =
    Mean difference a month: { $effect } { $unit } { $range ->
        [none] (no interval).
       *[other] (interval { $range }).
    }
impact-p-space = Placebo p { $p }: rank { $rank } of { $of } by the ratio of the errors after and before.
impact-p-conformal = Conformal p { $p }; it could not have been below { $least }.
impact-without-anticipation = Without the periods in which it may have been anticipated, the mean difference is { $effect } { $unit }.
impact-from-to = { $low } to { $high }
impact-times = × { $times }
impact-course = Observed, and expected without the policy
impact-course-alone = Observed
impact-course-label = { $name }: { $outcome }, { $unit }. After the policy { $observed } on average; { $expected } would have been expected without it.
impact-course-observed = { $name }: { $outcome }, { $unit }. What would have been without the policy cannot be told.
impact-observed = observed
impact-expected = expected without the policy
impact-began = the policy began
impact-period = Period
impact-is-after = after
impact-gap = Observed less expected
impact-gap-label = { $name }: { $outcome }, { $unit }, observed less expected. Below zero fewer were harmed.
impact-gap-outside = Of the { $of } periods after, { $outside } lie outside the band of the donors.
impact-band = band of the donors’ own gaps
impact-conformal-periods = conformal interval of the period
impact-unbounded = In { $count } of { $of } periods after, the conformal interval is unbounded, and not drawn.
impact-is-unbounded = unbounded
impact-fit-before = Before the policy the method misses by { $rmspe } { $unit } (root mean squared).
impact-checks = Decided before the effect was seen
impact-checks-lead = Whether the question can be answered is decided from the periods before alone. Where one thing does not hold, it cannot be told.
impact-checks-caption = Checks; of { $of }, { $failed } do not hold
impact-check = Check
impact-holds = Holds?
impact-found = What was found
impact-does-hold = yes
impact-does-not-hold = no
impact-check-donors = Places to hold it against
impact-check-periods-before = Periods before
impact-check-hold-out = Foretelling what was held out
impact-check-detectable = An effect that could have been seen
impact-check-people = Enough people to tell a rate
impact-check-varies = The outcome varies
impact-check-peak = Not begun at a peak
impact-check-episodes = Episodes at the same point
impact-check-sham-dates = Sham dates show nothing
impact-check-reporting = Reported in the same way throughout
impact-detectable = What could have been seen: an effect below { $low } or above { $high } { $unit }, where { $counterfactual } is expected.
impact-detectable-share = What could have been seen: an effect below { $low } or above { $high } { $unit }, where { $counterfactual } is expected. The band between is { $share } of that wide.
impact-held-out = The last { $held } periods before were foretold from the { $fitted } before them. Error: { $rmspe } { $unit }; median of the donors: { $median }.
impact-held-out-caption = Errors over the periods held out, by donor
impact-donor = Donor
impact-a-donor = a donor, as if it had had the policy
impact-rmspe = Root mean squared gap
impact-rmspe-before = The same before the policy
impact-mean-gap = Mean difference
impact-donors = Donors: the places it is held against
impact-donors-of-episodes = Donors: episodes of other places
impact-donors-said = Of { $all } places that were thought of, { $used } are used.
impact-donors-episodes-said = Each is another place from the same point of its own episode on. Of { $all } that were thought of, { $used } are used.
impact-weights = Weights
impact-weights-rest = { $count } more have no weight, or one too small to show.
impact-weights-even = No donor has a weight of its own that is worth showing.
impact-time-weights = Weights of the periods before: { $weights }
impact-donors-caption = Donors that are used, with their weights
impact-weight = Weight
impact-not-used = { $count } not used, and why
impact-not-used-caption = Places that are not used
impact-no-reason = no reason is told
impact-why = Why
impact-why-none = Why it gives nothing
impact-space = Placebos in space
impact-space-lead = The same question is asked of every donor, as if it had had the policy. If many differ as much after as this place does, chance explains it.
impact-space-label = { $name }: the errors after are { $ratio } times those before (mean squares), rank { $rank } of { $of }, p { $p }.
impact-space-perfect =
    { $count ->
        [one] { $count } donor fits perfectly before, or not at all after, and has no place on this axis.
       *[other] { $count } donors fit perfectly before, or not at all after, and have no place on this axis.
    }
impact-space-caption = Every donor as if it had had the policy; mean difference in { $unit }
impact-ratio = Errors after / before
impact-time = Placebos in time
impact-time-lead = The same question at earlier, sham dates, with what was known before the policy alone. An effect there speaks against the method.
impact-time-label = Mean difference after { $count } sham dates, { $unit }; the line is the true date’s.
impact-true-date = the true date
impact-sham-date = Sham date
impact-left-out = Without each donor
impact-left-out-label = Effect { $effect } { $unit }; with one donor left out each time, { $range }.
impact-left-out-donor = Without
impact-without-one = without { $name }
impact-with-all = with all donors
impact-others = Other methods
impact-others-lead = The verdict rests on the method chosen beforehand. Where the others give something else, that is a reason for doubt.
impact-others-label = Mean difference by each method, { $unit }
impact-others-caption = Every other method, and why one gives nothing
impact-primary = primary outcome, fixed beforehand
impact-secondary = further outcome
impact-window = Window
impact-window-said = { $before } periods before and { $after } after each case, fixed beforehand
impact-outcomes = Verdicts by outcome
impact-outcomes-caption = Every outcome with its verdict; changes of the rate in per cent
impact-outcomes-note = p is from re-assigning the dates of adoption, and adjusted for the number of outcomes asked. Figures in brackets are what the method gives, not a finding. τ is the spread of the effects between cases (log rate).
impact-pooled = All cases together
impact-interval = Interval
impact-prediction = Prediction for a further case
impact-prediction-said = where a further case would lie: { $range }
impact-cases-clusters = Cases / clusters
impact-p-adjusted = p, adjusted
impact-forest-label = { $answered } of { $all } cases have an answer. Together: { $effect } ({ $range }) in the rate, on a logarithmic axis.
impact-forest-none = { $answered } of { $all } cases have an answer. They are not pooled.
impact-people-together =
    In people, over the cases with an answer: { $people } { $range ->
        [none] (no interval).
       *[other] ({ $range }).
    } Observed: { $observed }; expected: { $expected }.
impact-is-answered = Answered?
impact-change = Change of the rate
impact-cluster = Cluster
impact-unanswered = Cases without an answer
impact-unanswered-lead = Of { $all } cases, { $count } ({ $share }) could not be answered. What is pooled says nothing of them.
impact-events = Before and after, period by period
impact-events-lead = Effects by the time to and from the policy, over the same cases throughout. Before the policy they should lie about zero: a hollow point that does not is a reason for doubt.
impact-events-label = { $title }: mean change by period to and from the policy, in per cent
impact-events-note = Each point is of { $least } to { $most } cases.
impact-events-each =
    { $count ->
        [one] Each point is of { $count } case.
       *[other] Each point is of the same { $count } cases.
    }
impact-relative = Periods to the policy
impact-left-out-cases = Without each cluster of cases
impact-clusters-label = Together { $effect }; with one cluster left out each time, { $range }.
impact-with-all-cases = with all cases
unit-per-100-000-people-a-year = per 100,000 people a year
unit-per-100-000-people-a-month = per 100,000 people a month
