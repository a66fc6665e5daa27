# The office's board: figures with what they are of, charts, and the numbers behind them.
board-day = { $day } { $weekday ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
  }
board-unit-tips = 件
board-unit-days = 工作日
board-summary = 总数
board-received = 新收
board-received-is = 各渠道收到的，含登记的来信来电来访，按收到的日期{ $late ->
    [0] { "" }
   *[other] ；其中 { $late } 件是截止以后交来的
  }
board-undecided = 待受理
board-undecided-is = 还没定受不受理，占新收 { $n } 件的 { $rate }；按收到的日期
board-accept-rate = 受理率
board-accept-rate-is = 受理 { $a } ÷ 已定 { $b }；按收到的日期
board-reply = 首次回应
board-reply-is = 从收到到第一次回话，中位数；九成在 { $p90 } 以内，共 { $n } 件；按收到的日期
board-late = 超期
board-late-is = 在计时的 { $n } 件里占 { $rate }，其中超 3 倍 { $late3 } 件；今天到期 { $today } 件，快到期 { $soon } 件。按现在的期限
board-resolve-rate = 办结率
board-resolve-rate-is = 办结 { $a } ÷ 受理 { $b }；按收到的日期
board-clear-rate = 销号率
board-clear-rate-is = 销号 { $a } ÷ 办结 { $b }；按收到的日期

board-modes = 看哪一种
board-mode-inside = 内部
board-mode-public = 公开
board-team = 组
board-all-teams = 全部的组
board-from = 收到日期从
board-to = 到
board-show = 看
board-show-all = 看全部
board-export = 导出本页
board-filtered = 只看一部分：{ $what }。
board-on = { $day }收到
board-since = { $day }起收到
board-until = { $day }止收到
board-cards-not-dated = 超期、单位、漏斗和累计不分收到的日期；各单位反映什么，也不分组。
board-numbers = 看数字
board-no-charts = 图现在画不出来，数字在下面的表里。
board-foot = 只数件数，不含任何内容；最细到天。整点数一次。回避组收到的和测试卡不数在内。工作日按国务院办公厅放假通知推算，含调休，本办写的优先。

board-days = 每天收到多少件，从哪里来
board-days-is = 件数，按收到的日期；浅底是休息日
board-days-says = 每天收到的件数，{ $first }到 { $last }，一共 { $n } 件，最多的一天是 { $day }，{ $most } 件
board-opens = 开始受理
board-closes = 截止
board-today = 今天
board-tip = { $name } { $n } 件
board-funnel = 从扫码到受理
board-funnel-is = { $batch }，印了 { $n } 张；次数，百分比是比上一步。手机预览和测试卡不数；扫码不问是谁，同一个人可以扫几次，一批每小时最多数 { $most } 次
board-funnel-none = 还没有卡片。
board-funnel-no-scans = 还没有数到扫码：直接打开网址、输短码的不算扫码。
board-funnel-says = 从扫码到受理：{ $all }
board-step-tip = { $name } { $n } 次
board-step-scan = 扫码
board-step-start = 开始
board-step-describe = 说了事情
board-step-submit = 提交
board-step-accept = 受理
board-batch = { $place }{ $way }（{ $code }）
board-many-units = { $place }等 { $n } 个单位
board-which-batch = 哪一批卡片
board-teams = 各组办到哪一步
board-teams-is = 件数，按收到的日期；现在的状态
board-teams-says = 各组收到的件数：{ $all }
board-in-all = 共 { $n }
board-group-undecided = 待受理
board-group-in-work = 办理中
board-group-resolved = 已办结
board-group-cleared = 已销号
board-group-left = 不受理、转出、撤回
board-ages = 没办完的放了多久
board-ages-is = { $n } 件，从收到那天算起，工作日
board-ages-says = 没办完的件数：{ $all }
board-age-within = { $n } 天以内
board-age-between = { $a } 到 { $b } 天
board-age-over = { $n } 天以上
board-places = 各单位
board-places-is = 件数，村算在乡镇里；整轮，现在的状态
board-all-places = 全部单位
board-nowhere = 地方不清楚
board-other-places = 别的 { $n } 个
board-done = 受理、办结、销号，累计
board-done-is = 件数，按办理的日期
board-done-says = 到 { $day }累计：{ $all }
board-done-tip = { $day } { $done }
board-sofar-accepted = 受理累计
board-sofar-resolved = 办结累计
board-sofar-cleared = 销号累计
board-kinds = 反映什么，在哪里
board-kinds-is = 件数，村算在乡镇里；整轮，全部的组
board-all-kinds = 全部单位的

board-col-figure = 指标
board-col-value = 数
board-col-unit-of = 单位
board-col-basis = 怎么算的
board-col-day = 日期
board-col-received = 新收
board-col-accepted = 受理
board-col-resolved = 办结
board-col-cleared = 销号
board-col-team = 组
board-col-channel = 渠道
board-col-place = 单位
board-col-kind = 反映什么
board-col-age = 放了
board-col-tips = 件
board-col-share = 占比
board-col-step = 步骤
board-col-times = 次数
board-col-of-last = 比上一步
board-col-batch = 卡片
board-col-printed = 印了
board-col-standing = 状态
board-sum = 合计

board-numbers-title = 图上的数字
board-no-figures = 没有
board-back = 回到总览
board-of-day = { $day }收到的，各组从哪里来
board-of-day-is = 件数，按收到的日期
board-of-team = { $team }办到哪一步
board-by-channel = 从哪里来
board-by-channel-is = 件数，按收到的日期
board-of-age = 没办完、放了 { $age }的，在哪个组
board-of-age-is = 件数，从收到那天算起，工作日
board-of-done = { $day }办的
board-of-funnel = 各批卡片，从扫码到受理
board-of-funnel-is = 次数；印了的是张数
board-of-place = { $place }
board-standings = 办到哪一步
board-standings-is = 件数，按收到的日期；现在的状态
board-standing-received = 待受理
board-standing-accepted = 已受理
board-standing-verifying = 了解核实
board-standing-awaiting-reporter = 等反映人回话
board-standing-handed-over = 已移交
board-standing-noticed = 已发立行立改通知
board-standing-reported-back = 单位已报结果
board-standing-answered = 已答复
board-standing-reopened = 重新办理
board-standing-resolved = 已办结
board-standing-cleared = 已销号
board-standing-passed-on = 受理后转出
board-standing-referred = 转办
board-standing-declined = 不予受理
board-standing-withdrawn = 反映人撤回

board-milestones = 大事
board-milestones-is = 写在图上的日子，例如入户发卡、公布立行立改。开始和截止自己会有。
board-milestones-none = 还没有。
board-milestone-day = 哪天
board-milestone-words = 什么事
board-milestone-hint = 20 个字以内
board-milestone-save = 记下
board-milestone-drop = 删掉
board-milestone-drop-one = 删掉 { $day }
desk-refused-milestone-words = 请写什么事，20 个字以内。没有记下。
desk-refused-milestone-day = 请写这一轮前后的日子。没有记下。
desk-refused-milestone-many = 最多 12 天，请先删掉一天。没有记下。
