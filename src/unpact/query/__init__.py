"""Stored queries: their headers, their parameters, and one safe way from a query text to its rows."""
