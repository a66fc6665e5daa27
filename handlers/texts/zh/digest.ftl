# Reports: the figures for everybody, and the office's days and weeks.
public-title = { $round }巡察来信公开数字
public-of = { $office }，{ $year } 年 { $opens } 至 { $closes }
public-counted = { $year } 年 { $day }数的。一天只数一次，数过的不再改。
public-how = 每个数都往下取到 { $step } 的倍数：写 { $step }，就是 { $step } 到 { $most } 件。不到 { $step } 件的写“少于 { $step }”，没有的也这样写。合计是列出的数相加，不是全部件数。每张表都有一部分不列，所以几张表的合计不一样，也减不出别的数。
public-few = 少于 { $step }
public-sum = 列出的数相加
public-foot = 只有件数，没有内容，也没有人。要求回避的和试用卡片的都不在里面。
public-time = 按收到的时间
public-time-head = 收到的日期
public-time-is = 收到的件数，按收到的日期。最近的一天和受理时间以外收到的不列。
public-time-is-weeks = 收到的件数，按收到的日期，从开始受理那天起七天一段。最近的一段和受理时间以外收到的不列。
public-day = { $day }
public-days = { $first } 至 { $last }
public-channel = 按渠道
public-channel-head = 渠道
public-channel-is = 收到的件数，按来的渠道。当面来访的不列。
public-team = 各组办到哪一步
public-team-head = 组
public-team-is = 件数，按数的那天在哪一步。反映人自己撤回的、还没有分到组的不列。
public-unit = 按地方
public-unit-head = 地方
public-unit-is = 件数。村算在乡镇里；受理、办结（含销号）是收到的当中的。地方不明的、县一级的不列。
public-kind = 按类别
public-kind-head = 类别
public-kind-is = 收到的件数，按反映人自己选的类别。选“其他”和没有选的不列。
public-col-received = 收到
public-col-accepted = 受理
public-col-finished = 办结
public-col-waiting = 待受理
public-col-worked = 办理中
public-col-resolved = 已办结
public-col-cleared = 已销号
public-col-passed = 不受理或转出
public-none = 这一轮还没有公开数字。开始受理以后，每天零点后数一次。
public-inside = 回到内部数字
public-xlsx = 存成表格（xlsx）
public-which-day = 哪一天
public-which-round = 哪一轮
public-show = 看
public-print = 用浏览器的“打印”就是 A4 一份。
digest-none = –

digest-title-day = { $round }巡察来信日报
digest-title-week = { $round }巡察来信周报
digest-title-range = { $round }巡察来信数字
digest-of = { $office }，{ $days }
digest-one-day = { $year } 年 { $day } { $weekday ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
  }
digest-days = { $year } 年 { $first } 至 { $last }
digest-years = { $year } 年 { $first } 至 { $to } 年 { $last }
digest-counted = 数到 { $year } 年 { $at }，和总览同一次数的，整点才动。
digest-chain = 今天零点以前的留痕到第 { $n } 条，校验码 { $mac }。以后的留痕里第 { $n } 条对不上这个码，就是被改过。
digest-chain-empty = 留痕还没有一条。
digest-foot = 只有件数，没有内容；最细到天。要求回避的和试用卡片的都不在里面。工作日按国务院办公厅放假通知推算，含调休，本办另定的以本办为准。
digest-summary = 总的情况
digest-summary-is = 件数。新收按收到的日期；受理、办结、销号按办的那一天，不管是哪天收到的。累计从开始受理那天数到本期最后一天。
digest-summary-former = 上一轮数到同一天：也是开始受理的第 { $n } 天，即 { $year } 年 { $until }。
digest-received = 新收
digest-done-accepted = 受理
digest-done-resolved = 办结
digest-done-cleared = 销号
digest-col-figure = 项目
digest-col-part = 本期
digest-col-so-far = 累计
digest-col-former = { $round }同一天
digest-no-former = 没有上一轮
digest-by-day = 每天从哪里来
digest-by-day-is = 新收件数，按收到的日期。来信、来电、来访是工作人员登记的。
digest-day = { $day } { $weekday ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
  }
digest-col-day = 收到的日期
digest-col-sum = 合计
digest-sum = 合计
digest-by-team = 各组
digest-by-team-is = 件数。新收：本期收到的，“其中不受理或转出”是它们现在的结果，受理以后再转出的不算。受理、办结、销号：本期办的，按办的那一天。待受理、超期：数的时候手上的，不分哪天收到；超 3 倍的也在超期里。
digest-col-team = 组
digest-col-received = 新收
digest-col-unaccepted = 其中不受理或转出
digest-col-accepted = 受理
digest-col-resolved = 办结
digest-col-cleared = 销号
digest-col-undecided = 现在待受理
digest-col-late = 现在超期
digest-col-late3 = 超 3 倍
digest-all-teams = 全部
digest-replies = 首次回应
digest-replies-is = 本期收到的当中，已经回过话的用了几个工作日：从收到那天数到第一次回话那天。中位数和九成按已回应的件数取，没有回应的不在内。
digest-col-replied = 已回应
digest-col-median = 中位数（工作日）
digest-col-p90 = 九成在几天内
digest-funnel = 卡片从扫码到受理
digest-funnel-is = 次数，从开始受理到数的时候，所有批次的卡片合在一起；不分哪几天。手机预览和试用卡片不数。
digest-col-cards = 卡片
digest-all-cards = 全部卡片
digest-step-scan = 扫码
digest-step-start = 开始
digest-step-describe = 说了事情
digest-step-submit = 提交
digest-step-accept = 受理
digest-places = 各单位新收
digest-places-is = 件数，按收到的日期；村算在乡镇里，没有收到的不列。
digest-col-place = 单位
digest-nowhere = 地方不清楚
digest-ask = 哪几天
digest-from = 从
digest-to = 到
digest-make = 出报表
digest-tap-day = 今天
digest-tap-yesterday = 昨天
digest-tap-week = 本周
digest-tap-last-week = 上周
digest-tap-round = 整轮
digest-public = 公开数字
desk-refused-digest-no-day = 日期没有写对，请选两个日期。
desk-refused-digest-turned = 第一天比最后一天晚，请换过来。
desk-refused-digest-outside = 这几天有不在这一轮里的。可以选开始受理那天到今天之间的任何几天。
desk-refused-digest-early = 这一轮还没有到开始受理的那天，没有数可以报。
