PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:numberInSeries ?value }
INSERT { ?thing unp:numberInSeries 0 }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:PartnershipFramework ; unp:numberInSeries [] . FILTER NOT EXISTS { [] owl:annotatedSource ?thing ; owl:annotatedProperty unp:numberInSeries } } ORDER BY ?thing LIMIT 1 }
  ?thing unp:numberInSeries ?value .
}
