"""Messages of which there are many, on their way: through the gate, at their pace, each once."""
