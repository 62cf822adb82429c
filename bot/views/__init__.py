"""What several handlers lead to: use cases asked for what there is, and a screen made of it.

Handlers of one area know no handlers of another; what they share is here, in the same areas.
"""
