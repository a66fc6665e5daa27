# Messages that leave the house. Never content: a number, a place, a day.
notice-reply = 您查的那件有新消息。请用编号查进度，这里不显示内容。
notice-group = { $team }：有 { $n } 件新来信。
notice-line = { $number } { $unit }
notice-line-due = { $number } { $unit }，{ $due }前受理
notice-more = 还有 { $n } 件，请到工作台看。
