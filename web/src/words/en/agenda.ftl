agenda-title = The human-security agenda
agenda-lead = Ten elements, drawn up in 1999: what each asks, which norms it has and whom they bind, what is done, and what became of it.
agenda-day = As of
agenda-today = Today
agenda-told-for = Told for { $day }
agenda-told-until = What a list does not tell is unknown. Each list speaks up to its own day; what was deposited later may be missing.
agenda-find-party = Find a party
agenda-to-all = All ten elements
agenda-element = Element
agenda-elements = Elements
agenda-element-1 = Anti-personnel landmines
agenda-element-2 = Small arms
agenda-element-3 = Children in armed conflict
agenda-element-4 = Humanitarian and human-rights law
agenda-element-5 = International Criminal Court
agenda-element-6 = Sexual exploitation of children
agenda-element-7 = Safety of humanitarian workers
agenda-element-8 = Conflict prevention
agenda-element-9 = Transnational organised crime
agenda-element-10 = Resources for development
agenda-no-element = Under no element
agenda-also-element = also under element { $numbers }
agenda-norms = Norms
agenda-practice = Practice
agenda-progress = Progress
agenda-no-instrument = No instrument is held.
agenda-no-practice = No programme is recorded.
agenda-no-indicator = No measure of progress is defined.
agenda-programmes =
    { $count ->
        [one] { $count } programme
       *[other] { $count } programmes
    }
agenda-open-end = …
agenda-instrument = Instrument
agenda-article = Art. { $article }
agenda-catalog = the catalog of the agenda
agenda-kind = Kind
agenda-kind-treaty = treaty
agenda-kind-protocol = protocol
agenda-kind-political = political
agenda-kind-declaration = declaration, endorsed by states one by one
agenda-political = It asks, and binds none: nobody is counted as bound.
agenda-adopted = Adopted
agenda-adopted-on = Adopted on { $day }
agenda-entered = Entry into force
agenda-in-force-since = in force since { $day }.
agenda-not-in-force = not known to be in force.
agenda-protocol-to = Protocol to
agenda-depositary = Depositary
agenda-registration = Registration
agenda-text = Text
agenda-list = List of parties
agenda-no-list = No list of its parties is held: how many are bound is unknown.
agenda-counts = Parties
agenda-bound-count = { $count } bound.
agenda-bound-by-list = { $count } bound, by a list as of { $day }.
agenda-count-provisional = { $count } apply it provisionally.
agenda-count-notified =
    { $count ->
        [one] { $count } has given notice of withdrawal.
       *[other] { $count } have given notice of withdrawal.
    }
agenda-count-contested =
    { $count ->
        [one] { $count } is contested.
       *[other] { $count } are contested.
    }
agenda-count-withdrawn =
    { $count ->
        [one] { $count } has left.
       *[other] { $count } have left.
    }
