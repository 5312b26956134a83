PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT DATA { id:pakistan-cabinet-approval-tip-protocol unp:signatory id:pakistan }
