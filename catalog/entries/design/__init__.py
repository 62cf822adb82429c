"""The face of a program's cards as a brand enters it: colours, pictures, fields, variants."""
