"""Keys, the audit trail, the feed, jobs, connections and webhooks."""
