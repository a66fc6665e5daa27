# The conversation with the reporter. Short, plain sentences; nothing that frightens (look.md, "Wording").

on-day = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
on-day-at = { $day }, { $time }
on-day-in = { $day } { $year }
on-day-at-in = { $day } { $year }, { $time }

## Start

say-telegram =
    What you write here can also be read by the company Telegram.
    For more privacy, use the web page: { $page }
start-card =
    { $place }
    You can tell { $team } what you saw or met. No sign-up. You need not give a name.
    It is kept encrypted. Only those who handle it can open it.
    We do not keep your phone number, your WeChat id or where you are.
    If you write what only you can know, others may guess that it was you.
    You can delete it until you hand it in. If you leave it, it is deleted after 24 hours.
    Open until { $until }.
    { $check }
start-words =
    Go on only if these three words are the same as on your card:
    { $words }
start-no-card =
    { $team }
    You can tell the inspection team what you saw or met. No sign-up. You need not give a name.
    It is kept encrypted. Only those who handle it can open it.
    We do not keep your phone number, your WeChat id or where you are.
    If you write what only you can know, others may guess that it was you.
    You can delete it until you hand it in. If you leave it, it is deleted after 24 hours.
    Open until { $until }.
start-nothing =
    You can tell the inspection team what you saw or met. No sign-up. You need not give a name.
    If you have a card, please scan it. You can also go on without one.
start-early-on =
    { $team } has not started yet. It begins on { $begins }; please come back then.
    If it is urgent, call 12388 or go to the county petition office.
start-early =
    { $team } has not started yet. Please come back in a few days.
    If it is urgent, call 12388 or go to the county petition office.
start-closed = This round ended on { $until } and takes nothing more. You can still call 12388 or go to the county petition office.
say-unknown-card =
    We do not know this card. Please check that the short code is copied right.
    You can also go on without a card: tap “Tell us”.
say-no-round =
    No inspection team is taking messages now.
    You can still call 12388 or go to the county petition office.
say-not-kept = What you wrote just now was not kept.
say-other-card-shut = This card is of { $team }, which takes nothing now.
say-card-shut = This card belongs to { $team }, which takes nothing now. What you have not handed in is still here.

## Tell

ask-tell = Please tell us: who, what, when and where. Type, speak or take photos, in as many messages as you like.
tick-kept = ✓ Noted
say-nothing-told = Nothing is told yet. Please write, speak or take a photo first, then tap again.
say-undone = The last message is deleted.
say-own-code = This message holds your code, so it was not kept. Keep the code to yourself.
say-pointed = A location or a contact shows who you are, so nothing of it was kept. Please write the name of the village.
say-file-refused = { $reason ->
        [too-large] This file is too large and was not kept.
       *[other] This file cannot be opened and was not kept.
    }
    { $elsewhere }
say-file-page = Please send another one, or use the web page: { $page }
say-full-words = This draft is full; this last message was not kept. All before it is still here. Please hand it in first, then tap “Add” to go on; or make it shorter.
say-full-files = We take { $files } files at a time; this one was not kept. All before it is still here. Please hand it in first, then tap “Add” to send more.
say-edit-lost = This change was not noted. Please send it again.
say-edit-late = It is already handed in, so that message cannot be changed. You can add to it here.

## Where

ask-where-choose = All noted. Where is this? Tap a place, or write the name of the village or office.
ask-where-type = All noted. Where is this? Please write the township and village, or the name of the office.
ask-where-which = There are { $n } places called { $name }. Which one do you mean?
ask-where-not-found =
    We could not place “{ $name }” yet. Please write more of it, such as township and village.
    What you write goes to the team as well. It is fine not to know.
say-place = Noted: { $name }.

## Name

ask-identity =
    Do you want to give your name?
    No name: we neither ask nor keep who you are. If we have a question, it waits here until you come with your code.
    Name and telephone: within 15 working days you are told whether it is accepted. Only the team that handles it reads your name.
ask-name = Please write your name.
ask-phone = Please write your telephone number.
say-phone-digits = Some digits are missing. Please look again.

## Recusal

ask-recusal = Is the person you write about a member of the inspection team or its office?

## Check

check-words = { $words }
check =
    Read it through and change what is not right.
    { "" }
    { $words }
    { "" }
    { $facts }
    { "" }
    Your code; you can copy it now. It counts once you have handed in.
    { $code }
    { "" }
    After that, what you wrote is no longer shown here.
part-text = { $n }. { $text }
part-image = { $n }. Photo { $text }
part-audio = { $n }. Voice{ $seconds ->
        [0] { "" }
       *[other] , { $seconds } s
    } { $text }
