PREFIX unp: <https://w3id.org/unpact/ontology#>
INSERT DATA { <https://w3id.org/unpact/source/lasting-partnership/2.4.1> unp:statesNoFact true }
