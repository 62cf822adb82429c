"""SMS.ru."""
