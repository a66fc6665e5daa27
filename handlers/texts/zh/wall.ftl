# 进度墙：墙上的进度，和它不用登录的地址。
wall-title = 清仓销号 · { $round }
wall-heading = { $round } 清仓销号
wall-day = 第 { $n } 天
wall-left = 还剩 { $n } 天
wall-over = 受理已经结束
wall-before = 还没有开始
wall-percent = 已销号
wall-of = { $accepted } 件受理，销号 { $cleared } 件
wall-none = 还没有受理的
wall-col-team = 组
wall-col-received = 收到
wall-col-accepted = 受理
wall-col-resolved = 办结
wall-col-cleared = 销号
wall-col-late = 超期
wall-col-bar = 办到哪一步
wall-total = 合计
wall-part-0 = 待受理
wall-part-1 = 办理中
wall-part-2 = 已办结
wall-part-3 = 已销号
wall-part-4 = 不受理、转出、撤回
wall-definition = 销号率 = 销号 ÷ 受理，只舍不入。受理含后来转出的，办结含销号。超期：最先到的时限已过。回避件不在内。数到 { $at }，下个整点再数。
wall-bar-says = { $team }：待受理 { $a }，办理中 { $b }，已办结 { $c }，已销号 { $d }，不受理、转出、撤回 { $e }

screen-title = 进度墙的地址
screen-is = 挂在墙上的屏幕没有人登录，用这个地址打开进度墙。谁有地址，谁就看得到各组的件数，看不到别的。新做一个，旧的就作废。
screen-once = 只在这里显示一次，关了就没有了。请现在就在大屏幕上打开。
screen-none = 还没有地址。
screen-used = 有一个地址在用，显示{ $round }。
screen-make = 做一个{ $round }的地址
screen-by-director = 地址由主任来做。
screen-planned = 这一轮开始以后才能做。
screen-again = 换一个{ $round }的地址
screen-drop = 作废
trail-office-make-screen = 做了一个进度墙的地址
trail-office-drop-screen = 作废了进度墙的地址
