"""What messages and cards cost, what they brought, and what they spared."""