agenda-count-unverified = { $count } not verified.
agenda-signed-only = Signed only
agenda-nothing-here = Nothing is shown:
agenda-published-by = Published by
agenda-last-value = { $value } in { $period }
agenda-preliminary = preliminary
agenda-lines-apart = The lines are of different methods or series. They are not joined, and not to be compared across the break.
agenda-period = Period
agenda-series = Series
agenda-interval = Interval
agenda-mark = Mark
agenda-unit = Unit
agenda-findings = What does not fit together
agenda-findings-lead = Found when the sources were read beside each other. Both are kept; none is made to fit.
agenda-all = all
agenda-name = Name
agenda-shown = { $shown } of { $all }
agenda-who = Party
agenda-what = What is due
agenda-due = Due
agenda-status = Status
agenda-source = Source
agenda-date = Date
agenda-no-source = no source
agenda-no-day = no day is known
agenda-basis = On what it rests
agenda-unverified = not verified
agenda-unverified-said = Not verified: it was not read off the depositary’s own list.
agenda-declaration = with a declaration or reservation
agenda-known-to = the source speaks up to { $day }
agenda-meanings = What the words mean
agenda-standing = Standing
agenda-standing-map = Who stands how
agenda-standing-of = Standing in { $name }
agenda-since = since { $day }
agenda-since-head = Since
agenda-since-year = { $year } (the year only)
agenda-since-no-later = { $day } at the latest
agenda-ahead = Takes effect
agenda-ahead-on = takes effect on { $day }
agenda-key-leaving = Bound, withdrawal announced, notified or suspended
agenda-standing-bound = Bound
agenda-standing-bound-said = It is in force for it.
agenda-standing-withdrawal-announced = Withdrawal announced
agenda-standing-withdrawal-announced-said = It has said that it will leave, but gave the depositary no notice: it is bound.
agenda-standing-withdrawal-notified = Withdrawal notified
agenda-standing-withdrawal-notified-said = It has given notice, which has not taken effect: until then it is bound.
agenda-standing-withdrawal-suspended = Withdrawal suspended
agenda-standing-withdrawal-suspended-said = Its notice takes no effect while it is engaged in an armed conflict: it is bound.
agenda-standing-withdrawal-revoked = Withdrawal revoked
agenda-standing-withdrawal-revoked-said = It has taken its notice back: it is bound.
agenda-standing-contested = Contested
agenda-standing-contested-said = It says that it does not apply it, or left where no article provides for that; how it stands is contested.
agenda-standing-provisional = Applied provisionally
agenda-standing-provisional-said = It applies it before it is in force for it.
agenda-standing-deposited = Consented, not yet in force
agenda-standing-deposited-said = It has deposited its consent; the instrument is not yet in force for it.
agenda-standing-signed = Signed
agenda-standing-signed-said = It has signed, and has not consented to be bound.
agenda-standing-asked = Asked
agenda-standing-asked-said = A decision of the United Nations asks it of every member; none is bound.
agenda-standing-not-bound = Not bound
agenda-standing-not-bound-said = It has done nothing that the list tells, up to the day to which the list speaks.
agenda-standing-withdrawn = Withdrawn
agenda-standing-withdrawn-said = It has left.
agenda-standing-unknown = Not known
agenda-standing-unknown-said = No list tells.
agenda-duty-overdue = Overdue
agenda-duty-overdue-said = The day has passed, and the register, which covers it, shows no submission.
agenda-duty-due-soon = Due soon
agenda-duty-due-soon-said = The day is near.
agenda-duty-submission-unknown = Submission unknown
agenda-duty-submission-unknown-said = The day has passed, and no register is held that tells whether it was submitted: nobody is told as late.
agenda-duty-not-yet-due = Not yet due
agenda-duty-not-yet-due-said = The day is further ahead.
agenda-duty-submitted-on-time = Submitted on time
agenda-duty-submitted-on-time-said = The register shows it, received on the day or before.
agenda-duty-submitted-late = Submitted late
agenda-duty-submitted-late-said = The register shows it, received after the day.
agenda-duty-no-date = No date
agenda-duty-no-date-said = It is owed, but no day follows from what is known.
agenda-duty-not-applicable = Not applicable
agenda-duty-not-applicable-said = It does not concern this party, or not on this day.
agenda-duty-contested = Contested
agenda-duty-contested-said = Whether it is owed is contested.
agenda-deadline-near = Near
agenda-deadline-near-said = The day is near, and it is not known to be met.
agenda-deadline-running = Running
agenda-deadline-running-said = The day is further ahead.
agenda-deadline-passed-outcome-unknown = Passed, outcome unknown
agenda-deadline-passed-outcome-unknown-said = The day has passed, and no source tells whether it was met.
agenda-deadline-met = Met
agenda-deadline-met-said = A source tells that it was done.
agenda-deadline-not-applicable = Not applicable
agenda-deadline-not-applicable-said = It does not concern this party.
agenda-deadline-not-known-whether-it-applies = Not known whether it applies
agenda-deadline-not-known-whether-it-applies-said = No source tells whether this party has anything to do by it.
agenda-deadline-contested = Contested
agenda-deadline-contested-said = Whether it runs is contested.
agenda-on-the-day = on that day
agenda-in-days =
    { $count ->
        [one] in { $count } day
       *[other] in { $count } days
    }
agenda-in-months =
    { $count ->
        [one] in { $count } month
       *[other] in { $count } months
    }
agenda-in-years =
    { $count ->
        [one] in { $count } year
       *[other] in { $count } years
    }
agenda-ago-days =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
agenda-ago-months =
    { $count ->
        [one] { $count } month ago
       *[other] { $count } months ago
    }
agenda-ago-years =
    { $count ->
        [one] { $count } year ago
       *[other] { $count } years ago
    }
