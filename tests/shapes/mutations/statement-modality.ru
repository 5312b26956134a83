PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:modality ?value }
INSERT { ?thing unp:modality unp:Exact }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Function ; unp:modality [] . } ORDER BY ?thing LIMIT 1 }
  ?thing unp:modality ?value .
}
