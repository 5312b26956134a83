"""Pages about one thing each, for people as HTML and for programs as RDF."""
