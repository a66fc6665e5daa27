# Giving a role, taking somebody out of a team: the round is named, and what is easily a slip is asked about first.
seat-team = { $round } { $team }
seat-ask-leader = { $team } has a leader: { $names }.
seat-ask-double = { $names } is in { $team } already: { $role }.
seat-ask-again = If you mean it, press once more.
seat-taken = It is that of { $name }. If this is the same person, give the other role on their own page:
seat-link-once = { $name } has been invited already. The link is shown once. If it was not copied, invite again on their page:
seat-taken-go = The page of { $name }
seat-out-done = Taken out.
desk-refused-seat-held = This person has that role already.
