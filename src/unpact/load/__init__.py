"""Loading: what a store is to hold (`content`), and how it gets there whole or not at all."""
