"""How people find what there is: cities, shelves, search, what is to be had."""
