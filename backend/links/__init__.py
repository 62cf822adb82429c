"""Short links of what brands send: where they lead, and who has followed one."""
