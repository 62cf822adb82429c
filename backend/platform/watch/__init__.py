"""What the operator sees: log, metrics, traces, without secrets."""
