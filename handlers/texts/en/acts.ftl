# What a member does with a tip: names of moves, reasons, what colleagues and the reporter read of them.
desk-stage-accept = Accept
desk-stage-first-reply = Reply
desk-stage-hand-over = Hand over
desk-stage-rectify = Rectify
desk-stage-close = Resolve
desk-stage-clear = Clear

desk-due-ok = { $stage } { $about ->
    [yes] about
   *[no] in
  } { $days } d
desk-due-soon = { $stage } { $about ->
    [yes] about
   *[no] in
  } { $days } d
desk-due-today = { $stage } { $about ->
    [yes] about today
   *[no] today
  }
desk-due-late = { $stage } { $about ->
    [yes] late by about
   *[no] late by
  } { $days } d
desk-due-late3 = { $stage } { $about ->
    [yes] late by about
   *[no] late by
  } { $days } d, over 3 times
desk-due-hold = Paused, waiting
desk-clock-ok = { $about ->
    [yes] about
   *[no] in
  } { $days } d
desk-clock-soon = { $about ->
    [yes] about
   *[no] in
  } { $days } d
desk-clock-today = { $about ->
    [yes] about today
   *[no] today
  }
desk-clock-late = { $about ->
    [yes] late by about
   *[no] late by
  } { $days } d
desk-clock-late3 = { $about ->
    [yes] late by about
   *[no] late by
  } { $days } d, over 3 times
desk-clock-hold = Paused, { $about ->
    [yes] about
   *[no] exactly
  } { $days } d left
desk-clock-done = On time, { $days ->
    [0] within a day
   *[other] { $days } d
  }
desk-clock-done-late = Done late

desk-do-claim = Claim
desk-do-claim-over = Take over
desk-do-release = Give back
desk-do-assign = Assign to a colleague
desk-do-accept = Accept
desk-do-decline = Decline
desk-do-refer = Refer
desk-do-verify = Begin verification
desk-do-ask = Ask the reporter
desk-do-reply = Reply to the reporter
desk-do-hand-over = Hand over
desk-do-receipt-back = Record the receipt
desk-do-propose-notice = Propose a rectification notice
desk-do-notice = Approve the notice
desk-do-report-back = Record what was put right
desk-do-answer = Answer
desk-do-resolve = Resolve
desk-do-clear = Clear
desk-do-reopen = Reopen
desk-do-repeat = Mark as a repeat
desk-do-split = Split off a part
desk-do-transfer = Transfer to another team

desk-why-decline = The reporter is told the reason and the right door.
desk-why-refer = The reporter is told where it went. The team handles it no more.
desk-why-hand-over = The reporter is told where it went. The package is under "Print and hand over".
desk-why-receipt-back = Number and date of the receipt, or a photo of it.
desk-why-propose-notice = Which unit has to put right what, and how it should be then. It gets a number once the leader approves.
desk-why-notice = It gets a number, and the reporter is told. Not by who proposed it or handles the tip.
desk-why-report-back = What the unit reported, or photos. The reporter is told.
desk-why-answer = Your answer to the reporter, in plain words.
desk-why-resolve = Choose the outcome. Your words go to the reporter with it.
desk-why-clear = On what grounds, or evidence as a file: one of the two is needed. Not by who resolved or handles the tip.
desk-why-reopen = The clock starts anew today. The reporter is told.
desk-why-verify = Notes that verification begins today. The reporter is not told.
desk-why-accept = The reporter is told.
desk-why-assign = To somebody who can open this tip.

desk-words-reporter = Your words to the reporter
desk-words-colleagues = Your words to colleagues; the reporter does not see them
desk-words-optional = may stay empty
desk-file = File (photo, scan or recording; may stay empty)
desk-reason = Reason
desk-reason-organ = To whom
desk-reason-outcome = Outcome

desk-reason-to-discipline = discipline inspection
desk-reason-to-police = the police
desk-reason-to-petition = the petition office
desk-reason-to-organization = the organization department
desk-reason-to-department = the department in charge
desk-reason-to-township = the township
desk-reason-put-right = true, and put right
desk-reason-partly = partly true, dealt with
desk-reason-unfounded = not so, as was found
desk-reason-unverifiable = cannot be established from what there is
desk-reason-explained = explained
desk-reason-handed-on = handed to the body in charge
desk-reason-new-facts = there are new facts
desk-reason-not-done = it was not done well
desk-reason-mistake = there was a mistake

