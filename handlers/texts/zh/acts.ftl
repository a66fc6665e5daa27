# What a member does with a tip: names of moves, reasons, what colleagues and the reporter read of them.
desk-stage-accept = 受理
desk-stage-first-reply = 回复
desk-stage-hand-over = 移交
desk-stage-rectify = 立改
desk-stage-close = 办结
desk-stage-clear = 销号

desk-due-ok = { $stage } { $about ->
    [yes] 约剩
   *[no] 剩
  } { $days } 天
desk-due-soon = { $stage } { $about ->
    [yes] 约剩
   *[no] 剩
  } { $days } 天
desk-due-today = { $stage } { $about ->
    [yes] 约今天
   *[no] 今天
  }
desk-due-late = { $stage } { $about ->
    [yes] 约超
   *[no] 超
  } { $days } 天
desk-due-late3 = { $stage } { $about ->
    [yes] 约超
   *[no] 超
  } { $days } 天，超 3 倍
desk-due-hold = 暂停 等回话
desk-clock-ok = { $about ->
    [yes] 约剩
   *[no] 剩
  } { $days } 天
desk-clock-soon = { $about ->
    [yes] 约剩
   *[no] 剩
  } { $days } 天
desk-clock-today = { $about ->
    [yes] 约今天
   *[no] 今天
  }
desk-clock-late = { $about ->
    [yes] 约超
   *[no] 超
  } { $days } 天
desk-clock-late3 = { $about ->
    [yes] 约超
   *[no] 超
  } { $days } 天，超 3 倍
desk-clock-hold = 暂停 { $about ->
    [yes] 约还剩
   *[no] 还剩
  } { $days } 天
desk-clock-done = 按时 { $days ->
    [0] 不到 1 天
   *[other] 用 { $days } 天
  }
desk-clock-done-late = 超期办的

desk-do-claim = 认领
desk-do-claim-over = 接过来
desk-do-release = 放回
desk-do-assign = 交给组里的人
desk-do-accept = 受理
desk-do-decline = 不予受理
desk-do-refer = 转办
desk-do-verify = 开始核实
desk-do-ask = 问反映人
desk-do-reply = 回复反映人
desk-do-hand-over = 移交
desk-do-receipt-back = 记移交回执
desk-do-propose-notice = 报批立行立改
desk-do-notice = 批准立行立改
desk-do-report-back = 记整改结果
desk-do-answer = 答复
desk-do-resolve = 办结
desk-do-clear = 销号
desk-do-reopen = 重新办理
desk-do-repeat = 记为重复件
desk-do-split = 拆出一件
desk-do-transfer = 转给别的组

desk-why-decline = 理由和该去的地方会告诉反映人。
desk-why-refer = 会告诉反映人转给了哪里。这一件就此不再由本组办理。
desk-why-hand-over = 会告诉反映人交给了哪里。移交材料在“打印和移交”里下载。
desk-why-receipt-back = 写上回执的文号和日期，或者附上回执的照片。
desk-why-propose-notice = 写清要哪个单位改什么、改到什么样。组长批准以后才编号发出。
desk-why-notice = 批准以后编号，会告诉反映人正在改。报批的人和承办人不能自己批。
desk-why-report-back = 写上单位报来的结果，或者附上照片。会告诉反映人。
desk-why-answer = 写给反映人的答复，用平常话。
desk-why-resolve = 选一个结果。写的话会一起告诉反映人。
desk-why-clear = 写上凭什么销号，或者附上佐证，两样至少要有一样。办结的人和承办人不能自己销号。
desk-why-reopen = 从今天起重新计时。会告诉反映人。
desk-why-verify = 记下从今天起核实。反映人不会收到消息。
desk-why-accept = 会告诉反映人已经受理。
desk-why-assign = 交给能打开这一件的人。

desk-words-reporter = 写给反映人的话
desk-words-colleagues = 写给同事的话，反映人看不到
desk-words-optional = 可以不写
desk-file = 附件（照片、扫描件或录音，可以不附）
desk-reason = 理由
desk-reason-organ = 交给哪里
desk-reason-outcome = 结果

desk-reason-to-discipline = 纪委监委
desk-reason-to-police = 公安机关
desk-reason-to-petition = 信访部门
desk-reason-to-organization = 组织部门
desk-reason-to-department = 主管部门
desk-reason-to-township = 乡镇
desk-reason-put-right = 属实，已经改好
desk-reason-partly = 部分属实，已经处理
desk-reason-unfounded = 了解以后，情况不是这样
desk-reason-unverifiable = 现有材料查不清
desk-reason-explained = 已经解释清楚
desk-reason-handed-on = 已经交给有权办理的单位
desk-reason-new-facts = 有了新的情况
desk-reason-not-done = 没有办好
desk-reason-mistake = 上次弄错了

