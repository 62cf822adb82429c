"""Use cases of keys: who may ask over HTTP, and for what; what was answered is answered again."""
