# Drop a staged graph, and what was noted of it.
DROP SILENT GRAPH $staged ;
DELETE { GRAPH $manifest { $staged ?predicate ?object } }
WHERE { GRAPH $manifest { $staged ?predicate ?object } }
