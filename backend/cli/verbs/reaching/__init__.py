"""What is said to people: to whom, by which rules, at what price, with what result."""
