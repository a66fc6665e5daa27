# Messages that leave the house, and the page where a team says who gets them. Never content: a number, a place, a day.
notice-reply = 您查的那件有新消息。请用编号查进度，这里不显示内容。
notice-title = { $team } 提醒
notice-new = 新来信 { $n } 件：
notice-late = 已超期 { $n } 件：
notice-risk = 快到期 { $n } 件：
notice-today = 今天到期 { $n } 件：
notice-line = { $number } { $unit }
notice-line-due = { $number } { $unit }，{ $due }前{ $stage }
notice-more = 另有 { $n } 件
notice-desk = 登录以后看：{ $page }
notice-trial = { $team }：这是试着发的一条，看到就是连上了。
    登录以后看：{ $page }

desk-group = 提醒群
desk-group-is = 群里只说编号、单位和期限，不说内容。要看内容，得登录。
desk-group-none = 还没有连上群。
desk-group-telegram = 连上了一个 Telegram 群。
desk-group-wecom = 连上了一个企业微信群的机器人。
desk-group-refused = { $on }起，群里收不到提醒了：可能是机器人被移出了群。请重新连一次，再发一条试试。
desk-group-try = 发一条试试
desk-group-tried = 交给群了，一两分钟里应当看到。没有看到，就重新连一次。
desk-group-unlink = 断开这个群
desk-group-unlink-sure = 断开以后，没有人会收到提醒。要断开吗？
desk-group-unlink-do = 断开
desk-group-other = 换一个群
desk-group-link = 连一个群
desk-group-telegram-name = Telegram 群
desk-group-make = 生成连接口令
desk-group-token = 把机器人请进群，在群里发这一行（7 天内有效，只能用一次）：
desk-group-open = 在 Telegram 里选群
desk-group-wecom-name = 企业微信群
desk-group-robot = 机器人的地址
desk-group-robot-hint = 在群里添加“群机器人”，把它的 Webhook 地址整段贴在这里。保存以后不再显示。
desk-group-robot-do = 连上这个群
desk-group-times = 什么时候提醒
desk-group-mode-half-hour = 整点和半点：有新来信就说。工作日 08:30 再说一遍快到期和超期的
desk-group-mode-digest = 每个工作日 08:30 说一次：新来信，今天到期和超期的编号
desk-group-mode-off = 不提醒
desk-group-quiet = 安静时间
desk-group-quiet-hint = 这段时间不发，过后一起发。可以跨过半夜。
desk-group-quiet-none = 没有
desk-group-quiet-from = 从
desk-group-quiet-to = 到
desk-group-quiet-are = 安静时间从 { $start } 到 { $end }。
desk-group-times-do = 保存提醒时间
desk-group-saved = 存好了。

desk-refused-robot-address = 这不是企业微信群机器人的地址。请从群机器人那里整段复制，开头是 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=
desk-refused-no-group = 还没有连上群。
desk-refused-notice-mode = 请选一种提醒办法。
desk-refused-quiet = 安静时间要写清从几点到几点，例如 21:00 到 08:00。
desk-refused-quiet-all-day = 安静时间把上班的时间都盖住了，提醒就发不出去。请写短一点。
