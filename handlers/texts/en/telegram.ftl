# Words that are only said in Telegram
telegram-cannot-store = We cannot store this now; your last message is not noted yet. We keep trying. It counts once you see “Noted”; if that does not come, please send it again later.
telegram-group-linked = This group is connected. When something new comes in we say so here: number, place and date, never what it says.
telegram-command-start = Start
telegram-command-progress = See progress
telegram-command-cancel = Cancel
telegram-command-help = Help
telegram-command-large = Large text
