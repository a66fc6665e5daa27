# The villager's web pages. Short sentences; 您; no exclamation marks.
page-title = 联系页
page-skip = 跳到正文
page-large = 大字
page-small = 小字
page-leave = 快速离开
page-other-language = English
page-trial = 试用：这个地址没有加密（http）。请不要写真的事情。

page-error-heading = 没有打开
page-error-home = 回到首页
page-error-unknown = 没有这一页。请看看地址抄得对不对。
page-error-unauthorized = 没有这个对话。请从头开始。
page-error-forbidden = 这一步没有做。请回到上一页，再点一次。
page-error-bad-input = 没有看懂送来的内容。请回到上一页，再试一次。
page-error-too-slow = 网太慢，没有收全。请回到上一页，再试一次。
page-error-too-large = 文件太大，一个最多 20 MB。请回到上一页，换一个小的。
page-error-fault = 这里出了问题，刚才这一步没有做。过几分钟再试一次。
page-error-cannot-store = 现在存不了，还没有交上去。过几分钟再试一次，或者打卡片上的电话。

landing-lead = 看到、遇到的事，可以跟{ $team }说。
landing-register = 登记
landing-register-fact = 不用注册，可以匿名
landing-until = 截止
landing-moment = { $month } 月 { $day } 日（{ $weekday ->
    [0] 周一
    [1] 周二
    [2] 周三
    [3] 周四
    [4] 周五
    [5] 周六
   *[6] 周日
  }）{ $time }
landing-words = 和卡片上的三个词一样，再往下点：
landing-report = 我要反映
landing-progress = 查进度
landing-phone = 打电话
landing-kept = 您说的话怎么保管
landing-kept-sealed = 加密保存，只有办理的人能打开。村里、镇里看不到。
landing-kept-nothing = 不记您的手机号、微信号和位置。
landing-kept-draft = 没交之前随时能删。放着不管，24 小时后自动删掉。
landing-kept-guess = 要是写了只有您才知道的细节，别人可能猜到是您。
landing-telegram = 也可以用 Telegram
landing-telegram-warning = Telegram 公司也能看到您写的。用这个网页更稳妥。
landing-moment-in = { $year } 年 { $when }
landing-early-on = 还没有开始收。{ $begins } 开始，到时候再来。{ $closes } 截止。
landing-early = 还没有开始收，请过几天再来。{ $when } 截止。
landing-closed = 这一轮 { $when } 已经结束，这里不再收。
landing-doors = 还可以打 12388，或者到县信访局。
landing-unknown = 这张卡片查不到
landing-unknown-why = 请看看字抄得对不对。也可能是卡片已经停用。
landing-unknown-go = 没有卡片也可以说

home-heading = 请输入卡片上的短码
home-code = 短码
home-code-hint = 卡片正面，六个字母或数字
home-go = 打开
home-wrong = 这个短码查不到。请对着卡片再看一看。
home-no-card = 没有卡片，直接说
home-progress = 查进度

chat-heading = 对话
chat-steps = 进行到哪一步
chat-step-tell = 1 说事情
chat-step-tap = 2 点几下
chat-step-check = 3 看一遍
chat-your-words = 您说的话
chat-send = 发送
chat-done = 说完了
chat-more = 接着说
chat-first = 在这里写
chat-voice = 录音
chat-photo = 照片
chat-file = 文件
chat-kept = 已记下
chat-undo = 撤回上一条
chat-part-audio = 语音
chat-part-audio-long = 语音 { $seconds } 秒
chat-part-image = 照片
chat-part-video = 视频
chat-part-document = 文件
chat-next = 下一步
chat-name = 姓名
chat-phone = 电话
chat-place = 村或者单位的名字
chat-anonymous = 不留名字
chat-anonymous-why = 我们不问、也不记您是谁。要问您事，只能写在这里，等您用编号来看。
chat-real-name = 留名字和电话
chat-real-name-why = 15 个工作日内告诉您受不受理。名字只给办理的组看。
chat-expired = 这一页放得太久了，刚才的没有记下。您写的话还在，请再点一次。
chat-too-many-files = 一次最多收 20 个文件，多的没有收下。请再发一次。
chat-too-slow-files = 现在传文件的人太多，文件没有收下。文字可以照样发。
chat-read = 读给我听
chat-recording = 正在录音，点这里停
chat-sending = 正在发送
chat-sending-part = 已传 { $percent }%
chat-no-connection = 没有连上，还没有发出去。您写的话还在这一页。请再点一次。

check-heading = 看一遍，不对的地方改一改
check-parts = 您说的话
check-edit = 修改
check-again = 重录
check-delete = 删除
check-edit-nth = 修改第 { $n } 条
check-delete-nth = 删除第 { $n } 条
check-where = 在哪里
check-kind = 哪一类
check-name = 名字
check-involves = 巡察的人
check-edit-where = 修改在哪里
check-edit-kind = 修改哪一类
check-edit-name = 修改名字
check-edit-involves = 修改是否牵涉巡察的人
check-nowhere = 不知道
check-no-kind = 没有选
check-anonymous = 匿名，不留名字
check-involves-no = 没有牵涉
check-involves-yes = 牵涉，交给回避组
check-involves-unknown = 不知道，交给回避组
check-code = 您的编号，现在就可以抄下来
check-code-later = 提交以后才有用。
check-after = 提交以后，这里不再显示您写的话。

receipt-heading = { $team }已收到
receipt-number = 编号
receipt-card = { $date }　电话
receipt-keep = 请抄在纸上，或者存成图片。编号丢了，我们也找不回来。
receipt-save = 存成图片
receipt-hold = 用手指按住上面的图片，可以存到手机里。
receipt-noted = 我记好了
receipt-noted-why = 点“我记好了”，这台手机上就不再显示编号。
receipt-next = 接下来
receipt-by = { $date }前
receipt-reads = 组里看完。不清楚的会在这里问您。
receipt-says = 用编号能查到：办不办，由谁办。
receipt-then = 那以后
receipt-how = 以后怎么用编号
receipt-how-read = 看回话、补充
receipt-how-read-text = 扫卡片 → 查进度 → 输入编号。
receipt-how-withdraw = 不想说了
receipt-how-withdraw-text = 受理以前，输入编号后点“撤回”。

follow-heading = 查进度
follow-code = 编号
follow-code-hint = 16 个数字，交上去的时候抄下的
follow-look = 看一看
