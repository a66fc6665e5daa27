# Messages that leave the house. Never content: a number, a place, a day.
notice-reply = There is news about what you asked after. Please look it up with your code; nothing is shown here.
notice-group = { $team }: { $n } new.
notice-line = { $number } { $unit }
notice-line-due = { $number } { $unit }, decide by { $due }
notice-more = { $n } more; please look at the desk.
