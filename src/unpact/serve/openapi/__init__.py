"""What the server offers to programs, described as OpenAPI."""
