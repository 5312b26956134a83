PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT DATA { id:adoption-untoc unp:confidence unp:Exact }
