"""The exchange with 1С: what it sends becomes jobs, what it wants to know is read off the feed."""
