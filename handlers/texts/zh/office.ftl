# Pages of the office, and names that the office gives by itself.
office-team-recusal = 回避组
office-team-unrouted = 待分件
