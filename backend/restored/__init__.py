"""A database that went back in time: noticed by itself, settled by the operator."""
