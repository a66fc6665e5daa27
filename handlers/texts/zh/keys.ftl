# Who can open what: passing a tip on to another team, people who leave, keys that are changed for it.
desk-why-transfer = 转过去以后，本组的人都打不开这一件。时限重新算，会告诉反映人归哪个组办。
desk-transfer-to = 转给哪个组
desk-transfer-words = 写给那个组的话，反映人看不到

desk-refused-passed-on = 这一件已经由同事转给别的组，在这里打不开了。
desk-refused-target = 请选要转去的组。
desk-refused-target-key = 那个组的公钥对不上，不能转。请打电话给巡察办。已经留痕。
desk-refused-target-empty = 那个组现在没有人打得开来信，不能转。
desk-refused-recused-there = 那个组里有人回避过这一件，不能转过去。
desk-refused-older-key = 这一件里有几条，要用您没有的旧钥匙才打得开。请组里钥匙齐的人来做。
desk-refused-nobody-left = 这个组没有人留下来拿新钥匙。请先让一个人进组、登录，再换。

desk-deed-relock = { $name } 换了锁

desk-keys-former = { $names }已经不在本组，手里还有本组现在的钥匙。请巡察办主任尽快换钥匙：换了以后来的，才打不开。
desk-keys-behind = { $names }已经不在本组，手里还有 { $n } 件来信的钥匙。这些来信以后的往来，也还打得开。
desk-keys-relock = 给这些换锁

office-keys-change = 这个人手里有钥匙的组，会同时换一把钥匙。
office-keys-wait = 这个人手里有钥匙的组，要请主任换一把钥匙；换之前来的信，那把旧钥匙还打得开。
office-disable-change = { office-disable-consequence }{ office-keys-change }
office-disable-wait = { office-disable-consequence }{ office-keys-wait }
office-disable-left = { $n ->
    [0] 停用以后，{ $team }没有人打得开已经收到的来信。
   *[other] 停用以后，{ $team }只剩 { $n } 人打得开来信。
}
office-left-first = 最好先请人进组，由组里的人授权，再回来做这一步。
office-out = 移出组
office-out-title = 把{ $name }移出哪个组？
office-out-is = 从下一次点击起，看不到那个组的来信。以前看过的收不回来。
office-out-left = { $n ->
    [0] 移出{ $team }以后，那里没有人打得开已经收到的来信。
   *[other] 移出{ $team }以后，那里只剩 { $n } 人打得开来信。
}
office-out-none = 不在任何一个组。
office-out-do = 移出{ $team }
office-outdated = 要换钥匙的组
office-outdated-is = 有人离开了，手里还有组里现在的钥匙。换了以后来的信，离开的人打不开；组里的人不用做什么。
office-outdated-director = 只有主任能换。
office-outdated-names = { $names }手里还有
office-rotate-do = 换钥匙
