PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:movedFrom ?value }
INSERT { ?thing unp:movedFrom ?text }
WHERE {
  ?thing a unp:Postponement ; unp:movedFrom ?value .
  BIND(STR(?value) AS ?text)
}
