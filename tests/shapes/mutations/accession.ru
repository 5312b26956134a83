PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT { id:copy a unp:Signature , unp:TreatyAct , unp:LegalAct , unp:Statement , unp:Event ; rdfs:label "Signature before the accession"@en ; unp:statedIn <https://w3id.org/unpact/source/lasting-partnership/2.4.1> ; unp:actor ?state ; unp:treaty ?treaty ; unp:date "2000"^^xsd:gYear . ?thing rdfs:comment "Acceded after it had signed."@en }
WHERE { SELECT * WHERE { ?thing a unp:Accession ; unp:actor ?state ; unp:treaty ?treaty } ORDER BY ?thing LIMIT 1 }
