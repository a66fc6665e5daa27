# Pages of the office, and names that the office gives by itself.
office-team-recusal = Recusal
office-team-unrouted = Unrouted

office-context = Office
office-nav = Main
office-nav-overview = Overview
office-nav-rounds = Rounds
office-nav-cards = Cards
office-nav-members = Members
office-nav-reports = Reports
office-nav-watch = Supervision
office-nav-trail = Record
office-for-all-rounds = For all rounds:
office-comma = ,{ " " }
office-choose = Choose
office-not-now = Cancel
office-empty = There is no round yet. Fill in a workbook and import round, teams, places and people.
office-empty-go = Import a round

office-round = Round { $ordinal }
office-phase = Term { $term }, phase { $phase }
office-window = { $opens } to { $closes }
office-accept-days = accepted or declined within { $n } working days
office-round-planned = Not open yet
office-round-open = Open
office-round-early = Open, tips from { $opens }
office-round-closed = Closed

office-role-director = Director
office-role-clerk = Clerk
office-role-leader = Leader
office-role-liaison = Liaison
office-role-inspector = Inspector

office-col-team = Team
office-col-members = Members
office-col-able = Can open tips
office-col-state = State
office-col-round = Round
office-col-phase = Term and phase
office-col-window = Window
office-col-sheet = Sheet
office-col-row = Row
office-col-column = Column
office-col-problem = What is wrong
office-col-name = Name
office-col-login = Sign-in name
office-col-place = Role
office-col-acts = What can be done
office-col-unit = Place
office-col-way = Handed out
office-col-code = Short code

office-overview = Tips received
office-counted = { $round }, { $opens } to { $closes }. Counted at { $at }, working day { $n }.
office-other-rounds = Other rounds:
office-day = { $day }, { $weekday ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
    [4] Fri
    [5] Sat
   *[6] Sun
  }

office-team-lacks = { $n } more needed
office-team-alone = One person only: a lost password locks everybody out
office-team-ready = Enough

office-before-open = Before opening
office-checklist = Check list
office-open-ready = All is there. When the round opens each team gets its own key, given to those who can open tips now.
office-open-director = All is there. A director opens the round.
office-open-ask = Open this round
office-open-title = Open { $round } now?
office-open-consequence = Each team gets a key that only its people hold; the office keeps none. Whoever comes later has to be granted it by somebody of the team. Tips are taken until { $closes }.
office-open-early = Each team gets a key that only its people hold; the office keeps none. Whoever comes later has to be granted it by somebody of the team. Opened now, it still takes tips from { $opens } only, until { $closes }.
office-open-do = Open { $round }
office-close-director = A director extends and closes.
office-close-ask = Close this round
office-close-title = Close { $round } now?
office-close-consequence = New tips are refused at once; what somebody is writing now is still taken and marked late. What came in is handled as before. A closed round cannot be opened again. It was to close at { $closes }.
office-close-do = Close { $round }
office-places = Who inspects what
office-places-is = A township includes its villages.
office-texts = Notice and scope
office-texts-is = The notice stands on the poster, the scope on the back of the cards and on the poster. After a change print them anew.
office-texts-over = This round is over; its notice and scope are changed no more.
office-notice = Notice
office-notice-hint = A poster has room for about 150 Chinese characters.
office-scope = Scope
office-scope-hint = There is little room on the back of a card: four lines at most, about 100 Chinese characters.
office-texts-save = Save notice and scope
office-texts-saved = Saved.

office-links-title = Invite links
office-links-once = Shown here once and nowhere else. Print them now, or let each person scan. Each link works once, for 24 hours.
office-links-none = Imported. Nobody is new.
office-links-go-on = Handed out, go on
office-login-is = Sign-in name { $login }

office-members-is = People of the office and of the teams. A role says who sits where; opening tips takes the team's key.
office-no-place = No role at present
office-member-invited = Invited
office-member-active = Active
office-member-disabled = Disabled
office-invite-again = Invite again
office-disable = Disable
office-invite-one = Invite somebody
office-invite-is = The link is shown once. Who joins a team after its round opened also needs the key, from somebody of the team. The office adds nobody to the recusal team of an opened round.
office-login-hint = 2 to 32 letters, digits, dots or dashes
office-invite-do = Make an invite link
office-disable-title = Disable { $name }?
office-disable-consequence = Signed out at once and never let in. To come back takes a new invite.
office-disable-do = Disable { $name }

office-cards = Contact cards
office-print-all = Print all cards
office-print-is = PDF, A4, ten cards a sheet, at 100 %. Counts are filled up to whole sheets; each download is noted, as a reload shows.
office-print-all-do = PDF of { $n } batches
office-print-do = Cards
office-n-cards = { $n } cards
office-no-batches = No cards yet.
office-revoked = Revoked
office-way-hint = One way of handing out per batch, such as door to door, market, village office. No names, no house numbers.
office-one-batch = One more batch
office-one-batch-is = Another way of handing out for the same place gets a batch of its own, so that they are counted apart.
office-one-batch-do = Make this batch
office-target = Scanning opens
office-target-web = Web page
office-target-telegram = Telegram

desk-refused-director-only = Only a director may do this.
desk-refused-office-in-team = Nobody sits in the office and in a team: who reads tips and who manages people stay apart.
desk-refused-yourself = You cannot disable or invite yourself.
desk-refused-round-exists = This term, round and phase is there already.
desk-refused-round-not-planned = This round was opened before; this cannot be changed any more.
desk-refused-round-not-open = This round is not open.
desk-refused-round-closed = This round is closed and cannot be changed.
desk-refused-window-over = The window has ended; the round cannot be opened.
desk-refused-team-not-ready = Some teams lack people; the round was not opened.
desk-refused-no-office-key = You do not hold the office's signing key. Ask a director who holds it to open your page under Members and give it to you.
desk-refused-text-too-long = Too long, at most 5000 characters. It was not saved.
desk-refused-texts-empty = Not saved. This round is open: the notice and the scope both have to be written.
plan-texts-stale = Somebody changed this round just now; yours is not saved yet. Where it differs, what stands now is written. Look, then save.
plan-texts-stand = Now: { $text }
desk-refused-way = Say how the cards are handed out, in at most 20 characters.
desk-refused-units = This place is not the team's.
desk-refused-card-count = Say how many, 1 to 5000.
desk-refused-cards-wanted = How many cards, from 0 to 5000?
desk-refused-no-cards = There are no cards to print.

desk-refused-office-exists = There is an office here already.
desk-refused-no-bot = There is no Telegram bot yet, so this batch cannot be printed.
