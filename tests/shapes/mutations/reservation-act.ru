PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:madeWith ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Reservation ; unp:madeWith [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:madeWith ?value .
}
