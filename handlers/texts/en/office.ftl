# Pages of the office, and names that the office gives by itself.
office-team-recusal = Recusal
office-team-unrouted = Unrouted
