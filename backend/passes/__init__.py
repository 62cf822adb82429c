"""Cards as the wallets of phones want them: Apple's signed files, Google's objects and links."""
