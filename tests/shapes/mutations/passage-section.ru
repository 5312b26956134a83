PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE WHERE { <https://w3id.org/unpact/source/lasting-partnership/2.4.1> unp:section ?section }
