# The wall: how far every team is, and its address for a screen that nobody signs in to.
wall-title = Clearance · { $round }
wall-heading = { $round }: clearance
wall-day = Day { $n }
wall-left = { $n } days left
wall-over = Intake has ended
wall-before = Not begun yet
wall-percent = Cleared
wall-of = { $cleared } of { $accepted } accepted
wall-none = Nothing accepted yet
wall-col-team = Team
wall-col-received = Received
wall-col-accepted = Accepted
wall-col-resolved = Resolved
wall-col-cleared = Cleared
wall-col-late = Late
wall-col-bar = How far they got
wall-total = Total
wall-part-0 = Waiting
wall-part-1 = In work
wall-part-2 = Resolved
wall-part-3 = Cleared
wall-part-4 = Declined, passed on, withdrawn
wall-definition = Percent = cleared ÷ accepted, rounded down. Accepted includes what was passed on later, resolved includes cleared. Late: the deadline that comes first is over. Recused tips are not counted. Counted { $at }, moves on the full hour.
wall-bar-says = { $team }: waiting { $a }, in work { $b }, resolved { $c }, cleared { $d }, declined, passed on or withdrawn { $e }

screen-title = Address of the progress wall
screen-is = Nobody is signed in on a screen on the wall; this address shows the progress wall there. Whoever has it sees the teams' counts and nothing else. A new one ends the old one.
screen-once = It is shown here only once. Please open it on the big screen now.
screen-none = There is no address yet.
screen-used = An address is in use; it shows { $round }.
screen-make = Make an address of { $round }
screen-by-director = A director makes it.
screen-planned = It can be made once this round is open.
screen-again = Make another address, of { $round }
screen-drop = End it
trail-office-make-screen = Made an address for the progress wall
trail-office-drop-screen = Ended the address of the progress wall
