PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:numberInSeries ?value . ?axiom ?used ?other }
INSERT { ?thing unp:numberInSeries 0 }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:PartnershipFramework ; unp:numberInSeries [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:numberInSeries ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:numberInSeries ; ?used ?other }
}
