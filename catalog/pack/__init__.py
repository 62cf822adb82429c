"""Brand packs: a folder of YAML, pictures and CSV as frozen values, every mistake named."""
