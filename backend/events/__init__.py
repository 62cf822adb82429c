"""Facts that are announced to the outbox: a module for each room, and all of them in every.py.

To add one: write the class, list it in EVENTS of every.py, name its reactions in
backend/reactions.py.
"""
