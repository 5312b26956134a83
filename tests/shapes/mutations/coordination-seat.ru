PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT DATA { id:ct-coordination-compact unp:seat id:vienna }
