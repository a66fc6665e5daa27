"""The villager's pages and the JSON API: everything a reporter may call."""
