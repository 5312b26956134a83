PREFIX id: <https://w3id.org/unpact/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing owl:annotatedProperty ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing owl:annotatedSource id:ccpcj } LIMIT 1 }
  ?thing owl:annotatedProperty ?value .
}
