"""Towards the world: who may come in, what leaves and where to, in whose name."""
