PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX topic: <https://w3id.org/unpact/topic/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT { id:copy a unp:Signature , unp:TreatyAct , unp:LegalAct , unp:Statement , unp:Event ; rdfs:label "Signature"@en ; unp:statedIn <https://w3id.org/unpact/source/lasting-partnership/2.4.1> ; unp:actor id:afghanistan ; unp:treaty id:untoc ; unp:date "2000"^^xsd:gYear ; unp:aim topic:cybercrime }
WHERE { }
