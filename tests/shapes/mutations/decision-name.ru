PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE WHERE { id:decision-76-l-33 unp:symbol ?symbol }
