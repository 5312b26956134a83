PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing ?used ?value }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Reservation ; unp:reservedProvision [] } ORDER BY ?thing LIMIT 1 }
  VALUES ?used { unp:reservedProvision unp:area }
  ?thing ?used ?value .
}
