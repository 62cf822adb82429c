"""Apple's push service: devices are told, without a word, that a pass has changed."""
