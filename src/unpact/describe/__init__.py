"""One thing at a time: what it is, what is said about it and where, and how to find it by a name."""
