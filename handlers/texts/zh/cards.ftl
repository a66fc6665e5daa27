# What stands on printed contact cards and notices.
card-title = { $team }联系卡
card-until = { $year } 年 { $month } 月 { $day } 日 { $time } 截止
card-words-hint = 打开后三个词不一样，就不要写
card-web = 网址
card-phone = 电话
card-code-hint = 扫不了，输短码
card-batch-line = 正面　第 { $ordinal } 轮　{ $place }　{ $way }
card-back-scope-title = 可以说
card-back-scope = 补贴救助、集体的钱和地、征地拆迁、工程、村务公开、干部作风、吃喝送礼、办事难。不用注册，可以匿名。
card-back-doors-title = 这些另有地方
card-back-door-110 = 紧急危险 110
card-back-door-12345 = 水电日常 12345
card-back-door-12388 = 党员干部违纪违法 12388
card-back-boxes = 您的编号（交完以后抄在这里，别写名字）
card-back-note = 背面　长边翻转　100% 打印，不要缩放
place-and-villages = { $place }和所属 { $n } 个村
place-and-others = { $place }等 { $n } 处