agenda-received = Received on { $day }.
agenda-voluntary = voluntary
agenda-voluntary-said = It is asked for, and not owed.
agenda-binding-said = It is owed by each party.
agenda-register = Register of what was received:
agenda-register-none = No register of what was received is held.
agenda-registers = Registers of what was received:
agenda-from-to = { $from } to { $to }
agenda-in-year = in { $year }
agenda-curve = Who joined when
agenda-curve-deposited = consented
agenda-curve-in_force = in force for
agenda-curve-label = { $name }: on { $day }, { $deposited } had consented, and it was in force for { $in_force }.
agenda-curve-until = Only actions with a day are counted; the last change is of { $day }.
agenda-no-curve = No course can be told: no list gives the days.
agenda-days-to-entry = From adoption to entry into force it took { $days } days.
agenda-days-to-consent = Half of the { $count } dated consents came within { $median } days of adoption, the middle half between { $low } and { $high } days.
agenda-rules = How it binds, and how it is left
agenda-read = What was read
agenda-read-on = read on { $day }
agenda-not-checked = from general knowledge, not checked
agenda-duties = Duties that recur
agenda-deadlines = Deadlines
agenda-concerns = Concerns:
agenda-extension = Extension:
agenda-due-title = Duties and deadlines
agenda-due-none = Nothing is known to be due.
agenda-due-caption = Duties and deadlines of { $name }, the next and the last of each
agenda-last-next = The last and the next of each duty and deadline
agenda-late = Who is late
agenda-late-none = By these registers nobody is late.
agenda-participants = All participants
agenda-participants-caption = Participants of { $name } on { $day }
agenda-regions = Who has not joined, by region
agenda-region-bound = { $bound } of { $members } bound ({ $share })
agenda-region-all = All have joined.
agenda-not-joined = Not joined:
agenda-alike = Like-minded: who joined early
agenda-alike-lead = Who joined early in the instruments like it: a list to begin a coalition with, no more.
agenda-alike-count = Early in
agenda-alike-early = Where
agenda-alike-rank = { $rank } of { $of }, { $day }
agenda-beside = Promise and practice side by side
agenda-group = Group
agenda-places = Places
agenda-total = Total
agenda-median = Median, { $unit }
agenda-quartiles = Middle half, { $unit }
agenda-before-after = Five years before and after each was bound, for the { $places } with figures of all ten: none recorded in { $none }, fewer after in { $fewer }, as many in { $same }, more in { $more }.
agenda-meeting = Meeting
agenda-meetings = Meetings
agenda-meetings-year = Meetings known to the year only
agenda-title-of = { $name }: the agenda
agenda-record = Record
agenda-record-on_time = Submitted on time
agenda-record-late = Submitted late
agenda-record-overdue = Overdue
agenda-record-submission_unknown = Submission unknown
agenda-record-due_soon = Due soon
agenda-record-unknown = not known
agenda-report = Transparency report
agenda-report-of = { $name }: transparency report
agenda-report-back = Back to the party
agenda-print = Print
agenda-bound-by = How it stands
agenda-caveats = What must be read with it
agenda-its-calendar = Its calendar
agenda-aid = Aid against 0.7 per cent
agenda-aid-label = { $name } gave { $ratio } per cent of gross national income in { $year }
agenda-aid-none = For { $name } no share of gross national income is known
agenda-aid-method = Method
agenda-aid-methods = Grant equivalent and net flows are different methods. They are not joined, and not to be compared. Hollow points are preliminary.
agenda-aid-net = net flows
agenda-aid-grant-equivalent = grant equivalent
agenda-aid-target = the { $target } per cent asked for in 1970
agenda-aid-ratio = Per cent of gross national income
agenda-gap-points = Gap, percentage points
agenda-gap-of-money = Gap in money
agenda-gap-below = That is { $points } percentage points below the 0.7 asked for.
agenda-gap-reached = That is { $points } percentage points above the 0.7 asked for.
agenda-gap-money =
    In money { $money } { $range ->
        [none] ({ $unit }).
       *[other] (interval { $range }; { $unit }).
    }
agenda-workers = Attacks on aid workers in its territory
agenda-workers-label = { $name }, { $year }: { $attacks } attacks; { $killed } killed, { $wounded } wounded, { $kidnapped } kidnapped
agenda-workers-attacks = Attacks
agenda-workers-killed = Killed
agenda-workers-wounded = Wounded
agenda-workers-kidnapped = Kidnapped
agenda-workers-hollow = Hollow points are of years with attacks that are pending verification.
agenda-workers-pending = Pending verification
agenda-workers-pending-of =
    { $count ->
        [one] In { $year }, { $count } attack is pending verification.
       *[other] In { $year }, { $count } attacks are pending verification.
    }
agenda-by-state = By a state
agenda-by-non_state = By a non-state group
agenda-by-unknown = By whom unknown
agenda-calendar = Calendar of the agenda
agenda-calendar-lead = What falls due, for whom, and the meetings.
agenda-calendar-of-element = What is due under this element
agenda-calendar-count =
    { $count ->
        [one] { $said } duty or deadline from { $from } to { $to }; meetings: { $meetings }.
       *[other] { $said } duties and deadlines from { $from } to { $to }; meetings: { $meetings }.
    }
agenda-calendar-cut = Only the first { $shown } of { $all } are shown. Choose a party, an instrument or an element to see fewer.
agenda-calendar-none = Nothing is known to be due in this time.
agenda-subscribe = Subscribe (iCalendar)
agenda-horizon = Ahead
agenda-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
agenda-years =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
agenda-of-party = Of a party
agenda-without-party = { $name }: show all parties
agenda-without-day = Without a day
agenda-parties =
    { $count ->
        [one] { $count } party
       *[other] { $count } parties
    }
