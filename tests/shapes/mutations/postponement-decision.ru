PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:decidedIn ?value }
INSERT { ?thing unp:decidedIn id:unodc }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Postponement ; unp:decidedIn [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:decidedIn } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:decidedIn ?value .
}
