# Reports: the figures for everybody, and the office's days and weeks.
public-title = { $round }: public figures
public-of = { $office }, { $opens } to { $closes } { $year }
public-counted = Counted on { $day } { $year }. Counted once a day and never changed afterwards.
public-how = Every figure is rounded down to a multiple of { $step }: { $step } stands for { $step } to { $most }. Fewer than { $step }, also none, is written “fewer than { $step }”. A sum adds up what is shown and is not the number of all tips. Every table leaves a part out, so the sums differ, and no other number follows from taking one from another.
public-few = fewer than { $step }
public-sum = Sum of what is shown
public-foot = Numbers only, no content and no person. Those kept apart for conflicts of interest and test cards are not in here.
public-time = By time received
public-time-head = Received on
public-time-is = Tips received, by date. The latest day is left out, and what came outside the window.
public-time-is-weeks = Tips received, by date, seven days at a time from the opening. The latest seven are left out, and what came outside the window.
public-day = { $day }
public-days = { $first } to { $last }
public-channel = By channel
public-channel-head = Channel
public-channel-is = Tips received, by the way they came. Those told in person are left out.
public-team = How far each team has got
public-team-head = Team
public-team-is = Tips, by where they stood on the day of the count. Those withdrawn by their reporters and those not yet with a team are left out.
public-unit = By place
public-unit-head = Place
public-unit-is = Tips. Villages count with their township; accepted and resolved (or cleared) are among those received. Unknown places and the county itself are left out.
public-kind = By kind
public-kind-head = Kind
public-kind-is = Tips received, by the kind the reporter chose. “Other” and no choice are left out.
public-col-received = Received
public-col-accepted = Accepted
public-col-finished = Resolved
public-col-waiting = Waiting
public-col-worked = In work
public-col-resolved = Resolved
public-col-cleared = Cleared
public-col-passed = Declined or referred
public-none = This round has no public figures yet. Once it takes tips, they are counted every day after midnight.
public-inside = Back to the office’s own figures
public-xlsx = Save as a table (xlsx)
public-which-day = Day
public-which-round = Round
public-show = Show
public-print = Your browser’s “Print” makes it A4.
digest-none = –

digest-title-day = { $round }: tips of a day
digest-title-week = { $round }: tips of a week
digest-title-range = { $round }: tips in figures
digest-of = { $office }, { $days }
digest-one-day = { $weekday ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
  }, { $day } { $year }
digest-days = { $first } to { $last } { $year }
digest-years = { $first } { $year } to { $last } { $to }
digest-counted = Counted on { $at } { $year }, the same count as the overview’s; it moves on the full hour only.
digest-chain = At midnight the audit trail stood at line { $n }, check { $mac }. If line { $n } of a later trail does not match, it was changed.
digest-chain-empty = The audit trail has no line yet.
digest-foot = Numbers only, no content; never finer than a day. Those kept apart for conflicts of interest and test cards are not in here. Working days follow the State Council’s plan with shifted weekends; the office’s own word comes first.
digest-summary = In all
digest-summary-is = Tips. Received by the date received; accepted, resolved and cleared by the day that was done, whenever the tip came. So far: from the opening to the last day of the period.
digest-summary-former = The round before is counted until the same day, also day { $n } of taking tips: { $until } { $year }.
digest-received = Received
digest-done-accepted = Accepted
digest-done-resolved = Resolved
digest-done-cleared = Cleared
digest-col-figure = Figure
digest-col-part = This period
digest-col-so-far = So far
digest-col-former = { $round }, same day
digest-no-former = No round before
digest-by-day = By day and channel
digest-by-day-is = Tips received, by date. Letters, calls and visits are entered by staff.
digest-day = { $weekday ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
    [4] Fri
    [5] Sat
   *[6] Sun
  } { $day }
digest-col-day = Received on
digest-col-sum = Sum
digest-sum = Sum
digest-by-team = By team
digest-by-team-is = Tips. Received: in this period; “of these declined or referred” is what became of them, not counting those passed on after they were accepted. Accepted, resolved, cleared: done in this period, by the day it was done. Undecided and overdue: in hand at the count, whenever received; those over three times are among the overdue.
digest-col-team = Team
digest-col-received = Received
digest-col-unaccepted = Of these declined or referred
digest-col-accepted = Accepted
digest-col-resolved = Resolved
digest-col-cleared = Cleared
digest-col-undecided = Undecided now
digest-col-late = Overdue now
digest-col-late3 = Over 3 times
digest-all-teams = All
digest-replies = First reply
digest-replies-is = Of the tips received in this period, how many working days those replied to took, from the day received to the first reply. Median and 90 % are of the replied ones; those without a reply are left out.
digest-col-replied = Replied to
digest-col-median = Median (working days)
digest-col-p90 = 90 % within
digest-funnel = Cards, from scan to acceptance
digest-funnel-is = Times, from the opening to the count, all batches of cards together; not by day. Link previews and test cards are not counted.
digest-col-cards = Cards
digest-all-cards = All cards
digest-step-scan = Scanned
digest-step-start = Started
digest-step-describe = Told
digest-step-submit = Submitted
digest-step-accept = Accepted
digest-places = Received, by unit
digest-places-is = Tips, by date received; villages count with their township, units without any are left out.
digest-col-place = Unit
digest-nowhere = Place not known
digest-ask = Which days
digest-from = From
digest-to = To
digest-make = Make the report
digest-tap-day = Today
digest-tap-yesterday = Yesterday
digest-tap-week = This week
digest-tap-last-week = Last week
digest-tap-round = Whole round
digest-public = Public figures
desk-refused-digest-no-day = The dates are not right. Please choose two dates.
desk-refused-digest-turned = The first day is later than the last. Please swap them.
desk-refused-digest-outside = Some of these days are not in the round. Any days from its opening to today can be chosen.
desk-refused-digest-early = This round has not begun to take tips, so there is nothing to report.
