"""Settings, clock, ids, database, log: what every module stands on."""
