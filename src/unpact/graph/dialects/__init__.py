"""What kinds of services do each in their own way, and how the same rows come from all of them.

`profile` tells the kinds apart; `fuseki` and `virtuoso` say what is particular about these, and what is done
about it. Nothing here changes what a query means.
"""
