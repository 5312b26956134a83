# Put a staged graph in its place.
MOVE GRAPH $staged TO GRAPH $graph
