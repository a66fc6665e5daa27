# The villager's web pages, in English.
page-title = Contact page
page-skip = Skip to the text
page-large = Large text
page-small = Small text
page-leave = Leave quickly
page-other-language = 中文
page-trial = Trial: this address is not encrypted (http). Please do not write about real matters.

page-error-heading = This did not open
page-error-home = To the first page
page-error-unknown = There is no such page. Please check the address.
page-error-unauthorized = There is no such conversation. Please begin again.
page-error-forbidden = This step was not done. Please go back one page and press once more.
page-error-bad-input = We could not read what was sent. Please go back one page and try again.
page-error-too-slow = The connection is too slow; not all of it came. Please go back one page and try again.
page-error-too-large = The file is too large; at most 20 MB each. Please go back one page and choose a smaller one.
page-error-fault = Something went wrong here; this step was not done. Please try again in a few minutes.
page-error-cannot-store = We cannot save now; nothing has been handed in yet. Try again in a few minutes, or call the number on the card.

landing-lead = What you see or meet with, you can tell { $team }.
landing-register = Account
landing-register-fact = None needed; you may stay anonymous
landing-until = Until
landing-moment = { $weekday ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
    [4] Fri
    [5] Sat
   *[6] Sun
  } { $day }/{ $month }, { $time }
landing-words = Go on only if your card shows the same three words:
landing-report = I want to tell something
landing-progress = Progress
landing-phone = Call
landing-kept = How your words are kept
landing-kept-sealed = Sealed; only the people who handle it can open it. The village and the township cannot.
landing-kept-nothing = We do not record your phone number, your WeChat name or where you are.
landing-kept-draft = You can delete it until you hand it in. Left alone, it is deleted after 24 hours.
landing-kept-guess = If you write details that only you know, others may guess that it was you.
landing-telegram = Telegram works too
landing-telegram-warning = Telegram itself can see what you write there. This page is more private.
landing-moment-in = { $when } ({ $year })
landing-early-on = We do not take anything in yet. It begins on { $begins }; please come back then. It ends on { $closes }.
landing-early = We do not take anything in yet; please come back in a few days. It ends on { $when }.
landing-closed = This round ended on { $when }; nothing is taken in here any more.
landing-doors = You can still call 12388, or go to the county petition office.
landing-unknown = We do not find this card
landing-unknown-why = Please check what you typed. The card may also be out of use.
landing-unknown-go = You can tell us without a card

home-heading = Please type the short code of your card
home-code = Short code
home-code-hint = On the front of the card, six letters or digits
home-go = Open
home-wrong = We do not find this code. Please look at the card once more.
home-no-card = No card: tell us right away
home-progress = Progress

chat-heading = Conversation
chat-steps = How far you have got
chat-step-tell = 1 Tell
chat-step-tap = 2 A few taps
chat-step-check = 3 Check
chat-your-words = Your words
chat-send = Send
chat-done = That is all
chat-more = Go on
chat-first = Write here
chat-voice = Voice
chat-photo = Photo
chat-file = File
chat-kept = Noted
chat-undo = Take back the last one
chat-part-audio = Voice message
chat-part-audio-long = Voice message, { $seconds } seconds
chat-part-image = Photo
chat-part-video = Video
chat-part-document = File
chat-next = Next
chat-name = Name
chat-phone = Telephone
chat-place = Name of the village or office
chat-anonymous = No name
chat-anonymous-why = We do not ask or record who you are. Our questions can only stand here, until you come with your number.
chat-real-name = Name and telephone
chat-real-name-why = Within 15 working days you are told whether it is accepted. Only the handling team reads your name.
chat-expired = This page was open too long; the last step was not noted. Your words are still here; please press once more.
chat-too-many-files = We take 20 files at a time; the rest were not taken. Please send them again.
chat-too-slow-files = Too many people are sending files now; your file was not taken. Text still works.
chat-read = Read it to me
chat-recording = Recording; press to stop
chat-sending = Sending
chat-sending-part = { $percent }% sent
chat-no-connection = No connection; nothing was sent. Your words are still on this page. Please press once more.

check-heading = Look it over, change what is not right
check-parts = Your words
check-edit = Change
check-again = Record again
check-delete = Delete
check-edit-nth = Change number { $n }
check-delete-nth = Delete number { $n }
check-where = Where
check-kind = What kind
check-name = Name
check-involves = Inspectors
check-edit-where = Change where
check-edit-kind = Change what kind
check-edit-name = Change the name
check-edit-involves = Change whether inspectors are concerned
check-nowhere = Not known
check-no-kind = Not chosen
check-anonymous = Anonymous, no name
check-involves-no = Not concerned
check-involves-yes = Concerned; goes to the recusal team
check-involves-unknown = Not known; goes to the recusal team
check-code = Your number; you may copy it already
check-code-later = It works once you have handed in.
check-after = After that, this page no longer shows your words.

receipt-heading = { $team } has received it
receipt-number = Number
receipt-card = { $date }　Tel.
receipt-keep = Please copy it on paper or save it as a picture. If the number is lost, we cannot find it either.
receipt-save = Save picture
receipt-hold = Press and hold the picture above to save it on your phone.
receipt-noted = I have it
receipt-noted-why = After “I have it” this phone no longer shows the number.
receipt-next = What comes next
receipt-by = By { $date }
receipt-reads = The team has read it. Questions will stand here.
receipt-says = With the number you can see: whether it is handled, and by whom.
receipt-then = After that
receipt-how = How to use the number
receipt-how-read = Read replies, add something
receipt-how-read-text = Scan the card → Progress → type the number.
receipt-how-withdraw = If you change your mind
receipt-how-withdraw-text = Until it is accepted: type the number, then press “Withdraw”.

follow-heading = Progress
follow-code = Number
follow-code-hint = 16 digits, which you copied when you handed in
follow-look = Look
