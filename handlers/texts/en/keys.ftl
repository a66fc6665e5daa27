# Who can open what: passing a tip on to another team, people who leave, keys that are changed for it.
desk-why-transfer = Afterwards nobody of this team can open it. Its deadlines begin anew, and the reporter is told which team has it.
desk-transfer-to = To which team
desk-transfer-words = Words to that team, not shown to the reporter

desk-refused-passed-on = A colleague has passed this tip on to another team; it no longer opens here.
desk-refused-target = Please choose the team that takes it over.
desk-refused-target-key = That team's public key does not check out, so it cannot be passed on. Please phone the office. This was noted.
desk-refused-target-empty = Nobody in that team can open tips now, so it cannot be passed on.
desk-refused-recused-there = Somebody in that team is recused from this tip, so it cannot be passed on there.
desk-refused-older-key = Some of this opens with older keys only, which you do not hold. Please ask a colleague who has them all.
desk-refused-nobody-left = Nobody is left in this team to hold a new key. Let somebody join and sign in first.

desk-deed-relock = { $name } changed the lock

desk-keys-former = No longer in this team and still holding its present key: { $names }. Please ask the office's director to change it soon: only what comes in after that is closed to them.
desk-keys-behind = No longer in this team and still holding the keys of single tips: { $names }. Tips: { $n }. They could open what is written there from now on.
desk-keys-relock = Lock these anew

office-keys-change = The teams whose key they hold get a new one at once.
office-keys-wait = The teams whose key they hold need a new one from the director; until then the old one opens what comes in.
office-disable-change = { office-disable-consequence } { office-keys-change }
office-disable-wait = { office-disable-consequence } { office-keys-wait }
office-disable-left = { $n ->
    [0] After this nobody can open the tips that { $team } has received.
    [one] After this { $n } person alone can open the tips of { $team }.
   *[other] After this { $n } people can open the tips of { $team }.
}
office-left-first = Better invite somebody to the team first, let the team grant them its key, and come back then.
office-out = Take out of a team
office-out-title = Take { $name } out of which team?
office-out-is = From the next click on they see none of that team's tips. What was read before cannot be taken back.
office-out-left = { $n ->
    [0] Once they are out of { $team }, nobody can open the tips that it has received.
    [one] Once they are out of { $team }, { $n } person alone can open its tips.
   *[other] Once they are out of { $team }, { $n } people can open its tips.
}
office-out-none = In no team.
office-out-do = Take out of { $team }
office-outdated = Teams that need a new key
office-outdated-is = Somebody left and still holds the team's present key. What comes in after the change is closed to them; the team need not do anything.
office-outdated-director = Only the director can change it.
office-outdated-names = Still held by { $names }
office-rotate-do = Change the key
