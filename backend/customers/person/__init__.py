"""Who a person is: how they came, how they are called, their city, language and keys."""
