balance = Points
tier = Tier
holder = Holder
number = Card number
expires = Valid until