part-video = { $n }. Video { $text }
part-document = { $n }. File { $text }
text-goes-on = { $text }
fact-where = Where: { $place }
fact-where-unknown = Where: not known
fact-kind-unknown = Kind: not chosen
fact-kind-subsidy-welfare = Kind: subsidies and relief
fact-kind-collective-assets = Kind: collective money and property
fact-kind-land-housing = Kind: land, housing plots, expropriation
fact-kind-projects = Kind: building projects
fact-kind-openness-elections = Kind: village openness and elections
fact-kind-cadre-conduct = Kind: conduct of officials
fact-kind-gifts-banquets = Kind: banquets and gifts
fact-kind-public-services = Kind: water, power, roads, services
fact-kind-intimidation = Kind: bullying
fact-kind-failed-rectification = Kind: not put right since last time
fact-kind-other = Kind: other or not known
fact-anonymous = Name: none given
fact-name = Name: { $name } { $phone }
fact-recusal-no = Inspectors: not concerned
fact-recusal-yes = Inspectors: concerned; it goes to the recusal group
fact-recusal-unknown = Inspectors: not known; it goes to the recusal group
door-12388 = For breaches of discipline or law by officials you can also call 12388. You may still hand it in here too.
door-12345 = For water, power, street lights or noise, 12345 is faster. You may still hand it in here too.
door-petition = Court rulings and petitions belong to the county petition office. You may still hand it in here too.
door-110 = If there is danger right now, call 110 at once. You may still hand it in here too.
ask-edit = Please say this part again. Type, speak or take a photo.
ask-kind = What kind of matter is it? It is fine not to know.

## Leaving a draft

ask-cancel = What you wrote is not handed in yet. Do you really not want it?
say-draft-first = You have something that is not handed in yet. Go on with it first, or throw it away?
say-dropped = What you wrote is deleted.
say-cancelled = All right. Nothing is left here.
ask-switch =
    You scanned another card: { $team }, { $place }.
    What you wrote before is not handed in yet. Go on with it, or throw it away and use the new card?
ask-code-noted =
    Your number is { $code }. Have you written it down?
    If you go on, it is not shown here again. We cannot find it for you.

## Receipt

say-late = The round has passed its closing time. We take what you wrote all the same and mark it late.
receipt =
    { $team } has received it. Please copy the code; if it is lost, we cannot find it either.
    { "" }
    Code { $code }
    { $on }{ $phone }
    { "" }
    Read by { $by }. If something is not clear, we ask you here.
    To read answers or add: scan the card, tap “Look up”, enter the code.
    To take it back: before it is accepted, enter the code and tap “Withdraw”.
receipt-phone = { "" }, telephone { $phone }
say-forgotten = All right. The code is no longer shown here.
say-subscribed = When there is an answer, you are told here, without its content.
say-wiped = What can be deleted here is deleted. Messages older than 48 hours remain; please delete them yourself.

## Following up

ask-code = Please enter the code, 16 digits in all.
say-bad-code = The code has { $n } digits. Please check that it is copied right.
say-type-code = Here we need the code; what you just sent was not kept. To tell us something, tap “Back” first.
follow-none = There is nothing new. Please check that the code is copied right, and come back in a few days.
news-list = { $news }
news-line =
    { $on }, { $team }
    { $text }
ask-add = Please go on. Type, speak or take photos, in as many messages as you like.
say-added = What you added is received. If the number is right, it is put with the rest.
ask-withdraw =
    Withdraw this one?
    The team will then no longer handle it, and it cannot be brought back.
say-withdrawn = All right. The team is told that you withdraw it.
say-not-withdrawn = All right. Nothing is withdrawn.

## Anywhere

say-help =
    Tap a button, or simply tell us.
    Said something wrong? Tap “Take back the last one”. To stop, type “cancel”.
    To begin again, type “restart”. For answers, type “progress”. For larger letters, type “large”.
say-large = The letters are larger now. Type “large” again to change back.
say-not-large = The letters are back to normal.
say-phone = You can also call { $phone }.
say-no-phone = The telephone number is printed on the card.

## Choices

choice-report = Tell us
choice-progress = Look up
choice-phone = Call
choice-done = That is all
choice-undo = Take back the last one
choice-anonymous = No name
choice-real-name = With name and telephone
choice-rather-anonymous = Rather no name
choice-no-phone = No telephone
choice-unknown = I do not know
choice-unit = { $name }
choice-none-of-them = None of these, I will write it
choice-recusal-no = No
choice-recusal-yes = Yes
choice-recusal-unknown = I do not know
choice-submit = Hand in to { $team }
choice-submit-recusal = Hand in to the recusal group; { $team } cannot see it
choice-edit-part = Change part { $n }
choice-delete-part = Delete part { $n }
choice-edit-where = Change the place
choice-edit-kind = Change the kind
choice-edit-name = Change the name
choice-edit-recusal = Change the inspectors
choice-leave-part = Leave it as it is
choice-kind-subsidy-welfare = Subsidies and relief
choice-kind-collective-assets = Collective money and property
choice-kind-land-housing = Land, housing plots, expropriation
choice-kind-projects = Building projects
choice-kind-openness-elections = Village openness and elections
choice-kind-cadre-conduct = Conduct of officials
choice-kind-gifts-banquets = Banquets and gifts
choice-kind-public-services = Water, power, roads, services
choice-kind-intimidation = Bullying
choice-kind-failed-rectification = Not put right since last time
choice-kind-other = Other or not known
choice-cancel = Not now
choice-back = Back
choice-go-on = Go on
choice-drop = Throw it away and stop
choice-drop-restart = Throw it away and begin again
choice-old-draft = Go on with the old one
choice-new-card = Throw it away, use the new card
choice-not-noted = Back to the number
choice-noted-new = Written down, go on
choice-noted = I have copied it
choice-add = Add something
choice-add-submit = Hand in to the team
choice-withdraw = Withdraw this one
choice-withdraw-now = Withdraw
choice-not-withdraw = Do not withdraw
choice-notify = Tell me when there is an answer
choice-wipe = Wipe this chat
choice-noted-wipe = I have copied it, wipe this chat
