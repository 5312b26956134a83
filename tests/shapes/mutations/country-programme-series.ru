PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { ?thing unp:inSeries ?value . ?axiom ?used ?other }
INSERT { ?thing unp:inSeries id:unodc-strategy-2021-2025 }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:CountryProgramme ; unp:inSeries [] } ORDER BY ?thing LIMIT 1 }
  ?thing unp:inSeries ?value .
  OPTIONAL { ?axiom owl:annotatedSource ?thing ; owl:annotatedProperty unp:inSeries ; ?used ?other }
}
