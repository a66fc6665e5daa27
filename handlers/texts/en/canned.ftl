# What a team often says: the replies that a new team begins with, and the part of its page where it writes its own.
canned-when-title = When
canned-when = On which day was it, or in which month? It does not matter if you are not sure.
canned-where-title = Where
canned-where = In which village and group was it? Is there a place nearby that is easy to find?
canned-who-knows-title = Who else knows
canned-who-knows = Who else knows of this? No names: how many people, and what they do, is enough.
canned-proof-title = Any papers
canned-proof = Do you have a slip, a photo or a notice? If it is easy, send a picture of it. If not, that is fine; take no risk for it.
canned-more-title = A little more
canned-more = Could you tell us a little more about it? How much money, how much land, how many people.
canned-thanks-title = Seen, thank you
canned-thanks = We have read what you added and are checking it. The outcome will be written here.

desk-canned = Frequent words
desk-canned-is = One tap fills in the letter to the reporter; you can still change it before it goes.
desk-canned-none = None yet.
desk-canned-suggested = Begin with a few usual ones
desk-canned-title = Name
desk-canned-title-hint = 30 characters at most; the button says this.
desk-canned-body = The words
desk-canned-body-hint = 500 characters at most. No names of people: every member of the team sees this.
desk-canned-add = Add one
desk-canned-add-do = Add
desk-canned-save = Save
desk-canned-remove = Delete
desk-canned-remove-sure = After that nobody in the team has these words.
desk-canned-remove-do = Delete these words
desk-canned-now = Somebody has just changed it. It now says:
desk-canned-yours = What you wrote still stands below; save it again to put it in its place.
desk-canned-gone = Somebody has just deleted these words. What you wrote still stands below; add it again to keep it.

desk-refused-canned-title = Please write a name of 30 characters at most.
desk-refused-canned-body = Please write the words, 500 characters at most.
