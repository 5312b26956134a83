PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:statedIn ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing owl:annotatedSource id:ccpcj ; unp:statedIn [] } LIMIT 1 }
  ?thing unp:statedIn ?value .
}
