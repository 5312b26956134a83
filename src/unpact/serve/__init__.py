"""The graph over HTTP: pages for people, SPARQL and linked data for programs.

The server (`unpact.serve.app`) speaks HTTP and nothing else: it holds no graph. What a request asks for is
made by one of several worker processes (`unpact.serve.worker`), each with a graph of its own, which the
server ends when it takes too long or too much memory. In a worker, `unpact.serve.site` finds the view of a
path, and a view (`unpact.serve.views`) makes the reply. `unpact site` writes the same replies to files,
without any server.
"""
