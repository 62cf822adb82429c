"""What there is to have: offers, programs, designs, search, questionnaires."""
