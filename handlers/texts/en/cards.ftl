# What stands on printed contact cards and notices.
card-title = Contact card: { $team }
card-until = Open until { $day }/{ $month }/{ $year } { $time }
card-words-hint = Other words on the screen? Then do not write.
card-web = Web
card-phone = Phone
card-code-hint = No camera? Type
card-batch-line = Front · round { $ordinal } · { $place } · { $way }
card-back-scope-title = You can write about
card-back-scope = Subsidies and relief, village money and land, land taken, building works, village notices, officials' conduct, gifts and banquets, services. No account. You may stay anonymous.
card-back-doors-title = Better elsewhere
card-back-door-110 = Danger 110
card-back-door-12345 = Water, power 12345
card-back-door-12388 = Discipline 12388
card-back-boxes = Your number (copy it here after sending; no name)
card-back-note = Back · flip on the long edge · print at 100 %
place-and-villages = { $place } and its { $n } villages
place-and-others = { $place } and { $n } more places
