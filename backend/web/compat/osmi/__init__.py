"""What callers of OSMI Cards call: passes, their values and links, pushes, registrations."""
