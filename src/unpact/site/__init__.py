"""The pages of the server as files, for a place that serves files alone, or none at all."""
