PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE DATA { id:drug-conventions unp:hasTreaty id:single-convention-1961 }
