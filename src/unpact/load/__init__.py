"""Load the dataset into a triple store."""
