PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:charStart ?value }
INSERT { ?thing unp:charStart ?end }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Section ; unp:charStart [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:charStart ?value ; unp:charEnd ?end .
}
