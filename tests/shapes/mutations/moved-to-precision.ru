PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:movedTo ?value }
INSERT { ?thing unp:movedTo ?text }
WHERE {
  ?thing a unp:Postponement ; unp:movedTo ?value .
  BIND(STR(?value) AS ?text)
}
