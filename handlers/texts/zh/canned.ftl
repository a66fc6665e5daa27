# What a team often says: the replies that a new team begins with, and the part of its page where it writes its own.
canned-when-title = 什么时候
canned-when = 请问大概是哪一天，或者哪个月？记不清也没关系。
canned-where-title = 在哪里
canned-where = 请问是在哪个村、哪个组？附近有什么好认的地方？
canned-who-knows-title = 还有谁知道
canned-who-knows = 还有谁知道这件事？不用写名字，写几个人、做什么的就行。
canned-proof-title = 有没有单子
canned-proof = 手里有没有单子、照片或者通知？方便的话拍一张发过来。没有也没关系，不要为这个去冒险。
canned-more-title = 再说细一点
canned-more = 您说的这件事，能不能再说细一点？比如多少钱、多少亩、几个人。
canned-thanks-title = 补充看到了
canned-thanks = 您补充的我们看到了，正在核实。有了结果会写在这里。

desk-canned = 常用的话
desk-canned-is = 问反映人的时候点一下就填好，发出去以前还可以改。
desk-canned-none = 还没有。
desk-canned-suggested = 先放几句常用的
desk-canned-title = 名字
desk-canned-title-hint = 30 个字以内，写在按钮上。
desk-canned-body = 这句话
desk-canned-body-hint = 500 个字以内。不要写人名，所有组员都看得见。
desk-canned-add = 加一句
desk-canned-add-do = 加上
desk-canned-save = 保存这一句
desk-canned-remove = 删掉
desk-canned-remove-sure = 删掉以后，组里的人都用不了这一句。
desk-canned-remove-do = 删掉这一句
desk-canned-now = 有人刚刚改过，现在是这样：
desk-canned-yours = 您写的还在下面，再保存一次，就换成您的。
desk-canned-gone = 有人刚刚删掉了这一句。您写的还在下面，要留下就再加一次。

desk-refused-canned-title = 请写名字，30 个字以内。
desk-refused-canned-body = 请写这句话，500 个字以内。
