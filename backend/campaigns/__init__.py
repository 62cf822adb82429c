"""One message to many people: started, collected, sent, and how far it is."""
