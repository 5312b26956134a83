PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE WHERE { id:som-protocol-without-china-2015 unp:asOf ?day }
