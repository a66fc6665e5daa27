# Messages that leave the house, and the page where a team says who gets them. Never content: a number, a place, a day.
notice-reply = There is news about what you asked after. Please look it up with your code; nothing is shown here.
notice-title = { $team }
notice-new = New, { $n }:
notice-late = Overdue, { $n }:
notice-risk = Due soon, { $n }:
notice-today = Due today, { $n }:
notice-line = { $number } { $unit }
notice-line-due = { $number } { $unit }, { $stage } by { $due }
notice-more = { $n } more
notice-desk = Sign in to read: { $page }
notice-trial = { $team }: this one is only a trial. If you read it, the group is linked.
    Sign in to read: { $page }

desk-group = Notice group
desk-group-is = The group hears numbers, places and days, never what a tip says. To read that, somebody signs in.
desk-group-none = No group is linked yet.
desk-group-telegram = A Telegram group is linked.
desk-group-wecom = The robot of a WeCom group is linked.
desk-group-refused = The group has taken no notice since { $on }: the robot may have been removed from it. Please link it again, then send a trial.
desk-group-try = Send a trial
desk-group-tried = It is on its way and should be there in a minute or two. If it is not, link the group again.
desk-group-unlink = Unlink this group
desk-group-unlink-sure = After that nobody gets notices. Unlink it?
desk-group-unlink-do = Unlink
desk-group-other = Link another group
desk-group-link = Link a group
desk-group-telegram-name = Telegram group
desk-group-make = Make a link token
desk-group-token = Invite the bot into the group and send this line there (good for 7 days, once):
desk-group-open = Choose the group in Telegram
desk-group-wecom-name = WeCom group
desk-group-robot = The robot's address
desk-group-robot-hint = Add a group robot in the group and paste its whole webhook address here. It is not shown again.
desk-group-robot-do = Link this group
desk-group-times = When to tell
desk-group-mode-half-hour = On the hour and half hour, when something came in. At 08:30 of a working day also what is due soon or overdue
desk-group-mode-digest = Once each working day at 08:30: what came in, and the numbers that are due today or overdue
desk-group-mode-off = Never
desk-group-quiet = Quiet hours
desk-group-quiet-hint = Nothing is sent then; it is told afterwards. They may cross midnight.
desk-group-quiet-none = none
desk-group-quiet-from = From
desk-group-quiet-to = to
desk-group-quiet-are = Quiet from { $start } to { $end }.
desk-group-times-do = Save the times
desk-group-saved = Saved.

desk-refused-robot-address = This is not the address of a WeCom group robot. Please copy it whole; it begins with https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=
desk-refused-no-group = No group is linked yet.
desk-refused-notice-mode = Please choose when to tell.
desk-refused-quiet = Quiet hours need a beginning and an end, for example 21:00 to 08:00.
desk-refused-quiet-all-day = These quiet hours cover the whole working day, so nothing could be told. Please make them shorter.
