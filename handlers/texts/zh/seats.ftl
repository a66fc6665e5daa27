# 给职务、移出小组：写明是哪一轮，容易弄错的先问一句。
seat-team = { $round } { $team }
seat-ask-leader = { $team }已经有组长了：{ $names }。
seat-ask-double = { $names }在{ $team }已经是{ $role }。
seat-ask-again = 真要这样，请再按一次。
seat-taken = 是{ $name }在用。如果是同一个人，请到他自己的页上再给一个职务：
seat-link-once = { $name }已经邀请过了。链接只显示一次。没有抄下来，就在成员页上重新邀请：
seat-taken-go = { $name }的页
seat-out-done = 移出了。
desk-refused-seat-held = 这个人已经有这个职务了。
