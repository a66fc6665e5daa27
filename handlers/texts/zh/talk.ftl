# The conversation with the reporter. Short sentences; 您; no word that frightens (look.md, "Wording").

on-day = { $month } 月 { $day } 日
on-day-at = { $day } { $time }
on-day-in = { $year } 年 { $day }
on-day-at-in = { $year } 年 { $day } { $time }

## Start

say-telegram =
    您在这里写的，Telegram 公司也能看到。
    想更稳妥，请用网页：{ $page }
start-card =
    { $place }
    看到、遇到的事，可以跟{ $team }说。不用注册，可以匿名。
    加密保存，只有办理的人能打开。
    不记您的手机号、微信号和位置。
    要是写了只有您才知道的细节，别人可能猜到是您。
    没交之前随时能删。放着不管，24 小时后自动删掉。
    { $until } 截止。
    { $check }
start-words =
    和卡片上的三个词一样，再往下点：
    { $words }
start-no-card =
    { $team }
    看到、遇到的事，可以跟巡察组说。不用注册，可以匿名。
    加密保存，只有办理的人能打开。
    不记您的手机号、微信号和位置。
    要是写了只有您才知道的细节，别人可能猜到是您。
    没交之前随时能删。放着不管，24 小时后自动删掉。
    { $until } 截止。
start-nothing =
    看到、遇到的事，可以跟巡察组说。不用注册，可以匿名。
    手上有卡片，请扫卡片。没有也可以说。
start-early-on =
    { $team }还没有开始收。{ $begins } 开始，到时候再来。
    急的事，可以打 12388，或者到县信访局。
start-early =
    { $team }还没有开始收。请过几天再来。
    急的事，可以打 12388，或者到县信访局。
start-closed = 这一轮 { $until } 已经结束，这里不再收。还可以打 12388，或者到县信访局。
say-unknown-card =
    没有认出这张卡片。请看看短码抄得对不对。
    没有卡片也可以说，点“我要反映”。
say-no-round =
    现在没有巡察组在收。
    还可以打 12388，或者到县信访局。
say-not-kept = 刚才写的没有记下。
say-other-card-shut = 这张卡片是{ $team }的，现在不收。
say-card-shut = 这张卡片是{ $team }的，现在不收。您没交的话还在。

## Tell

ask-tell = 请说一说：什么人、什么事、什么时候、在哪里。打字、说话、拍照都行，可以分几次。
tick-kept = ✓ 已记下
say-nothing-told = 您还没有说什么。请先写、说或者拍照，再点一次。
say-undone = 上一条已经删掉。
say-own-code = 这一条里有您的编号，没有记下。编号请自己留着，不要写给别人。
say-pointed = 位置和名片能看出您是谁，没有留下。在哪里，请写村名。
say-file-refused = { $reason ->
        [too-large] 这个文件太大，没有记下。
       *[other] 这个文件打不开，没有记下。
    }
    { $elsewhere }
say-file-page = 请换一个，或者用网页：{ $page }
say-full-words = 这一次写满了，这一条没有记下。前面的都在。请先交上去，再点“补充”接着说；或者删短一点。
say-full-files = 一次最多收 { $files } 个文件，这一个没有记下。前面的都在。请先交上去，再点“补充”接着发。
say-edit-lost = 这一处改动没有记下。请再发一遍。
say-edit-late = 已经交了，那一条改不了。想改，请在这里补充。

## Where

ask-where-choose = 好，都记下了。这件事在哪里？请点一下，或者写村名、单位名。
ask-where-type = 好，都记下了。这件事在哪里？请写乡镇和村名，或者单位名。
ask-where-which = 有{ $n ->
        [2] 两
        [3] 三
        [4] 四
        [5] 五
       *[other] { " " }{ $n } { "" }
    }个{ $name }，您说的是哪一个？
ask-where-not-found =
    还没有对上“{ $name }”。请写全一点，比如乡镇和村名。
    写的地名也会交给组里。不知道也没关系。
say-place = 记下了：{ $name }。

## Name

ask-identity =
    要不要留名字？
    不留名字：我们不问、也不记您是谁。要问您事，只能写在这里，等您用编号来看。
    留名字和电话：15 个工作日内告诉您受不受理。名字只给办理的组看。
ask-name = 请写您的名字。
ask-phone = 请写您的电话。
say-phone-digits = 电话少了几位，请再看一看。

## Recusal

ask-recusal = 您反映的人是不是巡察组或巡察办的人？

## Check

check-words = { $words }
check =
    看一遍，不对的地方改一改。
    { "" }
    { $words }
    { "" }
    { $facts }
    { "" }
    您的编号，现在就可以抄下来。提交后才有效。
    { $code }
    { "" }
    提交以后，这里不再显示您写的话。
part-text = { $n }. { $text }
part-image = { $n }. 照片 { $text }
part-audio = { $n }. 语音{ $seconds ->
        [0] { "" }
       *[other] { " " }{ $seconds } 秒
    } { $text }
