PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:signed ?value }
INSERT { ?thing unp:signed id:untoc }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Signing ; unp:signed [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:signed } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:signed ?value .
}
