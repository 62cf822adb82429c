"""How cards look: entered in versions, brought back, shown as phones show them."""
