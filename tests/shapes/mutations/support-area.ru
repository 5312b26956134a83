PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:area ?area ; unp:kindOfWork ?kind }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:SupportActivity ; unp:area [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:area ?area .
  OPTIONAL { ?thing unp:kindOfWork ?kind }
}
