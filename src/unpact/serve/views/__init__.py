"""The views: each takes the site and a request, and makes the reply."""
