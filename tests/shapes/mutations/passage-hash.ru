PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { <https://w3id.org/unpact/source/lasting-partnership/2.4.1> unp:sha256 ?hash }
INSERT { <https://w3id.org/unpact/source/lasting-partnership/2.4.1> unp:sha256 "not a hash" }
WHERE { <https://w3id.org/unpact/source/lasting-partnership/2.4.1> unp:sha256 ?hash }
