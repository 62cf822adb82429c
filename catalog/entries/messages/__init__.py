"""What a brand enters to be heard: templates, segments, campaigns, triggers, and their rules."""