desk-tell-refer-to-discipline = What you told has been passed on to discipline inspection. To ask about it, call 12388.
desk-tell-refer-to-police = What you told has been passed on to the police. If it is urgent, call 110.
desk-tell-refer-to-petition = What you told has been passed on to the petition office. You can ask about it there.
desk-tell-refer-to-organization = What you told has been passed on to the organization department. To ask about it, call 12380.
desk-tell-refer-to-department = What you told has been passed on to the department in charge. To ask about it, call 12345.
desk-tell-refer-to-township = What you told has been passed on to the township. If it is not dealt with, tell { $team } by the card again.
desk-tell-hand-over-to-discipline = { $team } has looked at it and handed it to discipline inspection. The outcome will stand here.
desk-tell-hand-over-to-police = { $team } has looked at it and handed it to the police. The outcome will stand here.
desk-tell-hand-over-to-petition = { $team } has looked at it and handed it to the petition office. The outcome will stand here.
desk-tell-hand-over-to-organization = { $team } has looked at it and handed it to the organization department. The outcome will stand here.
desk-tell-hand-over-to-department = { $team } has looked at it and handed it to the department in charge. The outcome will stand here.
desk-tell-hand-over-to-township = { $team } has looked at it and handed it to the township. The outcome will stand here.
desk-tell-notice = { $team } has looked at it and told the unit to put it right at once. How that went will stand here.
desk-tell-report-back = The unit has reported back. { $team } is looking at how well it was put right.
desk-tell-answer = { $team } answers:
desk-tell-resolve-put-right = It is done: what you told is true and has been put right.
desk-tell-resolve-partly = It is done: part of what you told is true and has been dealt with.
desk-tell-resolve-unfounded = It is done: { $team } looked into it and found that it is not so.
desk-tell-resolve-unverifiable = It is done: it cannot be established from what there is. If you remember more, add it here.
desk-tell-resolve-explained = It is done: the matter has been explained.
desk-tell-resolve-handed-on = It is done: the matter is with the body in charge.
desk-tell-clear = { $team } has checked how your matter was dealt with and closed it. Thank you.
desk-tell-reopen-new-facts = There are new facts: { $team } takes up your matter again.
desk-tell-reopen-not-done = It was not done well: { $team } takes up your matter again.
desk-tell-reopen-mistake = There was a mistake: { $team } takes up your matter again.
desk-tell-transfer = Your matter belongs to { $team } and has been passed to it. Your code stays the same.

desk-deed-refer = { $name } referred it: { $reason }
desk-deed-verify = { $name } began verification
desk-deed-reply = { $name } replied to the reporter
desk-deed-hand-over = { $name } handed it over: { $reason }
desk-deed-receipt-back = { $name } recorded the receipt of the hand-over
desk-deed-propose-notice = { $name } proposed a rectification notice
desk-deed-notice = { $name } approved the rectification notice
desk-deed-report-back = { $name } recorded what was put right
desk-deed-answer = { $name } answered
desk-deed-resolve = { $name } resolved it: { $reason }
desk-deed-clear = { $name } cleared it
desk-deed-reopen = { $name } reopened it: { $reason }
desk-deed-release = { $name } gave it back
desk-deed-assign = { $name } assigned it to { $reason }
desk-deed-repeat = { $name } marked it as a repeat{ $reason }
desk-deed-split = { $name } split off a part{ $reason }
desk-deed-transfer = { $name } transferred it to { $reason }
desk-event-claim-ended = The claim ran out and was given back

desk-refused-leader-only = Only the team's leader does this.
desk-refused-heads-only = Only the leader and the liaison do this.
desk-refused-own-work = Nobody approves their own work. Ask another leader, or assign the tip first.
desk-refused-evidence = Please write on what grounds, or attach evidence.
desk-refused-no-proposal = Nobody has proposed a rectification notice yet.
desk-refused-split-part = This part was split off and has no code of its own. Write in the first tip.
desk-refused-assignee = It can only be assigned to somebody who can open it.
desk-approved-by = Approved by { $name }; the signature is valid
desk-unsigned = Not signed by { $name }: somebody else may have written it
