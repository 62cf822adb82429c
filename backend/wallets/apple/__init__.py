"""Cards in Apple's wallet: which phones hold them, what they fetch, how they are told."""