desk-tell-refer-to-discipline = 您反映的事已经转给纪委监委办理。要问办到哪一步，可以打 12388。
desk-tell-refer-to-police = 您反映的事已经转给公安机关办理。有紧急情况请打 110。
desk-tell-refer-to-petition = 您反映的事已经转给信访部门办理。要问办到哪一步，可以到县信访局问。
desk-tell-refer-to-organization = 您反映的事已经转给组织部门办理。要问办到哪一步，可以打 12380。
desk-tell-refer-to-department = 您反映的事已经转给主管部门办理。要问办到哪一步，可以打 12345。
desk-tell-refer-to-township = 您反映的事已经转给乡镇办理。没有办好，可以再用联系卡告诉{ $team }。
desk-tell-hand-over-to-discipline = { $team }看过了，已经把您反映的事交给纪委监委。有结果会写在这里。
desk-tell-hand-over-to-police = { $team }看过了，已经把您反映的事交给公安机关。有结果会写在这里。
desk-tell-hand-over-to-petition = { $team }看过了，已经把您反映的事交给信访部门。有结果会写在这里。
desk-tell-hand-over-to-organization = { $team }看过了，已经把您反映的事交给组织部门。有结果会写在这里。
desk-tell-hand-over-to-department = { $team }看过了，已经把您反映的事交给主管部门。有结果会写在这里。
desk-tell-hand-over-to-township = { $team }看过了，已经把您反映的事交给乡镇。有结果会写在这里。
desk-tell-notice = { $team }看过了，已经要求有关单位马上改。改得怎么样，会写在这里。
desk-tell-report-back = 有关单位报来了结果，{ $team }正在看改得怎么样。
desk-tell-answer = { $team }的答复：
desk-tell-resolve-put-right = 您反映的事办完了：属实，已经改好。
desk-tell-resolve-partly = 您反映的事办完了：一部分属实，已经处理。
desk-tell-resolve-unfounded = 您反映的事办完了：{ $team }了解以后，情况不是这样。
desk-tell-resolve-unverifiable = 您反映的事办完了：现有的材料查不清。想起别的，可以在这里补充。
desk-tell-resolve-explained = 您反映的事办完了：情况已经说清楚。
desk-tell-resolve-handed-on = 您反映的事办完了：已经交给有权办理的单位。
desk-tell-clear = 您反映的事，{ $team }复核过，已经销号。谢谢您。
desk-tell-reopen-new-facts = 有了新的情况，{ $team }重新办理您反映的事。
desk-tell-reopen-not-done = 上次没有办好，{ $team }重新办理您反映的事。
desk-tell-reopen-mistake = 上次弄错了，{ $team }重新办理您反映的事。
desk-tell-transfer = 您反映的事归{ $team }办理，已经转过去。您的编号不变。

desk-deed-refer = { $name } 转办：{ $reason }
desk-deed-verify = { $name } 开始核实
desk-deed-reply = { $name } 回复反映人
desk-deed-hand-over = { $name } 移交：{ $reason }
desk-deed-receipt-back = { $name } 记了移交回执
desk-deed-propose-notice = { $name } 报批立行立改
desk-deed-notice = { $name } 批准立行立改
desk-deed-report-back = { $name } 记了整改结果
desk-deed-answer = { $name } 答复
desk-deed-resolve = { $name } 办结：{ $reason }
desk-deed-clear = { $name } 销号
desk-deed-reopen = { $name } 重新办理：{ $reason }
desk-deed-release = { $name } 放回
desk-deed-assign = { $name } 交给 { $reason }
desk-deed-repeat = { $name } 记为重复件{ $reason }
desk-deed-split = { $name } 拆出一件{ $reason }
desk-deed-transfer = { $name } 转给 { $reason }
desk-event-claim-ended = 认领到时，自动放回

desk-refused-leader-only = 这一步只有组长能做。
desk-refused-heads-only = 这一步只有组长和联络员能做。
desk-refused-own-work = 自己办的不能自己批。请另一位组长来批，或者先交给别人承办。
desk-refused-evidence = 请写上依据，或者附上佐证。
desk-refused-no-proposal = 还没有人报批立行立改。
desk-refused-split-part = 这一件是拆出来的，没有自己的编号给反映人。请到原来那一件里写。
desk-refused-assignee = 只能交给打得开这一件的人。
desk-approved-by = { $name } 签名批准，签名有效
desk-unsigned = 这一条没有 { $name } 本人的签名，可能是别人写的
