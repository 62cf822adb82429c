"""The life of an offer: what its account enters, what the operator approves, what people see."""
