PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { unp:issue rdfs:domain [ a owl:Class ; owl:unionOf ( unp:Position unp:Debate ) ] }
