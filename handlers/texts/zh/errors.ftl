# One sentence per reason of domain/errors.py, and for what could not be stored. Read by villagers and by members.

error-unknown = 没有找到。请看看地址或号码抄得对不对。
error-not-allowed = 您的身份不能做这一步。
error-wrong-state = 现在不能做这一步。请刷新再看。
error-stale = 有人刚刚改过。请刷新再看。
error-too-large = 这个文件太大，最多 20 MB。
error-bad-file = 这个文件打不开，请换一个。
error-bad-input = 没有看懂。请再填一遍。
error-bad-code = 编号是 16 个数字，请看看抄得对不对。
error-bad-sign-in = 登录名或密码不对。
error-throttled = 现在办不过来。请过几分钟再试一次。
error-round-closed = 这一轮已经结束，这里不再收。
error-cannot-store = 现在存不了，还没有交上去。过几分钟再点“提交”，或者打卡片上的电话。
