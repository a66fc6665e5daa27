# Pages of the office, and names that the office gives by itself.
office-team-recusal = 回避组
office-team-unrouted = 待分件

office-context = 巡察办
office-nav = 主要
office-nav-overview = 总览
office-nav-rounds = 轮次
office-nav-cards = 卡片
office-nav-members = 成员
office-nav-reports = 日报周报
office-nav-watch = 督办
office-nav-trail = 留痕
office-for-all-rounds = 各轮共用：
office-comma = 、
office-choose = 请选
office-not-now = 取消
office-empty = 还没有轮次。先填一张表，把轮次、组、单位和人导进来。
office-empty-go = 导入一个轮次

office-round = 第{ $ordinal ->
    [1] 一
    [2] 二
    [3] 三
    [4] 四
    [5] 五
    [6] 六
    [7] 七
    [8] 八
    [9] 九
    [10] 十
    [11] 十一
    [12] 十二
   *[other] { " " }{ $ordinal }{ " " }
  }轮
office-phase = 第 { $term } 届，第 { $phase } 批
office-window = { $opens } 至 { $closes }
office-accept-days = { $n } 个工作日内定受不受理
office-round-planned = 还没有开
office-round-open = 已经开了
office-round-early = 已经开了，{ $opens }起收信
office-round-closed = 已经结束

office-role-director = 主任
office-role-clerk = 干事
office-role-leader = 组长
office-role-liaison = 联络员
office-role-inspector = 组员

office-col-team = 组
office-col-members = 成员
office-col-able = 能打开来信的
office-col-state = 状态
office-col-round = 轮次
office-col-phase = 届和批次
office-col-window = 受理起止
office-col-sheet = 表
office-col-row = 行
office-col-column = 列
office-col-problem = 哪里不对
office-col-name = 姓名
office-col-login = 登录名
office-col-place = 职务
office-col-acts = 可以做的
office-col-unit = 单位
office-col-way = 怎么发
office-col-code = 短码

office-overview = 来信总览
office-counted = { $round }，{ $opens } 至 { $closes }。数到 { $at }，第 { $n } 个工作日。
office-other-rounds = 别的轮次：
office-day = { $day } { $weekday ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
  }

office-team-lacks = 还差 { $n } 人
office-team-alone = 只有一人，丢了密码就没人打得开
office-team-ready = 够了

office-before-open = 开始之前
office-checklist = 检查
office-open-ready = 都齐了。开始以后，每个组有自己的钥匙，只给现在能打开来信的人。
office-open-director = 都齐了。由主任开始。
office-open-ask = 开始这一轮
office-open-title = 现在开始{ $round }？
office-open-consequence = 给每个组做一把钥匙，只交给组里的人，巡察办不留。开始以后，后来的人要请组里的人授权。收信到 { $closes }。
office-open-early = 给每个组做一把钥匙，只交给组里的人，巡察办不留。开始以后，后来的人要请组里的人授权。现在开始，也要到 { $opens } 才收信，收到 { $closes }。
office-open-do = 开始{ $round }
office-close-director = 延长和结束由主任来做。
office-close-ask = 结束这一轮
office-close-title = 现在结束{ $round }？
office-close-consequence = 马上不再收新的来信；正在写的还能交上来，会注明是晚到的。已经收到的照常办。结束了不能再开。原来的截止时间是 { $closes }。
office-close-do = 结束{ $round }
office-places = 分工
office-places-is = 写到乡镇的，含下面的村。
office-texts = 公告和受理范围
office-texts-is = 公告印在张贴的公告上，受理范围印在卡片背面和张贴的公告上。改了以后要重新印。
office-texts-over = 这一轮已经结束，公告和受理范围不再改。
office-notice = 公告
office-notice-hint = 一张公告上放得下大约 150 个字。
office-scope = 受理范围
office-scope-hint = 卡片背面地方小，最多四行，大约 100 个字。
office-texts-save = 保存公告和范围
office-texts-saved = 保存好了。

office-links-title = 邀请链接
office-links-once = 只在这里显示一次，关了就没有了。请现在打印，或者当面给本人扫。每个链接用一次，24 小时内有效。
office-links-none = 导入好了。没有新来的人。
office-links-go-on = 给完了，往下走
office-login-is = 登录名 { $login }

office-members-is = 巡察办的人和各组的人。职务只定谁在哪里，打开来信要有组里的钥匙。
office-no-place = 现在没有职务
office-member-invited = 等待接受邀请
office-member-active = 在用
office-member-disabled = 已停用
office-invite-again = 重新邀请
office-disable = 停用
office-invite-one = 邀请一个人
office-invite-is = 链接只显示一次。轮次开始以后来的组员，还要请组里的人授权才能打开来信。已经开始的轮次，巡察办不往回避组里加人。
office-login-hint = 2 到 32 个字，可以用字母、汉字、数字、点和横线
office-invite-do = 做一个邀请链接
office-disable-title = 停用{ $name }？
office-disable-consequence = 马上退出登录，再也进不来。要回来，得重新邀请。
office-disable-do = 停用{ $name }

office-cards = 联系卡
office-print-all = 打印全部卡片
office-print-is = PDF，A4 纸，一张纸十张卡，缩放 100%。张数凑满整张纸，下载一次记一次，刷新页面看得到。
office-print-all-do = 下载 { $n } 批的 PDF
office-print-do = 下载卡片
office-n-cards = { $n } 张
office-no-batches = 还没有卡片。
office-revoked = 已停用
office-way-hint = 一批卡片一种发法，例如：入户、赶集、村委会窗口。不写人名和门牌。
office-one-batch = 另做一批
office-one-batch-is = 同一个单位换一种发法，就另做一批，好分开数。
office-one-batch-do = 做这一批
office-target = 扫了打开
office-target-web = 网页
office-target-telegram = Telegram

desk-refused-director-only = 这一步由主任来做。
desk-refused-office-in-team = 巡察办的人不能进组，组里的人也不能进巡察办：办信的和管人的要分开。
desk-refused-yourself = 不能停用或者重新邀请自己。
desk-refused-round-exists = 这一届、这一轮、这一批已经有了。
desk-refused-round-not-planned = 这一轮已经开过了，这里不能再改。
desk-refused-round-not-open = 这一轮没有开着。
desk-refused-round-closed = 这一轮已经结束，不能再改。
desk-refused-window-over = 受理截止的时间已经过了，不能再开始。
desk-refused-team-not-ready = 还有组不够人，没有开始。
desk-refused-no-office-key = 您没有巡察办的签名钥匙。请有签名钥匙的主任打开“成员”里您的那一页，把它交给您。
desk-refused-text-too-long = 太长了，最多 5000 个字。刚才的没有保存。
desk-refused-texts-empty = 没有保存。这一轮开着，公告和受理范围都要写。
plan-texts-stale = 刚才有人改过这一轮，您的还没有保存。不一样的地方写着现在的话，看过再点保存。
plan-texts-stand = 现在是：{ $text }
desk-refused-way = 请写怎么发，20 个字以内。
desk-refused-units = 这个单位不归这个组。
desk-refused-card-count = 请写要印几张，1 到 5000。
desk-refused-cards-wanted = 请写要多少张，0 到 5000。
desk-refused-no-cards = 没有可以印的卡片。

desk-refused-office-exists = 这里已经有巡察办了。
desk-refused-no-bot = 还没有接上 Telegram，印不了这一批。
