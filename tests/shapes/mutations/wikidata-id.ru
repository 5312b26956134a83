PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE { id:pakistan unp:wikidata ?value }
INSERT { id:pakistan unp:wikidata "843" }
WHERE { id:pakistan unp:wikidata ?value }
