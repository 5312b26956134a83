PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT DATA { id:arab-convention unp:daysToEntryIntoForce -30 }