part-video = { $n }. 视频 { $text }
part-document = { $n }. 文件 { $text }
text-goes-on = { $text }
fact-where = 在哪里：{ $place }
fact-where-unknown = 在哪里：不知道
fact-kind-unknown = 哪一类：没有选
fact-kind-subsidy-welfare = 哪一类：补贴救助
fact-kind-collective-assets = 哪一类：集体资金资产
fact-kind-land-housing = 哪一类：土地宅基地征拆
fact-kind-projects = 哪一类：工程项目
fact-kind-openness-elections = 哪一类：村务公开与选举
fact-kind-cadre-conduct = 哪一类：干部作风
fact-kind-gifts-banquets = 哪一类：吃喝送礼
fact-kind-public-services = 哪一类：水电路办事难
fact-kind-intimidation = 哪一类：欺压群众
fact-kind-failed-rectification = 哪一类：上次整改没改好
fact-kind-other = 哪一类：其他或不知道
fact-anonymous = 名字：匿名，不留名字
fact-name = 名字：{ $name } { $phone }
fact-recusal-no = 巡察的人：没有牵涉
fact-recusal-yes = 巡察的人：有牵涉，交给回避的人办
fact-recusal-unknown = 巡察的人：不知道，交给回避的人办
door-12388 = 党员干部违纪违法的事，也可以打 12388。您也可以照样一起交给我们。
door-12345 = 停水停电、路灯、噪音的事，打 12345 更快。您也可以照样一起交给我们。
door-petition = 法院判过的事、信访的事，要到县信访局。您也可以照样一起交给我们。
door-110 = 正在发生的危险，请马上打 110。您也可以照样一起交给我们。
ask-edit = 请把这一条再说一遍。打字、说话、拍照都行。
ask-kind = 这件事是哪一类？不知道也没关系。

## Leaving a draft

ask-cancel = 您写的话还没有交上去。真的不要了吗？
say-draft-first = 您还有没交的话。先接着说，还是先丢掉？
say-dropped = 刚才写的都删掉了。
say-cancelled = 好，这里没有留下什么。
ask-switch =
    您扫了另一张卡片：{ $team }，{ $place }。
    前面的话还没有交上去。接着说前面的，还是丢掉、用新卡片？
ask-code-noted =
    您的编号是 { $code }，抄下来了吗？
    往下走，这里就不再显示它。丢了我们也找不回来。

## Receipt

say-late = 这一轮已经过了截止时间。您的话照样收下，会注明晚到。
receipt =
    { $team }已收到。请抄下编号，丢了我们也找不回来。
    { "" }
    编号 { $code }
    { $on }{ $phone }
    { "" }
    { $by }前看完，不清楚的会在这里问您。
    看回话、补充：扫卡片，点“查进度”，输入编号。
    不想说了：受理以前，输入编号后点“撤回”。
receipt-phone = 　电话 { $phone }
say-forgotten = 好，这里不再显示编号。
say-subscribed = 有回话，会在这里提一声，不写内容。
say-wiped = 这里能删的都删了。超过 48 小时的删不掉，请您自己删。

## Following up

ask-code = 请输入编号，一共 16 个数字。
say-bad-code = 编号是 { $n } 个数字，请看看抄得对不对。
say-type-code = 这里要输编号，刚才发的没有记下。想说事情，先点“返回”。
follow-none = 没有查到新消息。请看看编号抄得对不对，过几天再来。
news-list = { $news }
news-line =
    { $on }　{ $team }
    { $text }
ask-add = 请接着说。打字、说话、拍照都行，可以分几次。
say-added = 补充的话已收到。编号抄对了，就会和前面的放在一起。
ask-withdraw =
    撤回这一件？
    撤回后，组里不再办理，也恢复不了。
say-withdrawn = 好，已经告诉组里：您要撤回。
say-not-withdrawn = 好，没有撤回。

## Anywhere

say-help =
    点按钮，或者直接说，都可以。
    说错了，点“撤回上一条”。不想说了，打“取消”。
    从头说，打“重来”。查回话，打“进度”。字太小，打“大字”。
say-large = 字已经变大。再打“大字”，就变回来。
say-not-large = 字已经变回来。
say-phone = 也可以打电话：{ $phone }。
say-no-phone = 电话印在卡片上。

## Choices

choice-report = 我要反映
choice-progress = 查进度
choice-phone = 打电话
choice-done = 说完了
choice-undo = 撤回上一条
choice-anonymous = 匿名，不留名字
choice-real-name = 实名，留名字和电话
choice-rather-anonymous = 还是不留名字
choice-no-phone = 不留电话
choice-unknown = 不知道
choice-unit = { $name }
choice-none-of-them = 都不是，我来写
choice-recusal-no = 否
choice-recusal-yes = 是
choice-recusal-unknown = 不知道
choice-submit = 提交给{ $team }
choice-submit-recusal = 提交给回避的人，{ $team }看不到
choice-edit-part = 修改第 { $n } 条
choice-delete-part = 删除第 { $n } 条
choice-edit-where = 改地方
choice-edit-kind = 改类别
choice-edit-name = 改名字
choice-edit-recusal = 改巡察的人
choice-leave-part = 不改了
choice-kind-subsidy-welfare = 补贴救助
choice-kind-collective-assets = 集体资金资产
choice-kind-land-housing = 土地宅基地征拆
choice-kind-projects = 工程项目
choice-kind-openness-elections = 村务公开与选举
choice-kind-cadre-conduct = 干部作风
choice-kind-gifts-banquets = 吃喝送礼
choice-kind-public-services = 水电路办事难
choice-kind-intimidation = 欺压群众
choice-kind-failed-rectification = 上次整改没改好
choice-kind-other = 其他或不知道
choice-cancel = 先不说了
choice-back = 返回
choice-go-on = 接着说
choice-drop = 丢掉，不说了
choice-drop-restart = 丢掉，重新说
choice-old-draft = 接着说前面的
choice-new-card = 丢掉，用新卡片
choice-not-noted = 回去抄编号
choice-noted-new = 抄好了，往下走
choice-noted = 我记好了
choice-add = 补充
choice-add-submit = 交给组里
choice-withdraw = 撤回这一件
choice-withdraw-now = 撤回
choice-not-withdraw = 不撤回
choice-notify = 有回话提一声
choice-wipe = 擦除本对话
choice-noted-wipe = 我记好了，擦除本对话
