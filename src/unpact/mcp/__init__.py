"""The stored queries as tools of a Model Context Protocol server.

One process speaks the protocol (`server`), another one holds the graph and answers (`worker`, `toolbox`), so
that whatever takes too long can be ended without ending the conversation.
"""
