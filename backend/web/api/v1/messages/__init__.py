"""What is said to many: templates, campaigns, what they cost and brought."""
