"""What a brand has here: its pack, offers, designs, numbers, points."""
