# What the demo and the commands print, and the demo's one page.
demo-title = 演示登录
demo-hint = 只有演示里有这一页，只在这台电脑上能打开。正式使用要密码和动态码。
demo-enter = 以 { $login } 登录
demo-ready = 演示已经起来：{ $url }　（按 Ctrl+C 结束）
    群众扫卡片看到的页面：
demo-members = 组里和巡察办的人，一点就进（只在这台电脑上有用）：
demo-cards = 可以打印的卡片：{ $path }
demo-telegram = 接 Telegram：停下来，写 MSX_TELEGRAM_TOKEN=机器人的令牌 到 .env，再 make run
init-invite = 请第一位主任在 24 小时内打开，只能用一次：{ $link }
director-invite = 请这位主任在 24 小时内打开，只能用一次：{ $link }
serve-both-halves = 收信和办信在同一个进程里。正式使用请分开：python -m bot intake，python -m bot desk
import-good = 可以导入：{ $teams } 个组，{ $units } 个单位
import-done = 已导入：{ $teams } 个组，{ $units } 个单位。每人一个链接，24 小时内有效：
import-problem = { $sheet } 第 { $row } 行 { $column } 列 { $heading }：
simulate-hint = 打字就是说话；数字选按钮；Ctrl+D 结束。
