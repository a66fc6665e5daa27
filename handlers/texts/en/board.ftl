# The office's board: figures with what they are of, charts, and the numbers behind them.
board-day = { $weekday ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
    [4] Fri
    [5] Sat
   *[6] Sun
  } { $day }
board-unit-tips = tips
board-unit-days = working days
board-summary = In all
board-received = Received
board-received-is = By all channels, with letters, calls and visits entered by hand; by day received{ $late ->
    [0] { "" }
    [one] ; { $late } of them came after the round had closed
   *[other] ; { $late } of them came after the round had closed
  }
board-undecided = Undecided
board-undecided-is = Neither accepted nor declined, { $rate } of { $n } received; by day received
board-accept-rate = Accepted
board-accept-rate-is = { $a } accepted ÷ { $b } decided; by day received
board-reply = First reply
board-reply-is = From receipt to the first words back, median; nine in ten within { $p90 }, n={ $n }; by day received
board-late = Overdue
board-late-is = { $rate } of the { $n } that run, { $late3 } of them three times over; { $today } due today, { $soon } soon. By today’s deadlines
board-resolve-rate = Resolved
board-resolve-rate-is = { $a } resolved ÷ { $b } accepted; by day received
board-clear-rate = Cleared
board-clear-rate-is = { $a } cleared ÷ { $b } resolved; by day received

board-modes = Which figures
board-mode-inside = Internal
board-mode-public = Public
board-team = Team
board-all-teams = All teams
board-from = Received from
board-to = to
board-show = Show
board-show-all = Show all
board-export = Export this page
board-filtered = A part only: { $what }.
board-on = received { $day }
board-since = received from { $day }
board-until = received until { $day }
board-cards-not-dated = Overdue, units, the funnel and the sums are not told apart by day received; kinds by unit not by team either.
board-numbers = The numbers
board-no-charts = The charts cannot be drawn now. Their numbers are in the tables.
board-foot = Numbers only, no content; never finer than a day. Counted on the full hour. Neither what the recusal team received nor test cards are counted. Working days follow the State Council’s notices; what this office entered comes first.

board-days = How many a day, and from where
board-days-is = Tips by day received; days off are shaded
board-days-says = Tips received a day, { $first } to { $last }, { $n } in all, most of them on { $day }, { $most }
board-opens = Opens
board-closes = Closes
board-today = today
board-tip = { $name } { $n }
board-funnel = From scan to acceptance
board-funnel-is = { $batch }, { $n } printed; times, percentages of the step before. Previews of phones and test cards are not counted; nobody is asked who scans, so one person may count several times, and at most { $most } scans an hour count for one batch
board-funnel-none = No cards yet.
board-funnel-no-scans = No scan was counted yet: who opens the address or types the short code did not scan.
board-funnel-says = From scan to acceptance: { $all }
board-step-tip = { $name } { $n }
board-step-scan = Scan
board-step-start = Start
board-step-describe = Describe
board-step-submit = Submit
board-step-accept = Accepted
board-batch = { $place } { $way } ({ $code })
board-many-units = { $place } and others, { $n } in all
board-which-batch = Which cards
board-teams = How far each team has got
board-teams-is = Tips by day received; as they stand now
board-teams-says = Tips received by team: { $all }
board-in-all = { $n } in all
board-group-undecided = Undecided
board-group-in-work = In work
board-group-resolved = Resolved
board-group-cleared = Cleared
board-group-left = Declined, referred, withdrawn
board-ages = How long the unfinished have lain
board-ages-is = { $n } tips, working days since the day received
board-ages-says = Unfinished tips: { $all }
board-age-within = up to { $n } days
board-age-between = { $a } to { $b } days
board-age-over = { $n } days and more
board-places = Units
board-places-is = Tips, villages within their township; the whole round, as it stands now
board-all-places = All units
board-nowhere = Place not known
board-other-places = { $n } others
board-done = Accepted, resolved, cleared so far
board-done-is = Tips by the day it was done
board-done-says = So far, { $day }: { $all }
board-done-tip = { $day } { $done }
board-sofar-accepted = Accepted so far
board-sofar-resolved = Resolved so far
board-sofar-cleared = Cleared so far
board-kinds = What it is about, and where
board-kinds-is = Tips, villages within their township; the whole round, all teams
board-all-kinds = Of all units

board-col-figure = Figure
board-col-value = Value
board-col-unit-of = In
board-col-basis = Of what
board-col-day = Day
board-col-received = Received
board-col-accepted = Accepted
board-col-resolved = Resolved
board-col-cleared = Cleared
board-col-team = Team
board-col-channel = Channel
board-col-place = Unit
board-col-kind = About
board-col-age = Lain
board-col-tips = Tips
board-col-share = Share
board-col-step = Step
board-col-times = Times
board-col-of-last = Of the step before
board-col-batch = Cards
board-col-printed = Printed
board-col-standing = State
board-sum = Sum

board-numbers-title = The numbers of a chart
board-no-figures = None
board-back = Back to the overview
board-of-day = Received on { $day }, by team and channel
board-of-day-is = Tips by day received
board-of-team = How far { $team } has got
board-by-channel = From where
board-by-channel-is = Tips by day received
board-of-age = Unfinished for { $age }, by team
board-of-age-is = Tips, working days since the day received
board-of-done = Done on { $day }
board-of-funnel = All cards, from scan to acceptance
board-of-funnel-is = Times; printed ones are cards
board-of-place = { $place }
board-standings = How far they have got
board-standings-is = Tips by day received; as they stand now
board-standing-received = Undecided
board-standing-accepted = Accepted
board-standing-verifying = Being verified
board-standing-awaiting-reporter = Waiting for the reporter
board-standing-handed-over = Handed over
board-standing-noticed = Rectification notice sent
board-standing-reported-back = The unit reported back
board-standing-answered = Answered
board-standing-reopened = Reopened
board-standing-resolved = Resolved
board-standing-cleared = Cleared
board-standing-passed-on = Referred after acceptance
board-standing-referred = Referred
board-standing-declined = Declined
board-standing-withdrawn = Withdrawn by the reporter

board-milestones = Milestones
board-milestones-is = Days written on the chart, such as the handing out of cards. Opening and closing are there by themselves.
board-milestones-none = None yet.
board-milestone-day = Day
board-milestone-words = What happened
board-milestone-hint = 20 characters at most
board-milestone-save = Save
board-milestone-drop = Delete
board-milestone-drop-one = Delete { $day }
desk-refused-milestone-words = Write what happened, 20 characters at most. Not saved.
desk-refused-milestone-day = Write a day near this round. Not saved.
desk-refused-milestone-many = 12 days at most; delete one first. Not saved.
