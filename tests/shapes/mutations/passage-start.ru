PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { <https://w3id.org/unpact/source/lasting-partnership/2.4.1> unp:charStart ?start }
INSERT { <https://w3id.org/unpact/source/lasting-partnership/2.4.1> unp:charStart ?end }
WHERE { <https://w3id.org/unpact/source/lasting-partnership/2.4.1> unp:charStart ?start ; unp:charEnd ?end }
