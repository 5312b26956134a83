"""The queryable graph: one small interface, its engines, the views built from the files, and their cache."""
