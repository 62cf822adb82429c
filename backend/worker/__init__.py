"""The background door: relay, schedules, sweeper."""
