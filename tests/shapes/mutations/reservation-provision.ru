PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:reservedProvision ?value }
INSERT { ?thing unp:reservedProvision "article 31, paragraph 2" }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Reservation ; unp:reservedProvision [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:reservedProvision ?value .
}
