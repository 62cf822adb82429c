"""The command line: karman VERB."""
