# Remove a graph.
DROP SILENT GRAPH $graph
