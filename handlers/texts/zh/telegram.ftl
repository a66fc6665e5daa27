# Telegram 里才有的话
telegram-cannot-store = 现在存不了，刚才这一条还没有记下。我们会自己再试。看到“已记下”才算数；一直没看到，就过一会儿再发一次。
telegram-group-linked = 这个群已经接上。有新来信时会在这里说一声，只说编号、地方和日期，不说内容。
telegram-command-start = 开始
telegram-command-progress = 查进度
telegram-command-cancel = 取消
telegram-command-help = 帮助
telegram-command-large = 大字
