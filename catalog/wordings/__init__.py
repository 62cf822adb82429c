"""What a brand's texts are made of: words, variables, plurals, links; and how long they become."""
