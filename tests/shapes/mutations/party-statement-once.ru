PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT { id:copy a unp:PartyStatement, unp:Statement ; rdfs:label "The same again"@en ; unp:statedIn <https://w3id.org/unpact/source/lasting-partnership/2.4.1> ; unp:actor ?v0 ; unp:treaty ?v1 }
WHERE { SELECT * WHERE { ?thing a unp:PartyStatement ; unp:actor ?v0 ; unp:treaty ?v1 } ORDER BY ?thing LIMIT 1 }
