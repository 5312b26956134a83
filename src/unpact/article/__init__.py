"""The article that the first body of facts comes from: its canonical text and its division into passages."""
